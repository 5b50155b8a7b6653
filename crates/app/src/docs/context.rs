//! What the pages of a site are made with beside their own source. It is found when a folder is read and
//! kept with the site, because pages are rendered when somebody first opens them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use waymark_docs::{Dialect, Surroundings};

/// Settings, redirects and snippets of a site. The library keeps it as JSON; a key that is not there has
/// its default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Context {
    /// The settings of the site's Markdown.
    pub(crate) dialect: Dialect,
    /// Former page paths and what replaces each.
    pub(crate) redirects: BTreeMap<String, String>,
    /// Texts that snippets bring in, by path relative to the configuration.
    pub(crate) snippets: BTreeMap<String, String>,
}

impl Context {
    /// As the library keeps it.
    pub(crate) fn to_json(&self) -> Option<String> {
        serde_json::to_string(self).ok()
    }

    /// What a page's text is read in.
    pub(crate) fn surroundings(&self) -> Surroundings<'_> {
        Surroundings { dialect: &self.dialect, files: Some(&self.snippets) }
    }

    /// Makes hashes of pages: equal where the same text comes out, as far as that can be told without
    /// reading the page. Links are no part of a page's text, so redirects do not count here.
    pub(crate) fn hasher(&self) -> PageHasher {
        let json = |value: serde_json::Result<Vec<u8>>| blake3::hash(&value.unwrap_or_default());
        let has_settings = self.dialect != Dialect::default();
        PageHasher {
            dialect: has_settings.then(|| json(serde_json::to_vec(&self.dialect))),
            snippets: json(serde_json::to_vec(&self.snippets)),
            appends: !self.dialect.appended.is_empty(),
        }
    }
}

/// Hashes the pages of one site.
pub(crate) struct PageHasher {
    dialect: Option<blake3::Hash>,
    snippets: blake3::Hash,
    /// Whether every page brings something in.
    appends: bool,
}

impl PageHasher {
    /// BLAKE3 of a page's source and of what it brings in, hex.
    pub(crate) fn hash(&self, source: &str) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(source.as_bytes());
        if let Some(dialect) = &self.dialect {
            hasher.update(b"\0dialect").update(dialect.as_bytes());
        }
        if self.appends || source.contains("-8<-") {
            hasher.update(b"\0snippets").update(self.snippets.as_bytes());
        }
        hasher.finalize().to_hex().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_and_gaps_have_defaults() {
        let (config, findings) = waymark_docs::read_config(
            "mkdocs.yml",
            "markdown_extensions:\n- pymdownx.snippets: {base_path: [a], auto_append: [b.md]}\n\
             - pymdownx.blocks.admonition: {types: [x]}\n- pymdownx.magiclink: {user: u, repo: r, repo_url_shorthand: true}\n\
             validation: {links: {absolute_links: relative_to_docs, not_found: ignore}}\n\
             plugins:\n- redirects: {redirect_maps: {old.md: new.md}}\n",
        );
        assert_eq!(findings, []);
        let context = Context {
            dialect: config.dialect,
            redirects: config.redirects,
            snippets: [("a/b.md".to_owned(), "text".to_owned())].into(),
        };
        assert_eq!((context.redirects.len(), context.dialect.block_types.len()), (1, 1));
        let json = context.to_json().expect("it is JSON");
        assert_eq!(serde_json::from_str::<Context>(&json).expect("it can be read"), context);
        assert_eq!(serde_json::from_str::<Context>("{\"dialect\":{}}").expect("it can be read"), Context::default());
    }

    #[test]
    fn a_page_changes_with_what_it_brings_in_and_no_other_does() {
        let before = Context::default();
        let after = Context { snippets: [("a.md".to_owned(), "x".to_owned())].into(), ..Context::default() };
        let same = |page: &str| before.hasher().hash(page) == after.hasher().hash(page);
        assert!(same("# Plain"));
        assert!(!same("--8<-- \"a.md\""));
        assert_eq!(before.hasher().hash("x"), blake3::hash(b"x").to_hex().to_string());
        let mut appending = Context::default();
        appending.dialect.appended = vec!["a.md".to_owned()];
        let filled = Context { snippets: after.snippets, ..appending.clone() };
        assert_ne!(appending.hasher().hash("# Plain"), filled.hasher().hash("# Plain"));
    }
}
