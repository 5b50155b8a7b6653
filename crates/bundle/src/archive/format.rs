//! Which kind of archive a file is.

use crate::rule::{Refusal, Rule};

/// A format that bundles come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A tar in one gzip member (RFC 1952).
    TarGz,
    /// A tar in one Zstandard frame (RFC 8878).
    TarZst,
    /// A zip of stored and deflated entries (PKWARE APPNOTE 6.3).
    Zip,
}

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
const ZIP: &[u8] = b"PK\x03\x04";
const EMPTY_ZIP: &[u8] = b"PK\x05\x06";

/// How far an archive is looked for behind something else.
const SEARCHED: usize = 1024 * 1024;

/// First bytes of archives and of compressed streams.
const MAGICS: [&[u8]; 7] = [GZIP, ZSTD, ZIP, EMPTY_ZIP, b"BZh", b"\xfd7zXZ\0", b"7z\xbc\xaf\x27\x1c"];

impl Format {
    /// The format that a file's name promises: `.tar.gz`, `.tgz`, `.tar.zst`, `.zip`, in any case.
    pub fn of_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            name if name.ends_with(".tar.gz") || name.ends_with(".tgz") => Some(Self::TarGz),
            name if name.ends_with(".tar.zst") => Some(Self::TarZst),
            name if name.ends_with(".zip") => Some(Self::Zip),
            _ => None,
        }
    }

    /// The format that the first bytes tell.
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        match bytes {
            _ if bytes.starts_with(GZIP) => Some(Self::TarGz),
            _ if bytes.starts_with(ZSTD) => Some(Self::TarZst),
            _ if bytes.starts_with(ZIP) || bytes.starts_with(EMPTY_ZIP) => Some(Self::Zip),
            _ => None,
        }
    }

    /// Refuses a file that does not begin as its format does: cut short (`S1`), or with something
    /// before it or of another kind (`S2`).
    pub(super) fn check_start(self, bytes: &[u8]) -> Result<(), Refusal> {
        let magics: &[&[u8]] = match self {
            Self::TarGz => &[GZIP],
            Self::TarZst => &[ZSTD],
            Self::Zip => &[ZIP, EMPTY_ZIP],
        };
        if magics.iter().any(|magic| bytes.starts_with(magic)) {
            return Ok(());
        }
        if magics.iter().any(|magic| magic.starts_with(bytes)) {
            return Err(Refusal::because(Rule::S1, "it ends within its first bytes"));
        }
        if begins_archive(bytes) || bytes.get(257..262) == Some(b"ustar") {
            return Err(Refusal::because(Rule::S2, "it is an archive of another kind than its name says"));
        }
        let start = &bytes[..bytes.len().min(SEARCHED)];
        let inside = |magic: &&&[u8]| start.windows(magic.len()).any(|window| window == **magic);
        match magics.iter().find(inside) {
            Some(_) => Err(Refusal::because(Rule::S2, "something stands before the archive")),
            None => Err(Refusal::because(Rule::S1, "it is no archive of the kind that its name says")),
        }
    }
}

/// Whether these are the first bytes of a packed archive or a compressed stream.
pub(super) fn begins_archive(bytes: &[u8]) -> bool {
    MAGICS.iter().any(|magic| bytes.starts_with(magic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_and_bytes_tell_the_format() {
        assert_eq!(Format::of_name("A/B.TAR.GZ"), Some(Format::TarGz));
        assert_eq!(Format::of_name("x.tar.zst"), Some(Format::TarZst));
        assert_eq!(Format::of_name("x.zip"), Some(Format::Zip));
        assert_eq!(Format::of_name("x.tar"), None);
        assert_eq!(Format::of_bytes(b"PK\x05\x06"), Some(Format::Zip));
        assert_eq!(Format::of_bytes(b"plain"), None);
    }

    #[test]
    fn a_wrong_start_says_why() {
        let rule = |format: Format, bytes: &[u8]| format.check_start(bytes).err().map(|refusal| refusal.rule);
        assert_eq!(rule(Format::TarGz, b""), Some(Rule::S1));
        assert_eq!(rule(Format::TarGz, b"\x1f"), Some(Rule::S1));
        assert_eq!(rule(Format::Zip, b"MZ....PK\x03\x04"), Some(Rule::S2));
        assert_eq!(rule(Format::Zip, b"\x1f\x8b\x08"), Some(Rule::S2));
        assert_eq!(rule(Format::TarZst, b"hello"), Some(Rule::S1));
        assert_eq!(rule(Format::TarZst, ZSTD), None);
    }
}
