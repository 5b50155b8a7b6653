//! Keys as people see them on their keyboard.

use leptos::prelude::*;
use waymark_api::ipc::start::Platform;

use super::{Icon, IconView};
use crate::state::Session;

/// Keys of a shortcut, for instance `Ctrl+Shift+D`; on macOS ⌘ instead of Ctrl.
#[component]
pub(crate) fn Kbd(
    /// The keys, joined by `+`; `Enter`, `↑` and `↓` are drawn.
    #[prop(into)]
    keys: String,
) -> impl IntoView {
    let platform = use_context::<Session>().map_or(Platform::Linux, Session::platform);
    let caps = key_caps(&keys, platform)
        .into_iter()
        .map(|cap| match cap.as_str() {
            "Enter" => {
                view! { <kbd><IconView icon=Icon::Enter/><span class="wm-hidden">"Enter"</span></kbd> }.into_any()
            }
            "↑" => view! { <kbd><IconView icon=Icon::Up/><span class="wm-hidden">"Up"</span></kbd> }.into_any(),
            "↓" => view! { <kbd><IconView icon=Icon::Down/><span class="wm-hidden">"Down"</span></kbd> }.into_any(),
            _ => view! { <kbd>{cap}</kbd> }.into_any(),
        })
        .collect_view();
    view! { <span class="wm-kbd">{caps}</span> }
}

/// The caps of a shortcut in the order in which the system prints them.
pub(crate) fn key_caps(keys: &str, platform: Platform) -> Vec<String> {
    // `+` itself may be the last key: "Ctrl++".
    let (head, plus) = match keys.strip_suffix("++") {
        Some(head) => (head, true),
        None => (keys, false),
    };
    let mut caps: Vec<String> = head.split('+').filter(|cap| !cap.is_empty()).map(str::to_owned).collect();
    if plus || keys == "+" {
        caps.push("+".to_owned());
    }
    if platform == Platform::Macos {
        for cap in &mut caps {
            *cap = match cap.as_str() {
                "Ctrl" => "⌘".into(),
                "Shift" => "⇧".into(),
                "Alt" => "⌥".into(),
                _ => continue,
            };
        }
    }
    caps
}

/// The same keys as `aria-keyshortcuts` wants them.
pub(crate) fn aria_keys(keys: &str) -> String {
    keys.replace("Ctrl", "Control").replace('←', "ArrowLeft").replace('→', "ArrowRight")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_prints_its_own_caps() {
        assert_eq!(key_caps("Ctrl+Shift+D", Platform::Linux), ["Ctrl", "Shift", "D"]);
        assert_eq!(key_caps("Ctrl+Shift+D", Platform::Macos), ["⌘", "⇧", "D"]);
        assert_eq!(key_caps("Ctrl++", Platform::Windows), ["Ctrl", "+"]);
        assert_eq!(key_caps("?", Platform::Linux), ["?"]);
    }

    #[test]
    fn screen_readers_get_the_standard_names() {
        assert_eq!(aria_keys("Ctrl+K"), "Control+K");
        assert_eq!(aria_keys("Alt+←"), "Alt+ArrowLeft");
    }
}
