//! What changed on a page, in words.

use waymark_api::ipc::docs::{Change, ChangedSection};

/// "Changed since you read it yesterday, 17:05: 2 sections, 1 removed".
pub(crate) fn change_line(change: &Change, since: &str) -> String {
    let count = |count: usize, word: &str| match count {
        1 => format!("1 {word}"),
        count => format!("{count} {word}s"),
    };
    let mut parts = Vec::new();
    if !change.sections.is_empty() {
        parts.push(count(change.sections.len(), "section"));
    }
    if change.gone > 0 {
        parts.push(format!("{} removed", count(change.gone as usize, "section")));
    }
    format!("Changed since you read it {since}: {}", parts.join(", "))
}

/// A section's name.
pub(crate) fn section_name(section: &ChangedSection) -> String {
    if section.id.is_none() { "The beginning".to_owned() } else { section.title.clone() }
}

/// The word beside a heading in the outline; `None` where nothing changed.
pub(crate) fn change_mark(change: Option<&Change>, heading: &str) -> Option<&'static str> {
    let section = change?.sections.iter().find(|section| section.id.as_deref() == Some(heading))?;
    Some(if section.new { "New" } else { "Changed" })
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    fn change(sections: &[(&str, bool)], gone: u32) -> Change {
        let section = |(id, new): &(&str, bool)| ChangedSection {
            id: (!id.is_empty()).then(|| (*id).to_owned()),
            title: (*id).to_owned(),
            new: *new,
        };
        let sections = sections.iter().map(section).collect();
        Change { since: datetime(2026, 1, 20, 17, 5, 0, 0), sections, gone }
    }

    #[test]
    fn the_line_counts_what_changed_and_what_is_gone() {
        let line = |change: &Change| change_line(change, "yesterday, 17:05");
        assert_eq!(line(&change(&[("a", false)], 0)), "Changed since you read it yesterday, 17:05: 1 section");
        assert_eq!(
            line(&change(&[("a", false), ("b", true)], 1)),
            "Changed since you read it yesterday, 17:05: 2 sections, 1 section removed"
        );
        assert_eq!(line(&change(&[], 2)), "Changed since you read it yesterday, 17:05: 2 sections removed");
    }

    #[test]
    fn marks_stand_beside_their_headings() {
        let change = change(&[("a", false), ("b", true), ("", false)], 0);
        assert_eq!(change_mark(Some(&change), "a"), Some("Changed"));
        assert_eq!(change_mark(Some(&change), "b"), Some("New"));
        assert_eq!(change_mark(Some(&change), "c"), None);
        assert_eq!(change_mark(None, "a"), None);
        assert_eq!(section_name(&change.sections[2]), "The beginning");
    }
}
