//! Whether a press on the keyboard is a shortcut. Plain data, so that layouts and systems are tested.

use waymark_api::ipc::start::Platform;

/// A press on the keyboard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct KeyPress {
    /// What the key means in the person's layout: `k`, `?`, `ArrowLeft`.
    pub(crate) key: String,
    /// Where the key lies on an English keyboard: `KeyK`, `Digit1`.
    pub(crate) code: String,
    /// Control is held.
    pub(crate) ctrl: bool,
    /// Command or the Windows key is held.
    pub(crate) meta: bool,
    /// Shift is held.
    pub(crate) shift: bool,
    /// Alt or Option is held.
    pub(crate) alt: bool,
}

/// Whether `press` is the shortcut that is written like `Ctrl+Shift+D`. `Ctrl` means ⌘ on macOS.
pub(crate) fn matches(shortcut: &str, press: &KeyPress, platform: Platform) -> bool {
    let (modifiers, key) = split(shortcut);
    let wants = |name| modifiers.contains(&name);
    let (primary, other) = match platform {
        Platform::Macos => (press.meta, press.ctrl),
        Platform::Linux | Platform::Windows => (press.ctrl, press.meta),
    };
    if primary != wants("Ctrl") || other || press.alt != wants("Alt") {
        return false;
    }
    // Which signs need Shift depends on the layout, so it counts only for letters, digits and named keys.
    let sign = key.chars().count() == 1 && !key.chars().all(char::is_alphanumeric) && !is_arrow(key);
    if !sign && press.shift != wants("Shift") {
        return false;
    }
    is_key(key, press)
}

fn split(shortcut: &str) -> (Vec<&str>, &str) {
    let at = match shortcut.strip_suffix('+') {
        Some(head) => head.len(),
        None => shortcut.rfind('+').map_or(0, |plus| plus + 1),
    };
    let (head, key) = shortcut.split_at(at);
    (head.split('+').filter(|part| !part.is_empty()).collect(), key)
}

fn is_arrow(key: &str) -> bool {
    matches!(key, "←" | "→" | "↑" | "↓")
}

fn is_key(key: &str, press: &KeyPress) -> bool {
    match key {
        "←" => press.key == "ArrowLeft",
        "→" => press.key == "ArrowRight",
        "↑" => press.key == "ArrowUp",
        "↓" => press.key == "ArrowDown",
        _ if key.eq_ignore_ascii_case(&press.key) => true,
        // French keyboards need Shift for digits, Cyrillic ones have no Latin letters: the place decides.
        _ => match key.as_bytes() {
            [digit @ b'0'..=b'9'] => press.code == format!("Digit{}", char::from(*digit)),
            [letter @ b'A'..=b'Z'] => !press.key.is_ascii() && press.code == format!("Key{}", char::from(*letter)),
            _ => false,
        },
    }
}

/// Whether the webview would do something that belongs to a browser and not to an app.
pub(crate) fn must_be_suppressed(press: &KeyPress, platform: Platform) -> bool {
    const ALWAYS: [&str; 7] = ["F7", "Ctrl+U", "Ctrl+P", "Ctrl+F", "Ctrl+G", "Ctrl+S", "Ctrl+J"];
    const IN_RELEASES: [&str; 4] = ["F5", "Shift+F5", "Ctrl+R", "Ctrl+Shift+R"];
    let any = |list: &[&str]| list.iter().any(|shortcut| matches(shortcut, press, platform));
    any(&ALWAYS) || (!cfg!(debug_assertions) && any(&IN_RELEASES))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: &str, code: &str, held: &str) -> KeyPress {
        KeyPress {
            key: key.into(),
            code: code.into(),
            ctrl: held.contains('c'),
            meta: held.contains('m'),
            shift: held.contains('s'),
            alt: held.contains('a'),
        }
    }

    #[test]
    fn modifiers_must_agree() {
        let linux = Platform::Linux;
        assert!(matches("Ctrl+K", &press("k", "KeyK", "c"), linux));
        assert!(!matches("Ctrl+K", &press("K", "KeyK", "cs"), linux));
        assert!(!matches("Ctrl+K", &press("k", "KeyK", "ca"), linux));
        assert!(!matches("Ctrl+K", &press("k", "KeyK", ""), linux));
        assert!(!matches("Ctrl+K", &press("k", "KeyK", "cm"), linux));
        assert!(matches("Ctrl+Shift+Z", &press("Z", "KeyZ", "cs"), linux));
        assert!(!matches("Ctrl+Z", &press("Z", "KeyZ", "cs"), linux));
    }

    #[test]
    fn macos_uses_command() {
        assert!(matches("Ctrl+K", &press("k", "KeyK", "m"), Platform::Macos));
        assert!(!matches("Ctrl+K", &press("k", "KeyK", "c"), Platform::Macos));
    }

    #[test]
    fn signs_are_found_in_every_layout() {
        let linux = Platform::Linux;
        assert!(matches("?", &press("?", "Slash", "s"), linux), "English");
        assert!(matches("?", &press("?", "Minus", "s"), linux), "German");
        assert!(matches("Ctrl+/", &press("/", "Digit7", "cs"), linux), "German");
        assert!(matches("Ctrl++", &press("+", "Equal", "cs"), linux), "English");
        assert!(matches("Ctrl++", &press("+", "Minus", "c"), linux), "Swedish");
        assert!(matches("Ctrl+=", &press("=", "Equal", "c"), linux));
    }

    #[test]
    fn places_count_where_the_layout_has_no_such_key() {
        let linux = Platform::Linux;
        assert!(matches("Ctrl+1", &press("&", "Digit1", "c"), linux), "French");
        assert!(matches("Ctrl+K", &press("л", "KeyK", "c"), linux), "Cyrillic");
        assert!(!matches("Ctrl+Q", &press("a", "KeyQ", "c"), linux), "French: the letter decides");
    }

    #[test]
    fn arrows_and_function_keys_have_names() {
        assert!(matches("Alt+←", &press("ArrowLeft", "ArrowLeft", "a"), Platform::Linux));
        assert!(matches("Shift+F6", &press("F6", "F6", "s"), Platform::Linux));
        assert!(!matches("F6", &press("F6", "F6", "s"), Platform::Linux));
    }

    #[test]
    fn browser_keys_do_nothing() {
        assert!(must_be_suppressed(&press("u", "KeyU", "c"), Platform::Linux));
        assert!(!must_be_suppressed(&press("c", "KeyC", "c"), Platform::Linux), "copying stays");
        assert!(!must_be_suppressed(&press("a", "KeyA", "c"), Platform::Linux));
    }
}
