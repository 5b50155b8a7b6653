//! LaTeX as MathML, which every webview shows by itself.

use pulldown_latex::{
    Parser, RenderConfig, Storage, config::DisplayMode, event::Event, parser::error::ParserError, push_mathml,
};
use roxmltree::Node;

use super::{
    Formula,
    allow::{Rules, Tag, attributes, rewrite},
};

/// A formula beyond this many bytes is shown as code; the longest that people write are a tenth of it.
const MAX_SOURCE: usize = 4 * 1024;
/// Groups inside groups.
const MAX_DEPTH: usize = 48;
/// Parts of a formula.
const MAX_EVENTS: usize = 20_000;

/// Commands that are common in documentation and that the parser does not know.
const PRELUDE: &str =
    "\\newcommand{\\mbox}[1]{\\text{#1}}\\newcommand{\\label}[1]{}\\newcommand{\\tag}[1]{\\qquad\\text{(#1)}}";

/// Commands that define others: what they make can be exponentially longer than what they are.
const DEFINITIONS: [&str; 8] =
    ["def", "gdef", "edef", "let", "futurelet", "newcommand", "renewcommand", "providecommand"];

/// The formula as an element `math`, or why it cannot be one.
pub(super) fn draw(formula: &Formula) -> Result<String, String> {
    let source = formula.source.trim();
    if source.is_empty() {
        return Err("it is empty".to_owned());
    }
    if source.len() > MAX_SOURCE {
        return Err(format!("it is longer than {MAX_SOURCE} bytes"));
    }
    check(source)?;
    let whole = format!("{PRELUDE}{source}");
    let storage = Storage::new();
    let events = Parser::new(&whole, &storage)
        .take(MAX_EVENTS)
        .collect::<Result<Vec<Event<'_>>, ParserError>>()
        .map_err(|error| first_line(&error))?;
    if events.len() == MAX_EVENTS {
        return Err("it is too long".to_owned());
    }
    let mode = if formula.display { DisplayMode::Block } else { DisplayMode::Inline };
    let config = RenderConfig { display_mode: mode, ..RenderConfig::default() };
    let mut xml = String::new();
    push_mathml(&mut xml, events.into_iter().map(Ok::<_, ParserError>), config).map_err(|error| error.to_string())?;
    // The writer leaves this one sign as it is, which HTML takes and XML does not.
    let mut xml = xml.replace("><</", ">&lt;</");
    // Between some attributes it leaves no space.
    for name in ["minsize", "maxsize", "stretchy", "symmetric"] {
        xml = xml.replace(&format!("\"{name}=\""), &format!("\" {name}=\""));
    }
    rewrite(&xml, &mut MathMl { source })
}

/// Looks at the commands and groups before any of them is read.
fn check(source: &str) -> Result<(), String> {
    let mut depth = 0_usize;
    let mut chars = source.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => {
                let rest = &source[at + 1..];
                let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
                let name = &rest[..length];
                if DEFINITIONS.contains(&name) {
                    return Err(format!("`\\{name}` is not read here; write what it stands for"));
                }
                depth = match name {
                    "left" | "begin" => depth + 1,
                    "right" | "end" => depth.saturating_sub(1),
                    _ => depth,
                };
                if length == 0 {
                    chars.next();
                }
            }
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(format!("its groups are nested more than {MAX_DEPTH} deep"));
        }
    }
    Ok(())
}

/// What is wrong; where it is wrong stands on lines of its own, drawn for terminals.
fn first_line(error: &ParserError) -> String {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    line.strip_prefix("parsing error: ").unwrap_or(line).to_owned()
}

/// Elements of MathML Core that stay.
#[rustfmt::skip]
const ELEMENTS: [&str; 22] = [
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder",
    "mover", "munderover", "mtable", "mtr", "mtd", "mstyle", "mpadded", "mphantom",
];

/// Attributes whose value is `true` or `false`.
#[rustfmt::skip]
const SWITCHES: [&str; 10] = [
    "stretchy", "symmetric", "movablelimits", "fence", "separator", "largeop", "accent", "accentunder", "displaystyle",
    "linebreak",
];

/// Attributes whose value is a length.
#[rustfmt::skip]
const LENGTHS: [&str; 10] = [
    "width", "height", "depth", "voffset", "lspace", "rspace", "minsize", "maxsize", "linethickness", "columnspacing",
];

/// Classes of the writer's own, by which a style sheet aligns tables.
#[rustfmt::skip]
const CLASSES: [&str; 17] = [
    "menv-alignlike", "menv-align", "menv-arraylike", "menv-cells-left", "menv-cells-right", "menv-cases",
    "menv-multline", "menv-matrix", "menv-hline", "menv-hdashline", "menv-left-solid", "menv-right-solid",
    "menv-left-dashed", "menv-right-dashed", "cell-left", "cell-right", "menv-nonumber",
];

struct MathMl<'s> {
    source: &'s str,
}

