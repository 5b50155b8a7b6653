//! The device's disk: one SQLite file with the event log, the outbox, the projections, the content
//! and the page cache, and beside them what never leaves the device.
//!
//! Reads start at [`Db`], noun first: `db.journeys().list()`. Writes need a [`Tx`], so that nothing
//! is written outside a transaction. [`Tx::record`] is the only way into the log for facts of this device,
//! and it writes the fact, its projection and its outbox row together; [`Tx::import`] is the way in for those
//! that the team's server gives. After [`Tx::commit`] a fact survives a power cut.
//!
//! **Absent on purpose:** this crate knows no clock, makes no ids, renders no page and opens no
//! socket. Times, ids and parsed content arrive as arguments.

mod ballast;
mod check;
mod db;
mod error;
mod migrations;
mod open;
mod quarantine;
mod record;
mod settings;
mod table;
mod trouble;
mod tx;

pub use db::Db;
pub use error::{ReadError, WriteError};
pub use migrations::BackupError;
pub use open::{OpenError, OpenOptions};
pub use quarantine::{QuarantineError, quarantine};
pub use record::{Imported, OwnFact, RecordContext, RecordError};
pub use settings::SettingError;
pub use table::*;
pub use trouble::Trouble;
pub use tx::Tx;
