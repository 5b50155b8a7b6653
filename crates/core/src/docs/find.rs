//! Finding the page that an author's address means, the same way when a folder is checked and when it
//! is read.

use std::collections::BTreeMap;

use crate::{
    id::SiteId,
    path::{below, folder_of, join},
};

/// Pages of several sites, with whatever is known of each.
#[derive(Clone, Debug)]
pub struct Pages<P> {
    /// Sites of the file's own pack first.
    pub sites: Vec<SiteMap<P>>,
}

/// The pages of one site.
#[derive(Clone, Debug)]
pub struct SiteMap<P> {
    /// Which site.
    pub id: SiteId,
    /// Docs folder, relative to the pack's folder; possibly empty.
    pub docs: String,
    /// What is known of each page, by source path.
    pub pages: BTreeMap<String, P>,
}

impl<P> Pages<P> {
    /// The page of an address in a file that lies in `folder`. Tries, in this order: relative to the
    /// file, relative to the pack, below a site's folder, and inside the sites themselves.
    pub fn find(&self, folder: &str, address: &str) -> Option<(&SiteMap<P>, String)> {
        let address = address.trim_start_matches('/');
        let beside = join(folder, address);
        beside
            .and_then(|path| self.by_pack_path(&path))
            .or_else(|| join("", address).and_then(|path| self.by_pack_path(&path)))
            .or_else(|| self.sites.iter().find_map(|site| site.page(address)))
    }

    /// The page that an address on a forge names, where it is here as well.
    pub fn on_forge(&self, address: &str) -> Option<(&SiteMap<P>, String)> {
        forge_path(address).and_then(|path| self.by_pack_path(&path))
    }

    fn by_pack_path(&self, path: &str) -> Option<(&SiteMap<P>, String)> {
        self.sites.iter().find_map(|site| {
            // `corvane/docs/vpn.md`, or `corvane/vpn.md` as journey files write it.
            let docs = site.docs.as_str();
            [docs, folder_of(docs)].into_iter().find_map(|folder| site.page(below(path, folder)?))
        })
    }
}

impl<P> SiteMap<P> {
    /// The page of this address: as it is, with `.md`, or as a folder's index.
    pub fn page(&self, address: &str) -> Option<(&Self, String)> {
        let address = address.trim_end_matches('/');
        [address.to_owned(), format!("{address}.md"), format!("{address}/index.md"), format!("{address}/README.md")]
            .into_iter()
            .find(|path| self.pages.contains_key(path))
            .map(|path| (self, path))
    }
}

/// The path inside a repository that a forge's address names, as GitHub, GitLab and Gitea write them:
/// `/owner/repo/blob/main/docs/a.md`, `/group/repo/-/blob/main/docs/a.md`, `/owner/repo/src/branch/main/docs/a.md`.
pub fn forge_path(address: &str) -> Option<String> {
    let path = address.split_once("://")?.1.split_once('/')?.1.split('?').next()?;
    let segments: Vec<&str> = path.split('/').collect();
    let marker = segments.iter().position(|segment| matches!(*segment, "blob" | "tree" | "edit" | "raw" | "src"))?;
    let skipped = if segments[marker] == "src" { 3 } else { 2 };
    let rest = segments.get(marker + skipped..)?;
    (marker >= 2 && !rest.is_empty()).then(|| rest.join("/"))
}
