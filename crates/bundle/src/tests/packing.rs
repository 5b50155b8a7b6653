//! Packing, and what comes out again.

use std::{collections::BTreeMap, io};

use proptest::prelude::*;

use crate::{
    About, Bundle, Format, Limits, PackError, Policy, PrivateKey, PublicKey, Refusal, Rule, Signing, check_file_name,
    pack,
};

pub(super) const FORMATS: [Format; 3] = [Format::TarGz, Format::TarZst, Format::Zip];

/// A key that is the same in each run.
pub(super) fn key(number: u8) -> PrivateKey {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let text = format!("waymark-private-key-v1:{}", STANDARD.encode([number; 32]));
    PrivateKey::parse(&text).expect("every 32 bytes are a private key")
}

pub(super) fn about(sequence: u64) -> About {
    About { name: "handbook".to_owned(), version: format!("1.{sequence}"), sequence, expires: None }
}

/// Content as the reading side gets it.
type Files = BTreeMap<String, Vec<u8>>;

pub(super) fn files() -> Files {
    let deep = format!("{}/{}.md", ["docs"; 8].join("/"), "x".repeat(97));
    let long = format!("{}/{}/{}.md", "d".repeat(100), "e".repeat(99), "f".repeat(34));
    let files = [
        ("docs/index.md", b"# Home\n".repeat(40)),
        ("docs/image.png", (0..3000_u32).map(|at| (at * at % 251) as u8).collect()),
        ("docs/empty.txt", Vec::new()),
        ("mkdocs.yml", b"site_name: Handbook\n".to_vec()),
        (&*deep, b"deep".to_vec()),
        (&*long, b"long".to_vec()),
    ];
    files.into_iter().map(|(path, bytes)| (path.to_owned(), bytes)).collect()
}

pub(super) fn packed(files: &Files, about: &About, format: Format, signing: Option<&Signing<'_>>) -> Vec<u8> {
    let paths: Vec<String> = files.keys().cloned().collect();
    let read = |path: &str| files.get(path).cloned().ok_or_else(|| io::Error::other("there is no such file"));
    pack(&paths, read, about, format, signing).expect("it can be packed")
}

pub(super) fn open(bytes: &[u8], format: Format, trusted: &[PublicKey]) -> Result<Bundle, Refusal> {
    Bundle::open(bytes.to_vec(), format, &Policy { allow_unsigned: false, trusted, limits: Limits::default() })
}

pub(super) fn content(bundle: &Bundle) -> Files {
    let mut files = Files::new();
    bundle
        .for_each::<Refusal>(|path, bytes| {
            files.insert(path.to_owned(), bytes);
            Ok(())
        })
        .expect("an open bundle can be read");
    files
}

#[test]
fn what_was_packed_comes_out_in_every_format() {
    let (key, older) = (key(1), key(2));
    let signing = Signing { key: &key, older: std::slice::from_ref(&older) };
    let mut digests = Vec::new();
    for format in FORMATS {
        let archive = packed(&files(), &about(7), format, Some(&signing));
        for trusted in [key.public(), older.public()] {
            let bundle = open(&archive, format, &[trusted]).expect("it is signed by a trusted key");
            assert_eq!(content(&bundle), files(), "{format:?}");
            assert_eq!(bundle.index().sequence, Some(7));
            assert_eq!(bundle.signer().map(|signer| signer.key), Some(key.public()));
            digests.push(bundle.digest());
        }
    }
    digests.dedup();
    assert_eq!(digests.len(), 1, "the format is no part of the identity");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let key = key(1);
    let signing = Signing { key: &key, older: &[] };
    let all = files();
    let backwards: Vec<String> = all.keys().rev().cloned().collect();
    for format in FORMATS {
        let one = packed(&all, &about(1), format, Some(&signing));
        let two = pack(&backwards, |path| Ok(all[path].clone()), &about(1), format, Some(&signing)).expect("it packs");
        assert!(one == two, "{format:?}: the order of a folder makes no difference");
        assert!(one != packed(&all, &about(2), format, Some(&signing)), "{format:?}: another sequence does");
    }
}

