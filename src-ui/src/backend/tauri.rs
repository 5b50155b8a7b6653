//! The bridge: `window.__TAURI_INTERNALS__`, which is all that Tauri's own JavaScript calls.

use js_sys::{Function, Object, Reflect};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;
use waymark_api::{Code, IpcError, Request, topic::Topic};

use super::early;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["window", "__TAURI_INTERNALS__"], js_name = invoke, catch)]
    fn invoke(command: &str, arguments: &JsValue) -> Result<js_sys::Promise, JsValue>;

    #[wasm_bindgen(js_namespace = ["window", "__TAURI_INTERNALS__"], js_name = transformCallback, catch)]
    fn transform_callback(callback: &Function, once: bool) -> Result<JsValue, JsValue>;
}

/// Whether the page runs inside Waymark's window.
pub(crate) fn is_available() -> bool {
    web_sys::window()
        .and_then(|window| Reflect::get(&window, &"__TAURI_INTERNALS__".into()).ok())
        .is_some_and(|internals| internals.is_object())
}

/// Sends a request and decodes its reply.
///
/// # Errors
///
/// What the shell answered, or [`Code::Unknown`] where the bridge itself failed.
pub(crate) async fn send<R: Request>(request: &R) -> Result<R::Reply, IpcError> {
    let payload = payload(request)?;
    let promise = match early::take(R::COMMAND, &payload) {
        Some(answer) => answer,
        None => invoke(R::COMMAND, &arguments(payload)).map_err(decode_error)?,
    };
    let reply = wasm_bindgen_futures::JsFuture::from(promise).await.map_err(decode_error)?;
    serde_wasm_bindgen::from_value(reply).map_err(|error| unknown(format!("read the reply to {}: {error}", R::COMMAND)))
}

/// Sends a request whose answer nobody waits for; works after a panic as well.
pub(crate) fn send_and_forget<R: Request>(request: &R) {
    if let Ok(payload) = payload(request) {
        // Nobody is left to tell.
        let _ = invoke(R::COMMAND, &arguments(payload));
    }
}

/// Calls `on_topic` for every topic that the shell pushes, for as long as the page lives.
///
/// # Errors
///
/// [`Code::Unknown`] where the shell refuses to listen.
pub(crate) fn listen(on_topic: impl Fn(Topic) + 'static) -> Result<(), IpcError> {
    let callback = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
        let payload = Reflect::get(&event, &"payload".into()).unwrap_or(JsValue::NULL);
        match serde_wasm_bindgen::from_value(payload) {
            Ok(topic) => on_topic(topic),
            Err(error) => web_sys::console::warn_1(&format!("a topic cannot be read: {error}").into()),
        }
    });
    let handler = transform_callback(callback.as_ref().unchecked_ref(), false).map_err(decode_error)?;
    callback.forget();
    let target = object([("kind", "Any".into())]);
    let arguments =
        object([("event", waymark_api::topic::TOPIC_EVENT.into()), ("target", target), ("handler", handler)]);
    invoke("plugin:event|listen", &arguments).map_err(decode_error).map(drop)
}

/// What a request carries. Objects, because a top-level array would travel as raw bytes;
/// JSON-compatible, because the default turns 64-bit integers into `BigInt`.
fn payload<R: Request>(request: &R) -> Result<JsValue, IpcError> {
    request
        .serialize(&Serializer::json_compatible())
        .map_err(|error| unknown(format!("write the request {}: {error}", R::COMMAND)))
}

/// The one argument of every command.
fn arguments(payload: JsValue) -> JsValue {
    object([("request", payload)])
}

fn object<const N: usize>(fields: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &name.into(), &value).expect("a new object takes any field");
    }
    object.into()
}

/// A rejected value: our own error, or whatever Tauri says in words.
fn decode_error(value: JsValue) -> IpcError {
    if let Ok(error) = serde_wasm_bindgen::from_value::<IpcError>(value.clone()) {
        return error;
    }
    let text = value
        .as_string()
        .or_else(|| Reflect::get(&value, &"message".into()).ok()?.as_string())
        .unwrap_or_else(|| format!("{value:?}"));
    unknown(text)
}

fn unknown(message: String) -> IpcError {
    IpcError::new(Code::Unknown, message)
}
