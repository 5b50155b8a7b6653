//! The page of the floor: a heading, a counter, and the signal that it can be used.

use js_sys::{Object, Promise};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["window", "__TAURI_INTERNALS__"])]
    fn invoke(command: &str, arguments: &Object) -> Promise;
}

fn main() {
    mount_to_body(Page);
    announce_ready();
}

/// The smallest page that still reacts to a click.
#[component]
fn Page() -> impl IntoView {
    let count = RwSignal::new(0);
    view! {
        <main>
            <h1>"The floor"</h1>
            <p>"A window, a page and nothing else."</p>
            <button on:click=move |_| count.update(|count| *count += 1)>"Clicked " {count} " times"</button>
        </main>
    }
}

/// Leaves the marks that Waymark leaves as well: an attribute for tests, a performance mark for
/// the bench, and the call that shows the window.
fn announce_ready() {
    let window = web_sys::window().expect("a page has a window");
    let body = window.document().and_then(|document| document.body()).expect("a loaded page has a body");
    body.set_attribute("data-ready", "true").expect("an attribute name without odd characters is accepted");
    if let Some(performance) = window.performance() {
        // A missing mark makes the bench stop with a message; the page itself does not need it.
        let _ = performance.mark("ready");
    }
    // The answer carries nothing; a refusal leaves the window hidden, which the bench reports.
    let _ = invoke("ui_ready", &Object::new());
}
