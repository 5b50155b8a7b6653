//! What happens after a panic: the log gets a line and the person a plain panel.
//!
//! A panic does not unwind in wasm, so nothing of Leptos works after it; the panel is built with
//! plain DOM calls.

use std::panic::PanicHookInfo;

use wasm_bindgen::{JsCast, closure::Closure};
use waymark_api::ipc::system::ReportProblem;

use crate::backend::tauri;

/// Installs the hook. Call once, before anything is mounted.
pub(crate) fn install_hook() {
    std::panic::set_hook(Box::new(|info| {
        report(info);
        show_panel();
    }));
}

fn report(info: &PanicHookInfo<'_>) {
    let message = format!("the interface stopped: {info}");
    web_sys::console::error_1(&message.as_str().into());
    if tauri::is_available() {
        tauri::send_and_forget(&ReportProblem { message });
    }
}

fn show_panel() {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Some(panel) = document.get_element_by_id("boot-error") else { return };
    let (Ok(text), Ok(button)) = (document.create_element("p"), document.create_element("button")) else { return };
    text.set_text_content(Some("Waymark stopped. Everything that was saved is still there."));
    button.set_text_content(Some("Reload"));
    button.set_class_name("wm-button wm-button--primary");
    let reload = Closure::<dyn Fn()>::new(|| {
        if let Some(window) = web_sys::window() {
            // Where reloading is refused, the panel simply stays.
            let _ = window.location().reload();
        }
    });
    // A failed listener leaves a panel without a working button, which still says what happened.
    let _ = button.add_event_listener_with_callback("click", reload.as_ref().unchecked_ref());
    reload.forget();
    panel.set_text_content(None);
    let _ = panel.append_child(&text);
    let _ = panel.append_child(&button);
    let _ = panel.remove_attribute("hidden");
}
