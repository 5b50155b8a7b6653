//! Tests of the engine through its public functions.

mod audit;
mod constructs;
mod corpora;
mod dialect;
mod enormous;
mod figures;
mod hostile;
mod links;
mod mixtures;
mod properties;
mod settings;
mod site;

use std::collections::{BTreeMap, BTreeSet};

use waymark_core::{diagnostic::Diagnostic, id::SiteId};

use crate::{Page, SiteLinks, render_page};

/// A small site to render pages in.
struct Fixture {
    site: SiteId,
    pages: BTreeMap<String, String>,
    assets: BTreeSet<String>,
    redirects: BTreeMap<String, String>,
}

impl Fixture {
    fn new() -> Self {
        let pages = ["index.md", "page.md", "setup/vpn.md", "setup/index.md", "ref/README.md", "a b.md"];
        let assets = ["logo.png", "setup/net.png", "files/form.pdf"];
        Self {
            site: SiteId::from("s"),
            pages: pages.map(|path| (path.to_owned(), path.to_owned())).into(),
            assets: assets.map(str::to_owned).into(),
            redirects: [("old.md", "setup/vpn.md#new"), ("gone.md", "https://a.example/x")]
                .map(|(from, to)| (from.to_owned(), to.to_owned()))
                .into(),
        }
    }

    fn links(&self) -> SiteLinks<'_> {
        SiteLinks {
            site: &self.site,
            pages: &self.pages,
            assets: &self.assets,
            redirects: &self.redirects,
            headings: None,
            asset_base: "waymark-doc://localhost",
        }
    }

    fn render(&self, path: &str, source: &str) -> Page {
        let page = render_page(path, source, &self.links());
        audit::audit(&page.html).unwrap_or_else(|fault| panic!("{fault}\nin: {}\nof: {source}", page.html));
        page
    }
}

/// The HTML of a page of the fixture site.
fn html(source: &str) -> String {
    Fixture::new().render("page.md", source).html.trim().to_owned()
}

/// Findings as `line:column code`.
fn codes(list: &[Diagnostic]) -> Vec<String> {
    list.iter().map(|finding| format!("{}:{} {}", finding.line, finding.column, finding.code)).collect()
}
