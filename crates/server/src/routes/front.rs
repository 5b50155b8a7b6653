//! `GET /`: what somebody reads who opens the server's address in a browser, as one does with an invite at hand.

use axum::{extract, response::Response};

use crate::{
    html::{self, escaped},
    operation::{Operation, Who},
    state::State,
};

/// The page for browsers.
pub(crate) fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/", front)
            .about("What this address is for, for somebody who opens it in a browser.", Who::Anyone)
            .gives_as(200, "text/html"),
    ]
}

/// `GET /`.
pub(crate) async fn front(extract::State(state): extract::State<State>) -> Response {
    let identity = state.identity();
    html::answer(page(&identity.name, &identity.url))
}

fn page(name: &str, url: &str) -> String {
    let (name, url) = (escaped(name), escaped(url));
    let title = format!("{name} on Waymark");
    let body = format!(
        "<h1>{title}</h1>\
         <p>This is the address of a team's server. There is nothing to do here in a browser: open it with the app.</p>\
         <h2>You have an invite</h2>\
         <p>Open its link on the computer that has Waymark. Or, in the app, open <b>Settings › Account</b> and \
         give it the code and this address:</p><pre>{url}</pre>\
         <p><small>Before anything is shared, the app shows whom the invite is for and what leaves your computer.</small></p>\
         <h2>You have none</h2>\
         <p>Your manager makes one, in the app: <b>Team › Invite somebody…</b></p>\
         <h2>You write a program</h2>\
         <p>Every request is described at <a href=\"/openapi\">/openapi</a>.</p>"
    );
    html::page(&title, "", &body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_shown_as_text() {
        let page = page("R<b>&D", "https://team.example");
        assert!(page.contains("R&lt;b&gt;&amp;D on Waymark") && !page.contains("<script"), "{page}");
    }
}
