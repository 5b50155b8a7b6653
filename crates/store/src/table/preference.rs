//! What the person chose in the settings. Never leaves the device.

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Db, ReadError, Tx, WriteError,
    error::{About, from_json, to_json},
};

const WHAT: &str = "preferences";

/// Reads of preferences.
#[derive(Debug)]
pub struct Preferences<'db>(&'db Db);

/// Writes of preferences.
#[derive(Debug)]
pub struct PreferencesMut<'tx>(&'tx mut Tx);

impl Db {
    /// What the person chose.
    pub fn preferences(&self) -> Preferences<'_> {
        Preferences(self)
    }
}

impl Tx {
    /// What the person chose.
    pub fn preferences(&mut self) -> PreferencesMut<'_> {
        PreferencesMut(self)
    }
}

impl Preferences<'_> {
    /// The value under `key`, or `None` where nothing was chosen.
    ///
    /// # Errors
    /// Where the library cannot be read, or the value is no `T`.
    pub async fn get<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, ReadError> {
        let value: Option<String> = sqlx::query_scalar("SELECT value FROM preference WHERE key = ?")
            .bind(key.to_owned())
            .fetch_optional(self.0.reader())
            .await
            .reading(WHAT)?;
        value.map(|value| from_json(WHAT, &value)).transpose()
    }
}

impl PreferencesMut<'_> {
    /// Keeps `value` under `key`.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn set<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), WriteError> {
        let upsert = sqlx::query(
            "INSERT INTO preference (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )
        .bind(key.to_owned())
        .bind(to_json(WHAT, value)?);
        self.0.run(WHAT, upsert).await?;
        Ok(())
    }

    /// Goes back to the default.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn clear(&mut self, key: &str) -> Result<(), WriteError> {
        self.0.run(WHAT, sqlx::query("DELETE FROM preference WHERE key = ?").bind(key.to_owned())).await?;
        Ok(())
    }
}
