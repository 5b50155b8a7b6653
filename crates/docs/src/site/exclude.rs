//! `exclude_docs`: patterns as in `.gitignore`, and what MkDocs always leaves out.

use globset::{GlobBuilder, GlobMatcher};

/// The patterns of a site, in the author's order: the last one that matches decides.
pub(super) struct Patterns {
    list: Vec<Pattern>,
}

struct Pattern {
    keeps: bool,
    path: GlobMatcher,
    below: GlobMatcher,
}

impl Patterns {
    /// Reads the lines; one that is no pattern matches nothing.
    pub(super) fn new(lines: &[String]) -> Self {
        // MkDocs leaves out hidden files and the theme's templates unless told otherwise.
        let built_in = [".*", "/templates/"].into_iter();
        Self { list: built_in.chain(lines.iter().map(String::as_str)).filter_map(pattern).collect() }
    }

    /// Whether the file at `path` is left out.
    pub(super) fn matches(&self, path: &str) -> bool {
        let last = self.list.iter().rev().find(|pattern| pattern.path.is_match(path) || pattern.below.is_match(path));
        last.is_some_and(|pattern| !pattern.keeps)
    }
}

fn pattern(line: &str) -> Option<Pattern> {
    let line = line.trim();
    let (keeps, line) = line.strip_prefix('!').map_or((false, line), |rest| (true, rest));
    let only_folders = line.ends_with('/');
    let line = line.trim_end_matches('/');
    let anchored = line.trim_start_matches('/');
    if anchored.is_empty() {
        return None;
    }
    // A slash inside or in front ties the pattern to the docs folder.
    let glob = if line.contains('/') { anchored.to_owned() } else { format!("**/{anchored}") };
    let below = matcher(&format!("{glob}/**"))?;
    let path = if only_folders { below.clone() } else { matcher(&glob)? };
    Some(Pattern { keeps, path, below })
}

fn matcher(glob: &str) -> Option<GlobMatcher> {
    Some(GlobBuilder::new(glob).literal_separator(true).build().ok()?.compile_matcher())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_work_as_in_gitignore() {
        let patterns: Vec<String> =
            ["drafts/", "*.tmp.md", "/top.md", "a/b*.md", "!keep.tmp.md"].map(String::from).into();
        let patterns = Patterns::new(&patterns);
        for out in
            ["drafts/x.md", "a/drafts/y/z.md", "q/x.tmp.md", "top.md", "a/bc.md", ".hidden/x.md", "templates/x.md"]
        {
            assert!(patterns.matches(out), "{out}");
        }
        for kept in ["drafts.md", "keep.tmp.md", "a/top.md", "c/a/b.md", "a/b/c.md", "x/templates/y.md"] {
            assert!(!patterns.matches(kept), "{kept}");
        }
    }
}
