//! A fact exactly as it is kept, or was sent.

use leptos::prelude::*;

use super::model::{JsonLine, Part, compact_bytes, lines};
use crate::kit::{ButtonKind, ButtonSize, CopyButton};

/// JSON in lines and colours, with its size and a button that copies it.
#[component]
pub(super) fn Payload(
    /// Indented JSON.
    #[prop(into)]
    json: String,
    /// The same as it was sent, where it was; what is copied then are these bytes.
    #[prop(optional, into)]
    sent: Option<String>,
) -> impl IntoView {
    let bytes = sent.as_ref().map_or_else(|| compact_bytes(&json), String::len);
    let rows = lines(&json).into_iter().map(line).collect_view();
    view! {
        <div class="wm-payload">
            <div class="wm-payload__head">
                <span class="wm-num">{format!("{bytes} bytes, indented to read")}</span>
                <CopyButton text=sent.unwrap_or(json) label="Copy JSON" size=ButtonSize::Small kind=ButtonKind::Ghost/>
            </div>
            <pre class="wm-payload__text"><code>{rows}</code></pre>
        </div>
    }
}

fn line(JsonLine { depth, parts }: JsonLine) -> impl IntoView {
    let part = |(part, text): (Part, String)| match class(part) {
        Some(class) => view! { <span class=class>{text}</span> }.into_any(),
        None => text.into_any(),
    };
    let parts = parts.into_iter().map(part).collect_view();
    // The line break is for the clipboard: the lines are blocks of their own.
    view! { <span class="wm-payload__line" style:--wm-depth=depth.to_string()>{parts}"\n"</span> }
}

fn class(part: Part) -> Option<&'static str> {
    match part {
        Part::Key => Some("wm-payload__key"),
        Part::Text => Some("wm-payload__string"),
        Part::Number => Some("wm-payload__number"),
        Part::Word => Some("wm-payload__word"),
        Part::Mark => None,
    }
}
