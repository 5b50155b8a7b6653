//! Splits a Markdown file into its YAML front matter and its text.

/// A Markdown file in two parts, with the byte offsets at which they begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrontMatter<'a> {
    /// The text between the `---` lines; `None` where the file has no front matter.
    pub yaml: Option<&'a str>,
    /// Where `yaml` begins in the file, in bytes.
    pub yaml_start: usize,
    /// Everything after the front matter.
    pub body: &'a str,
    /// Where `body` begins in the file, in bytes.
    pub body_start: usize,
    /// The file opens a front matter and never closes it; `body` is then the whole file.
    pub unclosed: bool,
}

/// Splits `source`. A front matter begins with `---` on the first line and ends with `---` or `...`.
pub fn front_matter(source: &str) -> FrontMatter<'_> {
    // A byte order mark is not part of the text.
    let start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let none =
        FrontMatter { yaml: None, yaml_start: start, body: &source[start..], body_start: start, unclosed: false };
    let mut lines = source[start..].split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else {
        return none;
    };
    let yaml_start = start + first.len();
    let mut at = yaml_start;
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            let body_start = at + line.len();
            return FrontMatter {
                yaml: Some(&source[yaml_start..at]),
                yaml_start,
                body: &source[body_start..],
                body_start,
                unclosed: false,
            };
        }
        at += line.len();
    }
    // One `---` is also a plain rule; only a key below it shows that front matter was meant.
    let keyed = source[yaml_start..].lines().next().is_some_and(|line| {
        line.split_once(':').is_some_and(|(key, _)| {
            !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        })
    });
    FrontMatter { unclosed: keyed, ..none }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_parts_keep_their_places() {
        let source = "---\r\nid: a\r\n---\r\ntext";
        let split = front_matter(source);
        assert_eq!((split.yaml, split.body), (Some("id: a\r\n"), "text"));
        assert_eq!(&source[split.body_start..], "text");
        assert_eq!(front_matter("\u{feff}---\n---\n").yaml, Some(""), "a byte order mark is passed over");
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        assert_eq!(front_matter("---\n\nHello").yaml, None);
        assert!(!front_matter("---\n\nHello").unclosed);
        assert!(front_matter("---\nid: a\n").unclosed);
        assert_eq!(front_matter("text\n---\nid: a\n---\n").yaml, None);
    }
}
