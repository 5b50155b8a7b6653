//! A site before its files are taken: what its configuration says and what that brings in.

use std::collections::BTreeMap;

use waymark_core::diagnostic::Diagnostic;
use waymark_docs::{Included, SiteConfig};
use waymark_store::Asset;
use waymark_sync::folder::{File, FoundSite};

use super::included::{self, Opened};

/// A site before its files are taken.
pub(crate) struct Configured {
    pub(super) found: FoundSite,
    pub(super) config: SiteConfig,
    pub(super) included: Included,
    /// Pages and images of the parts, by their paths in the site.
    pub(super) pages: BTreeMap<String, String>,
    pub(super) assets: Vec<Asset>,
}

impl Configured {
    /// Reads a site's configuration, with what its navigation includes, while no file is taken yet.
    pub(crate) fn read(found: FoundSite, files: &BTreeMap<String, File>, problems: &mut Vec<Diagnostic>) -> Self {
        let mut config = SiteConfig::default();
        if let Some(path) = &found.config_path
            && let Some(text) = files.get(path).and_then(File::text)
        {
            let (read, findings) = waymark_docs::read_config(path, text);
            config = read;
            problems.extend(findings);
        }
        if let Some(title) = found.name_hint.as_ref().filter(|_| config.site_name.is_none()) {
            config.site_name = Some(title.clone());
        }
        let mut included = waymark_docs::expand_includes(&mut config, &found.root, &Opened(files));
        problems.append(&mut included.findings);
        let (mut pages, mut assets) = (BTreeMap::new(), Vec::new());
        included::copy(&included, files, &mut pages, &mut assets);
        Self { found, config, included, pages, assets }
    }
}
