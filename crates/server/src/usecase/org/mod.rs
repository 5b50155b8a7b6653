//! The organisation: from a table ([`read`]) or a catalog ([`catalog`]), judged as a whole ([`people`]), compared
//! with what is there ([`mod@plan`]) and brought in ([`mod@import`]); or by hand ([`edit`], [`teams`]).
//!
//! Reading, judging and comparing are pure. Nothing is written while there is a problem.

pub(crate) mod catalog;
mod check;
pub(crate) mod edit;
mod entry;
pub(crate) mod fields;
mod import;
mod plan;
mod spot;
mod table;
pub(crate) mod teams;
mod write;

pub(crate) use check::people;
pub(crate) use entry::Entry;
pub(crate) use import::{Import, Leavers, Run, import};
pub(crate) use spot::Problem;
pub(crate) use table::read;
pub(crate) use write::Writer;

#[cfg(test)]
mod tests;
