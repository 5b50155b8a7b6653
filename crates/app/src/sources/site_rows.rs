//! A folder's sites as the library keeps them: with ids, in reading order, and who links to whom.

use std::collections::{BTreeMap, BTreeSet};

use waymark_core::{id::SiteId, path::folder_of};
use waymark_docs::PageMeta;
use waymark_store::{Page, PageLink, Site, SiteContent};

use super::{
    site::ParsedSite,
    site_links::{Neighbour, resolve},
};
use crate::docs::reading_order;

/// Gives each site an id: the one that it had, or the first free one made from its name.
pub(crate) fn with_ids(sites: Vec<ParsedSite>, own: &[Site], taken: &[Site]) -> Vec<SiteContent> {
    let mut used: BTreeSet<String> = taken.iter().map(|site| site.id.to_string()).collect();
    let mut list = Vec::new();
    for site in sites {
        let before = own.iter().find(|known| known.folder == site.folder).map(|known| known.id.to_string());
        let id = before.filter(|id| !used.contains(id)).unwrap_or_else(|| {
            (1..)
                .map(|n| if n == 1 { site.name.clone() } else { format!("{}-{n}", site.name) })
                .find(|id| !used.contains(id))
                .unwrap_or_else(|| site.name.clone())
        });
        used.insert(id.clone());
        list.push((SiteId::new(id), site));
    }
    let neighbour = |(id, parsed): &(SiteId, ParsedSite)| {
        Neighbour::new(id.clone(), &parsed.folder, parsed.site.pages.keys(), parsed.about.repository.as_deref())
    };
    let neighbours: Vec<Neighbour> = list.iter().map(neighbour).collect();
    list.into_iter().map(|(id, site)| content_of(id, site, &neighbours)).collect()
}

fn content_of(id: SiteId, parsed: ParsedSite, neighbours: &[Neighbour]) -> SiteContent {
    let ParsedSite { folder, site, mut sources, assets, context, about, .. } = parsed;
    let links = links_of(&id, &folder, &site, neighbours);
    let order: BTreeMap<String, usize> =
        reading_order(&site.nav).into_iter().enumerate().rev().map(|(place, (_, path))| (path, place)).collect();
    let hasher = context.hasher();
    let page = |(path, meta): (String, PageMeta)| {
        let source = sources.remove(&path)?;
        Some(Page {
            hash: hasher.hash(&source),
            title: meta.title,
            outline: meta.outline,
            words: meta.words,
            text: meta.text,
            source,
            path,
        })
    };
    let mut pages: Vec<Page> = site.pages.into_iter().filter_map(page).collect();
    // Pages that the navigation leaves out come last, by path.
    pages.sort_by_key(|page| order.get(&page.path).copied().unwrap_or(usize::MAX));
    let (title, nav, home) = (site.title, site.nav, site.home);
    let (context, about) = (context.to_json(), about.to_json());
    SiteContent { id, folder, title, nav, home, pages, assets, context, about, links }
}

/// The links of a site's pages to pages of its own and of the sites beside it.
fn links_of(id: &SiteId, folder: &str, site: &waymark_docs::Site, neighbours: &[Neighbour]) -> Vec<PageLink> {
    let mut links = BTreeSet::new();
    for (path, meta) in &site.pages {
        let link = |to_site: SiteId, to_path: String| PageLink { path: path.clone(), to_site, to_path };
        links.extend(meta.links.iter().map(|to| link(id.clone(), to.clone())));
        let source = if folder.is_empty() { path.clone() } else { format!("{folder}/{path}") };
        let beside = meta.elsewhere.iter().filter_map(|address| resolve(folder_of(&source), address, neighbours));
        links.extend(beside.map(|(to_site, to_path)| link(to_site, to_path)));
    }
    links.into_iter().collect()
}
