//! A structural check of finished HTML, by a parser that shares no code with the engine's passes.

use std::cell::RefCell;

use html5ever::{
    tendril::StrTendril,
    tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts},
};

use crate::sanitize::{allows_class, attributes_of, is_allowed_tag};

/// Says what is in `html` that must not be there.
pub(super) fn audit(html: &str) -> Result<(), String> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Auditor::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    match tokenizer.sink.fault.into_inner() {
        Some(fault) => Err(fault),
        None => Ok(()),
    }
}

#[derive(Default)]
struct Auditor {
    fault: RefCell<Option<String>>,
}

impl TokenSink for Auditor {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let fault = match token {
            Token::TagToken(tag) => check(&tag).err(),
            Token::CommentToken(text) => Some(format!("a comment: {text}")),
            Token::DoctypeToken(_) => Some("a doctype".to_owned()),
            _ => None,
        };
        if let Some(fault) = fault {
            self.fault.borrow_mut().get_or_insert(fault);
        }
        TokenSinkResult::Continue
    }
}

fn check(tag: &Tag) -> Result<(), String> {
    let name = &*tag.name;
    if is_figure(name) {
        return figure(tag);
    }
    if !is_allowed_tag(name) && !["button", "progress"].contains(&name) {
        return Err(format!("the element `{name}`"));
    }
    if tag.kind == TagKind::EndTag {
        return Ok(());
    }
    let get = |wanted: &str| tag.attrs.iter().find(|attr| &*attr.name.local == wanted).map(|attr| &*attr.value);
    if name == "button" && !(get("role") == Some("tab") || get("class") == Some("wm-codeblock__copy doc-chrome")) {
        return Err("a button that is not ours".to_owned());
    }
    for attr in &tag.attrs {
        value(name, &attr.name.local, &attr.value)
            .map_err(|fault| format!("{fault}: <{name} {}=\"{}\">", &*attr.name.local, attr.value))?;
    }
    Ok(())
}

fn value(tag: &str, name: &str, value: &str) -> Result<(), &'static str> {
    let ok = match name {
        "id" => value.starts_with("doc-") || value.starts_with("wm-tab-") || value.starts_with("wm-panel-"),
        "class" => value.split(' ').all(is_class),
        "href" => {
            tag == "a"
                && ["/docs/s/", "/app/", "#doc-", "https://", "http://", "mailto:", "waymark-doc://localhost/s/"]
                    .iter()
                    .any(|start| value.starts_with(start))
        }
        "src" => tag == "img" && value.starts_with("waymark-doc://localhost/s/"),
        "rel" => value.starts_with("external"),
        // Text for tools; nothing follows it.
        "data-href" => tag == "a" && !value.trim_start().to_lowercase().starts_with("javascript:"),
        "title" | "lang" | "dir" | "alt" => true,
        "role" => ["group", "img", "tab", "tablist", "tabpanel"].contains(&value),
        "type" if tag == "ol" => ["1", "a", "A", "i", "I"].contains(&value),
        "type" => value == "button",
        "max" | "value" => tag == "progress" && value.bytes().all(|c| c.is_ascii_digit()),
        "tabindex" => ["0", "-1"].contains(&value),
        "loading" => value == "lazy",
        "hidden" | "open" | "data-copy" => value.is_empty(),
        "aria-label" | "aria-controls" | "aria-selected" | "aria-labelledby" => true,
        name => attributes_of(tag).contains(&name) && value.bytes().all(|c| c.is_ascii_alphanumeric()),
    };
    if ok { Ok(()) } else { Err("an attribute that must not be there") }
}

/// Elements of formulas and diagrams, of which no author can write any.
fn is_figure(name: &str) -> bool {
    let math =
        name == "math" || name.starts_with('m') && !["mark", "main", "map", "meta", "menu", "meter"].contains(&name);
    let shapes = ["svg", "g", "defs", "marker", "path", "rect", "circle", "ellipse", "line", "polygon", "polyline"];
    let never = ["maction", "mglyph", "menclose", "merror"].contains(&name);
    !never && (math || shapes.contains(&name) || ["text", "tspan"].contains(&name))
}

/// Attributes of figures: no addresses, no styles, nothing that runs.
fn figure(tag: &Tag) -> Result<(), String> {
    for attr in &tag.attrs {
        let (name, value) = (&*attr.name.local, &*attr.value);
        let plain = |extra: &[u8]| value.bytes().all(|c| c.is_ascii_alphanumeric() || extra.contains(&c));
        let ok = match name {
            "alttext" => true,
            "class" => value.split(' ').all(|class| class.starts_with("doc-")),
            "id" => value.starts_with("wm-diagram-") && plain(b"-_"),
            "marker-start" | "marker-mid" | "marker-end" => {
                value.starts_with("url(#wm-diagram-") && value.ends_with(')') && plain(b"-_()#")
            }
            "fill" | "transform" => !value.contains("url") && plain(b" ,.+-()#%/"),
            "mathcolor" => value.starts_with('#') && plain(b"#"),
            name if name.starts_with("on") || ["style", "href", "src", "from", "to", "values"].contains(&name) => false,
            _ => plain(b" ,.+-%\n"),
        };
        if !ok || name.contains(':') {
            return Err(format!("an attribute that must not be there: <{} {name}=\"{value}\">", &*tag.name));
        }
    }
    Ok(())
}

fn is_class(class: &str) -> bool {
    let ours = ["doc-", "wm-codeblock", "wm-syn-", "tabbed-", "language-"];
    allows_class(class) || ours.iter().any(|prefix| class.starts_with(prefix))
}

#[test]
fn the_audit_finds_what_it_should() {
    for bad in [
        "<script>",
        "<p onclick=x>",
        "<a href=javascript:x>",
        "<img src=https://a>",
        "<p style=x>",
        "<!--x-->",
        "<p id=root>",
        "<p class=wm-button>",
        "<button>",
        "<a href=/settings>",
        "<p role=alert>",
        "<svg onload=x>",
        "<svg><foreignobject>",
        "<svg><use href=x>",
        "<g style=x>",
        "<path fill=url(http://a)>",
        "<math><maction>",
        "<math><mi href=x>",
        "<marker id=root>",
    ] {
        assert!(audit(bad).is_err(), "{bad}");
    }
    assert_eq!(audit("<p class=\"note\" id=\"doc-a\">a &lt;script&gt; <a href=\"/docs/s/x.md\">b</a></p>"), Ok(()));
}
