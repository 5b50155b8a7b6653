//! The description as a page: no script, nothing from elsewhere.

use std::fmt::Write as _;

use serde_json::Value;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;\
color:#1c1c1e;background:#fff}code,pre{font-family:ui-monospace,monospace}h2{margin:2.5rem 0 0;font-size:1.1rem}\
h2 b{display:inline-block;min-width:4.5rem}pre{background:#f4f4f6;padding:.8rem;overflow:auto;font-size:.85rem}\
dt{float:left;clear:left;width:7rem;color:#555}dd{margin-left:7.5rem}\
@media(prefers-color-scheme:dark){body{color:#eee;background:#1c1c1e}pre{background:#2a2a2d}dt{color:#aaa}}";

/// The page of a document.
pub(super) fn page(document: &Value) -> String {
    let mut html = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         <title>Waymark team server</title><style>{STYLE}</style><h1>Waymark team server</h1><p>{}</p>\
         <p>For programs: <a href=\"/openapi.json\">/openapi.json</a></p>",
        escaped(document["info"]["description"].as_str().unwrap_or_default())
    );
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            let id = operation["operationId"].as_str().unwrap_or_default();
            let _ = write!(
                html,
                "<section aria-labelledby=\"{id}\"><h2 id=\"{id}\"><b>{}</b> <code>{}</code></h2><p>{}</p>",
                method.to_uppercase(),
                escaped(path),
                escaped(operation["summary"].as_str().unwrap_or_default())
            );
            html.push_str("<dl><dt>Who</dt><dd>");
            html.push_str(&escaped(operation["x-waymark-who"].as_str().unwrap_or_default()));
            html.push_str("</dd>");
            for (what, name) in [("requestBody", "Takes"), ("parameters", "With")] {
                let shown = shown(&operation[what]);
                if !shown.is_empty() {
                    let _ = write!(html, "<dt>{name}</dt><dd>{shown}</dd>");
                }
            }
            for (status, response) in operation["responses"].as_object().into_iter().flatten() {
                let about = escaped(response["description"].as_str().unwrap_or_default()).replace('`', "");
                let kind = if status.starts_with('2') { shown(response) } else { String::new() };
                let _ = write!(html, "<dt>{status}</dt><dd>{about} {kind}</dd>");
            }
            html.push_str("</dl></section>");
        }
    }
    html.push_str("<h1>Types</h1>");
    for (name, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
        let text = serde_json::to_string_pretty(schema).unwrap_or_default();
        let name = escaped(name);
        let _ = write!(
            html,
            "<details id=\"{name}\"><summary><code>{name}</code></summary><pre>{}</pre></details>",
            escaped(&text)
        );
    }
    html
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

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
