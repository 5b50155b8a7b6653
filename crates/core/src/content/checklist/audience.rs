//! For whom a step or a group of steps is, from the words that authors use for it. Nobody can
//! evaluate such words, so they become [`Condition::Stated`] and never hide anything.

use crate::journey::Condition;

/// Words for groups of people. A singular names a performer; a plural says whom something is for.
const PEOPLE: &[&str] = &[
    "admins",
    "administrators",
    "analysts",
    "apprentices",
    "consultants",
    "contractors",
    "contributors",
    "coordinators",
    "designers",
    "developers",
    "devs",
    "directors",
    "employees",
    "engineers",
    "folks",
    "freelancers",
    "interns",
    "leads",
    "maintainers",
    "managers",
    "members",
    "officers",
    "operators",
    "owners",
    "people",
    "programmers",
    "researchers",
    "scientists",
    "specialists",
    "staff",
    "staffers",
    "students",
    "supervisors",
    "testers",
    "users",
    "volunteers",
    "workers",
    "writers",
];
/// Words for parts of an organisation.
const UNITS: &[&str] = &["department", "division", "helpdesk", "role", "squad", "team", "teams", "unit"];

/// A condition in brackets is short.
const MAX_BRACKETS: usize = 120;

/// Everybody is no condition.
const EVERYBODY: [&str; 9] = [
    "everyone",
    "everybody",
    "all",
    "new hires",
    "new joiners",
    "new starters",
    "new employees",
    "all employees",
    "all new hires",
];

/// The words as a condition.
pub(super) fn stated(words: &str) -> Condition {
    Condition::Stated(words.to_owned())
}

/// The audience that the summary of a folded section names: "Contractors, expand this section".
pub(super) fn of_summary(summary: &str) -> Option<String> {
    let words = without_invitation(summary);
    if let Some(audience) = of_lead(words) {
        return Some(audience);
    }
    let short = words.split_whitespace().count() <= 10;
    (short && names_people(words) && !is_everybody(words)).then(|| words.to_owned())
}

/// A summary without "expand this section" and what follows it.
pub(super) fn without_invitation(summary: &str) -> &str {
    let lower = summary.to_lowercase();
    let end = [", expand", ": expand", " expand", ", click", " (click", " click", ": open", ", open"]
        .iter()
        .filter_map(|word| lower.find(word))
        .chain([lower.find(". "), lower.find(':')].into_iter().flatten())
        .min()
        .unwrap_or(lower.len());
    // Lower case may be longer than what it was made from.
    summary.get(..end).unwrap_or(summary).trim_matches(|c: char| !c.is_alphanumeric())
}

/// The audience that a sentence above a list names: "For designers, also…", "Only mandatory for …".
pub(super) fn of_lead(sentence: &str) -> Option<String> {
    let lower = sentence.to_lowercase();
    if lower.len() != sentence.len() {
        return None;
    }
    let mut start = 0;
    for word in ["lastly", "finally", "also", "then", "next", "and"] {
        if let Some(rest) = lower[start..].strip_prefix(word).filter(|rest| rest.starts_with([',', ' '])) {
            start = lower.len() - rest.trim_start_matches([',', ' ']).len();
        }
    }
    if lower[start..].starts_with("for ") {
        return of_for(sentence, &lower, start + 4);
    }
    if let Some(audience) = only_for(sentence, &lower) {
        return Some(audience);
    }
    let bare = sentence[start..].trim_end_matches(|c: char| !c.is_alphanumeric());
    let audience = bare.strip_suffix(" only").or_else(|| bare.strip_suffix(" Only"))?;
    (audience.split_whitespace().count() <= 6).then(|| audience.to_owned())
}

fn of_for(sentence: &str, lower: &str, from: usize) -> Option<String> {
    let rest = &lower[from..];
    let end = rest.find([',', ':', '.', '…', '(']).map_or(lower.len(), |at| from + at);
    let mut audience = sentence[from..end].trim();
    let marked = rest[end - from..].trim_start_matches([',', ' ']).starts_with("also");
    let mut only = false;
    for word in [" only", " also", " as well"] {
        if let Some(before) = audience.to_lowercase().strip_suffix(word) {
            audience = &audience[..before.len()];
            only = true;
        }
    }
    let first = audience.split_whitespace().next()?.to_lowercase();
    let named = super::role::named(audience).is_some() && !names_people(audience);
    let length = audience.split_whitespace().count();
    if named || length > 8 || is_everybody(audience) || matches!(first.as_str(), "you" | "your" | "each" | "every") {
        return None;
    }
    (only || marked || names_people(audience)).then(|| audience.to_owned())
}

/// "only mandatory for …", "required only for …", "applies only to …".
fn only_for(sentence: &str, lower: &str) -> Option<String> {
    let only = lower.find("only ")?;
    let after = &lower[only + 5..];
    let (words, at) = [" for ", " to "]
        .iter()
        .filter_map(|word| {
            let padded = format!(" {after}");
            padded.find(word).map(|at| (padded[..at].split_whitespace().count(), only + 5 + at + word.len() - 1))
        })
        .min()?;
    let before = lower[..only].trim_end();
    let stated =
        ["mandatory", "required", "needed", "necessary", "relevant", "applicable", "applies", "apply", "meant"];
    let said = stated.iter().any(|word| before.ends_with(word) || after.starts_with(word));
    if words > 2 || !said {
        return None;
    }
    let rest = sentence.get(at..)?;
    let end = rest.find([',', '.', ';', ':', ')']).unwrap_or(rest.len());
    let audience = rest[..end].trim();
    (!audience.is_empty() && audience.split_whitespace().count() <= 10).then(|| audience.to_owned())
}

