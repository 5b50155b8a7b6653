//! Code blocks as HTML: a head with title, language and a copy button, and lines with class spans.
//!
//! Everything here is written from typed values after the sanitiser; the code itself is only ever
//! escaped text. Failure to highlight shows the code.

mod language;
mod spans;

use std::sync::{Arc, Mutex, PoisonError};

use syntect::parsing::SyntaxSet;

use waymark_core::diagnostic::Position;

use crate::markdown::{escape, info::Info};

/// A code block.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    /// What the fence says.
    pub(crate) info: Info,
    /// The code.
    pub(crate) text: String,
    /// Where it stands.
    pub(crate) at: Position,
}

/// The grammars, from the first page with a known language until [`rest`]. With the expressions of the
/// languages that were met, which are translated when they are first needed, they take up to 30 MB.
static GRAMMARS: Mutex<Option<Arc<SyntaxSet>>> = Mutex::new(None);

/// Code beyond this many bytes in one block is shown without colours.
const MAX_BLOCK: usize = 64 * 1024;
/// A line beyond this many bytes ends the colouring of its block: regular expressions on it are slow.
const MAX_LINE: usize = 1024;

/// How much code may be highlighted on one page.
#[derive(Debug)]
pub(crate) struct Budget {
    left: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { left: 256 * 1024 }
    }
}

/// The whole block.
pub(crate) fn block(code: &Code, budget: &mut Budget) -> String {
    let language = language::language(&code.info.language);
    let text = code.text.trim_end_matches('\n');
    let token = language.token.as_deref().filter(|_| allowed(text, budget));
    let lines = token.and_then(|token| highlighted(text, token));
    let lines = lines.unwrap_or_else(|| text.split('\n').map(escape).collect());
    let mut out = String::with_capacity(code.text.len() * 2 + 512);
    let numbered = if code.info.numbered { " wm-codeblock--numbered" } else { "" };
    out.push_str(&format!("<div class=\"wm-codeblock{numbered}\">"));
    out.push_str(&head(code.info.title.as_deref(), &language.label));
    let class = class_of(&code.info.language);
    out.push_str(&format!(
        "<pre tabindex=\"0\" role=\"group\" aria-label=\"{}\"><code{class}>",
        escape(&name(&language.label, code.info.title.as_deref(), lines.len()))
    ));
    for (number, line) in (1_u32..).zip(&lines) {
        let marked = code.info.marked.iter().any(|(from, to)| (*from..=*to).contains(&number));
        let on = if marked { " wm-codeblock__line--on" } else { "" };
        out.push_str(&format!("<span class=\"wm-codeblock__line{on}\">{line}\n</span>"));
    }
    out.push_str("</code></pre></div>");
    out
}

/// A code span with the colours of its language.
pub(crate) fn span(name: &str, text: &str, budget: &mut Budget) -> String {
    let language = language::language(name);
    let token = language.token.as_deref().filter(|_| allowed(text, budget));
    let lines = token.and_then(|token| highlighted(text, token));
    format!("<code{}>{}</code>", class_of(name), lines.map_or_else(|| escape(text), |lines| lines.join("\n")))
}

fn head(title: Option<&str>, label: &str) -> String {
    let title = title.map(|title| format!("<span class=\"wm-codeblock__title filename\">{}</span>", escape(title)));
    let label = Some(label).filter(|label| !label.is_empty());
    let label = label.map(|label| format!("<span class=\"wm-codeblock__lang doc-chrome\">{}</span>", escape(label)));
    format!(
        "<div class=\"wm-codeblock__head\">{}{}\
         <button type=\"button\" class=\"wm-codeblock__copy doc-chrome\" data-copy aria-label=\"Copy code\">Copy</button></div>",
        title.unwrap_or_default(),
        label.unwrap_or_default()
    )
}

/// What a screen reader says on reaching the block: it scrolls, so it takes the focus.
fn name(label: &str, title: Option<&str>, lines: usize) -> String {
    let label = if label.is_empty() { "Code" } else { label };
    let title = title.map(|title| format!("{title}, ")).unwrap_or_default();
    let unit = if lines == 1 { "line" } else { "lines" };
    format!("{title}{label}, {lines} {unit}")
}

/// `class="language-…"` for names that are safe to be one.
fn class_of(name: &str) -> String {
    let safe = !name.is_empty()
        && name.len() <= 32
        && name.bytes().all(|c| c.is_ascii_alphanumeric() || b"-_+#.".contains(&c));
    if safe { format!(" class=\"language-{}\"", escape(name)) } else { String::new() }
}

