//! Rules of the settings, without a screen.

mod days;
mod handbook;
mod week;

pub(super) use days::{DayError, Span, add_span, parse_day, remove_span, spans};
pub(super) use handbook::troubleshooting_page;
pub(super) use week::{WEEKDAYS, is_last, set_day};
