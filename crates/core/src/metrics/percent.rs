//! Percentages and decimals as they are printed (`metrics.md`, section 5, rule 7).

/// `value` with `decimals` decimals; halves round away from zero.
///
/// A value that stands for a half in decimal, such as 62.5 or 2.25, may lie a hair below it in binary;
/// one part in 10¹² is added so that it rounds as people expect.
pub fn rounded(value: f64, decimals: u32) -> f64 {
    let scale = 10f64.powi(decimals as i32);
    let scaled = value * scale;
    (scaled + scaled * 1e-12).round() / scale
}

/// A share of a group in percent as it is printed: one decimal from 20 people on, whole below.
/// `None` of an empty group.
pub fn percent(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| rounded(f64::from(part) * 100.0 / f64::from(whole), u32::from(whole >= 20)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_round_away_from_zero() {
        assert_eq!(rounded(2.5, 0), 3.0);
        assert_eq!(rounded(-2.5, 0), -3.0);
        assert_eq!(rounded(1.005, 2), 1.01, "a half in decimal, below it in binary");
        assert_eq!(percent(1, 8), Some(13.0), "whole below 20 people");
        assert_eq!(percent(7, 20), Some(35.0));
        assert_eq!(percent(1, 40), Some(2.5));
        assert_eq!(percent(0, 0), None);
    }
}
