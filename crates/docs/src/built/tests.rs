//! Built pages as a real Backstage serves them (`tests/fixtures/backstage`, recorded from it), and pages
//! that nobody would build.

use std::collections::{BTreeMap, BTreeSet};

use waymark_core::{docs::NavNode, id::SiteId};

use super::*;
use crate::SiteLinks;

const INDEX: &str = include_str!("../../../../tests/fixtures/backstage/pier-api-index.html");
const SETUP: &str = include_str!("../../../../tests/fixtures/backstage/pier-api-guide-setup-index.html");
const BERTHS: &str = include_str!("../../../../tests/fixtures/backstage/pier-api-guide-berths-index.html");
const LANTERN: &str = include_str!("../../../../tests/fixtures/backstage/lantern-index.html");
const COLOURS: &str = include_str!("../../../../tests/fixtures/backstage/lantern-colours-index.html");

const PIER: Origin<'static> = Origin { host: "https://backstage.example", path: "/docs/default/component/pier-api/" };

fn taken(path: &str, html: &str) -> Article {
    article(path, html, PIER).expect("the page can be read")
}

fn rendered(path: &str, article: &str) -> crate::Page {
    let pages: BTreeMap<String, String> =
        ["index.html", "guide/setup/index.html", "guide/berths/index.html", "reference/index.html"]
            .map(|path| (path.to_owned(), String::new()))
            .into();
    let assets = BTreeSet::from(["img/pier.png".to_owned()]);
    let links = SiteLinks {
        site: &SiteId::new("pier"),
        pages: &pages,
        assets: &assets,
        redirects: &BTreeMap::new(),
        headings: None,
        asset_base: "waymark-doc://localhost",
    };
    let lantern = SiteId::new("lantern");
    let of_lantern = [("index.html".to_owned(), String::new())].into();
    let address = "https://backstage.example/docs/default/component/lantern/";
    render_built(path, article, &links, &[Beside { address, site: &lantern, pages: &of_lantern }])
}

#[test]
fn an_article_is_taken_out_of_its_theme() {
    let Article { html, site, .. } = taken("guide/setup/index.html", SETUP);
    assert!(html.starts_with("<h1 id=\"set-up\">Set-up</h1>"), "{html}");
    assert_eq!(site.as_deref(), Some("Pier API"));
    for gone in ["headerlink", "md-content", "Edit this page", "linenos", "<svg", "<nav", "<script", "__tabbed"] {
        assert!(!html.contains(gone), "{gone} in {html}");
    }
    for here in [
        "<pre title=\"Once per machine\"><code class=\"language-bash\">ferryctl login --harbour north\nferryctl berths list\n</code></pre>",
        "<div class=\"tabbed-block\" title=\"Linux\" data-selected=\"\">",
        "<details class=\"question\">",
        "<a href=\"/reference/index.html\">code</a>",
        "<sup id=\"fnref:1\"><a class=\"footnote-ref\" href=\"#fn:1\">",
    ] {
        assert!(html.contains(here), "{here} in {html}");
    }
}

#[test]
fn the_plain_form_is_a_fixed_point() {
    for (path, html) in [("index.html", INDEX), ("guide/setup/index.html", SETUP), ("guide/berths/index.html", BERTHS)]
    {
        let once = taken(path, html).html;
        // Addresses that begin with a slash are the site's own in the plain form, so the host is left away.
        let again = article(path, &once, Origin::default()).expect("the article can be read").html;
        assert_eq!(again, once);
    }
}

#[test]
fn navigation_comes_from_the_sidebar_of_any_page() {
    let shown = |nav: &[NavNode]| {
        let mut lines = Vec::new();
        for node in nav {
            node.walk(&mut Vec::new(), &mut |node, above| {
                lines.push(format!(
                    "{}{} {}",
                    "  ".repeat(above.len()),
                    node.title,
                    node.page.as_deref().unwrap_or("-")
                ));
            });
        }
        lines
    };
    let expected = [
        "Home index.html",
        "Guide -",
        "  Set-up guide/setup/index.html",
        "  Berths guide/berths/index.html",
        "Reference reference/index.html",
    ];
    assert_eq!(shown(&taken("index.html", INDEX).nav), expected);
    assert_eq!(shown(&taken("guide/setup/index.html", SETUP).nav), expected);
}

