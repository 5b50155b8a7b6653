//! Who performs a step, from the words that authors use for it.

use crate::journey::Role;

/// Names of performers, the same in every position.
const CLEAR: &[(&str, Role)] = &[
    ("you", Role::Hire),
    ("hire", Role::Hire),
    ("new hire", Role::Hire),
    ("newcomer", Role::Hire),
    ("new person", Role::Hire),
    ("new starter", Role::Hire),
    ("starter", Role::Hire),
    ("new joiner", Role::Hire),
    ("joiner", Role::Hire),
    ("new employee", Role::Hire),
    ("employee", Role::Hire),
    ("new engineer", Role::Hire),
    ("engineer", Role::Hire),
    ("new developer", Role::Hire),
    ("developer", Role::Hire),
    ("new team member", Role::Hire),
    ("new colleague", Role::Hire),
    ("new teammate", Role::Hire),
    ("onboardee", Role::Hire),
    ("mentee", Role::Hire),
    ("intern", Role::Hire),
    ("existing person", Role::Hire),
    ("departing person", Role::Hire),
    ("departing employee", Role::Hire),
    ("departing team member", Role::Hire),
    ("leaver", Role::Hire),
    ("buddy", Role::Buddy),
    ("onboarding buddy", Role::Buddy),
    ("tech buddy", Role::Buddy),
    ("mentor", Role::Buddy),
    ("onboarding mentor", Role::Buddy),
    ("manager", Role::Manager),
    ("line manager", Role::Manager),
    ("hiring manager", Role::Manager),
    ("people manager", Role::Manager),
    ("engineering manager", Role::Manager),
    ("supervisor", Role::Manager),
    ("team lead", Role::Manager),
    ("team leader", Role::Manager),
    ("tech lead", Role::Manager),
    ("it team", Role::It),
    ("it support", Role::It),
    ("it department", Role::It),
    ("it helpdesk", Role::It),
    ("it admin", Role::It),
    ("helpdesk", Role::It),
    ("help desk", Role::It),
    ("service desk", Role::It),
    ("administrator", Role::It),
    ("system administrator", Role::It),
    ("sysadmin", Role::It),
    ("operator", Role::It),
    ("system owner", Role::Owner),
    ("product owner", Role::Owner),
    ("service owner", Role::Owner),
    ("project owner", Role::Owner),
    ("owner", Role::Owner),
    ("hr", Role::Owner),
    ("human resources", Role::Owner),
    ("people team", Role::Owner),
    ("people ops", Role::Owner),
    ("office manager", Role::Owner),
];

/// Names that are topics as often as performers: good before a colon or after "by", not as a heading.
const WITH_CONTEXT: &[(&str, Role)] = &[
    ("dev", Role::Hire),
    ("team member", Role::Hire),
    ("colleague", Role::Hire),
    ("lead", Role::Manager),
    ("em", Role::Manager),
    ("boss", Role::Manager),
    ("it", Role::It),
    ("admin", Role::It),
    ("ops", Role::It),
    ("operations", Role::It),
    ("devops", Role::It),
    ("platform team", Role::It),
    ("security team", Role::It),
    ("infra", Role::It),
    ("finance", Role::Owner),
    ("facilities", Role::Owner),
];

/// What a list of tasks is called behind the name of its performer.
const LISTS: [&str; 12] = [
    "tasks",
    "task list",
    "checklist",
    "steps",
    "items",
    "actions",
    "action items",
    "todo",
    "to do",
    "to-do",
    "todos",
    "responsibilities",
];

/// Things that others do to somebody: a sentence that begins with one of these and goes on with
/// "them" is not meant for the person it is about.
const DONE_TO_OTHERS: &[&str] = &[
    "add",
    "invite",
    "give",
    "grant",
    "make",
    "ensure",
    "remove",
    "assign",
    "enrol",
    "enroll",
    "introduce",
    "order",
    "send",
    "provide",
    "schedule",
    "set",
    "create",
    "ask",
    "show",
    "help",
    "tell",
    "notify",
    "provision",
    "have",
    "walk",
    "get",
    "let",
    "remind",
    "subscribe",
    "register",
    "delete",
    "disable",
    "revoke",
    "deactivate",
    "onboard",
    "welcome",
    "ship",
    "point",
    "encourage",
    "pair",
    "announce",
    "share",
    "move",
    "check",
    "verify",
    "confirm",
];

