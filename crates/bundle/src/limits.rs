//! How large an archive may be, and the counter that stops it on the way.

use crate::rule::{Refusal, Rule};

const MIB: u64 = 1024 * 1024;

/// Output that no ratio is asked of: an archive of two small pages is mostly padding, and what comes out
/// of this much is no danger.
const FREE: u64 = 256 * 1024;

/// What an entry costs in headers and padding of a tar, at most in ordinary ones.
const ENTRY_OVERHEAD: u64 = 2048;

/// How large an archive may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Entries, directories included.
    pub entries: u32,
    /// Bytes of the archive.
    pub packed: u64,
    /// Bytes of all files.
    pub unpacked: u64,
    /// Bytes of one file.
    pub file: u64,
    /// Bytes that may come out for each that went in.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { entries: 5_000, packed: 64 * MIB, unpacked: 256 * MIB, file: 25 * MIB, ratio: 100 }
    }
}

/// Counts what comes out of an archive and says when it is too much.
pub(crate) struct Tally {
    limits: Limits,
    packed: u64,
    entries: u32,
    promised: u64,
    unpacked: u64,
    file: u64,
    stream: u64,
}

impl Tally {
    /// A counter for an archive of `packed` bytes.
    pub(crate) fn new(limits: Limits, packed: u64) -> Result<Self, Refusal> {
        if packed > limits.packed {
            return Err(too_much(format!("the archive is larger than {} bytes", limits.packed)));
        }
        Ok(Self { limits, packed, entries: 0, promised: 0, unpacked: 0, file: 0, stream: 0 })
    }

    /// A new entry begins, which promises `size` bytes.
    pub(crate) fn entry(&mut self, size: u64) -> Result<(), Refusal> {
        self.entries += 1;
        self.promised = self.promised.saturating_add(size);
        self.file = 0;
        if self.entries > self.limits.entries {
            return Err(too_much(format!("more than {} entries", self.limits.entries)));
        }
        if size > self.limits.file {
            return Err(too_much(format!("a file of {size} bytes, above {}", self.limits.file)));
        }
        if self.promised > self.limits.unpacked {
            return Err(too_much(format!("more than {} bytes unpacked", self.limits.unpacked)));
        }
        Ok(())
    }

    /// Bytes of a file came out.
    pub(crate) fn bytes(&mut self, count: usize) -> Result<(), Refusal> {
        self.file += count as u64;
        self.unpacked += count as u64;
        if self.file > self.limits.file {
            return Err(too_much(format!("a file of more than {} bytes", self.limits.file)));
        }
        if self.unpacked > self.limits.unpacked {
            return Err(too_much(format!("more than {} bytes unpacked", self.limits.unpacked)));
        }
        self.ratio(self.unpacked, self.packed, FREE)
    }

    /// Bytes of a decompressed stream came out, headers and padding included.
    pub(crate) fn stream(&mut self, count: usize) -> Result<(), Refusal> {
        self.stream += count as u64;
        self.ratio(self.stream, self.packed, FREE + u64::from(self.entries) * ENTRY_OVERHEAD)
    }

    /// The bytes of the next file come; for archives that list all entries first.
    pub(crate) fn file_begins(&mut self) {
        self.file = 0;
    }

    /// What one entry of a zip promises, for its own packed bytes.
    pub(crate) fn promise(&self, size: u64, packed: u64) -> Result<(), Refusal> {
        self.ratio(size, packed, FREE)
    }

    fn ratio(&self, out: u64, packed: u64, free: u64) -> Result<(), Refusal> {
        if out > packed.saturating_mul(self.limits.ratio).saturating_add(free) {
            return Err(too_much(format!("more than {} bytes come out for each packed one", self.limits.ratio)));
        }
        Ok(())
    }
}

fn too_much(about: String) -> Refusal {
    Refusal::because(Rule::L1, about)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Limits = Limits { entries: 2, packed: 1000, unpacked: 300, file: 200, ratio: 1 };

    #[test]
    fn each_limit_holds_on_its_own() {
        let tally = || Tally::new(SMALL, 1000).expect("it is small enough");
        assert!(Tally::new(SMALL, 1001).is_err());
        assert!(tally().entry(201).is_err());
        assert!(tally().entry(200).is_ok());
        let mut two = tally();
        assert!(two.entry(200).is_ok() && two.bytes(200).is_ok());
        assert!(two.entry(101).is_err(), "together they are too large");
        let mut many = tally();
        assert!(many.entry(0).is_ok() && many.entry(0).is_ok());
        assert!(many.entry(0).is_err());
        let mut liar = tally();
        assert!(liar.entry(1).is_ok());
        assert!(liar.bytes(201).is_err(), "what comes out counts, not what was promised");
    }

    #[test]
    fn the_ratio_counts_beyond_what_is_free() {
        let limits = Limits { ratio: 100, ..Limits::default() };
        let mut tally = Tally::new(limits, 10).expect("it is small enough");
        assert!(tally.stream(FREE as usize + 1000).is_ok());
        assert!(tally.stream(1).is_err());
        assert!(tally.promise(FREE + 1000, 10).is_ok());
        assert!(tally.promise(FREE + 1001, 10).is_err());
    }
}
