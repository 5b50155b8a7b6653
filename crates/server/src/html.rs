//! What the server's few pages for browsers have in common: no script, nothing from elsewhere.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};

/// A page has one style sheet of its own and nothing else.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:3rem auto;padding:0 1rem;\
color:#1c2430;background:#fff}a{color:#1a56c4}h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2rem}\
code,pre{font-family:ui-monospace,monospace}small{color:#566274}\
@media(prefers-color-scheme:dark){body{color:#e6eaf0;background:#12161c}a{color:#8ab4ff}small{color:#9aa7b8}}";

/// A whole page around `body`; `style` are the rules that only this page has.
pub(crate) fn page(title: &str, style: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{}</title><style>{STYLE}{style}</style>{body}</html>",
        escaped(title)
    )
}

/// A page as an answer, under a policy that lets nothing run.
pub(crate) fn answer(page: impl IntoResponse) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, page).into_response()
}

/// Text that is text in HTML.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(escaped("<b>\"a\" & b</b>"), "&lt;b&gt;&quot;a&quot; &amp; b&lt;/b&gt;");
        assert!(page("<script>", "", "").contains("<title>&lt;script&gt;</title>"));
    }
}
