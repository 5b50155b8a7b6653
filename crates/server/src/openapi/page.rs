//! The description as a page: no script, nothing from elsewhere.

use std::fmt::Write as _;

use serde_json::Value;

use crate::html::{self, escaped};

/// Rules beside those of every page: requests, and types to unfold.
const STYLE: &str = "body{max-width:60rem}h2{margin:2.5rem 0 0}h2 b{display:inline-block;min-width:4.5rem}\
pre{background:#f4f4f6;padding:.8rem;overflow:auto;font-size:.85rem}dt{float:left;clear:left;width:7rem;color:#566274}\
dd{margin-left:7.5rem}@media(prefers-color-scheme:dark){pre{background:#1d242e}dt{color:#9aa7b8}}";

/// The page of a document.
pub(super) fn page(document: &Value) -> String {
    let mut body = format!(
        "<h1>Waymark team server</h1><p>{}</p>\
         <p>For programs: <a href=\"/openapi.json\">/openapi.json</a></p>",
        escaped(document["info"]["description"].as_str().unwrap_or_default())
    );
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            let id = operation["operationId"].as_str().unwrap_or_default();
            let _ = write!(
                body,
                "<section aria-labelledby=\"{id}\"><h2 id=\"{id}\"><b>{}</b> <code>{}</code></h2><p>{}</p>",
                method.to_uppercase(),
                escaped(path),
                escaped(operation["summary"].as_str().unwrap_or_default())
            );
            body.push_str("<dl><dt>Who</dt><dd>");
            body.push_str(&escaped(operation["x-waymark-who"].as_str().unwrap_or_default()));
            body.push_str("</dd>");
            for (what, name) in [("requestBody", "Takes"), ("parameters", "With")] {
                let shown = shown(&operation[what]);
                if !shown.is_empty() {
                    let _ = write!(body, "<dt>{name}</dt><dd>{shown}</dd>");
                }
            }
            for (status, response) in operation["responses"].as_object().into_iter().flatten() {
                let about = escaped(response["description"].as_str().unwrap_or_default()).replace('`', "");
                let kind = if status.starts_with('2') { shown(response) } else { String::new() };
                let _ = write!(body, "<dt>{status}</dt><dd>{about} {kind}</dd>");
            }
            body.push_str("</dl></section>");
        }
    }
    body.push_str("<h1>Types</h1>");
    for (name, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
        let text = serde_json::to_string_pretty(schema).unwrap_or_default();
        let name = escaped(name);
        let _ = write!(
            body,
            "<details id=\"{name}\"><summary><code>{name}</code></summary><pre>{}</pre></details>",
            escaped(&text)
        );
    }
    html::page("Waymark team server", STYLE, &body)
}

/// A body or a list of parameters in a few words.
fn shown(value: &Value) -> String {
    let mut words = Vec::new();
    for (kind, media) in value["content"].as_object().into_iter().flatten() {
        let name = media["schema"]["$ref"].as_str().and_then(|path| path.rsplit('/').next());
        words.push(match name {
            Some(name) => format!("<a href=\"#{0}\">{0}</a>", escaped(name)),
            None => format!("<code>{}</code>", escaped(kind)),
        });
    }
    for parameter in value.as_array().into_iter().flatten() {
        let text = |key: &str| escaped(parameter[key].as_str().unwrap_or_default());
        words.push(format!("<code>{}</code> {}", text("name"), text("description")));
    }
    words.join(", ")
}
