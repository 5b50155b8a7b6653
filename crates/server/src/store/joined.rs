//! Devices that joined.

use super::{About, StoreError, Tx};

/// A device.
#[derive(Clone, Debug)]
pub(crate) struct DeviceRow {
    /// Whose.
    pub person: String,
    /// Ed25519, 32 bytes in base64.
    pub public_key: String,
    /// When it was cut off.
    pub revoked: Option<i64>,
}

/// Finds a device, holding it until the commit.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn hold(tx: &mut Tx, device: &str) -> Result<Option<DeviceRow>, StoreError> {
    let row: Option<(String, String, Option<i64>)> =
        sqlx::query_as("UPDATE device SET id = id WHERE id = $1 RETURNING person, public_key, revoked")
            .bind(device)
            .fetch_optional(&mut **tx)
            .await
            .about("a device")?;
    Ok(row.map(|(person, public_key, revoked)| DeviceRow { person, public_key, revoked }))
}

/// Stores a new device.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn insert(
    tx: &mut Tx,
    device: &str,
    row: &DeviceRow,
    label: &str,
    now: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO device (id, person, public_key, label, created, last_seen) VALUES ($1, $2, $3, $4, $5, $5)",
    )
    .bind(device)
    .bind(&row.person)
    .bind(&row.public_key)
    .bind(label)
    .bind(now)
    .execute(&mut **tx)
    .await
    .about("a device")?;
    Ok(())
}

/// Gives a known device the label that its person wrote now.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn relabel(tx: &mut Tx, device: &str, label: &str, now: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE device SET label = $1, last_seen = $2 WHERE id = $3")
        .bind(label)
        .bind(now)
        .bind(device)
        .execute(&mut **tx)
        .await
        .about("a device")?;
    Ok(())
}

/// Cuts a device off for good; it can join again under another id only.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn revoke(tx: &mut Tx, device: &str, now: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE device SET revoked = $1 WHERE id = $2 AND revoked IS NULL")
        .bind(now)
        .bind(device)
        .execute(&mut **tx)
        .await
        .about("a device")?;
    Ok(())
}
