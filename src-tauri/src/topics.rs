//! The app's topics become webview events.

use std::sync::Arc;

use tauri::{AppHandle, Emitter, Runtime};
use waymark_api::topic::{TOPIC_EVENT, Topic};
use waymark_app::ports::Topics;

/// Asks the interface to go to a place.
pub(crate) fn go_to<R: Runtime>(tauri: &AppHandle<R>, route: String) {
    Window(tauri.clone()).publish(Topic::Navigate(route));
}

/// Sends topics to every window.
pub(crate) fn emitter<R: Runtime>(tauri: &AppHandle<R>) -> Arc<dyn Topics> {
    Arc::new(Window(tauri.clone()))
}

struct Window<R: Runtime>(AppHandle<R>);

impl<R: Runtime> Topics for Window<R> {
    fn publish(&self, topic: Topic) {
        if let Err(error) = self.0.emit(TOPIC_EVENT, &topic) {
            tracing::warn!(%error, "a change could not be pushed to the window");
        }
    }
}