fn allowed(text: &str, budget: &mut Budget) -> bool {
    let ok =
        text.len() <= MAX_BLOCK && text.len() <= budget.left && text.split('\n').all(|line| line.len() <= MAX_LINE);
    if ok {
        budget.left -= text.len();
    }
    ok
}

/// The lines in colours, where the language is known.
fn highlighted(text: &str, token: &str) -> Option<Vec<String>> {
    let grammars = grammars();
    let grammar = grammars.find_syntax_by_token(token).filter(|grammar| grammar.name != "Plain Text")?;
    Some(spans::highlighted(text, grammar, &grammars))
}

fn grammars() -> Arc<SyntaxSet> {
    // A set is put there as a whole or not at all, so one that another thread left is good.
    let mut kept = GRAMMARS.lock().unwrap_or_else(PoisonError::into_inner);
    Arc::clone(kept.get_or_insert_with(|| Arc::new(two_face::syntax::extra_newlines())))
}

/// Forgets the grammars; the next page that needs one loads them again.
pub(crate) fn rest() {
    *GRAMMARS.lock().unwrap_or_else(PoisonError::into_inner) = None;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(info: &str, text: &str) -> String {
        block(
            &Code { info: crate::markdown::info::read(info), text: text.to_owned(), at: Position::START },
            &mut Budget::default(),
        )
    }

    #[test]
    fn a_block_has_a_head_and_coloured_lines() {
        let html = check("rust title=\"a.rs\" hl_lines=\"2\"", "// hi\nlet x = \"<b>\";\n");
        let (head, code) = html.split_once("<pre").expect("a block has code");
        insta::assert_snapshot!(head, @r#"<div class="wm-codeblock"><div class="wm-codeblock__head"><span class="wm-codeblock__title filename">a.rs</span><span class="wm-codeblock__lang doc-chrome">Rust</span><button type="button" class="wm-codeblock__copy doc-chrome" data-copy aria-label="Copy code">Copy</button></div>"#);
        insta::assert_snapshot!(code, @r#"
         tabindex="0" role="group" aria-label="a.rs, Rust, 2 lines"><code class="language-rust"><span class="wm-codeblock__line"><span class="wm-syn-comment">// hi</span>
        </span><span class="wm-codeblock__line wm-codeblock__line--on"><span class="wm-syn-keyword">let</span> x = <span class="wm-syn-string">&quot;&lt;b&gt;&quot;</span>;
        </span></code></pre></div>
        "#);
    }

    #[test]
    fn common_languages_have_colours() {
        for (language, code, expected) in [
            ("yaml", "key: 12 # c", "wm-syn-number"),
            ("sh", "if true; then echo \"x\"; fi", "wm-syn-keyword"),
            ("console", "$ echo \"x\"", "wm-syn-string"),
            ("python", "def f(x): return None", "wm-syn-function"),
            ("json", "{\"a\": true}", "wm-syn-"),
            ("go", "func main() {}", "wm-syn-keyword"),
            ("dockerfile", "FROM x", "wm-syn-keyword"),
            ("toml", "a = 1", "wm-syn-number"),
            ("typescript", "const a: string = 'x'", "wm-syn-string"),
            ("terraform", "resource \"a\" \"b\" {}", "wm-syn-string"),
            ("sql", "select 1", "wm-syn-keyword"),
            ("diff", "-a\n+b", "wm-syn-"),
        ] {
            let html = check(language, code);
            assert!(html.contains(expected), "{language}: {html}");
        }
        assert!(!check("nonsense", "let x").contains("wm-syn"), "an unknown language is plain");
        assert!(!check("text", "let x").contains("wm-codeblock__lang"), "plain text needs no name");
    }

    #[test]
    fn after_a_rest_code_has_the_same_colours() {
        let before = check("toml", "a = 1 # b");
        rest();
        assert_eq!(check("toml", "a = 1 # b"), before);
        assert!(before.contains("wm-syn-number"), "{before}");
    }

    #[test]
    fn huge_and_odd_code_is_shown_plainly() {
        assert!(!check("rust", &"let x = 1;\n".repeat(9000)).contains("wm-syn"));
        assert!(!check("json", &format!("\"{}\"", "x".repeat(5000))).contains("wm-syn"));
        assert!(check("\"><script>", "x").contains("&quot;&gt;&lt;script&gt;"), "a name is only ever text");
    }
}
