//! ISO 8601 durations as working time.

/// Minutes of a working day: an estimate of `P1D` means a day of work and not 24 hours.
const DAY: u32 = 8 * 60;

/// Minutes of an ISO 8601 duration such as `PT20M`, `PT1H30M` or `P2D`; weeks have five days.
pub(super) fn minutes(text: &str) -> Option<u32> {
    let (days, time) = match text.strip_prefix('P')?.split_once('T') {
        Some((days, time)) if !time.is_empty() => (days, time),
        Some(_) => return None,
        None => (text.strip_prefix('P')?, ""),
    };
    if days.is_empty() && time.is_empty() {
        return None;
    }
    let total = sum(days, &[('W', 5 * DAY), ('D', DAY)])?.checked_add(sum(time, &[('H', 60), ('M', 1)])?)?;
    (total > 0).then_some(total)
}

fn sum(text: &str, units: &[(char, u32)]) -> Option<u32> {
    let mut total = 0u32;
    let mut units = units.iter();
    let mut rest = text;
    while !rest.is_empty() {
        let at = rest.find(|c: char| !c.is_ascii_digit())?;
        let unit = rest[at..].chars().next()?;
        // Units come in order and each once.
        let (_, size) = units.find(|(name, _)| *name == unit)?;
        total = total.checked_add(rest[..at].parse::<u32>().ok()?.checked_mul(*size)?)?;
        rest = &rest[at + unit.len_utf8()..];
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::minutes;

    #[test]
    fn durations_of_work() {
        for (text, expected) in [("PT20M", 20), ("PT1H30M", 90), ("P1D", 480), ("P1DT2H", 600), ("P1W", 2400)] {
            assert_eq!(minutes(text), Some(expected), "{text}");
        }
        for text in ["", "P", "PT", "20m", "PT20", "PTM", "PT0M", "PT20M1H", "P1DT", "P-1D", "PT99999999999H", "P1é"] {
            assert_eq!(minutes(text), None, "{text}");
        }
    }
}
