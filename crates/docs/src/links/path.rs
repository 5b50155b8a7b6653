//! Paths inside a site: relative, `/` between segments, never leaving the tree.

pub(crate) use waymark_core::path::{folder_of, join as normalise, name_of};

/// Whether a page is its folder's index.
pub(crate) fn is_index(path: &str) -> bool {
    matches!(name_of(path), "index.md" | "README.md")
}

/// The folder that a page's built address has: `a/b.md` is served at `a/b/`, `a/index.md` at `a/`.
pub(crate) fn address_of(page: &str) -> &str {
    if is_index(page) { folder_of(page) } else { page.strip_suffix(".md").unwrap_or(page) }
}

/// Replaces `%41` by `A`; what is not valid, or not UTF-8 then, stays as it is.
pub(crate) fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let byte = (bytes[at] == b'%').then(|| bytes.get(at + 1..at + 3)).flatten();
        let byte = byte.filter(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        match byte.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// Encodes everything but unreserved characters and `/`, so that the result is safe anywhere in an
/// address and in an attribute.
pub(crate) fn percent_encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'/') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    out
}

/// Encodes an id for the part of an address behind `#`; `:` stays, as in `fn:1`.
pub(crate) fn fragment_encode(id: &str) -> String {
    percent_encode(id).replace("%3A", ":")
}

const HEX: &[u8; 16] = b"0123456789ABCDEF";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoding_and_decoding_are_inverse() {
        assert_eq!(percent_encode("a b/ä#.md"), "a%20b/%C3%A4%23.md");
        assert_eq!(percent_decode("a%20b/%C3%A4%23.md"), "a b/ä#.md");
        assert_eq!(percent_decode("100%/%zz%ff"), "100%/%zz%ff");
    }
}
