//! Captions, formulas, diagrams and remarks, as readers see them.

use insta::assert_snapshot;

use super::{Fixture, audit::audit, codes, html};
use crate::{Page, Surroundings, read_config, render_page_in};

/// A page of a site with these extensions.
fn page(extensions: &str, source: &str) -> Page {
    let (config, _) = read_config("mkdocs.yml", &format!("markdown_extensions: {extensions}"));
    let fixture = Fixture::new();
    let around = Surroundings { dialect: &config.dialect, files: None };
    let page = render_page_in("page.md", source, &fixture.links(), around);
    audit(&page.html).unwrap_or_else(|fault| panic!("{fault}\nin: {}", page.html));
    page
}

fn with_math(source: &str) -> String {
    page("[pymdownx.arithmatex]", source).html.trim().to_owned()
}

#[test]
fn formulas_are_drawn_where_the_site_turns_them_on() {
    assert_snapshot!(with_math("cost $x_1$ and \\(y\\), `$z$`\n\n$$\na < b\n$$"), @r#"
    <p>cost <span class="doc-math"><math display="inline" alttext="x_1"><msub><mi>x</mi><mn>1</mn></msub></math></span> and <span class="doc-math"><math display="inline" alttext="y"><mi>y</mi></math></span>, <code>$z$</code></p>
    <div class="doc-math doc-math--block" tabindex="0" role="group" aria-label="Formula"><math display="block" alttext="a &lt; b"><mi>a</mi><mo>&lt;</mo><mi>b</mi></math></div>
    "#);
    assert_eq!(html("costs $5 and x$6$ \\(y\\)\n\n$$a$$"), "<p>costs $5 and x$6$ (y)</p>\n<p>$$a$$</p>");
    assert!(with_math("```math\nx^2\n```").contains("<math display=\"block\""));
    assert!(html("```math\nx^2\n```").contains("wm-codeblock"), "without settings it is code");
    let fence = "[{pymdownx.superfences: {custom_fences: [{name: math, class: a}]}}]";
    assert!(page(fence, "```math\nx\n```\n\n$y$").html.matches("<math").count() == 1);
}

#[test]
fn formulas_keep_out_of_the_way_of_other_syntax() {
    let cell = with_math("| a | b |\n|---|---|\n| $|x|$ | `$y$` |");
    assert!(cell.contains("alttext=\"|x|\"") && cell.contains("<code>$y$</code>"), "{cell}");
    let list = with_math("- item\n\n    $$\n    a *b* c\n    $$\n\n- $a_1 + b_2$ _x_");
    assert_eq!((list.matches("<math").count(), list.contains("<em>")), (2, true), "{list}");
    let heading = page("[pymdownx.arithmatex]", "# Title\n\n## The $x^2$ rule\n");
    assert_eq!((heading.outline[0].id.as_str(), heading.outline[0].text.as_str()), ("the-x2-rule", "The x^2 rule"));
    assert!(heading.html.contains("<math display=\"inline\" alttext=\"x^2\">"), "{}", heading.html);
}

#[test]
fn what_cannot_be_drawn_is_code_with_a_finding() {
    let broken = page("[pymdownx.arithmatex]", "text\n\na $\\nonsense{x}$ b\n\n$$\n\\frac{a\n$$\n");
    assert_eq!(codes(&broken.diagnostics), ["3:3 D016", "5:1 D016"]);
    assert!(broken.html.contains("<code>\\nonsense{x}</code>") && broken.html.contains("language-latex"));
    let diagram =
        Fixture::new().render("page.md", "```mermaid\nflowchart LR\n  a --> \n```\n\n```mermaid\nmagic\n```\n");
    assert_eq!(codes(&diagram.diagnostics), ["1:1 D017", "6:1 D017"]);
    assert!(diagram.html.contains("language-mermaid") && !diagram.html.contains("<svg"), "{}", diagram.html);
}

#[test]
fn diagrams_are_drawn_without_colours_of_their_own() {
    let page = Fixture::new()
        .render("page.md", "```mermaid\nflowchart LR\n  a[Start <b>now</b>] --> b{Ready?}\n  style b fill:#f9f\n```");
    assert_eq!(codes(&page.diagnostics), Vec::<String>::new());
    for part in [
        "<svg viewBox=",
        "doc-diagram__box",
        "doc-diagram__line",
        ">Ready?<",
        "doc-diagram__own",
        "aria-label=\"Flowchart\"",
        "language-mermaid",
    ] {
        assert!(page.html.contains(part), "{part}: {}", page.html);
    }
    assert!(!page.html.contains("<style") && !page.html.contains(" style="), "{}", page.html);
    assert!(
        page.html.contains(">Start <") || page.html.contains(">Start now<"),
        "tags in labels are not shown: {}",
        page.html
    );
    let again = Fixture::new()
        .render("page.md", "```mermaid\nflowchart LR\n  a[Start <b>now</b>] --> b{Ready?}\n  style b fill:#f9f\n```");
    assert_eq!(page, again, "the same input gives the same bytes");
}

#[test]
fn every_kind_of_diagram_is_drawn() {
    for (label, source) in [
        ("Flowchart", "graph TD\n  subgraph one\n    a --> b\n  end\n  b -.-> c((end))"),
        ("Sequence diagram", "sequenceDiagram\n  actor A\n  A->>B: Hello\n  Note over A,B: both\n  B-->>A: Hi"),
        ("Class diagram", "classDiagram\n  Animal <|-- Duck\n  Animal : +int age\n  Animal: +swim()"),
        ("State diagram", "stateDiagram-v2\n  [*] --> Open\n  Open --> Closed: done\n  Closed --> [*]"),
        ("Entity relationship diagram", "erDiagram\n  A ||--o{ B : has\n  A {\n    string name\n  }"),
        ("Gantt chart", "gantt\n  dateFormat YYYY-MM-DD\n  section A\n  One :a1, 2026-01-05, 5d\n  Two :after a1, 3d"),
        ("Pie chart", "pie title Pets\n  \"Dogs\" : 386\n  \"Cats\" : 85"),
        ("Git graph", "gitGraph\n  commit\n  branch dev\n  commit\n  checkout main\n  merge dev"),
        ("User journey", "journey\n  title My day\n  section Work\n    Tea: 5: Me\n    Code: 3: Me, Cat"),
        ("Timeline", "timeline\n  title History\n  2002 : LinkedIn\n  2004 : Facebook : Google"),
    ] {
        let page =
            Fixture::new().render("page.md", &format!("```mermaid\n---\ntitle: x\n---\n%% remark\n{source}\n```"));
        assert_eq!(codes(&page.diagnostics), Vec::<String>::new(), "{label}: {:?}", page.diagnostics);
        assert!(page.html.contains(&format!("aria-label=\"{label}\"")), "{label}");
    }
}

#[test]
fn captions_stand_with_what_they_are_about() {
    assert_snapshot!(html("![alt](logo.png)\n/// caption\nThe *logo*.\n///"), @r#"
    <figure>
    <p><img src="waymark-doc://localhost/s/logo.png" loading="lazy" alt="alt"></p>
    <figcaption>
    <p>The <em>logo</em>.</p>
    </figcaption>
    </figure>
    "#);
    assert_snapshot!(html("| a |\n|---|\n| b |\n\n/// table-caption\nNumbers.\n///\n\ntext\n/// figure-caption | < #own\nAbove.\n///\n\ntext\n/// figure-caption\nSecond.\n///"), @r#"
    <figure id="doc-__table-caption_1">
    <div class="doc-table" tabindex="0" role="group" aria-label="Table"><table>
    <thead>
    <tr><th scope="col">a</th></tr>
    </thead>
    <tbody>
    <tr><td>b</td></tr>
    </tbody>
    </table></div>
    <figcaption>
    <p><span class="caption-prefix">Table 1.</span> Numbers.</p>
    </figcaption>
    </figure>
    <figure id="doc-own">
    <figcaption>
    <p><span class="caption-prefix">Figure 1.</span> Above.</p>
    </figcaption>
    <p>text</p>
    </figure>
    <figure id="doc-__figure-caption_2">
    <p>text</p>
    <figcaption>
    <p><span class="caption-prefix">Figure 2.</span> Second.</p>
    </figcaption>
    </figure>
    "#);
    assert_eq!(html("/// caption\nabout nothing\n///").matches("figcaption").count(), 2);
    let off = page("[{pymdownx.blocks.caption: {auto: false}}]", "text\n/// figure-caption\nx\n///").html;
    assert!(!off.contains("caption-prefix"), "{off}");
}

#[test]
fn definitions_are_terms_and_what_they_mean() {
    assert_snapshot!(html("/// define\nApple\n\n- A *fruit*\n- of trees\n\nPear\n\n- Another\n///"), @r#"
    <dl>
    <dt>Apple</dt>
    <dd>A <em>fruit</em></dd>
    <dd>of trees</dd>
    <dt>Pear</dt>
    <dd>Another</dd>
    </dl>
    "#);
}

#[test]
fn remarks_of_editors_are_shown_or_carried_out() {
    assert_snapshot!(html("a {++new *text*++} and {--old--} {~~x~>y~~} {==this==}{>>why<<}"), @r#"<p>a <ins class="critic">new <em>text</em></ins> and <del class="critic">old</del> <del class="critic">x</del><ins class="critic">y</ins> <mark class="critic">this</mark><span class="critic comment">why</span></p>"#);
    let accepted = page("[{pymdownx.critic: {mode: accept}}]", "a {++b++}{--c--} {~~x~>y~~}{>>why<<}").html;
    assert_eq!(accepted.trim(), "<p>a b y</p>");
    assert_snapshot!(html("{++\n\n- one\n\n++}"), @r#"
    <ins class="critic block">
    <ul>
    <li>one</li>
    </ul>
    </ins>
    "#);
}

#[test]
fn bars_and_code_in_lines_are_drawn() {
    let bars = page("[pymdownx.progressbar]", "[=75% \"most\"]");
    assert_snapshot!(bars.html.trim(), @r#"<div class="doc-progress"><progress max="100" value="75" aria-label="most"></progress><span>most</span></div>"#);
    assert_eq!(html("[=75%]"), "<p>[=75%]</p>");
    assert_snapshot!(html("a `#!python None` b `:::sh ls` `#! x`"), @r#"<p>a <code class="language-python"><span class="wm-syn-number">None</span></code> b <code class="language-sh"><span class="wm-syn-function">ls</span></code> <code>#! x</code></p>"#);
}

#[test]
fn print_punctuation_and_line_breaks_are_settings() {
    assert_eq!(page("[smarty]", "\"a\" -- it's...").html.trim(), "<p>“a” – it’s…</p>");
    assert_eq!(html("\"a\" -- it's..."), "<p>\"a\" -- it's...</p>");
    assert_eq!(page("[nl2br]", "a\nb").html.trim(), "<p>a<br>\nb</p>");
    assert_eq!(html("the 2nd, 3rd and 22th"), "<p>the 2<sup>nd</sup>, 3<sup>rd</sup> and 22th</p>");
}
