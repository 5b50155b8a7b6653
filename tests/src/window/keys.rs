//! The keyboard.

use anyhow::Context as _;
use fantoccini::{
    actions::{InputSource as _, KeyAction, KeyActions},
    key::Key,
};

use super::Window;

/// More places than any page has for Tab to stop at.
const STOPS: usize = 90;

impl Window {
    /// Presses one key with its modifiers: `"Enter"`, `"Control+k"`, `"Shift+Tab"`, `"?"`.
    ///
    /// # Errors
    ///
    /// Where the name of a key is unknown, or the window does not answer.
    pub async fn press(&self, keys: &str) -> anyhow::Result<()> {
        let pressed = parse(keys)?;
        let down = pressed
            .iter()
            .fold(KeyActions::new("keyboard".to_owned()), |actions, key| actions.then(KeyAction::Down { value: *key }));
        let actions = pressed.iter().rev().fold(down, |actions, key| actions.then(KeyAction::Up { value: *key }));
        self.client.perform_actions(actions).await.with_context(|| format!("could not press {keys}"))
    }

    /// Types text into whatever has the focus.
    ///
    /// # Errors
    ///
    /// Where the window does not answer.
    pub async fn types(&self, text: &str) -> anyhow::Result<()> {
        let actions = text.chars().fold(KeyActions::new("keyboard".to_owned()), |actions, key| {
            actions.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key })
        });
        self.client.perform_actions(actions).await.with_context(|| format!("could not type {text:?}"))
    }

    /// Presses Tab until this has the focus, as somebody without a mouse does. Role and name as
    /// [`Window::focused`] says them.
    ///
    /// # Errors
    ///
    /// Where Tab does not lead there; the message says where it led.
    pub async fn tabs_to(&self, role: &str, name: &str) -> anyhow::Result<()> {
        let wanted = format!("{role} | {name}");
        // Once more round where it cannot be used yet.
        self.until(&format!("Tab leads to {wanted:?}"), async || {
            let mut led = Vec::new();
            for _ in 0..STOPS {
                let focused = self.focused().await?;
                if focused.starts_with(&wanted) {
                    return Ok(true);
                }
                // Behind the last place the page is left and entered again.
                if led.contains(&focused) && focused.starts_with("body") {
                    break;
                }
                led.push(focused);
                self.press("Tab").await?;
            }
            anyhow::bail!("it led to {led:#?}")
        })
        .await
    }

    /// Waits until this has the focus, by the beginning of what [`Window::focused`] says.
    ///
    /// # Errors
    ///
    /// Where something else has it.
    pub async fn has_focus(&self, wanted: &str) -> anyhow::Result<()> {
        self.until(&format!("the focus is on {wanted:?}"), async || {
            let focused = self.focused().await?;
            anyhow::ensure!(focused.starts_with(wanted), "it is on {focused:?}");
            Ok(true)
        })
        .await
    }

    /// What has the focus, in words: its role or tag, and its name.
    ///
    /// # Errors
    ///
    /// Where the window does not answer.
    pub async fn focused(&self) -> anyhow::Result<String> {
        let script = "const e = document.activeElement; \
             const name = e.getAttribute('aria-label') || e.labels?.[0]?.textContent || e.innerText || e.placeholder || ''; \
             return `${e.getAttribute('role') || e.tagName.toLowerCase()} | ${name.replace(/\\s+/g, ' ').trim().slice(0, 80)}`";
        self.script(script, vec![]).await
    }
}

/// Modifiers first, then the key itself.
fn parse(keys: &str) -> anyhow::Result<Vec<char>> {
    let names = match keys {
        "+" => vec!["+"],
        _ => keys.split('+').collect(),
    };
    names.into_iter().map(|name| key(name).with_context(|| format!("no key is called {name:?}"))).collect()
}

fn key(name: &str) -> Option<char> {
    let mut characters = name.chars();
    if let (Some(only), None) = (characters.next(), characters.next()) {
        return Some(only);
    }
    Some(char::from(match name {
        "Control" => Key::Control,
        "Shift" => Key::Shift,
        "Alt" => Key::Alt,
        "Meta" => Key::Meta,
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "Tab" => Key::Tab,
        "Space" => Key::Space,
        "Backspace" => Key::Backspace,
        "Delete" => Key::Delete,
        "Home" => Key::Home,
        "End" => Key::End,
        "PageUp" => Key::PageUp,
        "PageDown" => Key::PageDown,
        "ArrowUp" => Key::Up,
        "ArrowDown" => Key::Down,
        "ArrowLeft" => Key::Left,
        "ArrowRight" => Key::Right,
        "F1" => Key::F1,
        "F5" => Key::F5,
        "F11" => Key::F11,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_named_as_on_the_keyboard() {
        assert_eq!(parse("k").expect("a letter"), ['k']);
        assert_eq!(parse("Control+k").expect("a shortcut"), [char::from(Key::Control), 'k']);
        assert_eq!(parse("Control+Shift+Tab").expect("three keys").len(), 3);
        assert_eq!(parse("+").expect("the plus itself"), ['+']);
        assert!(parse("Control+Kay").is_err(), "a misspelt key is an error, not silence");
    }
}
