//! Keys by the names that `pymdownx.keys` gives them, and what stands on them.

/// Names of keys, and what stands on them where that is not the name itself in capitals.
#[rustfmt::skip]
const KEYS: &[(&str, &str)] = &[
    // Signs.
    ("backslash", "\\"), ("bar", "|"), ("brace-left", "{"), ("brace-right", "}"), ("bracket-left", "["),
    ("bracket-right", "]"), ("colon", ":"), ("comma", ","), ("dot", "."), ("double-quote", "\""), ("equal", "="),
    ("exclam", "!"), ("grave", "`"), ("greater", ">"), ("less", "<"), ("minus", "-"), ("period", "."), ("plus", "+"),
    ("question", "?"), ("semicolon", ";"), ("single-quote", "'"), ("slash", "/"), ("tilde", "~"), ("underscore", "_"),
    // Movement and editing; `Page Up` and the like are made from their names.
    ("arrow-up", "Up"), ("arrow-down", "Down"), ("arrow-left", "Left"), ("arrow-right", "Right"), ("delete", "Del"),
    ("insert", "Ins"), ("escape", "Esc"), ("backtab", "Back Tab"),
    // The number pad.
    ("num-asterisk", "Num *"), ("num-delete", "Num Del"), ("num-equal", "Num ="), ("num-minus", "Num -"),
    ("num-plus", "Num +"), ("num-separator", "Num ."), ("num-slash", "Num /"),
    // Modifiers.
    ("alt-graph", "AltGr"), ("command", "Cmd"), ("control", "Ctrl"), ("function", "Fn"), ("left-control", "Left Ctrl"),
    ("left-windows", "Left Win"), ("right-control", "Right Ctrl"), ("right-windows", "Right Win"), ("windows", "Win"),
    // Media and mice.
    ("context-menu", "Menu"), ("media-next-track", "Next Track"), ("media-pause", "Pause"), ("media-play", "Play"),
    ("media-play-pause", "Play/Pause"), ("media-prev-track", "Previous Track"), ("media-stop", "Stop"),
    ("volume-mute", "Mute"), ("x-button1", "X Button 1"), ("x-button2", "X Button 2"),
];

/// Names that stand on their keys as they are, each word with a capital letter.
#[rustfmt::skip]
const PLAIN: &[&str] = &[
    "space", "page-up", "page-down", "home", "end", "backspace", "tab", "break", "caps-lock", "clear", "eject",
    "enter", "help", "print-screen", "scroll-lock", "num-clear", "num-lock", "num-enter", "alt", "left-alt",
    "left-command", "left-meta", "left-option", "left-shift", "left-super", "meta", "option", "right-alt",
    "right-command", "right-meta", "right-option", "right-shift", "right-super", "shift", "super", "browser-back",
    "browser-favorites", "browser-forward", "browser-home", "browser-refresh", "browser-search", "browser-stop",
    "copy", "mail", "media", "print", "reset", "select", "sleep", "volume-down", "volume-up", "zoom", "power",
    "fingerprint", "left-button", "middle-button", "right-button",
];

