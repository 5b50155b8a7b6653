//! A zip whose every byte is accounted for: entries from the first byte on without gap or overlap,
//! then the directory, then its end. Readers disagree wherever a zip is not of this form, so nothing
//! else is let in.
//!
//! Source of the format: PKWARE APPNOTE.TXT 6.3.10.

mod bytes;
mod data;
mod directory;
mod local;

use super::{Entry, Kind, Sink};
use crate::{
    limits::Tally,
    rule::{Refusal, Rule, quoted},
};
use directory::Record;

/// Hands everything in a zip to `sink`.
pub(super) fn walk<S: Sink>(archive: &[u8], tally: &mut Tally, sink: &mut S) -> Result<(), S::Error> {
    let (records, directory_at) = directory::read(archive, tally)?;
    let kinds = records.iter().map(kind_of).collect::<Result<Vec<Kind>, Refusal>>()?;
    let places = local::places(archive, &records, directory_at)?;
    for ((record, kind), place) in records.iter().zip(kinds).zip(places) {
        sink.begin(Entry { name: record.name.to_vec(), kind })?;
        if kind == Kind::File {
            data::hand_on(record, &archive[place], tally, sink)?;
        }
        sink.end()?;
    }
    Ok(())
}

const TYPE: u32 = 0o170_000;
const REGULAR: u32 = 0o100_000;
const DIRECTORY: u32 = 0o040_000;
/// The directory bit of the attributes of DOS.
const DOS_DIRECTORY: u32 = 0x10;

/// What an entry is: a directory's name ends with a slash, and the attributes must not say otherwise.
fn kind_of(record: &Record<'_>) -> Result<Kind, Refusal> {
    let wrong = |what: &str| Err(Refusal::because(Rule::E1, format!("{} is a {what}", quoted(record.name))));
    // The upper half is the mode of Unix, whatever system is said to have made the entry.
    let mode = record.attributes >> 16;
    let is_directory = record.name.ends_with(b"/");
    match mode & TYPE {
        0 | REGULAR if !is_directory && record.attributes & DOS_DIRECTORY == 0 => Ok(Kind::File),
        0 | DIRECTORY if is_directory && record.size == 0 && record.packed <= 2 => Ok(Kind::Directory),
        0o120_000 => wrong("symbolic link"),
        0o020_000 => wrong("character device"),
        0o060_000 => wrong("block device"),
        0o010_000 => wrong("pipe"),
        0o140_000 => wrong("socket"),
        _ if is_directory => wrong("directory with content or with the attributes of a file"),
        _ => wrong("file with the attributes of a directory"),
    }
}
