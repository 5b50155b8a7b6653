//! The bytes of a tar, out of exactly one gzip member or Zstandard frame.

use std::io::{self, Read};

use flate2::bufread::GzDecoder;

use super::Format;
use crate::rule::{Refusal, Rule};

/// Memory that a Zstandard frame may ask for, as a power of two: 8 MiB, what every decoder must grant.
const WINDOW_LOG: u32 = 23;

/// A decompressed stream.
pub(super) struct Unpacked<'a> {
    decoder: Decoder<'a>,
}

enum Decoder<'a> {
    Gzip(GzDecoder<&'a [u8]>),
    Zstd(zstd::stream::read::Decoder<'a, &'a [u8]>),
}

impl<'a> Unpacked<'a> {
    /// Begins to decompress.
    pub(super) fn open(bytes: &'a [u8], format: Format) -> Result<Self, Refusal> {
        let decoder = match format {
            Format::TarZst => {
                let broken = |error: io::Error| Refusal::because(Rule::S1, format!("zstd cannot start: {error}"));
                let mut decoder = zstd::stream::read::Decoder::with_buffer(bytes).map_err(broken)?.single_frame();
                decoder.window_log_max(WINDOW_LOG).map_err(broken)?;
                Decoder::Zstd(decoder)
            }
            Format::TarGz | Format::Zip => Decoder::Gzip(GzDecoder::new(bytes)),
        };
        Ok(Self { decoder })
    }

    /// Fills `buffer` as far as there are bytes; less than its length means the end. At the end,
    /// checksum and length were right, and nothing follows.
    pub(super) fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Refusal> {
        let mut filled = 0;
        while filled < buffer.len() {
            let got = match &mut self.decoder {
                Decoder::Gzip(decoder) => decoder.read(&mut buffer[filled..]),
                Decoder::Zstd(decoder) => decoder.read(&mut buffer[filled..]),
            };
            match got {
                Ok(0) => {
                    self.check_rest()?;
                    break;
                }
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(broken(&error)),
            }
        }
        Ok(filled)
    }

    fn check_rest(&self) -> Result<(), Refusal> {
        let rest = match &self.decoder {
            Decoder::Gzip(decoder) => decoder.get_ref(),
            Decoder::Zstd(decoder) => decoder.get_ref(),
        };
        match rest.len() {
            0 => Ok(()),
            count => Err(Refusal::because(Rule::S2, format!("{count} bytes follow the compressed stream"))),
        }
    }
}

fn broken(error: &io::Error) -> Refusal {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => Refusal::because(Rule::S1, "the compressed stream ends early"),
        _ => Refusal::because(Rule::S1, format!("the compressed stream is damaged ({error})")),
    }
}