impl Rules for MathMl<'_> {
    fn tag(&mut self, node: Node<'_, '_>) -> Result<Tag, String> {
        let name = node.tag_name().name();
        if name == "merror" {
            return Err("a part of it is not known".to_owned());
        }
        if !ELEMENTS.contains(&name) {
            return Ok(Tag::Inside);
        }
        let mut kept = attributes(node, |key, value| {
            let find = |list: &[&'static str]| list.iter().find(|known| **known == key).copied();
            find(&SWITCHES)
                .filter(|_| matches!(value, "true" | "false"))
                .or_else(|| find(&LENGTHS).filter(|_| is_length(value)))
                .or_else(|| find(&["display"]).filter(|_| matches!(value, "block" | "inline")))
                .or_else(|| find(&["form"]).filter(|_| matches!(value, "prefix" | "infix" | "postfix")))
                .or_else(|| find(&["mathvariant"]).filter(|_| value == "normal"))
                .or_else(|| find(&["scriptlevel"]).filter(|_| value.len() <= 2 && value.parse::<i8>().is_ok()))
        });
        let classes: Vec<String> = node
            .attribute("class")
            .unwrap_or_default()
            .split_ascii_whitespace()
            .filter(|class| CLASSES.contains(class))
            .map(|class| format!("doc-{class}"))
            .collect();
        if !classes.is_empty() {
            kept.push(("class", classes.join(" ")));
        }
        // A colour is written as a style, which the page's policy refuses; the attribute is not.
        if let Some(color) = node.attribute("style").and_then(color) {
            kept.push(("mathcolor", color));
        }
        if name == "math" {
            kept.push(("alttext", self.source.to_owned()));
        }
        Ok(Tag::Keep(kept))
    }
}

/// `0.1667em`, `-3mu`, `50%`.
fn is_length(value: &str) -> bool {
    let positive = value.strip_prefix('-').unwrap_or(value);
    let digits = positive.trim_end_matches(|c: char| c.is_ascii_lowercase() || c == '%');
    let unit = &positive[digits.len()..];
    value.len() <= 16
        && digits.bytes().all(|c| c.is_ascii_digit() || c == b'.')
        && digits.parse::<f32>().is_ok()
        && matches!(unit, "" | "em" | "ex" | "mu" | "pt" | "px" | "cm" | "mm" | "in" | "pc" | "rem" | "%")
}

/// The colour that a style of the writer's own names: `color: rgb(1 2 3)`.
fn color(style: &str) -> Option<String> {
    let start = if style.starts_with("color:") { 0 } else { style.find("; color:")? + 2 };
    let inside = style[start..].split_once("rgb(")?.1.split_once(')')?.0;
    let parts: Vec<u8> = inside
        .split([' ', ','])
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let [red, green, blue] = parts.as_slice() else { return None };
    Some(format!("#{red:02x}{green:02x}{blue:02x}"))
}

#[cfg(test)]
mod tests {
    use waymark_core::diagnostic::Position;

    use super::*;

    fn check(source: &str) -> String {
        let formula = Formula { source: source.to_owned(), display: false, at: Position::START };
        draw(&formula).unwrap_or_else(|reason| format!("not drawn: {reason}"))
    }

    #[test]
    fn formulas_become_mathml() {
        insta::assert_snapshot!(check("a < b^2"), @r#"<math display="inline" alttext="a &lt; b^2"><mi>a</mi><mo>&lt;</mo><msup><mi>b</mi><mn>2</mn></msup></math>"#);
        insta::assert_snapshot!(check("\\begin{array}{l|r} a & b \\end{array}"), @r#"<math display="inline" alttext="\begin{array}{l|r} a &amp; b \end{array}"><mtable class="doc-menv-arraylike"><mtr><mtd class="doc-cell-left doc-menv-right-solid"><mi>a</mi></mtd><mtd class="doc-cell-right"><mi>b</mi></mtd></mtr></mtable></math>"#);
        insta::assert_snapshot!(check("\\mbox{x y} \\color{red} z"), @r##"<math display="inline" alttext="\mbox{x y} \color{red} z"><mtext>{x y}</mtext><mi mathcolor="#ff0000">z</mi></math>"##);
        for source in [
            "\\sum_{i=0}^{n} i = \\frac{n(n+1)}{2}",
            "\\operatorname{ker} f=\\{g\\in G:f(g)=e_{H}\\}{\\mbox{.}}",
            "\\text{availability} = 1 - \\frac{\\text{errors}}{\\text{requests}}",
            "\\begin{align} a &= b \\\\ c &= d \\tag{1} \\end{align}",
            "\\begin{cases} 1 & x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}",
            "p = \\Bigl( \\sum_i s_i \\Bigr) \\bigg| \\big\\{ x \\big\\}",
            "\\sqrt[3]{x} \\left( \\frac{1}{2} \\right] \\mathbb{R} \\vec{v} \\hspace{2em}",
        ] {
            let html = check(source);
            assert!(html.starts_with("<math display=\"inline\" alttext=") && !html.contains(" style="), "{html}");
        }
    }

    #[test]
    fn what_is_no_formula_says_why() {
        for (source, reason) in [
            ("\\frac{a", "unbalanced group"),
            ("\\nonsense{x}", "unknown"),
            ("\\def\\a{\\b\\b}", "`\\def` is not read here"),
            ("", "it is empty"),
        ] {
            let said = check(source);
            assert!(said.starts_with("not drawn: ") && said.contains(reason), "{source}: {said}");
        }
        assert!(check(&"{".repeat(1000)).contains("nested more than"));
        assert!(check(&"x".repeat(5000)).contains("longer than"));
        assert!(check("\\text{<script>alert(1)</script>}").contains("&lt;script&gt;"));
        assert!(check("\\href{javascript:alert(1)}{x}").starts_with("not drawn"));
    }

    #[test]
    fn only_lengths_are_lengths() {
        for good in ["0", "0.1667em", "-3mu", "50%", ".5ex"] {
            assert!(is_length(good), "{good}");
        }
        for bad in ["", "em", "1em;x", "calc(1em)", "1 em", "--1em", "url(x)", "1e400000000000em"] {
            assert!(!is_length(bad), "{bad}");
        }
        assert_eq!(color("color: rgb(1 2 255)").as_deref(), Some("#0102ff"));
        assert_eq!(color("background: rgb(1 2 3)"), None);
    }
}