/// What performers do in the third person: "An operator adds …".
const VERBS: &[&str] = &[
    "adds",
    "approves",
    "assigns",
    "books",
    "checks",
    "completes",
    "confirms",
    "creates",
    "emails",
    "ensures",
    "explains",
    "gives",
    "grants",
    "introduces",
    "invites",
    "makes",
    "orders",
    "prepares",
    "provides",
    "removes",
    "requests",
    "reviews",
    "schedules",
    "sends",
    "sets",
    "shares",
    "shows",
    "submits",
    "updates",
    "verifies",
    "walks",
];
const MODALS: [&str; 6] = ["will", "should", "must", "can", "needs", "to"];

/// The performer that a phrase names, with or without article: "your onboarding buddy".
pub(super) fn named(phrase: &str) -> Option<Role> {
    let phrase = normal(phrase);
    let both = phrase.split(['/', '&']).flat_map(|part| part.split(" or ")).flat_map(|part| part.split(" and "));
    let mut roles = both.map(|part| lookup(part.trim()));
    // "Manager/buddy" names the first; "buddy and the database" names nobody.
    let first = roles.next().flatten()?;
    roles.all(|role| role.is_some()).then_some(first)
}

fn lookup(phrase: &str) -> Option<Role> {
    CLEAR.iter().chain(WITH_CONTEXT).find(|(name, _)| *name == strip_article(phrase)).map(|(_, role)| *role)
}

/// Lower case, without brackets, marks and article.
fn normal(phrase: &str) -> String {
    let mut depth = 0usize;
    let mut text = String::new();
    for c in phrase.to_lowercase().chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '’' if depth == 0 => text.push('\''),
            c if depth == 0 && (c.is_alphanumeric() || matches!(c, ' ' | '-' | '/' | '&' | '\'')) => text.push(c),
            _ => {}
        }
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    strip_article(text.trim_matches('-').trim()).to_owned()
}

fn strip_article(phrase: &str) -> &str {
    ["the ", "your ", "an ", "a ", "our ", "their "].iter().find_map(|word| phrase.strip_prefix(word)).unwrap_or(phrase)
}

/// The performer that a heading names: "For your onboarding buddy", "Manager tasks", "System Owner",
/// "Accounts – completed by the buddy".
pub(super) fn of_heading(heading: &str, offboarding: bool) -> Option<Role> {
    let heading = heading.replace(['–', '—', '|', ':', '(', ')'], " - ");
    heading.split(" - ").find_map(|part| of_part(&normal(part), offboarding))
}

fn of_part(part: &str, offboarding: bool) -> Option<Role> {
    if part == "assignee" {
        // Whoever has the ticket: somebody in operations when a person leaves, the person on arrival.
        return Some(if offboarding { Role::It } else { Role::Hire });
    }
    if let Some((_, role)) = CLEAR.iter().find(|(name, _)| *name == part) {
        return Some(*role);
    }
    if let Some(performer) = part.strip_prefix("for ").or_else(|| part.strip_prefix("by ")) {
        return named(performer);
    }
    if let Some((_, performer)) = part.rsplit_once(" by ") {
        return named(performer);
    }
    for list in LISTS {
        if let Some((before, performer)) = part.rsplit_once(" for ")
            && (before == list || before.ends_with(&format!(" {list}")))
        {
            return named(performer);
        }
        if let Some(performer) = part.strip_suffix(list) {
            return named(performer.trim_end().trim_end_matches("'s"));
        }
    }
    None
}

