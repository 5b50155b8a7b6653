//! Axes from zero with round numbers.

/// The step between ticks: 1, 2 or 5 times a power of ten, so that about `wanted` ticks fit below `max`.
fn step(max: f64, wanted: u32) -> f64 {
    let rough = (max / f64::from(wanted.max(1))).max(f64::MIN_POSITIVE);
    let power = 10_f64.powf(rough.log10().floor());
    let nice = [1.0, 2.0, 5.0, 10.0].into_iter().find(|nice| nice * power >= rough * (1.0 - 1e-9)).unwrap_or(10.0);
    nice * power
}

/// The end of an axis from 0 that holds `max`, on a round number.
pub(crate) fn nice_max(max: f64, wanted: u32) -> f64 {
    if max <= 0.0 {
        return 1.0;
    }
    let step = step(max, wanted);
    (max / step - 1e-9).ceil() * step
}

/// Whole numbers from 0 to `max`, about `wanted` of them, on round numbers.
pub(super) fn day_ticks(max: u32, wanted: u32) -> Vec<u32> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a step of days is small")]
    let step = (step(f64::from(max.max(1)), wanted) as u32).max(1);
    let end = max.max(1).div_ceil(step) * step;
    (0..=end / step).map(|tick| tick * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_end_on_round_numbers() {
        for (max, expected) in [(9.0, 10.0), (10.0, 10.0), (0.7, 0.8), (23.0, 25.0), (41.0, 50.0), (0.0, 1.0)] {
            assert!((nice_max(max, 5) - expected).abs() < 1e-9, "{max}: {}", nice_max(max, 5));
        }
    }

    #[test]
    fn days_have_whole_ticks() {
        assert_eq!(day_ticks(19, 5), [0, 5, 10, 15, 20]);
        assert_eq!(day_ticks(3, 5), [0, 1, 2, 3]);
        assert_eq!(day_ticks(0, 5), [0, 1]);
        assert_eq!(day_ticks(130, 6), [0, 50, 100, 150]);
    }
}
