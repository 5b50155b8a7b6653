//! Damage: every byte of a signed bundle counts, and no bytes make a reader panic.

use proptest::prelude::*;

use super::{
    make::{self, Item, entry, file, pax, record},
    packing::{FORMATS, about, content, key, open, packed},
    refused,
};
use crate::{Bundle, Format, ReadBundleError, Rule, Signing};

type Files = std::collections::BTreeMap<String, Vec<u8>>;

fn small() -> Files {
    [("docs/index.md", "# Home\n\nHome, home, home."), ("docs/b.md", "x"), ("mkdocs.yml", "site_name: S\n")]
        .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
        .into()
}

fn signed(format: Format) -> Vec<u8> {
    packed(&small(), &about(3), format, Some(&Signing { key: &key(1), older: &[] }))
}

#[test]
fn a_changed_byte_is_refused_or_changes_nothing() {
    for format in FORMATS {
        let good = signed(format);
        let mut harmless = Vec::new();
        for at in 0..good.len() {
            for flip in [0x01, 0x80, 0xff] {
                let mut changed = good.clone();
                changed[at] ^= flip;
                if let Ok(bundle) = open(&changed, format, &[key(1).public()]) {
                    assert_eq!(content(&bundle), small(), "{format:?}, byte {at}");
                    assert_eq!(bundle.index().sequence, Some(3), "{format:?}, byte {at}");
                    harmless.push(at);
                }
            }
        }
        harmless.dedup();
        // Who made a gzip and when; for a zip times, versions and attributes; spare bits of deflate.
        let few = good.len() / 20 + if format == Format::Zip { 5 * 20 } else { 0 };
        assert!(harmless.len() <= few, "{format:?}: {harmless:?}");
    }
}

#[test]
fn a_changed_tar_below_its_compression_is_refused() {
    let tar = {
        use std::io::Read as _;
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(&*signed(Format::TarGz)).read_to_end(&mut bytes).expect("it is whole");
        bytes
    };
    for at in 0..tar.len() {
        let mut changed = tar.clone();
        changed[at] ^= 1;
        assert!(open(&make::gz(&changed), Format::TarGz, &[]).is_err(), "byte {at}");
    }
}

#[test]
fn a_cut_bundle_is_refused_wherever_it_ends() {
    for format in FORMATS {
        let good = signed(format);
        for at in 0..good.len() {
            assert!(open(&good[..at], format, &[]).is_err(), "{format:?}, cut at {at}");
        }
    }
}

#[test]
fn a_file_above_the_limit_is_refused_unread() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("large.zip");
    // Sparse: it takes no room on the disk.
    std::fs::File::create(&path).and_then(|file| file.set_len(super::LIMITS.packed + 1)).expect("a file");
    let refused = Bundle::read_file(&path, &super::OPEN).err();
    assert!(matches!(&refused, Some(ReadBundleError::Refused(refusal)) if refusal.rule == Rule::L1), "{refused:?}");
    let other = folder.path().join("notes.txt");
    std::fs::write(&other, "text").expect("a file");
    assert!(matches!(Bundle::read_file(&other, &super::OPEN), Err(ReadBundleError::UnknownFormat)));
    let absent = Bundle::read_file(&folder.path().join("absent.zip"), &super::OPEN);
    assert!(matches!(absent, Err(ReadBundleError::Read(_))));
}

/// Archives with something of everything, to be damaged.
fn seeds() -> Vec<(Vec<u8>, Format)> {
    let long = format!("docs/{}.md", "a".repeat(150));
    let tar = make::tar(&[
        entry(b"docs/", b'5', b""),
        pax(b'g', &record("comment", "c")),
        pax(b'x', &record("path", &long)),
        file(&long, b"x"),
        entry(b"././@LongLink", b'L', b"docs/b.md\0"),
        file("docs/b.md", &[7; 600]),
    ]);
    let mut streamed = Item::deflated(b"docs/s.md", b"sssssssssss").both(|head| head.flags = 8);
    streamed.after = [streamed.central.crc, streamed.central.packed, streamed.central.size]
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect();
    let zip = make::zip(&[streamed, Item::stored(b"docs/b.md", b"b")]);
    vec![(tar, Format::TarGz), (zip, Format::Zip)]
}

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..3000), start in 0..3_usize) {
        let format = FORMATS[start];
        let magic: &[u8] = match format {
            Format::TarGz => b"\x1f\x8b\x08\0\0\0\0\0\0\xff",
            Format::TarZst => b"\x28\xb5\x2f\xfd",
            Format::Zip => b"PK\x03\x04",
        };
        prop_assert!(refused(&bytes, format).is_some());
        prop_assert!(refused(&[magic, &bytes].concat(), format).is_some());
        prop_assert!(refused(&make::gz(&bytes), Format::TarGz).is_some());
        prop_assert!(refused(&[&bytes[..], b"PK\x05\x06", &[0; 18]].concat(), Format::Zip).is_some());
    }

    #[test]
    fn damaged_archives_never_panic(
        seed in 0..2_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in prop::option::weighted(0.2, any::<prop::sample::Index>()),
        mend in any::<bool>(),
    ) {
        let (mut bytes, format) = seeds().swap_remove(seed);
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        if format == Format::TarGz {
            // With right sums, damage gets further in.
            if mend {
                bytes.chunks_exact_mut(512).filter(|block| block[257..262] == *b"ustar").for_each(set_sum);
            }
            bytes = make::gz(&bytes);
        }
        let _ = refused(&bytes, format);
    }
}

fn set_sum(block: &mut [u8]) {
    block[148..156].fill(b' ');
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
}
