//! Attributes in braces: `{#id}` behind a title, `{when="…"}` behind a heading.

/// What stands in a pair of braces at the end of a line.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Attributes<'s> {
    pub id: Option<&'s str>,
    /// Keys with their values and where the value begins in the line.
    pub pairs: Vec<(&'s str, &'s str, usize)>,
}

/// Takes `{…}` off the end of a line: where it begins and what it says. Double braces are a variable.
pub(super) fn at_end(line: &str) -> Option<(usize, Attributes<'_>)> {
    let text = line.trim_end().trim_end_matches('#').trim_end();
    if !text.ends_with('}') || text.ends_with("}}") {
        return None;
    }
    let start = text.rfind('{').filter(|at| !text[..*at].ends_with('{'))?;
    let inside = &text[start + 1..text.len() - 1];
    if !inside.starts_with('#') && !inside.contains('=') {
        return None;
    }
    Some((start, read(inside, start + 1)))
}

fn read(inside: &str, offset: usize) -> Attributes<'_> {
    let mut attributes = Attributes::default();
    let mut at = 0;
    while at < inside.len() {
        let rest = &inside[at..];
        let trimmed = rest.trim_start();
        at += rest.len() - trimmed.len();
        if let Some(id) = trimmed.strip_prefix('#') {
            let end = id.find(char::is_whitespace).unwrap_or(id.len());
            attributes.id = Some(&id[..end]);
            at += 1 + end;
        } else if let Some((key, value)) = trimmed.split_once('=').filter(|(key, _)| !key.contains(char::is_whitespace))
        {
            let value_at = at + key.len() + 1;
            let (value, skip, length) = match value.strip_prefix('"') {
                Some(quoted) => {
                    let end = quoted.find('"').unwrap_or(quoted.len());
                    (&quoted[..end], 1, end + 2)
                }
                None => {
                    let end = value.find(char::is_whitespace).unwrap_or(value.len());
                    (&value[..end], 0, end)
                }
            };
            attributes.pairs.push((key, value, offset + value_at + skip));
            at = value_at + length;
        } else {
            at += trimmed.find(char::is_whitespace).unwrap_or(trimmed.len()).max(1);
        }
    }
    attributes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_conditions_are_taken_off_a_heading() {
        let (at, attributes) = at_end("## First day {#day1}").expect("attributes");
        assert_eq!((at, attributes.id), (13, Some("day1")));
        let line = r#"### Design {#d when="role=designer & os!=windows"} ##"#;
        let (_, attributes) = at_end(line).expect("attributes");
        assert_eq!(attributes.id, Some("d"));
        let (key, value, at) = attributes.pairs[0];
        assert_eq!((key, value), ("when", "role=designer & os!=windows"));
        assert!(line[at..].starts_with("role="));
    }

    #[test]
    fn variables_and_plain_braces_stay_text() {
        for line in ["## Welcome {{team}}", "## A {Name}", "## {", "## }", "## {}", "", "## {#a"] {
            assert_eq!(at_end(line), None, "{line}");
        }
        assert!(at_end("## é {é=é \"=\" =}").is_some(), "odd input is only odd");
    }
}