/// Other names of keys.
#[rustfmt::skip]
const OTHER_NAMES: &[(&str, &str)] = &[
    ("add", "num-plus"), ("altgr", "alt-graph"), ("apps", "context-menu"), ("back", "backspace"),
    ("bksp", "backspace"), ("bktab", "backtab"), ("cancel", "break"), ("capital", "caps-lock"),
    ("close-brace", "brace-right"), ("close-bracket", "bracket-right"), ("clr", "clear"), ("cmd", "command"),
    ("cplk", "caps-lock"), ("ctrl", "control"), ("dblquote", "double-quote"), ("decimal", "num-separator"),
    ("del", "delete"), ("divide", "num-slash"), ("down", "arrow-down"), ("esc", "escape"), ("return", "enter"),
    ("exclamation", "exclam"), ("favorites", "browser-favorites"), ("fn", "function"), ("forward", "browser-forward"),
    ("grave-accent", "grave"), ("greater-than", "greater"), ("gt", "greater"), ("hyphen", "minus"), ("ins", "insert"),
    ("lalt", "left-alt"), ("launch-mail", "mail"), ("launch-media", "media"), ("lbutton", "left-button"),
    ("lcmd", "left-command"), ("lcommand", "left-command"), ("lcontrol", "left-control"), ("lctrl", "left-control"),
    ("left", "arrow-left"), ("left-cmd", "left-command"), ("left-ctrl", "left-control"), ("left-opt", "left-option"),
    ("left-win", "left-windows"), ("less-than", "less"), ("lmeta", "left-meta"), ("lopt", "left-option"),
    ("loption", "left-option"), ("lshift", "left-shift"), ("lsuper", "left-super"), ("lt", "less"),
    ("lwin", "left-windows"), ("lwindows", "left-windows"), ("mbutton", "middle-button"), ("menu", "context-menu"),
    ("multiply", "num-asterisk"), ("mute", "volume-mute"), ("next", "page-down"), ("next-track", "media-next-track"),
    ("num-del", "num-delete"), ("numlk", "num-lock"), ("open-brace", "brace-left"), ("open-bracket", "bracket-left"),
    ("opt", "option"), ("page-dn", "page-down"), ("pause", "media-pause"), ("pg-dn", "page-down"),
    ("pg-up", "page-up"), ("pipe", "bar"), ("play", "media-play"), ("play-pause", "media-play-pause"),
    ("prev-track", "media-prev-track"), ("prior", "page-up"), ("prtsc", "print-screen"),
    ("question-mark", "question"), ("ralt", "right-alt"), ("rbutton", "right-button"), ("rcmd", "right-command"),
    ("rcommand", "right-command"), ("rcontrol", "right-control"), ("rctrl", "right-control"),
    ("refresh", "browser-refresh"), ("right", "arrow-right"), ("right-cmd", "right-command"),
    ("right-ctrl", "right-control"), ("right-opt", "right-option"), ("right-win", "right-windows"),
    ("rmeta", "right-meta"), ("ropt", "right-option"), ("roption", "right-option"), ("rshift", "right-shift"),
    ("rsuper", "right-super"), ("rwin", "right-windows"), ("rwindows", "right-windows"), ("scroll", "scroll-lock"),
    ("search", "browser-search"), ("separator", "num-separator"), ("spc", "space"), ("stop", "media-stop"),
    ("subtract", "num-minus"), ("tabulator", "tab"), ("up", "arrow-up"), ("vol-down", "volume-down"),
    ("vol-mute", "volume-mute"), ("vol-up", "volume-up"), ("win", "windows"), ("xbutton1", "x-button1"),
    ("xbutton2", "x-button2"),
];

/// What stands on the key with this name, if there is one; names are in any case.
pub(super) fn label(name: &str) -> Option<String> {
    let name = name.to_ascii_lowercase();
    let name = OTHER_NAMES.iter().find(|(other, _)| *other == name).map_or(&*name, |(_, name)| name);
    if let Some((_, label)) = KEYS.iter().find(|(known, _)| *known == name) {
        return Some((*label).to_owned());
    }
    let number = |prefix: &str| name.strip_prefix(prefix)?.parse::<u8>().ok();
    if let Some(digit) = number("num").filter(|digit| *digit < 10) {
        return Some(format!("Num {digit}"));
    }
    let is_character = name.len() == 1 && name.as_bytes()[0].is_ascii_alphanumeric();
    if is_character || number("f").is_some_and(|number| (1..=24).contains(&number)) {
        return Some(name.to_ascii_uppercase());
    }
    let capital = |word: &str| {
        let (first, rest) = word.split_at(1);
        first.to_ascii_uppercase() + rest
    };
    PLAIN.contains(&name).then(|| name.split('-').map(capital).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_labels() {
        for (name, expected) in [
            ("Ctrl", "Ctrl"),
            ("pg-dn", "Page Down"),
            ("c", "C"),
            ("f12", "F12"),
            ("num7", "Num 7"),
            ("win", "Win"),
            ("left", "Left"),
            ("dot", "."),
        ] {
            assert_eq!(label(name).as_deref(), Some(expected), "{name}");
        }
        assert_eq!((label("f25"), label("nothing"), label("")), (None, None, None));
    }
}
