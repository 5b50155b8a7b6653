//! Puts the values behind the marks into HTML that was not sanitised.

use crate::{
    highlight::Code,
    links::{Picture, Target},
    markdown::escape,
    page::marks::{Mark, Marks, Meaning},
};

/// `html` with its marks replaced; headings without `ids` have none.
pub(super) fn write(html: &str, marks: &Marks, ids: Option<&Vec<String>>) -> String {
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
        if let Some(element) = element(mark, marks) {
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
            out.push_str(&format!("=\"{}\"", escape(&value)));
        }
        rest = &rest[after..];
    }
    out.push_str(rest);
    out
}

/// The value of an ordinary attribute.
fn attribute(mark: &Mark, ids: Option<&Vec<String>>) -> Option<String> {
    match mark {
        Mark::Link(Target::External(url)) => Some(url.clone()),
        Mark::Link(Target::Anchor(id)) => Some(format!("#{id}")),
        Mark::Picture(Picture::File(url)) => Some(url.clone()),
        Mark::Heading(number) => ids?.get(*number).cloned(),
        Mark::Id(id) => Some(id.clone()),
        _ => None,
    }
}

/// What replaces a whole tag.
fn element(mark: &Mark, marks: &Marks) -> Option<String> {
    Some(match mark {
        Mark::Code(code) => block(code),
        Mark::Contents => "<div class=\"toc\"></div>".to_owned(),
        Mark::Task(done) => format!("<input type=\"checkbox\" disabled{}>", if *done { " checked" } else { "" }),
        Mark::Tabs { labels, .. } => {
            let labels: String = labels.iter().map(|label| format!("<label>{}</label>", escape(label))).collect();
            format!("<div class=\"tabbed-set\"><div class=\"tabbed-labels\">{labels}</div>")
        }
        Mark::Panel { .. } => "<div class=\"tabbed-block\">".to_owned(),
        Mark::Fold { classes, open } => {
            let class = if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", escape(classes)) };
            format!("<details{class}{}>", if *open { " open" } else { "" })
        }
        Mark::Link(_) | Mark::Picture(_) | Mark::Heading(_) | Mark::Id(_) => return None,
    })
}

fn block(code: &Code) -> String {
    let language = &code.info.language;
    let class = if language.is_empty() { String::new() } else { format!(" class=\"language-{}\"", escape(language)) };
    let title = code.info.title.as_deref();
    let title = title.map(|title| format!("<span class=\"filename\">{}</span>", escape(title))).unwrap_or_default();
    format!("{title}<pre><code{class}>{}</code></pre>", escape(&code.text))
}