/// A performer in front of a colon, and where the text behind it begins: `Buddy: show the …`.
pub(super) fn prefix(text: &str) -> Option<(Role, usize)> {
    let colon = text.find(':').filter(|at| *at <= 48)?;
    // `http://…` and `12:30` are no prefixes.
    let after = &text[colon + 1..];
    if !(after.is_empty() || after.starts_with(char::is_whitespace)) {
        return None;
    }
    named(&text[..colon]).map(|role| (role, colon + 1))
}

/// Who performs what a sentence says, and whether that is only a guess. `others` is the performer
/// of things that are done to the person.
pub(super) fn of_sentence(sentence: &str, others: Role) -> Option<(Role, bool)> {
    let lower = sentence.to_lowercase().replace('’', "'");
    let words: Vec<&str> =
        lower.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    if let Some(role) = subject(&words) {
        return Some((role, false));
    }
    done_to_others(&words).then_some((others, true))
}

fn subject(words: &[&str]) -> Option<Role> {
    (1..=4.min(words.len().saturating_sub(1))).rev().find_map(|length| {
        let role = named(&words[..length].join(" "))?;
        let verb = words[length];
        (VERBS.contains(&verb) || MODALS.contains(&verb)).then_some(role)
    })
}

fn done_to_others(words: &[&str]) -> bool {
    let words = match words {
        ["also" | "then" | "please" | "next" | "and", rest @ ..] => rest,
        words => words,
    };
    if words.first().is_some_and(|word| matches!(*word, "they" | "they're" | "they'll")) {
        return true;
    }
    if !words.first().is_some_and(|verb| DONE_TO_OTHERS.contains(verb)) {
        return false;
    }
    (1..4.min(words.len())).any(|at| match words[at] {
        "them" | "they" | "they're" | "they've" | "they'll" | "their" => at < 4,
        "new" => words.get(at + 1).is_some_and(|next| {
            matches!(
                *next,
                "person" | "hire" | "starter" | "joiner" | "employee" | "engineer" | "developer" | "colleague"
            )
        }),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_name_performers_or_nobody() {
        for (heading, role) in [
            ("For your onboarding buddy", Some(Role::Buddy)),
            ("Accounts – completed by onboarding buddy", Some(Role::Buddy)),
            ("Manager tasks", Some(Role::Manager)),
            ("Buddy's checklist", Some(Role::Buddy)),
            ("Tasks for IT", Some(Role::It)),
            ("System Owner (or a delegate)", Some(Role::Owner)),
            ("Week 1: For you", Some(Role::Hire)),
            ("Before day 1 (completed by the manager)", Some(Role::Manager)),
            ("IT", None),
            ("Operations", None),
            ("Meet your buddy", None),
            ("Set up an account for the new hire", None),
            ("Find the owner", None),
        ] {
            assert_eq!(of_heading(heading, false), role, "{heading}");
        }
    }

    #[test]
    fn sentences_have_subjects() {
        let of = |text: &str| of_sentence(text, Role::Buddy);
        assert_eq!(of("Your buddy will show you around"), Some((Role::Buddy, false)));
        assert_eq!(of("An operator adds a link"), Some((Role::It, false)));
        assert_eq!(of("Add them to the chat"), Some((Role::Buddy, true)));
        assert_eq!(of("Make sure they’re on the list"), Some((Role::Buddy, true)));
        assert_eq!(of("Ensure the new hire has a badge"), Some((Role::Buddy, true)));
        assert_eq!(of("Read the guides and follow them"), None);
        assert_eq!(of("Owner of the page: ask"), None);
        assert_eq!(of("Lead sessions with users"), None);
    }

    #[test]
    fn a_prefix_names_a_performer() {
        assert_eq!(prefix("Buddy: show the office"), Some((Role::Buddy, 6)));
        assert_eq!(prefix("Manager / buddy: lunch"), Some((Role::Manager, 16)));
        for text in ["View the video: intro", "https://x.example", "Engineers: read this", "At 12:30 meet"] {
            assert_eq!(prefix(text), None, "{text}");
        }
    }
}
