//! The screens of the first run, in order.

use jiff::civil::Date;
use waymark_api::ipc::journey::JourneyList;
use waymark_core::{id::JourneyId, journey::JourneyKind};

/// A screen of the first run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Stage {
    /// What Waymark is, and the ways in.
    #[default]
    Welcome,
    /// Where the content is.
    Content,
    /// In its place: the invite of a team, which brings its content along.
    Join,
    /// Who the person is.
    About,
}

impl Stage {
    /// How many screens a person sees at most.
    pub(crate) const COUNT: u8 = 3;

    /// Which of them it is, counted from one.
    pub(crate) fn number(self) -> u8 {
        match self {
            Self::Welcome => 1,
            Self::Content | Self::Join => 2,
            Self::About => 3,
        }
    }

    /// "2 of 3".
    pub(crate) fn label(self) -> String {
        format!("{} of {}", self.number(), Self::COUNT)
    }

    /// Its heading, also the window's title.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Welcome => "Learn your team’s ropes, offline",
            Self::Content => "Where is your content?",
            Self::Join => "Join your team",
            Self::About => "A little about you",
        }
    }
}

/// The first day as the field has it: empty or a broken day is no day, and then journeys start today.
pub(crate) fn first_day(text: &str) -> Option<Date> {
    text.trim().parse().ok()
}

/// Journeys that count from the person's first day and were started for another one. Taking on a service
/// begins on its own day.
pub(crate) fn to_move(list: &JourneyList, first_day: Date) -> Vec<JourneyId> {
    let counts = |kind: JourneyKind| kind != JourneyKind::Service;
    let moved = list.journeys.iter().filter(|journey| counts(journey.kind) && journey.start != first_day);
    moved.map(|journey| journey.id).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use waymark_api::ipc::journey::JourneySummary;
    use waymark_core::journey::Progress;

    use super::*;

    #[test]
    fn screens_are_counted_from_one() {
        let labels = [Stage::Welcome, Stage::Content, Stage::Join, Stage::About].map(Stage::label);
        assert_eq!(labels, ["1 of 3", "2 of 3", "2 of 3", "3 of 3"]);
    }

    #[test]
    fn the_first_day_may_be_left_out() {
        assert_eq!(first_day("2026-01-19"), Some(date(2026, 1, 19)));
        assert_eq!(first_day(" "), None);
        assert_eq!(first_day("2026-13-40"), None);
    }

    #[test]
    fn journeys_move_to_the_first_day_unless_they_are_for_a_service() {
        let journey = |last: u8, kind, start| JourneySummary {
            id: format!("0192f0c1-2345-7abc-8def-0123456789{last:02x}").parse().expect("a UUID"),
            title: String::new(),
            kind,
            progress: Progress::default(),
            start,
            open: 0,
            blocked: 0,
            pack: String::new(),
        };
        let today = date(2026, 1, 21);
        let list = JourneyList {
            journeys: vec![
                journey(1, JourneyKind::Company, today),
                journey(2, JourneyKind::Service, today),
                journey(3, JourneyKind::Team, date(2026, 1, 12)),
            ],
            available: Vec::new(),
        };
        assert_eq!(to_move(&list, date(2026, 1, 12)), [list.journeys[0].id]);
        assert_eq!(to_move(&list, today), [list.journeys[2].id]);
    }
}
