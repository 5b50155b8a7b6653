//! Extension headers of a tar: PAX (`x`, `g`) and GNU (`L`, `K`). They may spell out a name that
//! does not fit the header; they may not give an entry a name or a size of their own (`S4`).

use crate::rule::{Refusal, Rule, quoted};

/// Bytes of an extension header.
pub(super) const LIMIT: usize = 16 * 1024;

/// From this length on, a header's name may be the beginning of the real one: writers keep 100
/// bytes, or 99 and a zero.
const CUT_FROM: usize = 98;

/// What extension headers said about the entry that comes next.
#[derive(Default)]
pub(super) struct Pending {
    name: Option<Vec<u8>>,
    size: Option<u64>,
    seen: Vec<u8>,
}

impl Pending {
    /// Takes an extension header of type `kind`.
    pub(super) fn take(&mut self, kind: u8, body: &[u8]) -> Result<(), Refusal> {
        if kind != b'g' {
            if self.seen.contains(&kind) || (self.name.is_some() && kind == b'L') {
                return Err(refused("two extension headers for one entry"));
            }
            self.seen.push(kind);
        }
        match kind {
            b'L' => {
                let name = body.strip_suffix(b"\0").unwrap_or(body);
                self.set_name(name)
            }
            // The target of a link; the link itself is refused.
            b'K' => Ok(()),
            _ => self.take_records(kind == b'g', body),
        }
    }

    /// The name of the entry whose header has `name` and `size`.
    pub(super) fn effective(&mut self, name: &[u8], size: u64) -> Result<Vec<u8>, Refusal> {
        let Self { name: other, size: other_size, .. } = std::mem::take(self);
        if other_size.is_some_and(|other| other != size) {
            return Err(refused(&format!("{} has another size in its extension header", quoted(name))));
        }
        match other {
            None => Ok(name.to_vec()),
            Some(other) if spells_out(name, &other) => Ok(other),
            Some(other) => Err(refused(&format!("{} becomes {}", quoted(name), quoted(&other)))),
        }
    }

    /// At the end of the archive no header waits for its entry.
    pub(super) fn check_end(&self) -> Result<(), Refusal> {
        if self.seen.is_empty() { Ok(()) } else { Err(refused("an extension header without an entry")) }
    }

    fn set_name(&mut self, name: &[u8]) -> Result<(), Refusal> {
        if self.name.is_some() || name.is_empty() {
            return Err(refused("no or two names for one entry"));
        }
        self.name = Some(name.to_vec());
        Ok(())
    }

    /// Reads PAX records: `<length> <key>=<value>\n`, the length in decimal with itself included.
    fn take_records(&mut self, global: bool, mut body: &[u8]) -> Result<(), Refusal> {
        let unclear = || refused("an extension header that cannot be read");
        while !body.is_empty() {
            let space = body.iter().position(|byte| *byte == b' ').ok_or_else(unclear)?;
            let length = decimal(&body[..space]).ok_or_else(unclear)?;
            let record = body.get(space + 1..length).ok_or_else(unclear)?;
            body = body.get(length..).ok_or_else(unclear)?;
            let record = record.strip_suffix(b"\n").ok_or_else(unclear)?;
            let equals = record.iter().position(|byte| *byte == b'=').ok_or_else(unclear)?;
            let (key, value) = (&record[..equals], &record[equals + 1..]);
            match key {
                b"path" | b"size" | b"hdrcharset" if global => {
                    return Err(refused(&format!("{} is set for all entries", quoted(key))));
                }
                b"path" => self.set_name(value)?,
                b"size" => {
                    let size = decimal(value).ok_or_else(unclear)?;
                    if self.size.replace(size as u64).is_some() {
                        return Err(refused("two sizes for one entry"));
                    }
                }
                // Names as bytes; what is no UTF-8 among them is refused as a name.
                b"hdrcharset" if value == b"BINARY" => {}
                b"hdrcharset" => return Err(refused("another character set for names")),
                _ if key.starts_with(b"GNU.sparse.") => return Err(refused("a sparse file under another name")),
                _ => {}
            }
        }
        Ok(())
    }
}

fn refused(about: &str) -> Refusal {
    Refusal::because(Rule::S4, about)
}

fn decimal(digits: &[u8]) -> Option<usize> {
    let is_plain = (1..=10).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
    if is_plain { std::str::from_utf8(digits).ok()?.parse().ok() } else { None }
}

/// Whether `full` is what `name` in the header stands for: the same, cut at the end, or with other
/// characters in place of those beyond ASCII. Bytes that are no UTF-8 are left to the rules for names.
fn spells_out(name: &[u8], full: &[u8]) -> bool {
    let Ok(full) = std::str::from_utf8(full) else { return true };
    let mut rest = name;
    for c in full.chars() {
        if rest.is_empty() {
            return name.len() >= CUT_FROM;
        }
        let mut utf8 = [0; 4];
        let utf8 = c.encode_utf8(&mut utf8).as_bytes();
        rest = match rest.strip_prefix(utf8) {
            Some(rest) => rest,
            // A character that was cut in its middle.
            None if utf8.starts_with(rest) => return name.len() >= CUT_FROM,
            None if !c.is_ascii() && matches!(rest[0], b'?' | b'_') => &rest[1..],
            None => return false,
        };
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_spells_out_what_the_header_could_not_hold() {
        let long = format!("docs/{}.md", "a".repeat(200));
        assert!(spells_out(&long.as_bytes()[..100], long.as_bytes()));
        assert!(spells_out(&long.as_bytes()[..99], long.as_bytes()));
        assert!(spells_out(b"docs/stra?e.md", "docs/straße.md".as_bytes()));
        assert!(spells_out("docs/straße.md".as_bytes(), "docs/straße.md".as_bytes()));
        assert!(!spells_out(b"docs/b.md", b"../x"));
        assert!(!spells_out(b"docs/b", b"docs/b.md"), "a short name is not cut");
        assert!(!spells_out(b"docs/b.md", b"docs/b"));
    }

    #[test]
    fn records_are_read_as_posix_says_or_refused() {
        let take = |body: &[u8]| Pending::default().take(b'x', body).is_ok();
        assert!(take(b"18 path=../wm-pwn\n") && take(b"20 mtime=1700000000\n") && take(b""));
        for bad in [
            &b"path=x\n"[..],
            b"8 path=x\n",
            b"99 path=x\n",
            b"10 path=x\n10 path=y\n",
            b"8 path=\n",
            b"10 size=-1\n",
            b"0 \n",
            b"3 \n",
            b"22 GNU.sparse.name=xy\n",
            b"999999999999999999999 a=b\n",
            b"20 hdrcharset=UTF-9\n",
        ] {
            assert!(!take(bad), "{:?}", String::from_utf8_lossy(bad));
        }
        assert!(Pending::default().take(b'g', b"12 comment=\n").is_ok());
        assert!(Pending::default().take(b'g', b"10 path=x\n").is_err());
    }
}
