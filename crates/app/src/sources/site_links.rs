//! Links from a page of one site to a page of another site in the same folder.

use waymark_core::{
    docs::{SiteMap, forge_path},
    id::SiteId,
    path::{below, join},
};

/// A site that links may lead to.
pub(crate) struct Neighbour {
    site: SiteMap<()>,
    /// Address of its repository on a forge, without a slash at its end.
    repository: Option<String>,
}

impl Neighbour {
    /// `docs` is the folder of the pages, relative to the opened folder.
    pub(crate) fn new<'p>(
        id: SiteId,
        docs: &str,
        pages: impl Iterator<Item = &'p String>,
        repository: Option<&str>,
    ) -> Self {
        let repository = repository.map(|address| address.trim_end_matches('/').trim_end_matches(".git").to_owned());
        let pages = pages.map(|path| (path.clone(), ())).collect();
        Self {
            site: SiteMap { id, docs: docs.to_owned(), pages },
            repository: repository.filter(|address| address.contains("://")),
        }
    }

    /// The page at a path of the opened folder.
    fn page(&self, path: &str) -> Option<(SiteId, String)> {
        self.site.page(below(path, &self.site.docs)?).map(|(site, page)| (site.id.clone(), page))
    }

    fn is_in_repository(&self, address: &str) -> bool {
        let rest = self.repository.as_deref().and_then(|repository| address.strip_prefix(repository));
        rest.is_some_and(|rest| rest.starts_with('/'))
    }
}

/// The page that `address` means on a page in `folder` (relative to the opened folder): by its path, or
/// by its address on the forge where the sites say that they come from there. Anything less exact would
/// name pages that nobody linked to.
pub(crate) fn resolve(folder: &str, address: &str, neighbours: &[Neighbour]) -> Option<(SiteId, String)> {
    let path = if address.contains("://") {
        neighbours.iter().any(|site| site.is_in_repository(address)).then(|| forge_path(address)).flatten()?
    } else if address.starts_with('/') {
        return None;
    } else {
        join(folder, address)?
    };
    neighbours.iter().find_map(|site| site.page(&path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_addresses_of_the_repository_are_followed_and_no_others() {
        let pages = ["index.md".to_owned(), "a/b.md".to_owned()];
        let one = Neighbour::new("one".into(), "one/docs", pages.iter(), Some("https://forge.example/x/y.git"));
        let two = Neighbour::new("two".into(), "two/docs", pages.iter(), None);
        let neighbours = [one, two];
        let found =
            |address: &str| resolve("one/docs", address, &neighbours).map(|(site, path)| format!("{site}:{path}"));
        assert_eq!(found("../../two/docs/a/b.md").as_deref(), Some("two:a/b.md"));
        assert_eq!(found("../../two/docs/a/b").as_deref(), Some("two:a/b.md"));
        assert_eq!(found("https://forge.example/x/y/blob/main/two/docs/index.md").as_deref(), Some("two:index.md"));
        for other in [
            "https://forge.example/x/yz/blob/main/two/docs/index.md",
            "https://elsewhere.example/x/y/blob/main/two/docs/index.md",
            "../../../two/docs/index.md",
            "/two/docs/index.md",
            "two/docs/index.md",
        ] {
            assert_eq!(found(other), None, "{other}");
        }
    }
}