#[test]
fn a_site_knows_titles_headings_links_and_text() {
    let files = [("index.html", INDEX), ("guide/setup/index.html", SETUP), ("guide/berths/index.html", BERTHS)];
    let articles = files.map(|(path, html)| (path.to_owned(), taken(path, html).html)).into();
    let nav = taken("index.html", INDEX).nav;
    let assets = BTreeSet::from(["img/pier.png".to_owned()]);
    let site = load_built(&BuiltTree { title: "Pier API".to_owned(), articles, assets, nav });
    assert_eq!(site.home.as_deref(), Some("index.html"));
    assert_eq!(site.nav.len(), 2, "what is not there is not in the navigation");
    let setup = &site.pages["guide/setup/index.html"];
    let headings: Vec<_> = setup.outline.iter().map(|one| (one.level, one.id.as_str(), one.text.as_str())).collect();
    assert_eq!(headings, [(2, "install-the-tools", "Install the tools"), (2, "check-it", "Check it")]);
    assert!(setup.anchors.contains("fn:1"));
    assert!(setup.text.starts_with("Set-up\nInstall the tools\nferryctl login --harbour north\n"), "{}", setup.text);
    assert!(setup.text.contains("\nCheck it\nIt says no such harbour\n"), "{}", setup.text);
    let index = &site.pages["index.html"];
    assert_eq!(index.title, "Home", "the navigation names it");
    assert!(index.links.contains("guide/berths/index.html"));
    assert!(site.pages["guide/berths/index.html"].elsewhere.contains("https://harbour.example/office"));
}

#[test]
fn a_page_is_shown_with_what_markdown_pages_have() {
    let page = rendered("guide/setup/index.html", &taken("guide/setup/index.html", SETUP).html);
    assert_eq!((page.title.as_str(), page.outline.len(), page.diagnostics.len()), ("Set-up", 2, 0));
    assert!(!page.html.contains("<h1"), "the reader shows the title");
    for here in [
        "<h2 id=\"doc-install-the-tools\">",
        "role=\"tablist\"",
        ">Linux</button>",
        "<details class=\"admonition question\">",
        "<a href=\"/docs/pier/reference/index.html\">code</a>",
        "aria-label=\"Table\"",
        "Once per machine",
        "href=\"#doc-fn:1\"",
        "id=\"doc-fn:1\"",
    ] {
        assert!(page.html.contains(here), "{here} in {}", page.html);
    }
    let page = rendered("index.html", &taken("index.html", INDEX).html);
    for here in [
        "<img src=\"waymark-doc://localhost/pier/img/pier.png\"",
        "href=\"/docs/pier/guide/berths/index.html#doc-how-a-berth-is-chosen\"",
        "<div class=\"admonition note\">",
        "aria-label=\"Done\"",
        "aria-label=\"Not done\"",
    ] {
        assert!(page.html.contains(here), "{here} in {}", page.html);
    }
    let page = rendered("guide/berths/index.html", &taken("guide/berths/index.html", BERTHS).html);
    assert!(page.html.contains("rel=\"external noopener noreferrer nofollow\""), "{}", page.html);
    let form = "href=\"https://backstage.example/docs/default/component/pier-api/berth-form.pdf\"";
    assert!(page.html.contains(form), "a file that is not fetched is where it was: {}", page.html);
    let page = rendered("index.html", "<h1>T</h1><a href=\"/gone/index.html\">x</a>");
    assert!(page.html.contains("doc-dead"), "{}", page.html);
}

#[test]
fn links_to_other_sites_of_the_same_server_keep_its_host() {
    let origin = Origin { path: "/docs/default/component/lantern/", ..PIER };
    let html = article("index.html", LANTERN, origin).expect("the page can be read").html;
    assert!(html.contains("href=\"https://backstage.example/docs/default/component/pier-api/guide/berths\""), "{html}");
}

#[test]
fn links_to_a_site_that_is_here_as_well_stay_here() {
    let server = "https://backstage.example/docs/default";
    for (href, expected) in [
        ("component/lantern", "href=\"/docs/lantern/index.html\""),
        ("Component/Lantern/", "href=\"/docs/lantern/index.html\""),
        ("component/lantern/index.html#red", "href=\"/docs/lantern/index.html#doc-red\""),
        ("component/lantern/gone/", "rel=\"external"),
        ("component/lanterns/", "rel=\"external"),
        ("component", "rel=\"external"),
    ] {
        let html = rendered("index.html", &format!("<h1>T</h1><a href=\"{server}/{href}\">x</a>")).html;
        assert!(html.contains(expected), "{href}: {html}");
    }
}

