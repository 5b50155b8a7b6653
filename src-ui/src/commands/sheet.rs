//! The shortcut sheet as data: the sheet itself and the settings print the same lines.

use super::{Command, Group};

/// Keys that belong to a focused list of steps and not to the window.
const IN_STEP_LISTS: [(&str, &str); 6] = [
    ("↑", "Go to the step above"),
    ("↓", "Go to the step below"),
    ("Enter", "Open the step"),
    ("X", "Tick the step"),
    ("E", "Open its docs"),
    ("B", "Mark it as blocked"),
];

/// One group of the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SheetGroup {
    /// Its name.
    pub(crate) title: &'static str,
    /// What each command does, and all of its keys.
    pub(crate) lines: Vec<(&'static str, Vec<&'static str>)>,
}

/// All keys in groups. Single letters are left out where the person switched them off.
pub(crate) fn sheet(commands: &[Command], single_keys: bool) -> Vec<SheetGroup> {
    let group = |group: Group| SheetGroup {
        title: group.title(),
        lines: commands
            .iter()
            .filter(|command| command.group == group && !command.keys.is_empty())
            .map(|command| (command.title, command.keys.to_vec()))
            .collect(),
    };
    let in_lists = SheetGroup {
        title: "In a list of steps",
        lines: IN_STEP_LISTS
            .into_iter()
            .filter(|(key, _)| single_keys || !is_letter(key))
            .map(|(key, what)| (what, vec![key]))
            .collect(),
    };
    let mut groups: Vec<SheetGroup> = Group::ALL.into_iter().map(group).collect();
    groups.push(in_lists);
    groups.retain(|group| !group.lines.is_empty());
    groups
}

fn is_letter(key: &str) -> bool {
    key.len() == 1 && key.chars().all(|letter| letter.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_letters_can_be_switched_off() {
        let keys = |single_keys| -> Vec<&str> {
            sheet(&[], single_keys).into_iter().flat_map(|group| group.lines).flat_map(|(_, keys)| keys).collect()
        };
        assert_eq!(keys(true), ["↑", "↓", "Enter", "X", "E", "B"]);
        assert_eq!(keys(false), ["↑", "↓", "Enter"], "named keys are no letters");
    }
}
