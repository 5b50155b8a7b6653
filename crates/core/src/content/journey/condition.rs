//! `when`: a map, or the short form `role=engineer & os!=windows`.

use std::collections::BTreeMap;

use crate::{
    content::{
        fields::nearest,
        yaml::{Node, Value},
    },
    diagnostic::{Findings, Position},
    journey::{Condition, Variable},
};

const KEYS: [&str; 7] = ["role", "team", "site", "contract", "os", "service", "tag"];
const SYSTEMS: [&str; 3] = ["linux", "macos", "windows"];

/// Reads conditions and checks that their keys and values exist.
pub(super) struct Conditions<'v> {
    pub variables: &'v BTreeMap<String, Variable>,
}

impl Conditions<'_> {
    pub(super) fn of(&self, node: &Node, findings: &mut Findings) -> Option<Condition> {
        match &node.value {
            Value::Scalar { text, .. } => self.short(text, node.at, findings),
            Value::List(_) => {
                findings.error("J040", node.at, "`when` must be a map or a text such as role=engineer");
                None
            }
            Value::Map(entries) => {
                let mut all = Vec::new();
                for entry in entries {
                    match entry.key.as_str() {
                        "not" => all.extend(self.of(&entry.value, findings).map(|one| Condition::Not(Box::new(one)))),
                        "any" => all.push(Condition::Any(self.each(&entry.value, findings))),
                        "all" => all.push(Condition::All(self.each(&entry.value, findings))),
                        key => {
                            let values = self.values(key, entry.key_at, &entry.value, findings);
                            all.push(Condition::Is { key: key.to_owned(), values });
                        }
                    }
                }
                joined(all)
            }
        }
    }

    /// `role=engineer & os!=windows`.
    pub(super) fn short(&self, text: &str, at: Position, findings: &mut Findings) -> Option<Condition> {
        let mut all = Vec::new();
        for part in text.split('&') {
            let (key, value, not) = match (part.split_once("!="), part.split_once('=')) {
                (Some((key, value)), _) => (key.trim(), value.trim(), true),
                (None, Some((key, value))) => (key.trim(), value.trim(), false),
                (None, None) => ("", "", false),
            };
            if key.is_empty() || value.is_empty() {
                let message = format!("`{}` is not a condition; write for instance role=engineer", part.trim());
                findings.error("J040", at, message);
                return None;
            }
            self.check_key(key, at, findings);
            self.check_value(key, value, at, findings);
            let is = Condition::Is { key: key.to_owned(), values: vec![value.to_owned()] };
            all.push(if not { Condition::Not(Box::new(is)) } else { is });
        }
        joined(all)
    }

    fn each(&self, node: &Node, findings: &mut Findings) -> Vec<Condition> {
        node.items().iter().filter_map(|item| self.of(item, findings)).collect()
    }

    fn values(&self, key: &str, key_at: Position, node: &Node, findings: &mut Findings) -> Vec<String> {
        self.check_key(key, key_at, findings);
        let mut values = Vec::new();
        for item in node.items() {
            match item.text() {
                Some(value) => {
                    self.check_value(key, value, item.at, findings);
                    values.push(value.to_owned());
                }
                None => {
                    findings.error("J040", item.at, format!("the value of `{key}` must be a text or a list of texts"));
                }
            }
        }
        values
    }

    fn choice(&self, key: &str) -> Option<&Variable> {
        self.variables.get(key).filter(|variable| variable.kind == "choice")
    }

    fn check_key(&self, key: &str, at: Position, findings: &mut Findings) {
        if KEYS.contains(&key) || self.choice(key).is_some() {
            return;
        }
        let choices = self.variables.iter().filter(|(_, variable)| variable.kind == "choice");
        let known: Vec<&str> = KEYS.into_iter().chain(choices.map(|(name, _)| name.as_str())).collect();
        let near = nearest(key, &known);
        let finding =
            findings.error("J040", at, format!("nothing is known about `{key}`, so the condition never holds"));
        finding.help(match near {
            Some(near) => format!("Did you mean `{near}`?"),
            None => format!("Known are {}.", known.join(", ")),
        });
    }

    fn check_value(&self, key: &str, value: &str, at: Position, findings: &mut Findings) {
        let known: Vec<&str> = match (key, self.choice(key)) {
            ("os", _) => SYSTEMS.to_vec(),
            (_, Some(variable)) => variable.options.iter().map(String::as_str).collect(),
            // Teams, sites and the rest are the company's own words.
            _ => return,
        };
        if !known.contains(&value) {
            let message = format!("`{value}` is not a value of `{key}`; it is one of {}", known.join(", "));
            findings.error("J040", at, message);
        }
    }
}

/// One condition stays itself; several must all hold.
pub(super) fn joined(mut all: Vec<Condition>) -> Option<Condition> {
    match all.len() {
        0 => None,
        1 => all.pop(),
        _ => Some(Condition::All(all)),
    }
}
