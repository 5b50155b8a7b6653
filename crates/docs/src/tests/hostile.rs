//! Input that means harm, and input that is only enormous.

use super::{Fixture, html};

#[test]
fn the_usual_attacks_leave_nothing() {
    for source in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href=\"javascript:alert(1)\">x</a> [y](javascript:alert(1)) <javascript:alert(1)>",
        "<svg onload=alert(1)><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<div title=\"\n\n```html\n\"><script>alert(1)</script>\n```\n\n\">",
        "<table><tr><td>\n\n=== \"<img src=x onerror=alert(1)>\"\n    \"><script>x</script>\n\n</table>",
        "!!! note\" onclick=alert(1) \"<script>x</script>\"\n    x",
        "??? x\\\" \"<b onclick=x>t</b>\"\n    y",
        "[a](https://x.example/\"onmouseover=alert(1)) ![\" onerror=\"x](logo.png \"a\\\" onload=x\")",
        "```\"><script>alert(1)</script> title=\"</span><script>x</script>\"\nx\n```",
        "## a {#\"><script>}\n\n## b {#x onclick=y}",
        "[^\"><script>]\n\n[^\"><script>]: x",
        "<p id=\"__proto__\" name=\"body\">x</p> <a id=location>y</a>",
        "<iframe src=\"https://x.example/&quot;><script>\"></iframe>",
        "a{onclick=x} `b`{onclick=y .wm-button}",
        "<https://x.example/'\"onclick=x>",
    ] {
        html(source);
    }
}

#[test]
fn marks_cannot_be_written_by_an_author() {
    // The nonce of one page, found out by its author, put into the next version of it.
    let fixture = Fixture::new();
    let guess = crate::page::marks::nonce_of("page.md", "x");
    for source in [
        format!("<a href=\"{guess}/0\">a</a><hr id=\"{guess}/0\"><img src=\"{guess}/1\"><!--{guess}/0-->"),
        format!("```rust\nx\n```\n\n<hr id=\"{guess}/0\">"),
        format!("<a href=\"{guess}/raw/javascript:alert(1)\">a</a>"),
    ] {
        let page = fixture.render("page.md", &source);
        assert!(!page.html.contains(&format!("id=\"{guess}")), "{}", page.html);
    }
    let own = crate::page::marks::nonce_of("page.md", "text");
    assert!(!fixture.render("page.md", "text").html.contains(&own), "a nonce never reaches the page");
}

#[test]
fn a_page_beyond_the_limit_says_so() {
    let page = Fixture::new().render("page.md", &"text <b>\n".repeat(150_000));
    assert_eq!(super::codes(&page.diagnostics), ["1:1 D020"]);
    assert!(page.html.starts_with("<pre class=\"doc-plain"), "shown as text");
    assert!(page.html.contains("text &lt;b&gt;"));
    let page = Fixture::new().render("page.md", &format!("*kept*\n\n{}", "<div>".repeat(1000)));
    assert_eq!(super::codes(&page.diagnostics), ["1:1 D021"]);
    assert!(page.html.contains("<em>kept</em>") && page.html.contains("&lt;div&gt;"), "only the HTML is text");
}
