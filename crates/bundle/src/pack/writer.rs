//! Archives with nothing of this machine in them: no times, no owners, no modes, no order of a folder.

use std::io::{self, Write as _};

use flate2::{Compression, GzBuilder, write::DeflateEncoder, write::GzEncoder};

use crate::archive::Format;

/// Above this, Zstandard takes longer and gains little on text.
const ZSTD_LEVEL: i32 = 12;
/// The operating system of a gzip header: unknown.
const UNKNOWN_SYSTEM: u8 = 255;

/// Writes one archive.
pub(super) enum Writer {
    Gzip(tar::Builder<GzEncoder<Vec<u8>>>),
    Zstd(tar::Builder<zstd::stream::write::Encoder<'static, Vec<u8>>>),
    Zip(Zip),
}

impl Writer {
    pub(super) fn new(format: Format) -> io::Result<Self> {
        Ok(match format {
            Format::TarGz => {
                let gzip = GzBuilder::new().mtime(0).operating_system(UNKNOWN_SYSTEM);
                Self::Gzip(tar::Builder::new(gzip.write(Vec::new(), Compression::best())))
            }
            Format::TarZst => {
                let mut encoder = zstd::stream::write::Encoder::new(Vec::new(), ZSTD_LEVEL)?;
                encoder.include_checksum(true)?;
                encoder.window_log(23)?;
                Self::Zstd(tar::Builder::new(encoder))
            }
            Format::Zip => Self::Zip(Zip::default()),
        })
    }

    /// Adds a file.
    pub(super) fn add(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        match self {
            Self::Gzip(tar) => tar.append_data(&mut header, path, bytes),
            Self::Zstd(tar) => tar.append_data(&mut header, path, bytes),
            Self::Zip(zip) => zip.add(path, bytes),
        }
    }

    /// Ends the archive.
    pub(super) fn finish(self) -> io::Result<Vec<u8>> {
        match self {
            Self::Gzip(tar) => tar.into_inner()?.finish(),
            Self::Zstd(tar) => tar.into_inner()?.finish(),
            Self::Zip(zip) => Ok(zip.finish()),
        }
    }
}

/// A zip in the one form that [`crate::archive`] reads.
#[derive(Default)]
pub(super) struct Zip {
    archive: Vec<u8>,
    directory: Vec<u8>,
    count: u16,
}

/// The first day that DOS knows, 1 January 1980, at midnight.
const DOS_TIME: u32 = 0x0021 << 16;
/// Made on Unix by version 2.0, as a regular file that all may read.
const MADE_BY: u16 = 3 << 8 | 20;
const ATTRIBUTES: u32 = 0o100_644 << 16;
const NEEDED: u16 = 20;

impl Zip {
    fn add(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::best());
        deflate.write_all(bytes)?;
        let deflated = deflate.finish()?;
        let (method, data): (u16, &[u8]) = if deflated.len() < bytes.len() { (8, &deflated) } else { (0, bytes) };
        let large = |_| io::Error::other("the archive is too large for a zip");
        let at = u32::try_from(self.archive.len()).map_err(large)?;
        let mut common = Vec::new();
        put16(&mut common, &[NEEDED, 0, method]);
        put32(&mut common, &[DOS_TIME, crc32fast::hash(bytes)]);
        put32(&mut common, &[u32::try_from(data.len()).map_err(large)?, u32::try_from(bytes.len()).map_err(large)?]);
        put16(&mut common, &[u16::try_from(path.len()).map_err(large)?, 0]);
        self.archive.extend([b"PK\x03\x04", common.as_slice(), path.as_bytes(), data].concat());
        self.directory.extend(b"PK\x01\x02");
        put16(&mut self.directory, &[MADE_BY]);
        self.directory.extend(common);
        put16(&mut self.directory, &[0, 0, 0]);
        put32(&mut self.directory, &[ATTRIBUTES, at]);
        self.directory.extend(path.as_bytes());
        self.count = self.count.checked_add(1).ok_or_else(|| io::Error::other("too many files for a zip"))?;
        Ok(())
    }

    fn finish(self) -> Vec<u8> {
        let Self { mut archive, directory, count } = self;
        let at = archive.len() as u32;
        archive.extend(&directory);
        archive.extend(b"PK\x05\x06");
        put16(&mut archive, &[0, 0, count, count]);
        put32(&mut archive, &[directory.len() as u32, at]);
        put16(&mut archive, &[0]);
        archive
    }
}

fn put16(to: &mut Vec<u8>, numbers: &[u16]) {
    numbers.iter().for_each(|number| to.extend(number.to_le_bytes()));
}

fn put32(to: &mut Vec<u8>, numbers: &[u32]) {
    numbers.iter().for_each(|number| to.extend(number.to_le_bytes()));
}
