//! Invite codes: 128 random bits as people can read them out.

/// Crockford's base32: no I, L, O or U.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Digits of a code: 128 bits, five in a digit.
const LENGTH: usize = 26;

/// A new code in groups of four: `0ABC-…`.
pub(crate) fn random_code() -> String {
    let mut bytes = [0u8; 16];
    rand::fill(&mut bytes);
    let number = u128::from_be_bytes(bytes);
    let mut code = String::with_capacity(LENGTH + LENGTH / 4);
    for place in 0..LENGTH {
        if place > 0 && place % 4 == 0 {
            code.push('-');
        }
        let digit = (number >> (5 * (LENGTH - 1 - place))) & 31;
        code.push(char::from(DIGITS[digit as usize]));
    }
    code
}

/// Reads a code as people type it: case, blanks and dashes do not matter, O is 0, I and L are 1. The result
/// is the one form of which the digest is kept.
///
/// # Errors
/// What is wrong with it, for the person who typed it.
pub(crate) fn read_code(typed: &str) -> Result<String, String> {
    let mut code = String::with_capacity(LENGTH);
    for letter in typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—' | '_')) {
        let digit = match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        if !digit.is_ascii() || !DIGITS.contains(&(digit as u8)) {
            return Err(format!("A code has no {letter:?} in it. Check it, or copy it as a whole."));
        }
        code.push(digit);
        if code.len() > LENGTH {
            break;
        }
    }
    match code.len() {
        LENGTH if code.as_bytes()[0] <= b'7' => Ok(code),
        LENGTH => Err("A code starts with a digit from 0 to 7. Check it, or copy it as a whole.".to_owned()),
        found if found < LENGTH => Err(format!("A code has {LENGTH} letters and digits; this one has {found}.")),
        _ => Err(format!("A code has {LENGTH} letters and digits; this one has more.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        for _ in 0..200 {
            let code = random_code();
            let plain = read_code(&code).expect("a made code is one");
            assert_eq!((code.len(), plain.len()), (32, 26));
            let sloppy = code.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
            assert_eq!(read_code(&sloppy), Ok(plain.clone()));
            assert_eq!(read_code(&plain.replace('1', "i").replace('0', "O")), Ok(plain));
        }
    }

    #[test]
    fn what_is_no_code_is_named() {
        for (typed, words) in [
            ("", "this one has 0"),
            ("0ABC", "this one has 4"),
            ("U", "'U'"),
            ("0ABC-é", "'é'"),
            (&"0".repeat(27), "has more"),
            (&"8".repeat(26), "from 0 to 7"),
            (&"0".repeat(100_000), "has more"),
        ] {
            let error = read_code(typed).expect_err("it is no code");
            assert!(error.contains(words), "{error}");
        }
    }
}
