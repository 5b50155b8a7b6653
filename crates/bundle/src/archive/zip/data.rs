//! The bytes of one entry: inflated, counted, and compared with what was promised.

use flate2::{Decompress, FlushDecompress, Status};

use super::{super::Sink, directory::Record};
use crate::{
    limits::Tally,
    rule::{Refusal, Rule, quoted},
};

const CHUNK: usize = 64 * 1024;

/// Hands an entry's bytes to `sink`.
pub(super) fn hand_on<S: Sink>(
    record: &Record<'_>,
    packed: &[u8],
    tally: &mut Tally,
    sink: &mut S,
) -> Result<(), S::Error> {
    let mut out = Out { crc: crc32fast::Hasher::new(), size: 0 };
    tally.file_begins();
    if record.method == 0 {
        for chunk in packed.chunks(CHUNK) {
            out.hand_on(chunk, tally, sink)?;
        }
    } else {
        inflate(record, packed, &mut out, tally, sink)?;
    }
    if out.size != u64::from(record.size) {
        return Err(broken(record, "has another length than it says").into());
    }
    if out.crc.finalize() != record.crc {
        return Err(broken(record, "has another checksum than it says").into());
    }
    Ok(())
}

struct Out {
    crc: crc32fast::Hasher,
    size: u64,
}

impl Out {
    fn hand_on<S: Sink>(&mut self, chunk: &[u8], tally: &mut Tally, sink: &mut S) -> Result<(), S::Error> {
        tally.bytes(chunk.len())?;
        self.crc.update(chunk);
        self.size += chunk.len() as u64;
        sink.bytes(chunk)
    }
}

fn inflate<S: Sink>(
    record: &Record<'_>,
    packed: &[u8],
    out: &mut Out,
    tally: &mut Tally,
    sink: &mut S,
) -> Result<(), S::Error> {
    let mut inflater = Decompress::new(false);
    let mut buffer = vec![0; CHUNK];
    loop {
        let (read, written) = (inflater.total_in(), inflater.total_out());
        let rest = packed.get(read as usize..).unwrap_or_default();
        let status = inflater
            .decompress(rest, &mut buffer, FlushDecompress::None)
            .map_err(|_| broken(record, "is no deflate stream"))?;
        let count = (inflater.total_out() - written) as usize;
        out.hand_on(&buffer[..count], tally, sink)?;
        match status {
            Status::StreamEnd => break,
            _ if count == 0 && inflater.total_in() == read => {
                return Err(broken(record, "ends early").into());
            }
            Status::Ok | Status::BufError => {}
        }
    }
    if inflater.total_in() != packed.len() as u64 {
        let about = format!("bytes follow the data of {}", quoted(record.name));
        return Err(Refusal::because(Rule::S3, about).into());
    }
    Ok(())
}

fn broken(record: &Record<'_>, what: &str) -> Refusal {
    Refusal::because(Rule::S1, format!("{} {what}", quoted(record.name)))
}
