//! The working week.

/// Names of the weekdays, Monday first: long for screen readers, short for the eye.
pub(crate) const WEEKDAYS: [(&str, &str); 7] = [
    ("Monday", "Mon"),
    ("Tuesday", "Tue"),
    ("Wednesday", "Wed"),
    ("Thursday", "Thu"),
    ("Friday", "Fri"),
    ("Saturday", "Sat"),
    ("Sunday", "Sun"),
];

/// Whether this is the only working day that is left: it must stay, because due days count working days.
pub(crate) fn is_last(week: &[bool; 7], day: usize) -> bool {
    week.iter().enumerate().all(|(other, works)| *works == (other == day))
}

/// The week with one day changed; the same week where the last working day would go.
pub(crate) fn set_day(week: &[bool; 7], day: usize, works: bool) -> [bool; 7] {
    let mut changed = *week;
    if let Some(slot) = changed.get_mut(day) {
        *slot = works;
    }
    if changed.contains(&true) { changed } else { *week }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFICE: [bool; 7] = [true, true, true, true, true, false, false];

    #[test]
    fn a_day_can_be_changed() {
        assert_eq!(set_day(&OFFICE, 4, false), [true, true, true, true, false, false, false]);
        assert_eq!(set_day(&OFFICE, 5, true), [true, true, true, true, true, true, false]);
        assert_eq!(set_day(&OFFICE, 7, true), OFFICE, "there is no eighth day");
    }

    #[test]
    fn one_working_day_stays() {
        let sundays = [false, false, false, false, false, false, true];
        assert!(is_last(&sundays, 6));
        assert!(!is_last(&sundays, 5), "a free day is not the last working day");
        assert!(!is_last(&OFFICE, 0));
        assert_eq!(set_day(&sundays, 6, false), sundays);
    }
}
