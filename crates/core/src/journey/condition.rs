//! Conditions that hide steps (`journeys.md`, section 2.4).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What is known about a person: `role`, `team`, `site`, `contract`, `os`, `service`, `tag` and choices.
pub type Profile = BTreeMap<String, Vec<String>>;

/// A condition over a [`Profile`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Condition {
    /// The key has one of these values.
    Is {
        /// Key of the profile.
        key: String,
        /// Any of them.
        values: Vec<String>,
    },
    /// All hold.
    All(Vec<Condition>),
    /// One holds.
    Any(Vec<Condition>),
    /// The inner one does not hold.
    Not(Box<Condition>),
    /// The author's words, which nobody can evaluate: an importer found them in prose.
    Stated(String),
}

impl Condition {
    /// Whether the condition holds; `None` where the profile does not say. Unknown never hides a step.
    pub fn holds(&self, profile: &Profile) -> Option<bool> {
        match self {
            Self::Is { key, values } => {
                let known = profile.get(key)?;
                Some(values.iter().any(|value| known.contains(value)))
            }
            Self::All(all) => combine(all, profile, false),
            Self::Any(any) => combine(any, profile, true),
            Self::Not(inner) => inner.holds(profile).map(|held| !held),
            Self::Stated(_) => None,
        }
    }

    /// The condition in words, for "depends on: …".
    pub fn in_words(&self) -> String {
        match self {
            Self::Is { key, values } => format!("{key} is {}", values.join(" or ")),
            Self::All(all) => join(all, " and "),
            Self::Any(any) => join(any, " or "),
            Self::Not(inner) => format!("not ({})", inner.in_words()),
            Self::Stated(words) => words.clone(),
        }
    }
}

/// Three-valued logic: one `decisive` answer decides, otherwise one unknown leaves all unknown.
fn combine(conditions: &[Condition], profile: &Profile, decisive: bool) -> Option<bool> {
    let mut unknown = false;
    for condition in conditions {
        match condition.holds(profile) {
            Some(held) if held == decisive => return Some(decisive),
            Some(_) => {}
            None => unknown = true,
        }
    }
    (!unknown).then_some(!decisive)
}

fn join(conditions: &[Condition], between: &str) -> String {
    conditions.iter().map(Condition::in_words).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn os(value: &str) -> Condition {
        Condition::Is { key: "os".into(), values: vec![value.into()] }
    }

    #[test]
    fn unknown_is_neither_true_nor_false() {
        let linux: Profile = [("os".to_owned(), vec!["linux".to_owned()])].into();
        let team = Condition::Is { key: "team".into(), values: vec!["a".into()] };
        assert_eq!(os("linux").holds(&linux), Some(true));
        assert_eq!(os("windows").holds(&linux), Some(false));
        assert_eq!(team.holds(&linux), None);
        assert_eq!(Condition::Not(Box::new(team.clone())).holds(&linux), None);
        assert_eq!(
            Condition::All(vec![team.clone(), os("windows")]).holds(&linux),
            Some(false),
            "false wins over unknown"
        );
        assert_eq!(Condition::Any(vec![team.clone(), os("linux")]).holds(&linux), Some(true), "true wins over unknown");
        assert_eq!(Condition::All(vec![team, os("linux")]).holds(&linux), None);
    }

    #[test]
    fn words_name_key_and_values() {
        let both = Condition::All(vec![os("linux"), Condition::Stated("if applicable".into())]);
        assert_eq!(both.in_words(), "os is linux and if applicable");
    }
}
