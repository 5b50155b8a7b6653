//! What a pack's row says.

use jiff::civil::DateTime;
use waymark_api::ipc::sources::{PackKind, PackView};

use crate::kit::{Tone, dates};

/// A pill in a pack's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// What it means.
    pub(super) tone: Tone,
    /// A number and a word.
    pub(super) text: String,
}

/// The pack's findings as pills, worst first; none where there is nothing to mend.
pub(super) fn marks(pack: &PackView) -> Vec<Mark> {
    [
        (pack.errors, Tone::Danger, "error", "errors"),
        (pack.warnings, Tone::Warning, "warning", "warnings"),
        (pack.notes, Tone::Neutral, "note", "notes"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, tone, one, many)| Mark { tone, text: format!("{count} {}", if count == 1 { one } else { many }) })
    .collect()
}

/// "Read yesterday, 16:40", and how much is in it.
pub(super) fn facts(pack: &PackView, now: DateTime) -> String {
    let read = format!("Read {}", dates::ago(pack.read_at, now));
    if pack.detail.is_empty() { read } else { format!("{read} · {}", pack.detail) }
}

/// Where the pack comes from, in a few words.
pub(super) fn origin(kind: PackKind) -> &'static str {
    match kind {
        PackKind::Sample => "Sample",
        PackKind::Folder => "Folder",
        PackKind::Bundle => "Bundle",
        PackKind::Backstage => "Backstage",
        PackKind::Team => "Team",
    }
}

/// What to do about a pack whose folder is not there; `None` where it is.
pub(super) fn missing(pack: &PackView, now: DateTime) -> Option<String> {
    (!pack.reachable).then(|| match pack.summary.kind {
        PackKind::Folder => format!(
            "This folder is not there. You are reading the copy from {}. Connect the drive or put the folder back, \
             then read it again; or open it at its new place and remove this one.",
            copy_of(pack.read_at, now)
        ),
        PackKind::Bundle => format!(
            "This bundle’s file is not there, which is no trouble: you are reading the copy from {}. A newer version \
             takes its place when you open it.",
            copy_of(pack.read_at, now)
        ),
        PackKind::Backstage | PackKind::Team => {
            format!("This server cannot be reached. You are reading the copy from {}.", copy_of(pack.read_at, now))
        }
        PackKind::Sample => {
            format!("The sample is not beside the app. You are reading the copy from {}.", copy_of(pack.read_at, now))
        }
    })
}

/// When a copy was made: "today, 16:40", "yesterday, 16:40", "Thu 22 Jan, 16:40".
fn copy_of(at: DateTime, now: DateTime) -> String {
    if at.date() == now.date() { format!("today, {}", dates::time(at)) } else { dates::ago(at, now) }
}

/// What goes with a pack and what stays, for the question before it is removed.
pub(super) fn removal(pack: &PackView) -> Removal {
    let untouched = match pack.summary.kind {
        PackKind::Folder => "The folder itself. Waymark never changes your files.",
        PackKind::Bundle => "The bundle’s file. Waymark forgets who published it.",
        PackKind::Backstage => "The documentation on the server. Waymark forgets its token.",
        PackKind::Team => "What your team published on its server. It comes back while you are a member.",
        PackKind::Sample => "The sample inside the app. You can add it again.",
    };
    Removal {
        goes: vec!["Its docs and its roadmap".to_owned(), "Journeys that you have not started".to_owned()],
        stays: vec![
            "Journeys that you started, with every tick and note".to_owned(),
            "What you did so far".to_owned(),
            untouched.to_owned(),
        ],
    }
}

/// What removing a pack means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Removal {
    /// What is gone afterwards.
    pub(super) goes: Vec<String>,
    /// What is still there.
    pub(super) stays: Vec<String>,
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;
    use waymark_api::ipc::sources::PackSummary;

    use super::*;

    fn pack(kind: PackKind, findings: [u32; 3], reachable: bool) -> PackView {
        PackView {
            summary: PackSummary {
                id: "0190a5b2-0000-7000-8000-000000000001".parse().expect("a UUID"),
                title: "Backend".to_owned(),
                kind,
                route: "/docs/backend".to_owned(),
            },
            location: "/src/backend".to_owned(),
            read_at: datetime(2026, 11, 19, 16, 40, 0, 0),
            detail: "72 pages".to_owned(),
            errors: findings[0],
            warnings: findings[1],
            notes: findings[2],
            reachable,
        }
    }

    #[test]
    fn findings_become_pills_without_zeros() {
        let texts = |findings| {
            marks(&pack(PackKind::Folder, findings, true)).into_iter().map(|mark| mark.text).collect::<Vec<_>>()
        };
        assert_eq!(texts([1, 0, 4]), ["1 error", "4 notes"]);
        assert!(texts([0, 0, 0]).is_empty());
        assert_eq!(marks(&pack(PackKind::Folder, [1, 2, 0], true))[0].tone, Tone::Danger, "the worst stands first");
    }

    #[test]
    fn a_row_says_when_it_was_read() {
        let now = datetime(2026, 11, 20, 9, 0, 0, 0);
        assert_eq!(facts(&pack(PackKind::Folder, [0; 3], true), now), "Read yesterday, 16:40 · 72 pages");
    }

    #[test]
    fn a_missing_folder_is_said_with_what_to_do() {
        let now = datetime(2026, 11, 20, 9, 0, 0, 0);
        assert_eq!(missing(&pack(PackKind::Folder, [0; 3], true), now), None);
        let text = missing(&pack(PackKind::Folder, [0; 3], false), now).expect("it is not reachable");
        assert!(text.contains("the copy from yesterday, 16:40"), "{text}");
        assert!(text.contains("read it again"), "{text}");
        let today = missing(&pack(PackKind::Folder, [0; 3], false), datetime(2026, 11, 19, 16, 41, 0, 0));
        assert!(today.is_some_and(|text| text.contains("the copy from today, 16:40")), "a copy is of a moment");
    }

    #[test]
    fn removing_never_touches_the_folder() {
        assert!(
            removal(&pack(PackKind::Folder, [0; 3], true))
                .stays
                .iter()
                .any(|line| line.contains("never changes your files"))
        );
        assert!(removal(&pack(PackKind::Sample, [0; 3], true)).stays.iter().any(|line| line.contains("add it again")));
    }
}
