//! Capital and small letters by the webview's table: Rust's own is 25 KB of the first module.

/// A text in capital letters.
#[cfg(target_arch = "wasm32")]
pub(crate) fn upper(text: &str) -> String {
    js_sys::JsString::from(text).to_upper_case().into()
}

/// A text in capital letters.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn upper(text: &str) -> String {
    text.to_uppercase()
}

/// A text in small letters.
#[cfg(target_arch = "wasm32")]
pub(crate) fn lower(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

/// A text in small letters.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn lower(text: &str) -> String {
    text.to_lowercase()
}

/// A text with a capital letter at its beginning.
pub(crate) fn capitalised(text: &str) -> String {
    let (first, rest) = first_letter(text);
    format!("{}{rest}", upper(first))
}

/// A text with a small letter at its beginning.
pub(crate) fn uncapitalised(text: &str) -> String {
    let (first, rest) = first_letter(text);
    format!("{}{rest}", lower(first))
}

fn first_letter(text: &str) -> (&str, &str) {
    text.split_at(text.chars().next().map_or(0, char::len_utf8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_letter_changes() {
        assert_eq!(capitalised("élan: Vital"), "Élan: Vital");
        assert_eq!(uncapitalised("Open It"), "open It");
        assert_eq!((capitalised(""), uncapitalised("")), (String::new(), String::new()));
    }
}
