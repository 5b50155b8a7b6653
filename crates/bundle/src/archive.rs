//! Archives of every format as one sequence: entries with their bytes, in the archive's order.

mod format;
mod tar;
mod unpacked;
mod zip;

use crate::{
    limits::{Limits, Tally},
    rule::Refusal,
};
pub use format::Format;

/// What an entry is; nothing else is let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A regular file.
    File,
    /// A directory.
    Directory,
}

/// An entry before its name was judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The effective name, as bytes.
    pub(crate) name: Vec<u8>,
    pub(crate) kind: Kind,
}

/// Takes what an archive holds, in its order. Directories have no bytes.
pub(crate) trait Sink {
    /// What can go wrong where the bytes go.
    type Error: From<Refusal>;

    /// An entry begins.
    fn begin(&mut self, entry: Entry) -> Result<(), Self::Error>;

    /// Some bytes of the file that began last.
    fn bytes(&mut self, bytes: &[u8]) -> Result<(), Self::Error>;

    /// The entry is complete.
    fn end(&mut self) -> Result<(), Self::Error>;
}

/// Reads an archive from its first byte to its last and hands everything to `sink`. Structure,
/// limits and kinds are checked on the way (`E1`, `L1`, `S1` to `S4`); names are the sink's matter.
pub(crate) fn walk<S: Sink>(bytes: &[u8], format: Format, limits: Limits, sink: &mut S) -> Result<(), S::Error> {
    let mut tally = Tally::new(limits, bytes.len() as u64)?;
    format.check_start(bytes)?;
    match format {
        Format::Zip => zip::walk(bytes, &mut tally, sink),
        Format::TarGz | Format::TarZst => {
            let mut stream = unpacked::Unpacked::open(bytes, format)?;
            tar::walk(&mut stream, &mut tally, sink)
        }
    }
}
