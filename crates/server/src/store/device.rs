//! Devices: where each one stands.

use jiff::Timestamp;
use waymark_api::http::events::Cursor;
use waymark_core::id::{DeviceId, PersonId};

use sqlx::AssertSqlSafe;

use super::{About, Store, StoreError, Tx, for_update};

const WHAT: &str = "where a device stands";

/// Locks the device's row until the commit and says where it stands. `None` where the person has no such device.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn lock(tx: &mut Tx, device: DeviceId, person: PersonId) -> Result<Option<Cursor>, StoreError> {
    let sql = format!(
        "SELECT epoch, last_sequence FROM device WHERE id = $1 AND person = $2 AND revoked IS NULL{}",
        for_update(tx)
    );
    let row: Option<(i64, i64)> = sqlx::query_as(AssertSqlSafe(sql))
        .bind(device.to_string())
        .bind(person.to_string())
        .fetch_optional(&mut **tx)
        .await
        .about(WHAT)?;
    Ok(row.map(cursor_of))
}

/// Moves a device's cursor; `now` is when it was heard of.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn advance(tx: &mut Tx, device: DeviceId, cursor: Cursor, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query("UPDATE device SET epoch = $1, last_sequence = $2, last_seen = $3 WHERE id = $4")
        .bind(i64::from(cursor.epoch))
        .bind(cursor.last as i64)
        .bind(now.as_millisecond())
        .bind(device.to_string())
        .execute(&mut **tx)
        .await
        .about(WHAT)?;
    Ok(())
}

/// Where a device stands. `None` where the person has no such device.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn cursor(store: &Store, device: DeviceId, person: PersonId) -> Result<Option<Cursor>, StoreError> {
    let row: Option<(i64, i64)> =
        sqlx::query_as("SELECT epoch, last_sequence FROM device WHERE id = $1 AND person = $2 AND revoked IS NULL")
            .bind(device.to_string())
            .bind(person.to_string())
            .fetch_optional(store.read())
            .await
            .about(WHAT)?;
    Ok(row.map(cursor_of))
}

fn cursor_of((epoch, last): (i64, i64)) -> Cursor {
    Cursor { epoch: epoch as u32, last: last as u64 }
}