#[test]
fn another_reader_agrees() {
    let archive = packed(&files(), &about(1), Format::Zip, None);
    let mut zip = zip::ZipArchive::new(io::Cursor::new(archive)).expect("it is a zip");
    let mut found = Files::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).expect("an entry");
        let mut bytes = Vec::new();
        io::Read::read_to_end(&mut file, &mut bytes).expect("its checksum is right");
        found.insert(file.name().expect("a name").into_owned(), bytes);
    }
    assert!(found.remove("bundle.json").is_some());
    assert_eq!(found, files());
    let archive = packed(&files(), &about(1), Format::TarGz, None);
    let mut tar = tar::Archive::new(flate2::read::GzDecoder::new(archive.as_slice()));
    let paths = tar.entries().expect("it is a tar").map(|entry| entry.expect("an entry").path_bytes().into_owned());
    let mut paths: Vec<_> = paths.map(|path| String::from_utf8(path).expect("text")).collect();
    assert_eq!(paths.remove(0), "bundle.json");
    assert_eq!(paths, files().into_keys().collect::<Vec<_>>());
}

#[test]
fn trust_is_asked_for() {
    let (own, other) = (key(1), key(2));
    let signing = Signing { key: &own, older: &[] };
    let signed = packed(&files(), &about(1), Format::TarGz, Some(&signing));
    let unsigned = packed(&files(), &about(1), Format::TarGz, None);
    let rule =
        |bytes: &[u8], trusted: &[PublicKey]| open(bytes, Format::TarGz, trusted).err().map(|refusal| refusal.rule);
    assert_eq!(rule(&signed, &[]), None, "where nobody is named, fingerprints are compared");
    assert_eq!(rule(&signed, &[other.public(), own.public()]), None);
    assert_eq!(rule(&signed, &[other.public()]), Some(Rule::T2));
    assert_eq!(rule(&unsigned, &[]), Some(Rule::T1));
}

#[test]
fn what_no_reader_takes_is_not_written() {
    let rule = |path: &str, size: usize| {
        let packed = pack(&[path.to_owned()], |_| Ok(vec![b'x'; size]), &about(1), Format::Zip, None);
        match packed {
            Err(PackError::Refused(refusal)) => Some(refusal.rule),
            Ok(_) => None,
            Err(other) => panic!("{other}"),
        }
    };
    assert_eq!(rule("docs/a.md", 3), None);
    assert_eq!(rule("docs/../a.md", 3), Some(Rule::N2));
    assert_eq!(rule("docs/a.exe", 3), Some(Rule::N11));
    assert_eq!(rule("docs/a.md", 30_000_000), Some(Rule::L1));
    let mut readings = 0;
    let changing = |_: &str| {
        readings += 1;
        Ok(vec![b'x'; readings])
    };
    let changed = pack(&["a.md".to_owned()], changing, &about(1), Format::Zip, None);
    assert!(matches!(changed, Err(PackError::Changed { .. })));
    let nameless = About { name: "No Name".to_owned(), ..about(1) };
    assert!(matches!(pack(&[], |_| Ok(Vec::new()), &nameless, Format::Zip, None), Err(PackError::Refused(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_content_survives(
        files in prop::collection::btree_map("[a-zA-Z0-9]{1,9}(/[a-zA-Z0-9][a-z0-9 ._-]{0,9}[a-z0-9]){0,3}\\.md", prop::collection::vec(any::<u8>(), 0..2000), 0..12),
        format in prop::sample::select(FORMATS.to_vec()),
    ) {
        let paths: Vec<String> = files.keys().cloned().collect();
        match pack(&paths, |path| Ok(files[path].clone()), &about(1), format, None) {
            Ok(archive) => {
                let policy = Policy { allow_unsigned: true, trusted: &[], limits: Limits::default() };
                let bundle = Bundle::open(archive, format, &policy).expect("pack checked it");
                prop_assert_eq!(content(&bundle), files);
            }
            // Two names in different cases, a device, or the index's own name.
            Err(PackError::Refused(refusal)) => prop_assert!(
                matches!(refusal.rule, Rule::E3 | Rule::I1) || paths.iter().any(|path| check_file_name(path).is_err())
            ),
            Err(other) => prop_assert!(false, "{other}"),
        }
    }
}
