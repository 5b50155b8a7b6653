//! Whether a condition can hold at all, or always does (`J041`).
//!
//! Every person that the condition can tell apart is tried. That is exact, and it is cheap: conditions
//! name a handful of values. One that names more is not judged.

use std::collections::{BTreeMap, BTreeSet};

use crate::journey::{Condition, Profile, Variable};

/// More kinds of people than this are not tried.
const MAX_PEOPLE: usize = 256;
/// Keys of which a person has one value; teams, services and tags may be several.
const ONE_VALUE: [&str; 4] = ["role", "site", "contract", "os"];
const SYSTEMS: [&str; 3] = ["linux", "macos", "windows"];
/// A value that no author writes: anything that the condition does not name.
const OTHER: &str = "\u{0}";

/// Whether a condition holds for nobody, for everybody, or for some; `None` where nobody can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Never,
    Sometimes,
    Always,
}

pub(super) fn holds(condition: &Condition, variables: &BTreeMap<String, Variable>) -> Option<Holds> {
    let mut named: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    if !collect(condition, &mut named) {
        return None;
    }
    let mut people = vec![Profile::new()];
    for (key, values) in named {
        let choices = choices(key, &values, variables);
        if people.len().checked_mul(choices.len())? > MAX_PEOPLE {
            return None;
        }
        people = people
            .iter()
            .flat_map(|person| {
                choices.iter().map(|choice| {
                    let mut person = person.clone();
                    person.insert(key.to_owned(), choice.clone());
                    person
                })
            })
            .collect();
    }
    let (mut yes, mut no) = (false, false);
    for person in &people {
        match condition.holds(person)? {
            true => yes = true,
            false => no = true,
        }
    }
    Some(match (yes, no) {
        (true, true) => Holds::Sometimes,
        (true, false) => Holds::Always,
        (false, _) => Holds::Never,
    })
}

/// Everything that a person may have under `key`, as far as the condition can tell.
fn choices(key: &str, named: &BTreeSet<&str>, variables: &BTreeMap<String, Variable>) -> Vec<Vec<String>> {
    let one = |value: &str| vec![value.to_owned()];
    let variable = variables.get(key).filter(|variable| variable.kind == "choice" && !variable.options.is_empty());
    if key == "os" {
        return SYSTEMS.iter().map(|system| one(system)).collect();
    }
    if let Some(variable) = variable {
        return variable.options.iter().map(|option| one(option)).collect();
    }
    if ONE_VALUE.contains(&key) {
        return named.iter().map(|value| one(value)).chain([one(OTHER)]).collect();
    }
    // Any of them together; more than a few are too many anyway.
    let count = named.len().min(12);
    let values: Vec<&str> = named.iter().take(count).copied().collect();
    let subset = |bits: u32| {
        let has = |at: &usize| bits & (1 << at) != 0;
        values.iter().enumerate().filter(|(at, _)| has(at)).map(|(_, value)| (*value).to_owned()).collect()
    };
    (0..1u32 << count).map(subset).collect()
}

/// Notes every key with its values; false where the author's words cannot be judged.
fn collect<'c>(condition: &'c Condition, named: &mut BTreeMap<&'c str, BTreeSet<&'c str>>) -> bool {
    match condition {
        Condition::Is { key, values } => {
            named.entry(key).or_default().extend(values.iter().map(String::as_str));
            true
        }
        Condition::All(all) | Condition::Any(all) => all.iter().all(|one| collect(one, named)),
        Condition::Not(inner) => collect(inner, named),
        Condition::Stated(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(key: &str, values: &[&str]) -> Condition {
        Condition::Is { key: key.into(), values: values.iter().map(|value| (*value).to_owned()).collect() }
    }

    fn not(condition: Condition) -> Condition {
        Condition::Not(Box::new(condition))
    }

    #[test]
    fn conditions_are_judged_over_everybody_they_can_tell_apart() {
        let region =
            Variable { kind: "choice".into(), label: None, default: None, options: vec!["eu".into(), "us".into()] };
        let variables = BTreeMap::from([("region".to_owned(), region)]);
        for (condition, expected) in [
            (is("os", &["linux"]), Holds::Sometimes),
            (Condition::All(vec![is("os", &["linux"]), is("os", &["windows"])]), Holds::Never),
            (Condition::All(vec![is("role", &["a"]), is("role", &["b"])]), Holds::Never),
            (Condition::All(vec![is("tag", &["a"]), is("tag", &["b"])]), Holds::Sometimes),
            (Condition::All(vec![is("tag", &["a"]), not(is("tag", &["a", "b"]))]), Holds::Never),
            (not(is("os", &["linux", "macos", "windows"])), Holds::Never),
            (not(is("role", &["a"])), Holds::Sometimes),
            (Condition::Any(vec![is("role", &["a"]), not(is("role", &["a"]))]), Holds::Always),
            (is("region", &["eu", "us"]), Holds::Always),
            (not(is("region", &["eu", "us"])), Holds::Never),
            (Condition::Any(Vec::new()), Holds::Never),
            (is("team", &[]), Holds::Never),
        ] {
            assert_eq!(holds(&condition, &variables), Some(expected), "{}", condition.in_words());
        }
    }

    #[test]
    fn what_cannot_be_judged_is_not() {
        let variables = BTreeMap::new();
        assert_eq!(holds(&Condition::Stated("if you like".into()), &variables), None);
        let many: Vec<Condition> = (0..40).map(|n| is("tag", &[&format!("t{n}")])).collect();
        assert_eq!(holds(&Condition::All(many), &variables), None);
    }
}
