//! `[=75% "label"]` and `[=3/4]`: `pymdownx.progressbar`, on a line of its own.

use super::{Found, Kind, lines::Line};

/// The bar on the first of `lines`.
pub(super) fn recognise(lines: &[Line<'_>]) -> Option<Found> {
    let inside = lines[0].text.trim().strip_prefix("[=")?;
    let (inside, rest) = inside.rsplit_once(']')?;
    let list = rest.trim();
    if !(list.is_empty() || list.starts_with('{') && list.ends_with('}')) {
        return None;
    }
    let (amount, label) = match inside.split_once('"') {
        Some((amount, label)) => (amount, label.strip_suffix('"')?),
        None => (inside, ""),
    };
    let percent = match amount.trim().strip_suffix('%') {
        Some(amount) => number(amount)?,
        None => {
            let (part, whole) = amount.split_once('/')?;
            let whole = number(whole).filter(|whole| *whole > 0.0)?;
            number(part)? / whole * 100.0
        }
    };
    let percent = percent.clamp(0.0, 100.0).round() as u8;
    Some(Found { kind: Kind::Progress(percent, label.to_owned()), lines: 1, rest: None })
}

fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    (!text.is_empty() && text.bytes().all(|c| c.is_ascii_digit() || c == b'.')).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_percent_or_fractions() {
        let check = |text: &str| match recognise(&Line::split(text, 1)) {
            Some(Found { kind: Kind::Progress(percent, label), .. }) => format!("{percent} {label}"),
            _ => "none".to_owned(),
        };
        assert_eq!(check("[=75% \"three quarters\"]"), "75 three quarters");
        assert_eq!(check("[= 1 / 3 ]{: .thin }"), "33 ");
        assert_eq!(check("[=250%]"), "100 ");
        for text in ["[=x%]", "[=1/0]", "[=50% \"open]", "[=50%] text", "[a]"] {
            assert_eq!(check(text), "none", "{text}");
        }
    }
}