#[test]
fn a_page_without_a_headline_gets_its_title() {
    let html = taken("colours/index.html", COLOURS).html;
    assert!(html.starts_with("<h1"), "{html}");
    let html =
        taken("a/red-lights/index.html", "<title>Red - Lantern</title><body><p>x<h2>Port</h2><h2>Port</h2>").html;
    assert_eq!(html, "<h1>Red</h1>\n<p>x</p><h2 id=\"port\">Port</h2><h2 id=\"port_1\">Port</h2>\n");
    assert!(taken("a/red-lights/index.html", "x").html.starts_with("<h1>Red lights</h1>"));
}

#[test]
fn other_themes_and_forms_are_read_as_well() {
    for (html, expected) in [
        (
            "<div role=main><h1>T</h1><div class=highlight><pre><span></span><code><span class=hll>a = 1\n</span>b\n</code></pre></div></div>",
            "<pre><code data-marked=\"1\">a = 1\nb\n</code></pre>",
        ),
        (
            "<main><h1>T</h1><pre class=mermaid><code>graph TD</code></pre></main>",
            "<code class=\"language-mermaid\">graph TD",
        ),
        ("<h1>T</h1><img class=twemoji alt=😄 src=https://cdn.example/x.svg>", "😄"),
        (
            "<h1>T</h1><iframe src=https://video.example/1 title=Talk></iframe>",
            "<a href=\"https://video.example/1\">Talk</a>",
        ),
        (
            "<h1>T</h1><div class=tabbed-set><input type=radio><label>A</label><div class=tabbed-content>1</div><input type=radio checked><label>B</label><div class=tabbed-content>2</div></div>",
            "title=\"B\" data-selected=\"\">2</div>",
        ),
    ] {
        let html = taken("x/index.html", html).html;
        assert!(html.contains(expected), "{expected} in {html}");
    }
}

#[test]
fn hostile_pages_are_harmless_and_end() {
    for html in [
        "<h1>T</h1><p onclick=alert(1)><a href=\"javascript:alert(1)\">x</a><img src=x onerror=alert(1)><svg onload=alert(1)>",
        "<h1>T</h1><pre title='\"><img src=x onerror=alert(1)>'><code class='language-\"><script>alert(1)</script>'>x</code></pre>",
        "<h1>T</h1><div class=tabbed-set><div class=tabbed-block title='<script>alert(1)</script>'>x</div></div>",
        "<h1 id='\"><script>alert(1)</script>'>T</h1><details open ontoggle=alert(1) class='\"><script>'>x</details>",
        "<math><mtext><table><mglyph><style><img src onerror=alert(1)></style></table></mtext></math><h1>T</h1>",
        "<base href=//evil.example><meta http-equiv=refresh content=0;url=//evil.example><h1>T</h1><form action=//evil.example><input type=submit>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"><h1>T</h1>",
    ] {
        let article = taken("x/index.html", html).html;
        let shown = rendered("x/index.html", &article).html;
        // What an attack leaves may be words, never a tag or an attribute.
        let tags: Vec<&str> = shown.split('<').skip(1).filter_map(|tag| tag.split('>').next()).collect();
        for tag in tags {
            let name = tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap_or_default();
            assert!(!["script", "style", "svg", "form", "iframe", "meta", "base"].contains(&name), "<{tag}> of {html}");
            let outside_values: String = tag.split('"').step_by(2).collect();
            assert!(!outside_values.contains(" on"), "<{tag}> of {html}");
            assert!(!tag.contains("href=\"javascript"), "<{tag}> of {html}");
        }
        // The article alone, as if an attacker had written the library's row, is no worse.
        assert!(!rendered("x/index.html", html).html.contains("onerror=alert(1)>"), "{html}");
    }
    let deep = "<div>".repeat(5_000);
    assert_eq!(article("x.html", &deep, PIER), None);
    let page = rendered("x.html", &deep);
    assert_eq!(page.diagnostics.len(), 1);
    assert!(page.html.starts_with("<pre class=\"doc-plain\""));
}

proptest::proptest! {
    #[test]
    fn anything_is_read_without_panic(html in "(<(/?(article|h1|h2|p|pre|code|div|a|img|table|td|ul|li|input|details)( (class|href|src|id|title)=\"[a-z#/.-]{0,8}\")?)>|[a-z <&]){0,40}") {
        if let Some(article) = article("a/b/index.html", &html, PIER) {
            let page = rendered("a/b/index.html", &article.html);
            proptest::prop_assert!(!page.html.contains("<script"));
            let again = super::article("a/b/index.html", &article.html, Origin::default()).map(|one| one.html);
            proptest::prop_assert!(again.is_some());
        }
    }
}
