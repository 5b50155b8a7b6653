//! Steps of the window's zoom.

/// The steps, in percent.
pub(crate) const STEPS: [u16; 11] = [50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200];

/// The next larger step.
pub(super) fn larger(zoom: u16) -> u16 {
    STEPS.into_iter().find(|step| *step > zoom).unwrap_or(200)
}

/// The next smaller step.
pub(super) fn smaller(zoom: u16) -> u16 {
    STEPS.into_iter().rev().find(|step| *step < zoom).unwrap_or(50)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zoom_stays_between_its_ends() {
        assert_eq!(larger(100), 110);
        assert_eq!(larger(200), 200);
        assert_eq!(larger(101), 110);
        assert_eq!(smaller(100), 90);
        assert_eq!(smaller(50), 50);
        assert_eq!(smaller(60), 50);
    }
}
