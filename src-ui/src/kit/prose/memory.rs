//! Content tabs: all sets that have the chosen label follow it, on this page and on the next one.

use serde::{Deserialize, Serialize};

/// More labels than any site uses for its systems and languages.
const KEPT: usize = 24;

/// The labels that were chosen, latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct TabMemory(Vec<String>);

impl TabMemory {
    /// Reads what [`Self::to_text`] wrote; anything else is an empty memory.
    pub(crate) fn from_text(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// As text, for the browser's storage.
    pub(crate) fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Notes that `label` was chosen.
    pub(crate) fn choose(&mut self, label: &str) {
        let label = normal(label);
        self.0.retain(|kept| *kept != label);
        self.0.insert(0, label);
        self.0.truncate(KEPT);
    }

    /// Which tab of a set to open: the one that was chosen last; `None` where none of them ever was.
    pub(crate) fn pick(&self, labels: &[String]) -> Option<usize> {
        self.0.iter().find_map(|kept| labels.iter().position(|label| normal(label) == *kept))
    }
}

fn normal(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The tab that `key` leads to from tab `at` of `count`, or `None` if the key has no meaning in a tab list.
pub(crate) fn step_tab(key: &str, at: usize, count: usize) -> Option<usize> {
    if count == 0 {
        return None;
    }
    match key {
        "ArrowRight" => Some((at + 1) % count),
        "ArrowLeft" => Some((at + count - 1) % count),
        "Home" => Some(0),
        "End" => Some(count - 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(list: &[&str]) -> Vec<String> {
        list.iter().map(|label| (*label).to_owned()).collect()
    }

    #[test]
    fn the_latest_choice_wins_where_a_set_has_several() {
        let mut memory = TabMemory::default();
        memory.choose("macOS");
        memory.choose("Python");
        memory.choose("Linux");
        assert_eq!(memory.pick(&labels(&["Windows", "macOS", "Linux"])), Some(2));
        assert_eq!(memory.pick(&labels(&["Rust", "python"])), Some(1), "case does not matter");
        assert_eq!(memory.pick(&labels(&["npm", "yarn"])), None);
        memory.choose("macos ");
        assert_eq!(memory.pick(&labels(&["Linux", "macOS"])), Some(1));
    }

    #[test]
    fn the_memory_survives_storage_and_rubbish() {
        let mut memory = TabMemory::default();
        for index in 0..40 {
            memory.choose(&format!("tab {index}"));
        }
        assert_eq!(memory.0.len(), KEPT);
        assert_eq!(TabMemory::from_text(&memory.to_text()), memory);
        assert_eq!(TabMemory::from_text("{"), TabMemory::default());
    }

    #[test]
    fn arrows_go_round() {
        assert_eq!(step_tab("ArrowRight", 2, 3), Some(0));
        assert_eq!(step_tab("ArrowLeft", 0, 3), Some(2));
        assert_eq!(step_tab("Home", 2, 3), Some(0));
        assert_eq!(step_tab("End", 0, 3), Some(2));
        assert_eq!(step_tab("Enter", 0, 3), None);
        assert_eq!(step_tab("Home", 0, 0), None);
    }
}
