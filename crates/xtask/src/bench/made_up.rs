//! A site as large as the real one, for machines without the corpus.

use std::{fs, path::PathBuf};

use crate::paths;

/// Pages of the site.
const PAGES: usize = 460;

/// Writes the site and answers with its folder.
pub(super) fn site() -> anyhow::Result<PathBuf> {
    let site = paths::target().join("bench-site");
    let docs = site.join("docs");
    fs::create_dir_all(&docs)?;
    fs::write(site.join("mkdocs.yml"), "site_name: A large site\nplugins:\n  - techdocs-core\n")?;
    fs::write(
        docs.join("index.md"),
        "# A large site\n\nMade up by `cargo xtask bench`, because the real one is not on this machine.\n",
    )?;
    for page in 1..PAGES {
        let mut text = format!("# Page {page}\n\nSee [the next one](page-{:03}.md).\n", page % (PAGES - 1) + 1);
        for section in 1..=8 {
            text.push_str(&format!(
                "\n## Section {section}\n\nA paragraph with **weight**, `code` and a [link](index.md#section-{section}).\n\n\
                 | Setting | Value |\n|---|---|\n| replicas | {section} |\n| timeout | {page} s |\n\n\
                 ```yaml\nkind: Service\nmetadata:\n  name: page-{page}-{section}\n```\n\n!!! note\n    Something to keep in mind.\n"
            ));
        }
        fs::write(docs.join(format!("page-{page:03}.md")), text)?;
    }
    Ok(site)
}
