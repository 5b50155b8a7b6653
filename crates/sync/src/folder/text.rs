//! Bytes of a text file to UTF-8, keeping everything that can be kept.

use waymark_core::diagnostic::Position;

/// The file as UTF-8 without byte order mark, and where it was none.
pub(super) fn to_utf8(bytes: Vec<u8>) -> (Vec<u8>, Option<Position>) {
    match bytes.as_slice() {
        [0xef, 0xbb, 0xbf, rest @ ..] => to_utf8(rest.to_vec()),
        [0xff, 0xfe, rest @ ..] => (from_utf16(rest, u16::from_le_bytes), Some(Position::START)),
        [0xfe, 0xff, rest @ ..] => (from_utf16(rest, u16::from_be_bytes), Some(Position::START)),
        _ => match String::from_utf8(bytes) {
            Ok(text) => (text.into_bytes(), None),
            Err(error) => {
                let text = String::from_utf8_lossy(error.as_bytes());
                // Everything before the first odd byte is kept as it is, so the offset holds in both.
                let position = Position::of(&text, error.utf8_error().valid_up_to());
                (text.into_owned().into_bytes(), Some(position))
            }
        },
    }
}

fn from_utf16(bytes: &[u8], join: fn([u8; 2]) -> u16) -> Vec<u8> {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| join([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_passes_and_its_mark_goes() {
        assert_eq!(to_utf8("grüß".into()), ("grüß".into(), None));
        assert_eq!(to_utf8(b"\xef\xbb\xbf# A".to_vec()), (b"# A".to_vec(), None));
    }

    #[test]
    fn latin_1_is_read_with_the_first_odd_place_named() {
        let (text, at) = to_utf8(b"# Gr\xfc\xdfe\nb\xe9\n".to_vec());
        assert_eq!(String::from_utf8(text).unwrap(), "# Gr\u{fffd}\u{fffd}e\nb\u{fffd}\n");
        assert_eq!(at, Some(Position { line: 1, column: 5 }));
    }

    #[test]
    fn utf16_is_decoded_and_said() {
        let bytes: Vec<u8> = [0xff, 0xfe].into_iter().chain("hä".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(to_utf8(bytes), ("hä".into(), Some(Position::START)));
    }
}
