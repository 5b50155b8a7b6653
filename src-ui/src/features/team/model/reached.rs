//! How many people reached which milestone.

use waymark_core::team::{MilestoneBar, SMALLEST_GROUP, Share};

use super::words::{percent, share};
use crate::charts::{Bar, Table};

/// The bars with the words around them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reached {
    /// A bar for each milestone.
    pub(crate) bars: Vec<Bar>,
    /// What they say.
    pub(crate) sentence: String,
    /// The same numbers.
    pub(crate) table: Table,
}

/// The bars of the newest cohort.
pub(crate) fn reached(list: &[MilestoneBar]) -> Reached {
    let table = Table {
        head: ["Milestone", "People", "Share"].map(str::to_owned).to_vec(),
        rows: list.iter().map(|one| vec![one.title.clone(), share(one.reached), note(one.reached)]).collect(),
    };
    Reached { bars: list.iter().map(bar).collect(), sentence: sentence(list), table }
}

fn note(share: Share) -> String {
    match share {
        Share::Of { part, whole } => percent(part, whole),
        Share::Near { .. } | Share::Few { .. } | Share::NearlyAll { .. } | Share::UnderFive => String::new(),
    }
}

fn bar(one: &MilestoneBar) -> Bar {
    let of = |part: u32, whole: u32| Some(f64::from(part) / f64::from(whole.max(1)));
    let (part, open) = match one.reached {
        Share::Of { part, whole } => (of(part, whole), false),
        Share::Near { part, whole } => (of(part, whole), true),
        // Drawing fewer than five would say how many they are.
        Share::Few { .. } | Share::UnderFive => (None, false),
        Share::NearlyAll { whole } => (of(whole.saturating_sub(SMALLEST_GROUP), whole), true),
    };
    let value = match one.reached {
        Share::Of { part, .. } => part.to_string(),
        Share::Near { part, .. } => format!("about {part}"),
        Share::Few { .. } => format!("under {SMALLEST_GROUP}"),
        Share::NearlyAll { whole } => format!("over {}", whole.saturating_sub(SMALLEST_GROUP)),
        Share::UnderFive => share(one.reached),
    };
    Bar { label: one.title.clone(), part, open, value, note: note(one.reached) }
}

/// "All 28 have reached Settled in; 22 First PR, about 17 First deploy."
fn sentence(list: &[MilestoneBar]) -> String {
    let mut counted = list.iter().filter(|one| one.reached != Share::UnderFive);
    let Some(first) = counted.next() else {
        return "Too few people for numbers; they begin at five.".to_owned();
    };
    let many = match first.reached {
        Share::Of { part, whole } if part == whole => format!("All {whole}"),
        other => capital(&share(other)),
    };
    let more: Vec<String> = counted.take(2).map(|one| format!("{} {}", bar(one).value, one.title)).collect();
    let first = format!("{many} have reached {}", first.title);
    if more.is_empty() { format!("{first}.") } else { format!("{first}; {}.", more.join(", ")) }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(title: &str, reached: Share) -> MilestoneBar {
        MilestoneBar { milestone: title.into(), title: title.to_owned(), reached }
    }

    #[test]
    fn bars_say_no_more_than_the_server() {
        let list = [
            one("Settled in", Share::Of { part: 28, whole: 28 }),
            one("First PR", Share::Of { part: 22, whole: 28 }),
            one("First deploy", Share::NearlyAll { whole: 28 }),
            one("First on-call", Share::Few { whole: 28 }),
        ];
        let Reached { bars, sentence, table } = reached(&list);
        let drawn: Vec<(Option<f64>, &str, &str)> =
            bars.iter().map(|bar| (bar.part, bar.value.as_str(), bar.note.as_str())).collect();
        assert_eq!(drawn[0], (Some(1.0), "28", "100 %"));
        assert_eq!(drawn[1].2, "78.6 %");
        assert_eq!((drawn[2].1, drawn[2].2), ("over 23", ""), "a share would give the number away");
        assert_eq!(drawn[3], (None, "under 5", ""));
        assert_eq!(sentence, "All 28 have reached Settled in; 22 First PR, over 23 First deploy.");
        let near = [one("Settled in", Share::Near { part: 22, whole: 28 })];
        assert_eq!(reached(&near).sentence, "About 22 of 28 have reached Settled in.");
        assert_eq!(table.rows[3], ["First on-call", "fewer than 5 of 28", ""]);
    }

    #[test]
    fn too_few_people_have_no_numbers() {
        assert!(reached(&[one("Settled in", Share::UnderFive)]).sentence.starts_with("Too few people"));
    }
}
