//! One transaction: everything in it is on disk after [`Tx::commit`], or nothing is.

use sqlx::{
    Executor, Sqlite, SqliteConnection,
    pool::PoolConnection,
    query::Query,
    sqlite::{SqliteArguments, SqliteQueryResult},
};

use crate::{Db, Trouble, WriteError, ballast};

/// A transaction that holds the only writing connection. Dropping it takes everything in it back.
#[derive(Debug)]
pub struct Tx {
    db: Db,
    connection: PoolConnection<Sqlite>,
    finished: bool,
}

impl Db {
    /// Starts a transaction, waiting for the one before it.
    ///
    /// # Errors
    /// Where the library is open for reading only, or SQLite cannot write.
    pub async fn begin(&self) -> Result<Tx, WriteError> {
        let writer = self.writer().ok_or(WriteError::OpenForReading)?;
        let connection = writer.acquire().await.map_err(|source| WriteError::Begin { source })?;
        let mut tx = Tx { db: self.clone(), connection, finished: false };
        // IMMEDIATE: a transaction that finds out late that it may not write cannot wait for its turn.
        match tx.connection.execute("BEGIN IMMEDIATE").await {
            Ok(_) => Ok(tx),
            Err(source) => Err(tx.db.note_trouble(WriteError::Begin { source })),
        }
    }

    /// Runs `work` in a transaction and commits it; an error takes everything back.
    ///
    /// # Errors
    /// Those of `work`, and those of starting and committing.
    pub async fn write<T, E>(&self, work: impl AsyncFnOnce(&mut Tx) -> Result<T, E>) -> Result<T, E>
    where
        E: From<WriteError>,
    {
        let mut tx = self.begin().await?;
        let value = work(&mut tx).await?;
        tx.commit().await?;
        Ok(value)
    }

    /// Gives the ballast up where the disk is full, so that the next attempt has room.
    fn note_trouble(&self, error: WriteError) -> WriteError {
        if error.trouble() == Trouble::DiskFull {
            ballast::release(&ballast::path_beside(self.path()));
        }
        error
    }
}

impl Tx {
    /// Puts everything on disk. After this returns `Ok`, it survives a power cut.
    ///
    /// # Errors
    /// Where the disk does not take it; nothing of the transaction is there then.
    pub async fn commit(mut self) -> Result<(), WriteError> {
        match self.connection.execute("COMMIT").await {
            Ok(_) => {
                self.finished = true;
                Ok(())
            }
            Err(source) => Err(self.db.note_trouble(WriteError::Commit { source })),
        }
    }

    /// The library that this writes to.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Runs one statement that writes `what`.
    pub(crate) async fn run(
        &mut self,
        what: &'static str,
        query: Query<'_, Sqlite, SqliteArguments>,
    ) -> Result<SqliteQueryResult, WriteError> {
        query
            .execute(&mut *self.connection)
            .await
            .map_err(|source| self.db.note_trouble(WriteError::Write { what, source }))
    }

    /// The connection, for reads that must see what this transaction wrote.
    pub(crate) fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        if !self.finished {
            // SQLite takes a transaction back by itself on some errors and not on others, and a
            // cancelled future may leave a statement half-way. A closed connection is certain: the
            // pool opens a new one, in about a millisecond.
            self.connection.close_on_drop();
        }
    }
}
