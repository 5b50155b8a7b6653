//! Times as text that sorts as the times do.

use jiff::Timestamp;

/// RFC 3339 in UTC, always with nine decimals.
pub(super) fn sortable(time: Timestamp) -> String {
    format!("{time:.9}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_order_is_time_order() {
        let times: Vec<Timestamp> = [
            "2026-01-05T09:00:00Z",
            "2026-01-05T09:00:00.000000001Z",
            "2026-01-05T09:00:00.5Z",
            "2026-01-05T09:00:01Z",
        ]
        .map(|text| text.parse().unwrap())
        .into();
        let texts: Vec<String> = times.iter().map(|time| sortable(*time)).collect();
        assert!(texts.is_sorted(), "{texts:?}");
        assert!(texts.iter().zip(&times).all(|(text, time)| text.parse::<Timestamp>().ok() == Some(*time)));
    }
}
