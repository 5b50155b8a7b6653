//! The rules for names (`N1` to `N11`), checked on the bytes that the archive carries.

mod lookalike;

use crate::{
    archive::Kind,
    rule::{Refusal, Rule},
};
use lookalike::{is_device, is_format_character, is_git};

/// Segments of a name.
const SEGMENTS: usize = 16;
/// Bytes of a segment.
const SEGMENT_BYTES: usize = 100;
/// Bytes of a name.
const NAME_BYTES: usize = 240;

/// Extensions of content, in lower case. Nothing that a system runs on a double click.
pub const EXTENSIONS: [&str; 15] =
    ["csv", "gif", "jpeg", "jpg", "json", "markdown", "md", "png", "svg", "toml", "tsv", "txt", "webp", "yaml", "yml"];

/// Checks all rules for the name of a file, as `pack` and every reader do.
///
/// # Errors
/// The first broken rule.
pub fn check_file_name(name: &str) -> Result<(), Refusal> {
    check_shape(name.as_bytes(), Kind::File)?;
    check_letters(name, Kind::File)
}

/// The rules that say what a name means: all but alphabet and extension. Gives the name without
/// the slash that directories end with.
pub(crate) fn check_shape(raw: &[u8], kind: Kind) -> Result<&str, Refusal> {
    let refuse = |rule| Err(Refusal::of_name(rule, raw));
    let Ok(name) = std::str::from_utf8(raw) else { return refuse(Rule::N7) };
    if has_windows_root(name) {
        return refuse(Rule::N3);
    }
    if name.starts_with(['/', '\\']) {
        return refuse(Rule::N1);
    }
    if has_parent(name) {
        return refuse(Rule::N2);
    }
    let name = match kind {
        Kind::Directory => name.strip_suffix('/').unwrap_or(name),
        Kind::File => name,
    };
    let segments = || name.split(['/', '\\']);
    if name.contains(':') || segments().any(is_device) {
        return refuse(Rule::N4);
    }
    if segments().any(is_git) {
        return refuse(Rule::N10);
    }
    if name.chars().any(|c| c.is_control() || is_format_character(c)) {
        return refuse(Rule::N7);
    }
    if segments().any(|segment| segment.is_empty() || segment == ".") {
        return refuse(Rule::N6);
    }
    if segments().any(|segment| segment.ends_with(['.', ' '])) {
        return refuse(Rule::N5);
    }
    let too_long = name.len() > NAME_BYTES || segments().any(|segment| segment.len() > SEGMENT_BYTES);
    if too_long || segments().count() > SEGMENTS {
        return refuse(Rule::N9);
    }
    Ok(name)
}

/// Alphabet, nested archives and extensions, for a name whose shape is right.
pub(crate) fn check_letters(name: &str, kind: Kind) -> Result<(), Refusal> {
    let refuse = |rule| Err(Refusal::of_name(rule, name.as_bytes()));
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '.' | '_' | '-');
    let plain =
        |segment: &str| segment.starts_with(|c: char| c.is_ascii_alphanumeric()) && segment.chars().all(allowed);
    if !name.split('/').all(plain) {
        return refuse(Rule::N8);
    }
    if kind == Kind::Directory {
        return Ok(());
    }
    let last = name.rsplit('/').next().unwrap_or(name);
    let extension = last.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    if ARCHIVES.contains(&extension.as_str()) {
        return refuse(Rule::E4);
    }
    if !EXTENSIONS.contains(&extension.as_str()) {
        return refuse(Rule::N11);
    }
    Ok(())
}

/// Extensions of archives, which are no content.
const ARCHIVES: [&str; 22] = [
    "7z", "apk", "br", "bz2", "cab", "cpio", "deb", "ear", "gz", "iso", "jar", "lz4", "rar", "rpm", "tar", "tbz",
    "tgz", "txz", "war", "xz", "zip", "zst",
];

/// `C:…`, `\\server\…`, `\\?\…`, `\??\…`, `//?/…`.
fn has_windows_root(name: &str) -> bool {
    let bytes = name.as_bytes();
    let slash = |at: usize| bytes.get(at).is_some_and(|byte| matches!(byte, b'/' | b'\\'));
    let is_drive = bytes.first().is_some_and(u8::is_ascii_alphabetic) && bytes.get(1) == Some(&b':');
    let is_unc = slash(0) && slash(1) && name.get(..2) != Some("//");
    let is_device = slash(0) && slash(1) && matches!(bytes.get(2), Some(b'?' | b'.')) && slash(3);
    let is_nt = slash(0) && bytes.get(1..3) == Some(b"??") && slash(3);
    is_drive || is_unc || is_device || is_nt
}

/// Whether some reader finds `..` between separators: as it stands, or after percent-decoding.
fn has_parent(name: &str) -> bool {
    let has = |bytes: &[u8]| bytes.split(|byte| matches!(byte, b'/' | b'\\')).any(|segment| segment == b"..");
    let mut bytes = name.as_bytes().to_vec();
    // Decoded more than once, since some readers do.
    for _ in 0..3 {
        if has(&bytes) {
            return true;
        }
        let decoded = percent_decoded(&bytes);
        if decoded == bytes {
            return false;
        }
        bytes = decoded;
    }
    has(&bytes)
}

fn percent_decoded(bytes: &[u8]) -> Vec<u8> {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match (byte, digit(bytes.get(at + 1)), digit(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                decoded.push(*byte);
                at += 1;
            }
        }
    }
    decoded
}

#[cfg(test)]
#[path = "name/tests.rs"]
mod tests;
