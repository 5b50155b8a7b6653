//! Makes archives that no careful program would: raw tar blocks and raw zip records.

use std::io::Write as _;

use flate2::{Compression, write::DeflateEncoder, write::GzEncoder};

/// The smallest index.
pub(super) const INDEX: &[u8] = br#"{"name":"x","version":"1.0.0"}"#;

/// A header with a right checksum, and its data with padding.
pub(super) fn entry(name: &[u8], kind: u8, data: &[u8]) -> Vec<u8> {
    entry_with(name, kind, data, |_| {})
}

/// The same, with a change to the header before its checksum is taken.
pub(super) fn entry_with(name: &[u8], kind: u8, data: &[u8], change: impl FnOnce(&mut [u8])) -> Vec<u8> {
    let mut block = vec![0; 512];
    let cut = &name[..name.len().min(100)];
    block[..cut.len()].copy_from_slice(cut);
    block[100..108].copy_from_slice(b"0000644\0");
    block[124..136].copy_from_slice(format!("{:011o}\0", data.len()).as_bytes());
    block[136..148].copy_from_slice(b"00000000000\0");
    block[156] = kind;
    block[257..265].copy_from_slice(b"ustar\x0000");
    change(&mut block);
    block[148..156].fill(b' ');
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    block.extend(data);
    block.resize(block.len().next_multiple_of(512), 0);
    block
}

/// A file of a tar.
pub(super) fn file(name: &str, data: &[u8]) -> Vec<u8> {
    entry(name.as_bytes(), b'0', data)
}

/// A PAX header with these records, as they are.
pub(super) fn pax(kind: u8, records: &[u8]) -> Vec<u8> {
    entry(b"././@PaxHeader", kind, records)
}

/// One PAX record with its length.
pub(super) fn record(key: &str, value: &str) -> Vec<u8> {
    let rest = key.len() + value.len() + 3;
    let mut length = rest + 1;
    while length != rest + length.to_string().len() {
        length = rest + length.to_string().len();
    }
    format!("{length} {key}={value}\n").into_bytes()
}

/// A tar with index, these entries and its end.
pub(super) fn tar(entries: &[Vec<u8>]) -> Vec<u8> {
    let mut tar = file("bundle.json", INDEX);
    entries.iter().for_each(|entry| tar.extend(entry));
    tar.extend([0; 1024]);
    tar
}

/// One gzip member.
pub(super) fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}

/// One Zstandard frame with its checksum.
pub(super) fn zst(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = zstd::stream::write::Encoder::new(Vec::new(), 1).expect("the level is known");
    encoder.include_checksum(true).expect("the option is known");
    encoder.write_all(bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}

/// A bundle of these entries.
pub(super) fn tar_gz(entries: &[Vec<u8>]) -> Vec<u8> {
    gz(&tar(entries))
}

/// Raw deflate.
pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}

/// An entry of a zip: once as its local header has it, once as the directory has it.
#[derive(Clone)]
pub(super) struct Item {
    pub(super) local: Head,
    pub(super) central: Head,
    pub(super) data: Vec<u8>,
    /// What follows the data: a descriptor, or something hidden.
    pub(super) after: Vec<u8>,
    pub(super) attributes: u32,
}

#[derive(Clone)]
pub(super) struct Head {
    pub(super) name: Vec<u8>,
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) crc: u32,
    pub(super) packed: u32,
    pub(super) size: u32,
    pub(super) extra: Vec<u8>,
}

impl Item {
    /// A stored file.
    pub(super) fn stored(name: &[u8], content: &[u8]) -> Self {
        Self::new(name, 0, content, content.to_vec())
    }

    /// A deflated file.
    pub(super) fn deflated(name: &[u8], content: &[u8]) -> Self {
        Self::new(name, 8, content, deflate(content))
    }

    fn new(name: &[u8], method: u16, content: &[u8], data: Vec<u8>) -> Self {
        let (crc, packed, size) = (crc32fast::hash(content), data.len() as u32, content.len() as u32);
        let head = Head { name: name.to_vec(), flags: 0, method, crc, packed, size, extra: Vec::new() };
        Self { local: head.clone(), central: head, data, after: Vec::new(), attributes: 0o100_644 << 16 }
    }

    /// The same change on both sides.
    pub(super) fn both(mut self, change: impl Fn(&mut Head)) -> Self {
        change(&mut self.local);
        change(&mut self.central);
        self
    }
}

impl Head {
    fn common(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        [20, self.flags, self.method, 0, 0x21].iter().for_each(|number: &u16| bytes.extend(number.to_le_bytes()));
        [self.crc, self.packed, self.size].iter().for_each(|number| bytes.extend(number.to_le_bytes()));
        bytes.extend((self.name.len() as u16).to_le_bytes());
        bytes.extend((self.extra.len() as u16).to_le_bytes());
        bytes
    }
}

/// A zip with the index and these entries.
pub(super) fn zip(items: &[Item]) -> Vec<u8> {
    let mut all = vec![Item::stored(b"bundle.json", INDEX)];
    all.extend(items.iter().cloned());
    zip_of(&all)
}

/// A zip of these entries.
pub(super) fn zip_of(items: &[Item]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for item in items {
        let at = archive.len() as u32;
        let Item { local, central, data, after, attributes } = item;
        archive.extend([b"PK\x03\x04", &*local.common(), &local.name, &local.extra, data, after].concat());
        directory.extend([b"PK\x01\x02\x14\x03", &*central.common(), &[0; 6]].concat());
        directory.extend([attributes.to_le_bytes(), at.to_le_bytes()].concat());
        directory.extend([&*central.name, &central.extra].concat());
    }
    end(archive, &directory, items.len() as u16)
}

/// Puts directory and end behind the entries.
pub(super) fn end(mut archive: Vec<u8>, directory: &[u8], count: u16) -> Vec<u8> {
    let at = archive.len() as u32;
    archive.extend(directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    archive.extend([(directory.len() as u32).to_le_bytes(), at.to_le_bytes()].concat());
    archive.extend([0, 0]);
    archive
}
