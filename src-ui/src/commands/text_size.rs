//! The size of docs prose, in px: the same steps and ends as in the settings.

/// Smallest and largest size.
const ENDS: (u8, u8) = (14, 20);

/// The next larger size, or the largest.
pub(crate) fn larger(size: u8) -> u8 {
    size.saturating_add(1).clamp(ENDS.0, ENDS.1)
}

/// The next smaller size, or the smallest.
pub(crate) fn smaller(size: u8) -> u8 {
    size.saturating_sub(1).clamp(ENDS.0, ENDS.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_stay_between_their_ends() {
        assert_eq!((larger(16), smaller(16)), (17, 15));
        assert_eq!((larger(20), smaller(14)), (20, 14));
        assert_eq!((larger(255), smaller(0)), (20, 14));
    }
}
