//! The address of a page for other programs: a chat, an issue, another page.

use waymark_core::id::SiteId;

use crate::routes::Route;

/// `waymark://docs/<site>/<path>#<heading>`.
pub(crate) fn deep_link(site: &SiteId, page: &str, heading: Option<&str>) -> String {
    let route = Route::Page { site: site.clone(), page: page.to_owned(), heading: None };
    let heading = heading.map(Route::fragment).unwrap_or_default();
    format!("waymark:/{}{heading}", route.href())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_name_site_page_and_heading() {
        let site = SiteId::new("corvane");
        assert_eq!(deep_link(&site, "a b/c.md", None), "waymark://docs/corvane/a%20b/c.md");
        assert_eq!(deep_link(&site, "c.md", Some("größe")), "waymark://docs/corvane/c.md#gr%C3%B6%C3%9Fe");
    }
}
