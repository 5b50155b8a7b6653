//! Classes of facts in words.

use waymark_api::ipc::privacy::HeldClass;
use waymark_core::sharing::Class;

/// The class as its switch is called.
pub(crate) fn class_name(class: Class) -> &'static str {
    match class {
        Class::Progress => "Steps done and reopened",
        Class::Blocks => "Where I am blocked",
        Class::Skips => "Steps I skip",
        Class::Milestones => "Milestones",
        Class::Plan => "Changes of day 1 and of my list",
    }
}

/// What holding it back means for others.
pub(crate) fn class_effect(class: Class) -> &'static str {
    match class {
        Class::Progress => "Held back, your steps look open to your manager, and nobody can confirm one.",
        Class::Blocks => "Held back, nobody learns that you need help.",
        Class::Skips => "Held back, skipped steps look open to your manager.",
        Class::Milestones => "Held back, moments that this computer saw are not counted.",
        Class::Plan => "Held back, your manager sees the dates as they were given.",
    }
}

/// How much waits here; `None` where nothing does.
pub(crate) fn held_words(class: HeldClass) -> Option<String> {
    match class.facts {
        0 => None,
        1 => Some("1 record stays here".to_owned()),
        many => Some(format!("{many} records stay here")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_held_is_not_mentioned() {
        let held = |facts| HeldClass { class: Class::Blocks, held: true, facts };
        assert_eq!(held_words(held(0)), None);
        assert_eq!(held_words(held(1)).as_deref(), Some("1 record stays here"));
        assert_eq!(held_words(held(4)).as_deref(), Some("4 records stay here"));
    }
}
