//! `waymark-doc://`: images of sites on this device. Never HTML, script, or an author's SVG.

use tauri::{
    Runtime, UriSchemeContext, UriSchemeResponder,
    http::{Request, Response, StatusCode, header},
};

/// The scheme's name.
pub(crate) const SCHEME: &str = "waymark-doc";

/// What image addresses start with; Windows and Android map custom schemes to a host.
pub(crate) const ASSET_BASE: &str =
    if cfg!(windows) { "http://waymark-doc.localhost" } else { "waymark-doc://localhost" };

/// Answers one request from the library. An address is looked up, never joined to a folder.
pub(crate) fn answer<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let app = crate::app(context.app_handle());
    let path = percent_decode(request.uri().path());
    tauri::async_runtime::spawn(async move {
        let image = match path.as_deref().and_then(split) {
            Some((site, file)) => waymark_app::docs::image(&app, site, file).await,
            None => None,
        };
        responder.respond(match image {
            Some((mime, bytes)) => reply(StatusCode::OK, &mime, bytes),
            None => reply(StatusCode::NOT_FOUND, "text/plain", Vec::new()),
        });
    });
}

fn reply(status: StatusCode, mime: &str, bytes: Vec<u8>) -> Response<Vec<u8>> {
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, mime)
        .header(header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::REFERRER_POLICY, "no-referrer")
        .header(header::CACHE_CONTROL, "no-store")
        .body(bytes)
        .expect("constant header names and table values make a response")
}

/// `/corvane/images/a.png` → (`corvane`, `images/a.png`).
fn split(path: &str) -> Option<(&str, &str)> {
    path.strip_prefix('/')?.split_once('/')
}

/// Undoes percent-encoding once; `None` where the result is no text.
fn percent_decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match hex.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_decoded_once() {
        assert_eq!(percent_decode("/s/a%20b%2520.png").as_deref(), Some("/s/a b%20.png"));
        assert_eq!(percent_decode("/s/%ff.png"), None, "no text");
        assert_eq!(percent_decode("/100%").as_deref(), Some("/100%"));
        assert_eq!(split("/corvane/images/a.png"), Some(("corvane", "images/a.png")));
        assert_eq!(split("/corvane"), None);
    }
}
