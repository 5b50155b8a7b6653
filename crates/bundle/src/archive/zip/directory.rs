//! The end of a zip and its central directory.

use super::bytes::Fields;
use crate::{
    limits::Tally,
    rule::{Refusal, Rule, quoted},
};

const END: &[u8] = b"PK\x05\x06";
const END_BYTES: usize = 22;
const RECORD: &[u8] = b"PK\x01\x02";
const LOCATOR_64: &[u8] = b"PK\x06\x07";
/// The end record with the longest comment.
const END_MOST: usize = END_BYTES + u16::MAX as usize;

/// Encryption, strong encryption, and local headers that hide their values.
const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;

/// An entry as the central directory has it.
#[derive(Debug)]
pub(super) struct Record<'a> {
    pub(super) name: &'a [u8],
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) time: u32,
    pub(super) crc: u32,
    /// Bytes in the archive.
    pub(super) packed: u32,
    /// Bytes when unpacked, as it promises.
    pub(super) size: u32,
    pub(super) attributes: u32,
    /// Where the local header lies.
    pub(super) at: u32,
}

/// Reads all records, counts what they promise, and says where the directory begins.
pub(super) fn read<'a>(archive: &'a [u8], tally: &mut Tally) -> Result<(Vec<Record<'a>>, usize), Refusal> {
    let end = find_end(archive)?;
    let cut = || Refusal::because(Rule::S1, "the zip's end record is cut");
    let mut fields = Fields::at(archive, end + END.len()).ok_or_else(cut)?;
    let mut next = || fields.u16().ok_or_else(cut);
    let (disk, directory_disk, here, total) = (next()?, next()?, next()?, next()?);
    let size = fields.u32().ok_or_else(cut)? as usize;
    let start = fields.u32().ok_or_else(cut)? as usize;
    if end >= 20 && archive[end - 20..].starts_with(LOCATOR_64) {
        return Err(Refusal::because(Rule::S4, "zip64 records give other numbers"));
    }
    if (disk, directory_disk) != (0, 0) || here != total {
        return Err(Refusal::because(Rule::S3, "it claims to be one of several disks"));
    }
    if start.checked_add(size) != Some(end) {
        let about = "the directory does not lie right before the end: something stands before it or between";
        return Err(Refusal::because(Rule::S2, about));
    }
    let records = records(archive, start, end, tally)?;
    if records.len() != usize::from(total) {
        return Err(Refusal::because(Rule::S3, "the directory has another number of entries than its end says"));
    }
    Ok((records, start))
}

/// The place of the end record, which must be the last bytes of the file.
fn find_end(archive: &[u8]) -> Result<usize, Refusal> {
    let last = archive.len().checked_sub(END_BYTES);
    if let Some(at) = last.filter(|at| archive[*at..].starts_with(END) && archive.ends_with(&[0, 0])) {
        return Ok(at);
    }
    let from = archive.len().saturating_sub(END_MOST);
    let tail = &archive[from..];
    let Some(at) = tail.windows(END.len()).rposition(|window| window == END) else {
        return Err(Refusal::because(Rule::S1, "the zip's end record is missing"));
    };
    let mut comment = Fields::at(tail, at + END_BYTES - 2);
    match comment.as_mut().and_then(Fields::u16) {
        Some(length) if at + END_BYTES + usize::from(length) > tail.len() => {
            Err(Refusal::because(Rule::S1, "the zip's comment is cut"))
        }
        Some(0) => Err(Refusal::because(Rule::S2, "something follows the end of the zip")),
        Some(_) => Err(Refusal::because(Rule::S2, "a comment follows the end of the zip")),
        None => Err(Refusal::because(Rule::S1, "the zip's end record is cut")),
    }
}

fn records<'a>(archive: &'a [u8], start: usize, end: usize, tally: &mut Tally) -> Result<Vec<Record<'a>>, Refusal> {
    let unclear = || Refusal::because(Rule::S3, "the directory cannot be read");
    let mut fields = Fields::at(&archive[..end], start).ok_or_else(unclear)?;
    let mut list = Vec::new();
    let mut odd = None;
    while !fields.is_empty() {
        let (record, extra) = record(&mut fields).ok_or_else(unclear)?;
        // What it promises comes first: an archive of overlapping entries is most of all too large.
        tally.entry(u64::from(record.size))?;
        tally.promise(u64::from(record.size), u64::from(record.packed))?;
        odd = odd.or_else(|| check(&record, extra).err());
        list.push(record);
    }
    odd.map_or(Ok(list), Err)
}

fn record<'a>(fields: &mut Fields<'a>) -> Option<(Record<'a>, &'a [u8])> {
    if fields.take(4)? != RECORD {
        return None;
    }
    let _made_by_and_needed = fields.u32()?;
    let (flags, method, time, crc) = (fields.u16()?, fields.u16()?, fields.u32()?, fields.u32()?);
    let (packed, size) = (fields.u32()?, fields.u32()?);
    let (name, extra, comment) = (fields.u16()?, fields.u16()?, fields.u16()?);
    let _disk_and_internal = fields.u32()?;
    let (attributes, at) = (fields.u32()?, fields.u32()?);
    let name = fields.take(usize::from(name))?;
    let extra = fields.take(usize::from(extra))?;
    fields.take(usize::from(comment))?;
    Some((Record { name, flags, method, time, crc, packed, size, attributes, at }, extra))
}

fn check(record: &Record<'_>, extra: &[u8]) -> Result<(), Refusal> {
    let name = quoted(record.name);
    if record.flags & ENCRYPTED != 0 {
        return Err(Refusal::because(Rule::S3, format!("{name} is encrypted")));
    }
    if !matches!(record.method, 0 | 8) {
        let about = format!("{name} is neither stored nor deflated (method {})", record.method);
        return Err(Refusal::because(Rule::S3, about));
    }
    check_extra(extra, &name)
}

/// Looks through extra fields for those that give an entry another name or size, or encrypt it.
pub(super) fn check_extra(extra: &[u8], name: &str) -> Result<(), Refusal> {
    let unclear = || Refusal::because(Rule::S3, format!("an extra field of {name} cannot be read"));
    let mut fields = Fields::at(extra, 0).ok_or_else(unclear)?;
    while !fields.is_empty() {
        let (id, size) = (fields.u16().ok_or_else(unclear)?, fields.u16().ok_or_else(unclear)?);
        fields.take(usize::from(size)).ok_or_else(unclear)?;
        let (rule, what) = match id {
            0x0001 => (Rule::S4, "gives it zip64 sizes"),
            0x7075 => (Rule::S4, "gives it another name"),
            0x9901 | 0x0017 => (Rule::S3, "encrypts it"),
            0x000d | 0x756e => (Rule::E1, "makes it a link or a device"),
            _ => continue,
        };
        return Err(Refusal::because(rule, format!("an extra field of {name} {what}")));
    }
    Ok(())
}
