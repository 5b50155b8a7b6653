//! One snapshot for each construct of the dialect.

use insta::assert_snapshot;

use super::{Fixture, codes, html};
use crate::{plain_text, render_fragment};

#[test]
fn admonitions_have_titles_and_bodies() {
    assert_snapshot!(html("!!! note \"Mind **this**\"\n\n    Body\n\n    - a\n\nafter"), @r#"
    <div class="admonition note">
    <p class="admonition-title">Mind <strong>this</strong></p>
    <p>Body</p>
    <ul>
    <li>a</li>
    </ul>
    </div>
    <p>after</p>
    "#);
    assert_snapshot!(html("!!! danger inline end \"\"\n    No title"), @r#"
    <div class="admonition danger inline end">
    <p>No title</p>
    </div>
    "#);
    assert_snapshot!(html("!!! made-up\n    Neutral"), @r#"
    <div class="admonition">
    <p class="admonition-title">Made-up</p>
    <p>Neutral</p>
    </div>
    "#);
}

#[test]
fn folding_admonitions_are_details() {
    assert_snapshot!(html("??? note \"T\"\n    Closed"), @r#"
    <details class="admonition note"><summary>T</summary>
    <p>Closed</p>
    </details>
    "#);
    assert_snapshot!(html("???+ tip\n    Open"), @r#"
    <details class="admonition tip" open><summary>Tip</summary>
    <p>Open</p>
    </details>
    "#);
}

#[test]
fn admonitions_stay_in_their_list_item() {
    assert_snapshot!(html("- item\n\n    !!! warning\n        In the list\n\n        ```sh\n        ls\n        ```\n\n- next"), @r#"
    <ul>
    <li><p>item</p>
    <div class="admonition warning">
    <p class="admonition-title">Warning</p>
    <p>In the list</p>
    <div class="wm-codeblock"><div class="wm-codeblock__head"><span class="wm-codeblock__lang doc-chrome">Shell</span><button type="button" class="wm-codeblock__copy doc-chrome" data-copy aria-label="Copy code">Copy</button></div><pre tabindex="0" role="group" aria-label="Shell, 1 line"><code class="language-sh"><span class="wm-codeblock__line"><span class="wm-syn-function">ls</span>
    </span></code></pre></div>
    </div>
    </li>
    <li><p>next</p>
    </li>
    </ul>
    "#);
    assert_snapshot!(html("1. one\n\n   ??? note \"Three\"\n       Spaces\n\n2. two"), @r#"
    <ol>
    <li><p>one</p>
    <details class="admonition note"><summary>Three</summary>
    <p>Spaces</p>
    </details>
    </li>
    <li><p>two</p>
    </li>
    </ol>
    "#);
}

#[test]
fn alerts_are_admonitions() {
    assert_snapshot!(html("> [!IMPORTANT]\n> Text"), @r#"
    <div class="admonition warning">
    <p class="admonition-title">Important</p>
    <p>Text</p>
    </div>
    "#);
    assert_snapshot!(html("> [!TIP] Own *title*\n> Text\n\n> quote"), @r#"
    <div class="admonition tip">
    <p class="admonition-title">Own <em>title</em></p>
    <p>Text</p>
    </div>
    <blockquote>
    <p>quote</p>
    </blockquote>
    "#);
    assert_snapshot!(html("- > [!CAUTION]\n  > In a list"), @r#"
    <ul>
    <li><div class="admonition danger">
    <p class="admonition-title">Caution</p>
    <p>In a list</p>
    </div>
    </li>
    </ul>
    "#);
}

#[test]
fn tabs_are_built_by_the_engine() {
    assert_snapshot!(html("=== \"Linux\"\n\n    ls\n\n===+ \"Win **x**\"\n\n    dir\n\n===! \"Other set\"\n\n    x"), @r#"
    <div class="tabbed-set"><div class="tabbed-labels" role="tablist"><button type="button" role="tab" id="wm-tab-3283cdc5-0-0" aria-controls="wm-panel-3283cdc5-0-0" aria-selected="false" tabindex="-1">Linux</button><button type="button" role="tab" id="wm-tab-3283cdc5-0-1" aria-controls="wm-panel-3283cdc5-0-1" aria-selected="true" tabindex="0">Win x</button></div>
    <div class="tabbed-block" role="tabpanel" id="wm-panel-3283cdc5-0-0" aria-labelledby="wm-tab-3283cdc5-0-0" tabindex="0" hidden>
    <p>ls</p>
    </div>
    <div class="tabbed-block" role="tabpanel" id="wm-panel-3283cdc5-0-1" aria-labelledby="wm-tab-3283cdc5-0-1" tabindex="0">
    <p>dir</p>
    </div>
    </div>
    <div class="tabbed-set"><div class="tabbed-labels" role="tablist"><button type="button" role="tab" id="wm-tab-3283cdc5-3-0" aria-controls="wm-panel-3283cdc5-3-0" aria-selected="true" tabindex="0">Other set</button></div>
    <div class="tabbed-block" role="tabpanel" id="wm-panel-3283cdc5-3-0" aria-labelledby="wm-tab-3283cdc5-3-0" tabindex="0">
    <p>x</p>
    </div>
    </div>
    "#);
}

#[test]
fn html_with_markdown_inside() {
    assert_snapshot!(html("<div class=\"grid cards\" markdown>\n\n- **a**\n\n</div>\nafter"), @r#"
    <div class="grid cards">
    <ul>
    <li><strong>a</strong></li>
    </ul>
    </div>
    <p>after</p>
    "#);
    assert_snapshot!(html("<details markdown=\"1\">\n<summary>S</summary>\n\n*x*\n\n</details>"), @"
    <details>
    <summary>S</summary>
    <p><em>x</em></p>
    </details>
    ");
    assert_snapshot!(html("<p markdown=\"span\">*a*</p>"), @"
    <p>
    <em>a</em>
    </p>
    ");
    assert_snapshot!(html("<div markdown>\nnever closed"), @"
    <div>
    <p>never closed</p>
    </div>
    ");
}

#[test]
fn tables_scroll_and_keep_code_whole() {
    assert_snapshot!(html("| a | b |\n|:--|--:|\n| `x|y` | 2 |"), @r#"
    <div class="doc-table" tabindex="0" role="group" aria-label="Table"><table>
    <thead>
    <tr><th scope="col" align="left">a</th><th scope="col" align="right">b</th></tr>
    </thead>
    <tbody>
    <tr><td align="left"><code>x|y</code></td><td align="right">2</td></tr>
    </tbody>
    </table></div>
    "#);
}

#[test]
fn tasks_footnotes_and_definitions() {
    assert_snapshot!(html("- [x] done\n- [ ] open"), @r#"
    <ul>
    <li class="task-list-item"><span class="doc-task doc-task--done doc-chrome" role="img" aria-label="Done"></span>done</li>
    <li class="task-list-item"><span class="doc-task doc-chrome" role="img" aria-label="Not done"></span>open</li>
    </ul>
    "#);
    assert_snapshot!(html("a[^n] b[^n]\n\n[^n]: Note *x*."), @r##"
    <p>a<sup id="doc-fnref:n"><a href="#doc-fn:n" class="footnote-ref">1</a></sup> b<sup id="doc-fnref2:n"><a href="#doc-fn:n" class="footnote-ref">1</a></sup></p>
    <div class="footnote">
    <hr>
    <ol>
    <li id="doc-fn:n"><p>Note <em>x</em>.&nbsp;<a href="#doc-fnref:n" class="footnote-backref" title="Back to where note 1 is mentioned">↩</a><a href="#doc-fnref2:n" class="footnote-backref" title="Back to where note 1 is mentioned">↩</a></p></li>
    </ol>
    </div>
    "##);
    assert_snapshot!(html("Term\n:   Definition"), @"
    <dl>
    <dt>Term</dt>
    <dd>Definition</dd>
    </dl>
    ");
    assert_snapshot!(html("!!! note\n    inside[^o]\n\n[^o]: Outside."), @r##"
    <div class="admonition note">
    <p class="admonition-title">Note</p>
    <p>inside<sup id="doc-fnref:o"><a href="#doc-fn:o" class="footnote-ref">1</a></sup></p>
    </div>
    <div class="footnote">
    <hr>
    <ol>
    <li id="doc-fn:o"><p>Outside.&nbsp;<a href="#doc-fnref:o" class="footnote-backref" title="Back to where note 1 is mentioned">↩</a></p></li>
    </ol>
    </div>
    "##);
}

#[test]
fn references_reach_into_containers() {
    assert_snapshot!(html("!!! note\n    see [the guide][g]\n\n[g]: setup/vpn.md"), @r#"
    <div class="admonition note">
    <p class="admonition-title">Note</p>
    <p>see <a href="/docs/s/setup/vpn.md">the guide</a></p>
    </div>
    "#);
}

#[test]
fn headings_have_the_ids_of_python_markdown() {
    assert_snapshot!(html("## One {#own .x}\n\n### Two\n\n## Two\n\n## Use {{ x }}\n\n[TOC]"), @r##"
    <h2 id="doc-own">One</h2>
    <h3 id="doc-two">Two</h3>
    <h2 id="doc-two_1">Two</h2>
    <h2 id="doc-use-x">Use {{ x }}</h2>
    <ul class="doc-toc doc-chrome"><li class="doc-toc__level-2"><a href="#doc-own">One</a></li><li class="doc-toc__level-3"><a href="#doc-two">Two</a></li><li class="doc-toc__level-2"><a href="#doc-two_1">Two</a></li><li class="doc-toc__level-2"><a href="#doc-use-x">Use {{ x }}</a></li></ul>
    "##);
}

#[test]
fn the_first_heading_is_the_title() {
    assert_snapshot!(html("# Title `code`\n\ntext\n\n# Second"), @r#"
    <span id="doc-title-code"></span><p>text</p>
    <h1 id="doc-second">Second</h1>
    "#);
    assert_snapshot!(html("intro\n\n# Late"), @r#"
    <p>intro</p>
    <span id="doc-late"></span>
    "#);
}

#[test]
fn images_are_files_of_the_site() {
    assert_snapshot!(html("![alt](logo.png \"t\"){ width=\"300\" height=2x loading=lazy }\n\n![](no.png) ![b](https://x.example/b.svg)"), @r#"
    <p><img src="waymark-doc://localhost/s/logo.png" loading="lazy" alt="alt" title="t" width="300"></p>
    <p><span class="doc-missing" role="img" aria-label="Image not available" title="The image “no.png” is missing"><img alt="" hidden><span class="doc-chrome">image</span></span> <span class="doc-missing" role="img" aria-label="b (image not available)" title="The image “https://x.example/b.svg” is on the internet and is not shown offline"><img alt="b" hidden><span class="doc-chrome">b</span></span></p>
    "#);
}

#[test]
fn links_take_attributes() {
    assert_snapshot!(html("[go](setup/vpn.md){ .md-button .evil #x target=_blank } `a`{ .yaml }"), @r#"<p><a href="/docs/s/setup/vpn.md" class="md-button" id="doc-x">go</a> <code>a</code></p>"#);
}

#[test]
fn text_is_looked_through() {
    assert_snapshot!(html("see https://a.example/x. :rocket: :material-check: ok; not `https://b` or [c](https://c.example)"), @r#"<p>see <a href="https://a.example/x" rel="external noopener noreferrer nofollow" class="doc-external">https://a.example/x</a>. 🚀 ok; not <code>https://b</code> or <a href="https://c.example/" rel="external noopener noreferrer nofollow" class="doc-external" data-href="https://c.example">c</a></p>"#);
}

#[test]
fn snippets_are_named() {
    assert_snapshot!(html("--8<-- \"inc.md\"\n\n```\n--8<-- \"inc.md\"\n```"), @r#"
    <div class="admonition note"><p class="admonition-title">Left out</p><p>Text from another file belongs here: inc.md</p></div>
    <div class="wm-codeblock"><div class="wm-codeblock__head"><button type="button" class="wm-codeblock__copy doc-chrome" data-copy aria-label="Copy code">Copy</button></div><pre tabindex="0" role="group" aria-label="Code, 1 line"><code><span class="wm-codeblock__line">--8&lt;-- &quot;inc.md&quot;
    </span></code></pre></div>
    "#);
}

#[test]
fn code_is_left_alone() {
    assert_snapshot!(html("```\n!!! note\n    x\n```\n\n    !!! note\n        y\n\n<!--\n!!! note\n    z\n-->"), @r#"
    <div class="wm-codeblock"><div class="wm-codeblock__head"><button type="button" class="wm-codeblock__copy doc-chrome" data-copy aria-label="Copy code">Copy</button></div><pre tabindex="0" role="group" aria-label="Code, 2 lines"><code><span class="wm-codeblock__line">!!! note
    </span><span class="wm-codeblock__line">    x
    </span></code></pre></div>
    <div class="wm-codeblock"><div class="wm-codeblock__head"><button type="button" class="wm-codeblock__copy doc-chrome" data-copy aria-label="Copy code">Copy</button></div><pre tabindex="0" role="group" aria-label="Code, 2 lines"><code><span class="wm-codeblock__line">!!! note
    </span><span class="wm-codeblock__line">    y
    </span></code></pre></div>
    "#);
}

#[test]
fn raw_html_is_kept_as_far_as_it_is_safe() {
    assert_snapshot!(html("a <kbd>x</kbd> <b onclick=1>y</b> <a name=\"here\"></a>\n\n<iframe src=\"https://v.example/1\"></iframe>\n\n<p align=\"center\"><img src=\"logo.png\" width=\"90%\"></p>"), @r#"
    <p>a <kbd>x</kbd> <b>y</b> <span id="doc-here"></span></p>


    <p class="doc-chrome"><a href="https://v.example/1" rel="external noopener noreferrer nofollow" class="doc-external">https://v.example/1</a></p>
    <p><img src="waymark-doc://localhost/s/logo.png" loading="lazy" alt=""></p>
    "#);
}

#[test]
fn macros_are_text() {
    assert_snapshot!(html("{{ git_revision_date_localized }} {% if x %}"), @"<p>{{ git_revision_date_localized }} {% if x %}</p>");
}

#[test]
fn broken_front_matter_is_a_finding_and_the_page_is_shown() {
    let page = Fixture::new().render("page.md", "\u{feff}---\r\ntitle: [a\r\n---\r\ntext\r\n");
    assert_eq!(codes(&page.diagnostics), ["2:8 D002"]);
    assert_eq!((page.html.trim(), page.title.as_str()), ("<p>text</p>", "Page"));
}

#[test]
fn the_outline_leaves_the_title_out() {
    let page =
        Fixture::new().render("page.md", "---\ntitle: Front\n---\n# Head *line*\n\n## :rocket: Go `now`\n\n# More\n");
    assert_eq!(page.title, "Head line");
    let outline: Vec<_> =
        page.outline.iter().map(|heading| (heading.level, heading.id.as_str(), heading.text.as_str())).collect();
    assert_eq!(outline, [(2, "go-now", "🚀 Go now"), (1, "more", "More")]);
    assert_eq!(page.words, 6, "Head, line, the emoji's name, Go, now, More");
}

#[test]
fn fragments_resolve_through_the_app() {
    let resolve = |href: &str| {
        (href == "docs:vpn")
            .then(|| "/app/vpn".to_owned())
            .or_else(|| (href == "../vpn.md").then(|| "/app/vpn".to_owned()))
    };
    let show = |source: &str| {
        let html = render_fragment(source, &resolve);
        super::audit::audit(&html).unwrap_or_else(|fault| panic!("{fault}: {html}"));
        html.trim().to_owned()
    };
    assert_snapshot!(show("Read [the guide](../vpn.md) and [that](x.md), https://a.example."), @r##"<p>Read <a href="/app/vpn">the guide</a> and <a href="#doc-" class="doc-dead" title="The link “x.md” leads to nothing that is on this device">that</a>, <a href="https://a.example/" rel="external noopener noreferrer nofollow" class="doc-external">https://a.example</a>.</p>"##);
    assert_snapshot!(show("## Head\n\n<p id=\"root\">x</p>"), @"
    <h2>Head</h2>
    <p>x</p>
    ");
}

#[test]
fn plain_text_is_what_people_read() {
    for (source, expected) in [
        ("Set up the **VPN** with `corvane`", "Set up the VPN with corvane"),
        ("[Read](x.md) ~~this~~ <b>now</b>", "Read this now"),
        ("# Head\n\ntwo\nlines", "Head two lines"),
        ("- one\n- t**w**o", "one two"),
        ("", ""),
        ("***", "***"),
    ] {
        assert_eq!(plain_text(source), expected);
    }
}
