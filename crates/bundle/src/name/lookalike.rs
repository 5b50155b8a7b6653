//! Names that a file system takes for something else: devices of Windows, `.git`, and characters
//! that are not seen.

/// Whether Windows opens a device when asked for this segment, whatever its extension.
///
/// Source: Microsoft, "Naming Files, Paths, and Namespaces"; the console's names from `CreateFile`.
pub(super) fn is_device(segment: &str) -> bool {
    let base = segment.split('.').next().unwrap_or(segment).trim_end_matches(' ').to_ascii_uppercase();
    if ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"].contains(&base.as_str()) {
        return true;
    }
    let number = base.strip_prefix("COM").or_else(|| base.strip_prefix("LPT"));
    let mut number = number.unwrap_or_default().chars();
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³');
    number.next().is_some_and(is_number) && number.next().is_none()
}

/// Whether some file system takes this segment for `.git` or one of the files that steer git.
///
/// HFS+ leaves out characters that are not seen, NTFS trailing dots and spaces, and both know short
/// names: `GIT~1`, `GITMOD~1`, `GI7EBA~1`.
pub(super) fn is_git(segment: &str) -> bool {
    let seen: String = segment.chars().filter(|c| !is_format_character(*c)).collect();
    let seen = seen.to_lowercase();
    let is_short = |stem: &str| seen.strip_prefix(stem).is_some_and(|rest| rest.starts_with('~'));
    seen.starts_with(".git")
        || is_short("git")
        || is_short("gitmod")
        || is_short("gitatt")
        || is_short("gitign")
        || (seen.starts_with("gi7eb") && seen.contains('~'))
}

/// Characters that change how others are shown, or are not shown themselves (Unicode `Cf`, the
/// separators of lines and paragraphs, variation selectors and tags).
pub(super) fn is_format_character(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffd}' | '\u{110bd}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}
