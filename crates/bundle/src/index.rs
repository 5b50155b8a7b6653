//! The index of a bundle, `bundle.json`: what the bundle is, and every file with size and SHA-256.

use std::{collections::BTreeMap, fmt};

use jiff::civil::Date;
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error as _, MapAccess, Visitor},
};
use sha2::{Digest as _, Sha256};

use crate::{
    key::KeyId,
    rule::{Refusal, Rule},
};

/// Bytes of an index; one of 5,000 long names needs less.
pub(crate) const INDEX_BYTES: usize = 4 * 1024 * 1024;

/// What a bundle says of itself. A minimal index has name and version only; a signed one has everything
/// but, if it never grows stale, the day of its expiry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Index {
    /// Lower-case letters, digits, dots and dashes; stays the same from version to version.
    pub name: String,
    /// For people; does not say which bundle is newer.
    pub version: String,
    /// Rises with each version that is published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequence: Option<u64>,
    /// The key that signs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<KeyId>,
    /// The day after which the reader is told that there should be a newer one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Date>,
    /// All files but the index and its signature, by path.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "without_repeats")]
    pub files: Option<BTreeMap<String, FileDigest>>,
}

/// What a file must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileDigest {
    /// Bytes.
    pub size: u64,
    /// SHA-256, 64 digits of lower-case hex.
    pub sha256: String,
}

impl Index {
    /// Reads an index.
    ///
    /// # Errors
    /// `I1` where it is no JSON of this form.
    pub fn parse(bytes: &[u8]) -> Result<Self, Refusal> {
        let index: Self = serde_json::from_slice(bytes).map_err(|error| refused(format!("bundle.json: {error}")))?;
        check_name(&index.name)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+' | '_');
        if index.version.is_empty() || index.version.len() > 64 || !index.version.chars().all(plain) {
            return Err(refused("the version is empty, too long or not of plain letters".to_owned()));
        }
        Ok(index)
    }

    /// The one form in which an index is signed: no spaces, members and paths in a fixed order.
    pub fn canonical(&self) -> Vec<u8> {
        // Strings, numbers and maps with text keys always become JSON.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// SHA-256 of the canonical form, hex: the identity of a bundle with all its files.
    pub fn digest(&self) -> String {
        hex(&Sha256::digest(self.canonical()))
    }
}

/// Whether a bundle may be called so.
///
/// # Errors
/// `I1` where it may not.
pub fn check_name(name: &str) -> Result<(), Refusal> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    let first = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    if name.len() > 64 || !name.starts_with(first) || !name.chars().all(plain) {
        let about = "the name is not of 1 to 64 lower-case letters, digits, dots and dashes";
        return Err(refused(about.to_owned()));
    }
    Ok(())
}

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn refused(about: String) -> Refusal {
    Refusal::because(Rule::I1, about)
}

/// A map in which no key comes twice: where one does, readers disagree about which holds.
fn without_repeats<'de, D: Deserializer<'de>>(from: D) -> Result<Option<BTreeMap<String, FileDigest>>, D::Error> {
    struct Files;
    impl<'de> Visitor<'de> for Files {
        type Value = BTreeMap<String, FileDigest>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object of paths")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut files = BTreeMap::new();
            while let Some((path, digest)) = map.next_entry::<String, FileDigest>()? {
                if files.insert(path, digest).is_some() {
                    return Err(A::Error::custom("a path is listed twice"));
                }
            }
            Ok(files)
        }
    }
    from.deserialize_map(Files).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minimal_index_and_a_full_one_are_read() {
        let minimal = Index::parse(b"{\"name\": \"x\", \"version\":\"1.0.0\"}\n").expect("it is well-formed");
        assert_eq!((minimal.name.as_str(), minimal.files), ("x", None));
        let full = br#"{"name":"x","version":"1","sequence":3,"expires":"2026-12-24","files":{"a.md":{"size":1,"sha256":"00"}}}"#;
        let index = Index::parse(full).expect("it is well-formed");
        assert_eq!(index.canonical(), full, "reading and writing are the same form");
        assert_eq!(index.digest().len(), 64);
    }

    #[test]
    fn a_broken_index_is_refused() {
        let json = |text: &str| Index::parse(text.as_bytes()).err().map(|refusal| refusal.rule);
        for text in [
            "",
            "null",
            "[]",
            "{}",
            r#"{"name":"x"}"#,
            r#"{"name":"x","version":1}"#,
            r#"{"name":"x","version":""}"#,
            r#"{"name":"../x","version":"1"}"#,
            r#"{"name":"","version":"1"}"#,
            r#"{"name":"X","version":"1"}"#,
            r#"{"name":"x","version":"1","name":"y"}"#,
            r#"{"name":"x","version":"1"}{}"#,
            r#"{"name":"x","version":"1","other":1}"#,
            r#"{"name":"x","version":"1","files":[]}"#,
            r#"{"name":"x","version":"1","sequence":-1}"#,
            r#"{"name":"x","version":"1","expires":"soon"}"#,
            r#"{"name":"x","version":"1","files":{"a":{"size":1,"sha256":""},"a":{"size":2,"sha256":""}}}"#,
            "\u{feff}{\"name\":\"x\",\"version\":\"1\"}",
        ] {
            assert_eq!(json(text), Some(Rule::I1), "{text}");
        }
        assert!(Index::parse(b"\xff\xfe{").is_err());
        assert!(Index::parse("[".repeat(100_000).as_bytes()).is_err());
    }
}