/// What an item says about itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ItemAudience {
    /// Conditions in the author's words.
    pub stated: Vec<String>,
    /// "If you …" in front: left as text, because it may also be a way of speaking.
    pub if_you: bool,
}

pub(super) fn of_item(text: &str) -> ItemAudience {
    let mut audience = ItemAudience::default();
    audience.stated.extend(of_prefix(text));
    audience.stated.extend(in_brackets(text));
    let lower = text.to_lowercase();
    if let Some(condition) = lower.strip_prefix("if ").filter(|_| lower.len() == text.len()) {
        let speaks_to_reader = ["you ", "you'", "you’", "your ", "it ", "it'", "it’", "not ", "there "];
        if speaks_to_reader.iter().any(|word| condition.starts_with(word)) {
            audience.if_you = true;
        } else if let Some(end) = condition.find(',').filter(|end| *end <= 80) {
            audience.stated.push(text[3..3 + end].to_owned());
        }
    }
    audience
}

/// "Project contractors: …", "Leads only – …".
fn of_prefix(text: &str) -> Option<String> {
    let end = [text.find(": "), text.find(" - "), text.find(" – "), text.find(" — ")].into_iter().flatten().min();
    let end = end.or_else(|| text.ends_with(':').then(|| text.len() - 1))?;
    let words = text[..end].trim();
    let count = words.split_whitespace().count();
    if count == 0 || count > 6 {
        return None;
    }
    let lower = words.to_lowercase();
    if let Some(before) = lower.strip_suffix(" only") {
        return Some(words.get(..before.len()).unwrap_or(words).to_owned());
    }
    let head = lower.split_whitespace().last()?;
    (PEOPLE.contains(&head) && !is_everybody(words) && text[end..].starts_with(':')).then(|| words.to_owned())
}

/// The text behind a prefix that names an audience, or all of it.
pub(super) fn without_prefix(text: &str) -> &str {
    if of_prefix(text).is_none() {
        return text;
    }
    let ends = [": ", " - ", " – ", " — "].iter().filter_map(|mark| text.find(mark).map(|at| at + mark.len()));
    ends.min().map_or(text, |at| text[at..].trim_start())
}

/// "(if applicable)", "(contractors only)", "(relevant for leads)".
fn in_brackets(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('(') {
        let near = &text[at..text.floor_char_boundary(at + MAX_BRACKETS)];
        let Some(length) = near.find(')') else { continue };
        let inside = text[at + 1..at + length].trim();
        let lower = inside.to_lowercase();
        let begins = ["if ", "only ", "relevant ", "unless ", "where applicable", "when applicable", "as applicable"];
        let short = inside.split_whitespace().count() <= 10;
        let only = lower.ends_with(" only") && inside.split_whitespace().count() <= 6;
        if short && (only || begins.iter().any(|word| lower.starts_with(word))) && !lower.starts_with("if known") {
            found.push(inside.to_owned());
        }
    }
    found
}

/// The label in front of one of several alternatives: "Temporary leave: …".
pub(super) fn alternative(text: &str) -> Option<String> {
    let (label, _) = text.split_once(':')?;
    let count = label.split_whitespace().count();
    ((1..=5).contains(&count) && label.chars().count() > 2 && super::role::named(label).is_none())
        .then(|| label.trim().to_owned())
}

fn names_people(words: &str) -> bool {
    let lower = words.to_lowercase();
    let mut each = lower.split(|c: char| !(c.is_alphanumeric() || c == '-'));
    each.any(|word| PEOPLE.contains(&word) || UNITS.contains(&word))
}

fn is_everybody(words: &str) -> bool {
    EVERYBODY.contains(&words.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_say_whom_a_list_is_for() {
        for (sentence, audience) in [
            ("For designers, also...", Some("designers")),
            ("For support, also..", Some("support")),
            ("Lastly, for permanent employees only:", Some("permanent employees")),
            ("For interns and contractors:", Some("interns and contractors")),
            (
                "These are only mandatory for somebody in the data squad, but welcome:",
                Some("somebody in the data squad"),
            ),
            ("Contractors only", Some("Contractors")),
            ("For more information:", None),
            ("For your buddy:", None),
            ("For the manager:", None),
            ("For new hires:", None),
            ("Read only to the end of the page", None),
            ("Only use first names", None),
        ] {
            assert_eq!(of_lead(sentence).as_deref(), audience, "{sentence}");
        }
    }

    #[test]
    fn items_say_whom_they_are_for() {
        let stated = |text: &str| of_item(text).stated;
        assert_eq!(stated("Project contractors: ask for a badge"), ["Project contractors"]);
        assert_eq!(stated("Leads Only - join the call"), ["Leads"]);
        assert_eq!(stated("Join #ads (if applicable)"), ["if applicable"]);
        assert_eq!(stated("If they work nights, give them a key"), ["they work nights"]);
        assert!(of_item("If you have no badge, ask").if_you);
        for plain in ["Engineer: read", "Watch the video: intro", "Ask (see the list)", "Folders: tidy up"] {
            assert!(stated(plain).is_empty(), "{plain}");
        }
    }

    #[test]
    fn summaries_lose_their_invitation() {
        assert_eq!(
            of_summary("Contractors and interns, expand this section.").as_deref(),
            Some("Contractors and interns")
        );
        assert_eq!(of_summary("For engineers (click to expand)").as_deref(), Some("engineers"));
        assert_eq!(of_summary("More about the tools"), None);
    }
}
