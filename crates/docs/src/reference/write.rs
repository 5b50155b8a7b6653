//! Puts the values behind the marks into HTML that was not sanitised.

use waymark_core::docs::Heading;

use crate::{
    figures::Formula,
    highlight::Code,
    links::{Picture, Target},
    markdown::escape,
    page::marks::{Mark, Marks, Meaning},
};

/// What stands in a table of contents.
pub(super) struct Contents<'a> {
    pub(super) title: Option<&'a str>,
    pub(super) headings: Vec<Heading>,
}

/// `html` with its marks replaced; a heading has the id that `ids` gives it.
pub(super) fn write(html: &str, marks: &Marks, ids: &[Option<String>], contents: &Contents<'_>) -> String {
    let mut out = String::with_capacity(html.len() * 2);
    let start = format!("=\"{}/", marks.nonce());
    let mut rest = html;
    while let Some(at) = rest.find(&start) {
        let value_at = at + 2;
        let Some(length) = rest[value_at..].find('"') else { break };
        let value = &rest[value_at..value_at + length];
        let after = value_at + length + 1;
        let Some(Meaning::Mark(_, mark)) = marks.read(value) else {
            out.push_str(&rest[..after]);
            rest = &rest[after..];
            continue;
        };
        let name_at = rest[..at].rfind(' ').unwrap_or(at);
        if let Some(element) = element(mark, contents) {
            // The whole tag stands for the value: `<hr id="…">`.
            let tag_at = rest[..at].rfind('<').unwrap_or(at);
            out.push_str(&rest[..tag_at]);
            out.push_str(&element);
            rest = rest[after..].strip_prefix('>').unwrap_or(&rest[after..]);
            continue;
        }
        out.push_str(&rest[..name_at]);
        if let Some(value) = attribute(mark, ids) {
            out.push_str(&rest[name_at..at]);
            out.push_str(&format!("=\"{}\"", value));
        }
        rest = &rest[after..];
    }
    out.push_str(rest);
    out
}

/// The value of an ordinary attribute.
fn attribute(mark: &Mark, ids: &[Option<String>]) -> Option<String> {
    match mark {
        Mark::Link(Target::External(url), _) => Some(address(url)),
        Mark::Link(Target::Anchor(id), _) => Some(escape(&format!("#{id}"))),
        Mark::Picture(Picture::File(url)) => Some(address(url)),
        Mark::Heading(number) => ids.get(*number)?.as_deref().map(escape),
        Mark::Id(id) => Some(escape(id)),
        _ => None,
    }
}

/// What replaces a whole tag.
fn element(mark: &Mark, contents: &Contents<'_>) -> Option<String> {
    Some(match mark {
        Mark::Code(code) => block(code),
        Mark::Math(formula) => math(formula),
        Mark::Progress(percent, label) => format!("<progress value=\"{percent}\">{}</progress>", escape(label)),
        Mark::Span { text, .. } => format!("<code>{}</code>", escape(text)),
        Mark::Prefix(Some(text)) => format!("<span class=\"caption-prefix\">{}</span> ", escape(text)),
        Mark::Prefix(None) => String::new(),
        Mark::Contents => {
            let title = contents.title.map(|title| format!("<span class=\"toctitle\">{}</span>", escape(title)));
            format!("<div class=\"toc\">{}{}</div>", title.unwrap_or_default(), list(&contents.headings))
        }
        Mark::Task(done) => format!("<input type=\"checkbox\" disabled{}>", if *done { " checked" } else { "" }),
        Mark::Tabs { labels, .. } => {
            let labels: String = labels.iter().map(|label| format!("<label>{}</label>", escape(label))).collect();
            format!("<div class=\"tabbed-set\"><div class=\"tabbed-labels\">{labels}</div>")
        }
        Mark::Panel { .. } => "<div class=\"tabbed-block\">".to_owned(),
        Mark::Fold { classes, open, id } => {
            let id = id.as_deref().map(|id| format!(" id=\"{}\"", escape(id))).unwrap_or_default();
            let class = if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", escape(classes)) };
            format!("<details{class}{id}{}>", if *open { " open" } else { "" })
        }
        Mark::Link(..) | Mark::Picture(_) | Mark::Heading(_) | Mark::Id(_) | Mark::Nothing => return None,
    })
}

/// Headings as lists inside lists; each stands below the last one of a lower level.
fn list(headings: &[Heading]) -> String {
    let mut html = String::from("<ul>");
    let mut rest = headings;
    while let Some((heading, below)) = rest.split_first() {
        let count = below.iter().take_while(|other| other.level > heading.level).count();
        let inside = if count > 0 { list(&below[..count]) } else { String::new() };
        html.push_str(&format!("<li><a href=\"#{}\">{}</a>{inside}</li>", escape(&heading.id), escape(&heading.text)));
        rest = &below[count..];
    }
    html + "</ul>"
}

/// An address with everything percent-encoded that CommonMark's own renderer encodes.
fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    // MkDocs leaves what looks like a path on Windows alone.
    if url.starts_with('\\') {
        return escape(url);
    }
    // A `String` takes everything.
    let _ = pulldown_cmark_escape::escape_href(&mut out, url);
    out
}

/// As `arithmatex` writes formulas for scripts.
fn math(formula: &Formula) -> String {
    let (name, mode) = if formula.display { ("div", "; mode=display") } else { ("span", "") };
    let source = escape(&formula.source);
    format!(
        "<{name} class=\"arithmatex\"><{name} class=\"MathJax_Preview\">{source}</{name}>\
         <script type=\"math/tex{mode}\">{}</script></{name}>",
        formula.source
    )
}

fn block(code: &Code) -> String {
    let language = &code.info.language;
    let mut class =
        if language.is_empty() { String::new() } else { format!(" class=\"language-{}\"", escape(language)) };
    for (name, value) in &code.info.attrs.values {
        class.push_str(&format!(" {}=\"{}\"", escape(name), escape(value)));
    }
    let title = code.info.title.as_deref();
    let pre = format!("<pre><code{class}>{}</code></pre>", escape(&code.text));
    match title {
        Some(title) => {
            format!("<div class=\"highlight\"><span class=\"filename\">{}</span>{pre}</div>", escape(title))
        }
        None => pre,
    }
}
