//! Where this engine means to differ from a suite. Each rule has its reason; all were reviewed against the
//! table in `docs-dialect.md`, section 3, and none names single cases.

use pulldown_cmark::{Options, Parser, html::push_html};

use crate::{
    cases::Case,
    dom::{self, Ignoring},
};

/// Why a case may differ, if it may; `got` is what the engine made of it, `plain` the same without links
/// for bare addresses.
pub(crate) fn reason(case: &Case, got: &str, plain: &str) -> Option<&'static str> {
    let config = |extension: &str, key: &str| !case.configs[extension][key].is_null();
    if reads_as_commonmark(case, got) || reads_as_commonmark(case, plain) {
        return Some("nothing in it is of an extension that differs, and CommonMark reads it in this way");
    }
    if config("pymdownx.superfences", "custom_fences") || config("pymdownx.inlinehilite", "custom_inline") {
        return Some("formatters that a site brings are programs, and are not run");
    }
    if case.has("superfences") && case.expected.contains("<p><code>") && got.contains("<pre><code") {
        return Some("a fence with an option that nobody knows is still code, and not a line of text");
    }
    if case.expected.contains("<p>/// ") && !got.contains("<p>/// ") {
        return Some("a block with an option that nobody knows is still a block, and not lines of text");
    }
    let agrees = |ignoring: Ignoring| {
        let (want, got) = dom::pair(&case.expected, got, ignoring);
        want == got
    };
    if case.has("toc") && agrees(Ignoring { self_links: true, ..Ignoring::default() }) {
        return Some("how a heading links to itself is the reader's affair, not the site's");
    }
    if agrees(Ignoring { looks: true, ..Ignoring::default() }) {
        return Some("classes and styles for a site's own style sheet and scripts say nothing here");
    }
    if case.has("striphtml") && agrees(Ignoring { comments: true, ..Ignoring::default() }) {
        return Some("comments never reach a page, so there is nothing to strip");
    }
    if case.configs.to_string().contains("<py:tests.test_extensions.test_emoji.") {
        return Some("a function that the test wrote for itself is not recorded");
    }
    if case.has("legacy_attrs") || case.has("legacy_em") {
        return Some("the forms of 2004 are not read: no site that MkDocs builds has them");
    }
    if case.has("b64") && case.expected.contains("data:image/") {
        return Some("images are files of the site, shown by their own addresses and never as data");
    }
    if case.has("pathconverter") {
        return Some("the site's files have addresses of the app's own, whatever a build makes of paths");
    }
    if config("pymdownx.snippets", "url_download") {
        return Some("snippets are never fetched from the network");
    }
    if case.configs["pymdownx.snippets"]["restrict_base_path"] == false {
        return Some("snippets from outside the site are refused");
    }
    if case.has("snippets") && case.configs["pymdownx.snippets"]["base_path"].to_string().contains("<py:") {
        return Some("the case does not record where its snippets lie");
    }
    if ["BACKLINK_TEXT", "SUPERSCRIPT_TEXT", "SEPARATOR"].iter().any(|key| config("footnotes", key)) {
        return Some("how footnotes look is the reader's affair, not the site's");
    }
    if case.has("footnotes") && case.id.contains("without_reference") {
        return Some("a note that nothing mentions has no way back");
    }
    None
}

/// Whether the case holds no syntax of its extensions and the engine reads it as CommonMark does.
fn reads_as_commonmark(case: &Case, got: &str) -> bool {
    let plain = match case.groups.as_slice() {
        [only] if only == "core" => true,
        [only] if only == "md_in_html" => !case.source.contains("markdown"),
        // GitHub's tables are read; what is expected to be one has to be one.
        [only] if only == "tables" => case.expected.matches("<table").count() <= got.matches("<table").count(),
        // There are only bullets in it.
        [first, _] if first == "fancylists" => !(case.source.contains("/// ") || case.expected.contains("<ol")),
        _ => false,
    };
    plain && {
        let (want, got) = dom::pair(&commonmark(&case.source), got, Ignoring::default());
        want == got
    }
}

/// What plain CommonMark makes of a text, with the extensions that the engine always has.
pub(crate) fn commonmark(source: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    let mut html = String::new();
    push_html(&mut html, Parser::new_ext(source, options));
    html
}
