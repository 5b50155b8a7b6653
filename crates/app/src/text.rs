//! Variables in authors' texts (`journeys.md`, section 5).

use std::collections::BTreeMap;

use waymark_api::ipc::settings::Preferences;
use waymark_core::journey::Variable;

/// Values by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Values {
    known: BTreeMap<String, String>,
    labels: BTreeMap<String, String>,
}

impl Values {
    /// The built-in values, and the defaults of a journey's own variables.
    pub(crate) fn new(
        preferences: &Preferences,
        declared: &BTreeMap<String, Variable>,
        start: jiff::civil::Date,
    ) -> Self {
        let first = |name: &str| name.split_whitespace().next().unwrap_or_default().to_owned();
        let built_in = [
            ("hire.first_name", first(&preferences.name), "your name"),
            ("hire.name", preferences.name.clone(), "your name"),
            ("buddy.name", preferences.buddy.name.clone(), "your buddy’s name"),
            ("manager.name", preferences.manager.name.clone(), "your manager’s name"),
            ("start_date", start.strftime("%-d %B %Y").to_string(), "your first day"),
            ("team", preferences.team.clone(), "your team"),
        ];
        let mut values = Self::default();
        for (name, value, label) in built_in {
            values.labels.insert(name.to_owned(), label.to_owned());
            if !value.is_empty() {
                values.known.insert(name.to_owned(), value);
            }
        }
        for (name, variable) in declared {
            values.labels.insert(name.clone(), variable.label.clone().unwrap_or_else(|| name.replace('_', " ")));
            if let Some(default) = &variable.default {
                values.known.insert(name.clone(), default.clone());
            }
        }
        values
    }

    /// Fills a plain text. What nobody filled in is shown as a marked gap: ‹your buddy’s name›.
    pub(crate) fn plain(&self, text: &str) -> String {
        self.fill(text, |value| value.to_owned())
    }

    /// Fills Markdown. Values are text: no markup in them is interpreted.
    pub(crate) fn markdown(&self, text: &str) -> String {
        self.fill(text, |value| {
            value.chars().fold(String::new(), |mut escaped, c| {
                if c.is_ascii_punctuation() {
                    escaped.push('\\');
                }
                escaped.push(c);
                escaped
            })
        })
    }

    fn fill(&self, text: &str, escape: impl Fn(&str) -> String) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            filled.push_str(before);
            let Some((name, tail)) = after.split_once("}}") else {
                filled.push_str("{{");
                rest = after;
                continue;
            };
            let name = name.trim();
            match (self.known.get(name), self.labels.get(name)) {
                (Some(value), _) => filled.push_str(&escape(value)),
                (None, Some(label)) => filled.push_str(&format!("‹{label}›")),
                // Not ours: a template language of the page's own, shown as its author wrote it.
                (None, None) => filled.push_str(&format!("{{{{{name}}}}}")),
            }
            rest = tail;
        }
        filled.push_str(rest);
        filled
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn known_values_are_filled_and_unknown_ones_leave_a_marked_gap() {
        let preferences = Preferences { name: "Ada *Osei*".to_owned(), ..Preferences::default() };
        let values = Values::new(&preferences, &BTreeMap::new(), date(2026, 1, 19));
        assert_eq!(
            values.plain("Hello {{hire.first_name}}, ask {{ buddy.name }}."),
            "Hello Ada, ask ‹your buddy’s name›."
        );
        assert_eq!(values.markdown("{{hire.name}}"), "Ada \\*Osei\\*");
        assert_eq!(values.plain("{{ git_revision }} and {{ open"), "{{git_revision}} and {{ open");
        assert_eq!(values.plain("{{start_date}}"), "19 January 2026");
    }
}
