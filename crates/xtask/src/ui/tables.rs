//! Mends what Debian's `wasm-opt` breaks.
//!
//! Binaryen 108 writes index 0 for every exported table. Bindgen's module has two, the functions
//! and the JavaScript values, and exports the second: the page would then fail on its first line
//! with "Argument value did not match the reference type". The index is put right in place.

use std::ops::Range;

use anyhow::Context as _;

const TABLES: u8 = 4;
const EXPORTS: u8 = 7;
/// The kind of an export that is a table.
const TABLE: u8 = 1;
/// The element type of a table of JavaScript values.
const EXTERNREF: u8 = 0x6f;
/// The export through which the glue reaches its table.
const NAME: &[u8] = b"__wbindgen_externrefs";

/// Lets the export of the glue's table name the table of JavaScript values.
///
/// # Errors
///
/// Where the bytes are no module, or hold more than one such table.
pub(super) fn mend(module: &mut [u8]) -> anyhow::Result<()> {
    let Some(place) = export(module)? else { return Ok(()) };
    let index = values_table(module)?;
    anyhow::ensure!(module[place] < 0x80 && index < 0x80, "the module has more tables than were ever seen");
    module[place] = index;
    Ok(())
}

/// Where the index of the exported table stands.
fn export(module: &[u8]) -> anyhow::Result<Option<usize>> {
    let Some(section) = section(module, EXPORTS)? else { return Ok(None) };
    let mut reader = Reader { bytes: module, at: section.start };
    for _ in 0..reader.number()? {
        let length = reader.number()? as usize;
        let name = reader.take(length)?;
        let kind = reader.byte()?;
        if kind == TABLE && name == NAME {
            return Ok(Some(reader.at));
        }
        reader.number()?;
    }
    Ok(None)
}

/// The index of the one table of JavaScript values. Bindgen imports no table, so none comes before.
fn values_table(module: &[u8]) -> anyhow::Result<u8> {
    let section = section(module, TABLES)?.context("a table is exported, but there is none")?;
    let mut reader = Reader { bytes: module, at: section.start };
    let mut found = Vec::new();
    for index in 0..reader.number()? {
        if reader.byte()? == EXTERNREF {
            found.push(u8::try_from(index)?);
        }
        let bounded = reader.byte()? & 1 == 1;
        reader.number()?;
        if bounded {
            reader.number()?;
        }
    }
    anyhow::ensure!(found.len() == 1, "the module has {} tables of JavaScript values, not one", found.len());
    Ok(found[0])
}

/// Where the content of a section lies.
fn section(module: &[u8], wanted: u8) -> anyhow::Result<Option<Range<usize>>> {
    anyhow::ensure!(module.starts_with(b"\0asm"), "this is no wasm module");
    let mut reader = Reader { bytes: module, at: 8 };
    while reader.at < module.len() {
        let (id, length) = (reader.byte()?, reader.number()? as usize);
        if id == wanted {
            return Ok(Some(reader.at..reader.at + length));
        }
        reader.take(length)?;
    }
    Ok(None)
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> anyhow::Result<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    fn take(&mut self, length: usize) -> anyhow::Result<&'a [u8]> {
        let taken = self.bytes.get(self.at..self.at.saturating_add(length)).context("the module ends too early")?;
        self.at += length;
        Ok(taken)
    }

    /// An unsigned number in seven bits a byte.
    fn number(&mut self) -> anyhow::Result<u64> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        anyhow::bail!("the module has a number of more than 32 bits")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module with a table of functions, one of values, and an export of the table at `index`.
    fn module(index: u8) -> Vec<u8> {
        let mut bytes = b"\0asm\x01\0\0\0".to_vec();
        bytes.extend([TABLES, 8, 2, 0x70, 1, 0x8f, 0x01, 0x8f, 0x01, EXTERNREF]);
        bytes[9] = 10;
        bytes.extend([0, 5]);
        bytes.extend([EXPORTS, 4 + NAME.len() as u8, 1, NAME.len() as u8]);
        bytes.extend(NAME);
        bytes.extend([TABLE, index]);
        bytes
    }

    #[test]
    fn the_exported_table_is_the_one_of_values() {
        let (mut broken, whole) = (module(0), module(1));
        mend(&mut broken).expect("a well-formed module");
        assert_eq!(broken, whole, "index 0 is the table of functions");
        let mut again = whole.clone();
        mend(&mut again).expect("a well-formed module");
        assert_eq!(again, whole, "a right index stays");
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(mend(&mut b"<!doctype html>".to_vec()).is_err());
        let mut short = module(0);
        short.truncate(25);
        assert!(mend(&mut short).is_err(), "a module that ends too early is refused, not read past its end");
    }
}
