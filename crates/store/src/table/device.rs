//! This installation: its id, its epoch and the number of its next fact.

use sqlx::SqlitePool;
use waymark_core::id::DeviceId;

use crate::{
    Db, ReadError, Tx, WriteError,
    error::{About, parse},
};

/// Reads about this installation.
#[derive(Debug)]
pub struct Device<'db>(&'db Db);

/// Where the device's numbering stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbering {
    /// Rises when the device was restored from a backup.
    pub epoch: u32,
    /// The number that the next fact gets, counted from 1 in each epoch.
    pub next_sequence: u64,
}

impl Db {
    /// This installation's row.
    pub fn installation(&self) -> Device<'_> {
        Device(self)
    }
}

impl Device<'_> {
    /// Where the numbering stands.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn numbering(&self) -> Result<Numbering, ReadError> {
        let (epoch, next): (i64, i64) = sqlx::query_as("SELECT epoch, next_sequence FROM device")
            .fetch_one(self.0.reader())
            .await
            .reading("numbers of this installation")?;
        Ok(Numbering { epoch: epoch as u32, next_sequence: next as u64 })
    }
}

/// Reads the id, giving a new library `new` first.
pub(crate) async fn adopt(writer: &SqlitePool, new: DeviceId) -> Result<DeviceId, sqlx::Error> {
    // Looked up first, so that an ordinary start writes nothing.
    match read(writer).await {
        Err(sqlx::Error::RowNotFound) => {}
        outcome => return outcome,
    }
    sqlx::query("INSERT INTO device (only_row, id, epoch, next_sequence) VALUES (1, ?, 1, 1) ON CONFLICT DO NOTHING")
        .bind(new.to_string())
        .execute(writer)
        .await?;
    read(writer).await
}

/// Reads the id.
pub(crate) async fn read(pool: &SqlitePool) -> Result<DeviceId, sqlx::Error> {
    let id: String = sqlx::query_scalar("SELECT id FROM device").fetch_one(pool).await?;
    parse("id of this installation", &id).map_err(|error| sqlx::Error::Decode(Box::new(error)))
}

/// Takes the next number for a fact of this device.
pub(crate) async fn take_number(tx: &mut Tx) -> Result<(u32, u64), WriteError> {
    let (epoch, number): (i64, i64) =
        sqlx::query_as("UPDATE device SET next_sequence = next_sequence + 1 RETURNING epoch, next_sequence - 1")
            .fetch_one(tx.connection())
            .await
            .writing("the number of the next fact")?;
    Ok((epoch as u32, number as u64))
}
