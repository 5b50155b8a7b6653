//! Where links and images lead.

use super::{Fixture, codes};

/// What the link `[x](href)` on page `from` becomes.
fn link(from: &str, href: &str) -> String {
    let page = Fixture::new().render(from, &format!("[x](<{href}>)"));
    let html = page.html.trim().trim_start_matches("<p>").trim_end_matches("</p>");
    match html.split_once("<a href=\"").filter(|_| !html.contains("doc-dead")) {
        Some((_, rest)) => rest.split('"').next().unwrap_or_default().to_owned(),
        None => {
            html.split_once("title=\"").map_or(html, |(_, rest)| rest.split('"').next().unwrap_or_default()).to_owned()
        }
    }
}

#[test]
fn links_resolve_by_source_path() {
    for (from, href, expected) in [
        ("page.md", "setup/vpn.md", "/docs/s/setup/vpn.md"),
        ("page.md", "./setup/vpn.md#part-2", "/docs/s/setup/vpn.md#doc-part-2"),
        ("setup/vpn.md", "../page.md", "/docs/s/page.md"),
        ("setup/vpn.md", "index.md", "/docs/s/setup/index.md"),
        ("page.md", "a%20b.md", "/docs/s/a%20b.md"),
        ("page.md", "a b.md", "/docs/s/a%20b.md"),
        ("page.md", "setup/vpn.md?x=1#y", "/docs/s/setup/vpn.md#doc-y"),
        ("page.md", "/setup/vpn.md", "/docs/s/setup/vpn.md"),
        ("page.md", "#part", "#doc-part"),
        ("page.md", "page.md#part", "#doc-part"),
        ("page.md", "#fn:1", "#doc-fn:1"),
        ("page.md", "files/form.pdf", "waymark-doc://localhost/s/files/form.pdf"),
    ] {
        assert_eq!(link(from, href), expected, "{href} on {from}");
    }
}

#[test]
fn links_for_the_built_site_find_their_page() {
    for (from, href, expected) in [
        ("page.md", "../setup/vpn/", "/docs/s/setup/vpn.md"),
        ("page.md", "setup/vpn", "/docs/s/setup/vpn.md"),
        ("page.md", "setup/", "/docs/s/setup/index.md"),
        ("page.md", "ref", "/docs/s/ref/README.md"),
        ("page.md", "setup/vpn.html#x", "/docs/s/setup/vpn.md#doc-x"),
        ("page.md", "setup/index.html", "/docs/s/setup/index.md"),
        ("setup/vpn.md", "../", "/docs/s/setup/index.md"),
        ("setup/vpn.md", "../../page/", "/docs/s/page.md"),
        ("setup/index.md", "vpn/", "/docs/s/setup/vpn.md"),
        ("page.md", "old.md", "/docs/s/setup/vpn.md#doc-new"),
        ("page.md", "gone.md", "https://a.example/x"),
    ] {
        assert_eq!(link(from, href), expected, "{href} on {from}");
    }
}

#[test]
fn only_three_schemes_leave() {
    for (href, expected) in [
        ("https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
        ("HTTP://A.Example", "http://a.example/"),
        ("//a.example/x", "https://a.example/x"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("https://аpple.example/", "https://xn--pple-43d.example/"),
    ] {
        assert_eq!(link("page.md", href), expected);
    }
    for href in [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "waymark://open/x",
        "tel:1",
    ] {
        assert!(link("page.md", href).starts_with("Links with"), "{href}: {}", link("page.md", href));
    }
}

#[test]
fn no_path_leaves_the_site() {
    for href in ["../../etc/passwd", "../page.md/../../x", "/../x.md", "..%2F..%2Fetc/passwd", "setup/../../x.md"] {
        let html = Fixture::new().render("page.md", &format!("[x]({href}) ![y]({href})")).html;
        assert!(html.contains("doc-dead") && html.contains("doc-missing"), "{href}: {html}");
    }
}

#[test]
fn a_dead_link_keeps_its_text_and_says_where_it_stands() {
    let source = "---\ntitle: T\n---\n# H\n\n!!! note\n    - see [the *guide*](vpn.md) and [two][r]\n\n[r]: nowhere/x.md\n\n<a href=\"raw.md\">r</a> ![i](no.png) [s](#nope)\n";
    let page = Fixture::new().render("page.md", source);
    assert_eq!(codes(&page.diagnostics), ["7:11 D010", "7:37 D010", "11:10 D010", "11:24 D011", "11:37 D012"]);
    assert_eq!(page.diagnostics[0].help.as_deref(), Some("Did you mean `setup/vpn.md`?"));
    assert!(page.html.contains("class=\"doc-dead\""), "{}", page.html);
    assert!(page.html.contains("the <em>guide</em></a>"), "{}", page.html);
}

#[test]
fn headings_of_other_pages_are_checked_where_they_are_known() {
    let fixture = Fixture::new();
    let known = |page: &str, id: &str| (page, id) == ("setup/vpn.md", "yes");
    let mut links = fixture.links();
    links.headings = Some(&known);
    let page = crate::render_page(
        "page.md",
        "## Own\n[a](setup/vpn.md#yes) [b](setup/vpn.md#no) [c](#own) [d](#O--wn!)",
        &links,
    );
    assert_eq!(codes(&page.diagnostics), ["2:23 D012", "2:54 D012"]);
}

#[test]
fn raw_html_links_follow_the_same_rules() {
    let html = Fixture::new().render("page.md", "<a href=\"setup/vpn.md\">a</a> <a href=\"/settings\">b</a> <img src=\"logo.png\"> <img src=\"https://x.example/p.gif\">").html;
    insta::assert_snapshot!(html.trim(), @r##"<p><a href="/docs/s/setup/vpn.md" data-href="setup/vpn.md">a</a> <a href="#doc-" class="doc-dead" title="The link “/settings” leads to no page or file of this site" data-href="/settings">b</a> <img src="waymark-doc://localhost/s/logo.png" loading="lazy" alt=""> <span class="doc-missing" role="img" aria-label="Image not available" title="The image “https://x.example/p.gif” is on the internet and is not shown offline"><img alt="" hidden><span class="doc-chrome">image</span></span></p>"##);
}
