//! Local headers: each must say what the directory says, and together they must fill the file up to
//! the directory, without a gap and without an overlap.

use std::ops::Range;

use super::{
    bytes::Fields,
    directory::{Record, check_extra},
};
use crate::rule::{Refusal, Rule, quoted};

const LOCAL: &[u8] = b"PK\x03\x04";
const DESCRIPTOR: &[u8] = b"PK\x07\x08";
/// Checksum and sizes follow the data instead of standing in the local header.
const STREAMED: u16 = 1 << 3;

/// Where the bytes of each record lie.
pub(super) fn places(
    archive: &[u8],
    records: &[Record<'_>],
    directory_at: usize,
) -> Result<Vec<Range<usize>>, Refusal> {
    let before = &archive[..directory_at];
    let mut spans = Vec::with_capacity(records.len());
    let mut places = Vec::with_capacity(records.len());
    for record in records {
        let (place, end) = place(before, record)?;
        spans.push((record.at as usize..end, record.name));
        places.push(place);
    }
    spans.sort_by_key(|(span, _)| (span.start, span.end));
    let mut at = 0;
    for (span, name) in &spans {
        let name = quoted(name);
        if span.start < at {
            return Err(Refusal::because(Rule::S3, format!("{name} overlaps another entry")));
        }
        if span.start > at && at == 0 {
            return Err(Refusal::because(Rule::S2, "something stands before the first entry"));
        }
        if span.start > at {
            return Err(Refusal::because(Rule::S3, format!("bytes before {name} belong to no entry")));
        }
        at = span.end;
    }
    if at != directory_at {
        return Err(Refusal::because(Rule::S3, "bytes before the directory belong to no entry"));
    }
    Ok(places)
}

/// The data's place and the end of everything that belongs to the entry.
fn place(archive: &[u8], record: &Record<'_>) -> Result<(Range<usize>, usize), Refusal> {
    let name = quoted(record.name);
    let missing = || Refusal::because(Rule::S3, format!("{name} has no local header where the directory says"));
    let local = Local::read(archive, record.at as usize).ok_or_else(missing)?;
    let differs =
        |what: &str| Err(Refusal::because(Rule::S3, format!("{name} has another {what} in its local header")));
    if local.name != record.name {
        return differs("name");
    }
    if local.flags != record.flags || local.method != record.method {
        return differs("method");
    }
    if local.time != record.time {
        return differs("time");
    }
    let is_streamed = record.flags & STREAMED != 0;
    let numbers = (record.crc, record.packed, record.size);
    let later = is_streamed && (local.crc, local.packed, local.size) == (0, 0, 0);
    if !later && (local.crc, local.packed, local.size) != numbers {
        return differs("size or checksum");
    }
    check_extra(local.extra, &name)?;
    let start = local.data_at;
    let end = start.checked_add(record.packed as usize).filter(|end| *end <= archive.len()).ok_or_else(missing)?;
    if !is_streamed {
        return Ok((start..end, end));
    }
    match descriptor(archive, end) {
        Some((found, after)) if found == numbers => Ok((start..end, after)),
        _ => differs("size or checksum after its data than"),
    }
}

/// Checksum and sizes after the data, with or without their mark.
fn descriptor(archive: &[u8], at: usize) -> Option<((u32, u32, u32), usize)> {
    let is_marked = archive.get(at..)?.starts_with(DESCRIPTOR);
    let from = if is_marked { at + DESCRIPTOR.len() } else { at };
    let mut fields = Fields::at(archive, from)?;
    Some(((fields.u32()?, fields.u32()?, fields.u32()?), from + 12))
}

struct Local<'a> {
    name: &'a [u8],
    extra: &'a [u8],
    flags: u16,
    method: u16,
    time: u32,
    crc: u32,
    packed: u32,
    size: u32,
    data_at: usize,
}

impl<'a> Local<'a> {
    fn read(archive: &'a [u8], at: usize) -> Option<Self> {
        let mut fields = Fields::at(archive, at)?;
        if fields.take(4)? != LOCAL {
            return None;
        }
        let _needed = fields.u16()?;
        let (flags, method, time, crc) = (fields.u16()?, fields.u16()?, fields.u32()?, fields.u32()?);
        let (packed, size) = (fields.u32()?, fields.u32()?);
        let (name, extra) = (fields.u16()?, fields.u16()?);
        let name = fields.take(usize::from(name))?;
        let extra = fields.take(usize::from(extra))?;
        let data_at = at + 30 + name.len() + extra.len();
        Some(Self { name, extra, flags, method, time, crc, packed, size, data_at })
    }
}
