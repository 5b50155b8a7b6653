//! Looking for damage.

use sqlx::SqliteConnection;

use crate::{Db, ReadError, error::About};

/// The first thing that is wrong with the file's structure, or `None`.
pub(crate) async fn quick_check(connection: &mut SqliteConnection) -> Result<Option<String>, sqlx::Error> {
    let answer: String = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(connection).await?;
    Ok((answer != "ok").then_some(answer))
}

impl Db {
    /// Reads the whole file and says what is wrong with its structure, where something is.
    ///
    /// [`Db::open`] does this by itself after an unclean end; it costs a read of the whole file.
    ///
    /// # Errors
    /// Where the file cannot be read to its end; the error's trouble then tells damage from the rest.
    pub async fn check(&self) -> Result<Option<String>, ReadError> {
        let mut connection = self.reader().acquire().await.reading("pages of the file")?;
        quick_check(&mut connection).await.reading("pages of the file")
    }
}
