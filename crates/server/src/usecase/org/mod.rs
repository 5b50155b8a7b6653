//! The organisation from a table: read ([`table`]), judged as a whole ([`check`]), brought in ([`import`]).
//!
//! Reading and judging are pure: text in, people and problems out. Nothing is written while there is a problem.

mod check;
mod fields;
mod import;
mod table;

pub(crate) use check::people;
pub(crate) use import::{Leavers, import};
pub(crate) use table::read;

#[cfg(test)]
mod tests;
