//! Short references to a repository on GitHub: `@name`, `@name/repository`, `#12`, `!12` and `?12`.

use crate::config::Repository;

const HOST: &str = "https://github.com";

/// The reference whose mark stands at `at`: its end, its address, and what is shown instead of it.
pub(super) fn read(text: &str, at: usize, repository: &Repository) -> Option<(usize, String, Option<String>)> {
    let bytes = text.as_bytes();
    let starts_word =
        at == 0 || !(bytes[at - 1].is_ascii_alphanumeric() || matches!(bytes[at - 1], b'_' | b'-' | b'/' | b'&'));
    if !starts_word {
        return None;
    }
    let inside = &text[at + 1..];
    if bytes[at] == b'@' {
        let user = name(inside, |c| c.is_ascii_alphanumeric() || c == b'-')?;
        let after = at + 1 + user.len();
        let project = text[after..]
            .strip_prefix('/')
            .and_then(|rest| name(rest, |c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.')));
        return Some(match project {
            Some(project) => {
                let path = format!("{user}/{project}");
                (after + 1 + project.len(), format!("{HOST}/{path}"), Some(path))
            }
            None => (after, format!("{HOST}/{user}"), None),
        });
    }
    let kind = match bytes[at] {
        b'#' => "issues",
        b'!' => "pull",
        _ => "discussions",
    };
    let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
    let ends = inside.as_bytes().get(digits).is_none_or(|c| !(c.is_ascii_alphanumeric() || matches!(c, b'_' | b'-')));
    let number = &inside[..digits];
    let Repository { user, name } = repository;
    ((1..=9).contains(&digits) && ends)
        .then(|| (at + 1 + digits, format!("{HOST}/{user}/{name}/{kind}/{number}"), None))
}

/// A name at the start of `text`; it begins and ends with a letter or a digit.
fn name(text: &str, allowed: impl Fn(u8) -> bool) -> Option<&str> {
    let length = text.bytes().take(100).take_while(|c| allowed(*c)).count();
    let name = text[..length].trim_end_matches(['-', '_', '.']);
    name.starts_with(|c: char| c.is_ascii_alphanumeric()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_told_from_marks_in_text() {
        let repository = Repository { user: "u".into(), name: "r".into() };
        let check = |text: &str| {
            let at = text.find(['@', '#', '!', '?']).expect("there is a mark");
            read(text, at, &repository).map(|(end, href, shown)| format!("{} {href} {shown:?}", &text[at..end]))
        };
        assert_eq!(check("see #12.").as_deref(), Some("#12 https://github.com/u/r/issues/12 None"));
        assert_eq!(check("@ada-l, hi").as_deref(), Some("@ada-l https://github.com/ada-l None"));
        assert_eq!(check("@ada/x.y.").as_deref(), Some("@ada/x.y https://github.com/ada/x.y Some(\"ada/x.y\")"));
        for text in ["C#12", "really? 12", "wait!", "a@b", "#12a", "&#39", "@ x"] {
            assert_eq!(check(text), None, "{text}");
        }
    }
}
