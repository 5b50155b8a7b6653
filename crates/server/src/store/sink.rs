//! Sinks, and what is on its way to them.

use jiff::{SignedDuration, Timestamp};
use waymark_core::id::PersonId;

use super::{About, Store, StoreError, Tx};

const WHAT: &str = "sinks";
/// How long a message belongs to the server that took it. Longer than one attempt can last.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// How long messages are kept that arrived.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);

/// Where events go.
#[derive(Clone)]
pub(crate) struct Sink {
    /// Its id.
    pub id: String,
    /// Where to.
    pub url: String,
    /// Starts of event types that it wants; none for all.
    pub types: Vec<String>,
    /// `whsec_…`
    pub secret: String,
    /// Whether events go in batches.
    pub batched: bool,
    /// Why it gets nothing any more.
    pub disabled: Option<String>,
    /// Since when.
    pub created: i64,
}

/// A message to send.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    /// The same on every attempt.
    pub id: String,
    /// To which sink.
    pub sink: String,
    /// The bytes.
    pub body: String,
    /// How often it was tried before.
    pub attempts: i64,
}

/// A message that was given up.
#[derive(Clone, Debug)]
pub(crate) struct DeadLetter {
    /// Its id.
    pub id: String,
    /// To which sink.
    pub sink: String,
    /// When it was given up.
    pub dead: i64,
    /// The last answer.
    pub answer: String,
}

/// A message that is made.
#[derive(Clone, Debug)]
pub(crate) struct NewMessage {
    /// To which sink.
    pub sink: String,
    /// The bytes.
    pub body: String,
}

type Raw = (String, String, String, String, i64, Option<String>, i64);

fn read((id, url, types, secret, batched, disabled, created): Raw) -> Sink {
    let types = types.split(' ').filter(|one| !one.is_empty()).map(str::to_owned).collect();
    Sink { id, url, types, secret, batched: batched == 1, disabled, created }
}

const COLUMNS: &str = "id, url, types, secret, batched, disabled, created";

/// All sinks, oldest first.
pub(crate) async fn all(store: &Store) -> Result<Vec<Sink>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM sink ORDER BY created, id");
    let rows: Vec<Raw> = sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(store.read()).await.about(WHAT)?;
    Ok(rows.into_iter().map(read).collect())
}

/// Those that get events.
pub(crate) async fn enabled(tx: &mut Tx) -> Result<Vec<Sink>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM sink WHERE disabled IS NULL");
    let rows: Vec<Raw> = sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(&mut **tx).await.about(WHAT)?;
    Ok(rows.into_iter().map(read).collect())
}

/// Adds a sink.
pub(crate) async fn add(tx: &mut Tx, sink: &Sink) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO sink (id, url, types, secret, batched, created) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(&sink.id)
        .bind(&sink.url)
        .bind(sink.types.join(" "))
        .bind(&sink.secret)
        .bind(i64::from(sink.batched))
        .bind(sink.created)
        .execute(&mut **tx)
        .await
        .about(WHAT)?;
    Ok(())
}

/// Removes a sink with everything that is on its way to it. No where there is none.
pub(crate) async fn remove(tx: &mut Tx, id: &str) -> Result<bool, StoreError> {
    sqlx::query("DELETE FROM sink_message WHERE sink = $1").bind(id).execute(&mut **tx).await.about(WHAT)?;
    let gone = sqlx::query("DELETE FROM sink WHERE id = $1").bind(id).execute(&mut **tx).await.about(WHAT)?;
    Ok(gone.rows_affected() == 1)
}

/// Switches a sink off. What is on its way waits for somebody to switch it on.
pub(crate) async fn disable(tx: &mut Tx, id: &str, reason: &str) -> Result<(), StoreError> {
    let update = sqlx::query("UPDATE sink SET disabled = $1 WHERE id = $2").bind(reason).bind(id);
    update.execute(&mut **tx).await.about(WHAT)?;
    Ok(())
}

/// Switches a sink on again. No where there is none.
pub(crate) async fn enable(tx: &mut Tx, id: &str) -> Result<bool, StoreError> {
    let update = sqlx::query("UPDATE sink SET disabled = NULL WHERE id = $1").bind(id);
    Ok(update.execute(&mut **tx).await.about(WHAT)?.rows_affected() == 1)
}

/// Puts messages into the queue.
pub(crate) async fn queue(tx: &mut Tx, messages: &[NewMessage], now: Timestamp) -> Result<(), StoreError> {
    // Chunks, because SQLite and PostgreSQL take 32,766 and 65,535 values.
    for chunk in messages.chunks(1_000) {
        let values = super::placeholders(chunk.len(), 5);
        let sql = format!("INSERT INTO sink_message (id, sink, body, next_at, created) VALUES {values}");
        let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
        for message in chunk {
            query = query
                .bind(format!("msg_{}", uuid::Uuid::now_v7().simple()))
                .bind(&message.sink)
                .bind(&message.body)
                .bind(now.as_millisecond())
                .bind(now.as_millisecond());
        }
        query.execute(&mut **tx).await.about(WHAT)?;
    }
    Ok(())
}

/// Takes messages that are due. Until the lease ends no other server takes them.
pub(crate) async fn take(store: &Store, most: i64, now: Timestamp) -> Result<Vec<Message>, StoreError> {
    let mut tx = store.begin().await?;
    // The condition stands twice: whoever waited for the rows' locks looks at them again.
    let rows: Vec<(String, String, String, i64)> = sqlx::query_as(
        "UPDATE sink_message SET next_at = $1 WHERE next_at <= $2 AND done IS NULL AND dead IS NULL AND id IN (
             SELECT sink_message.id FROM sink_message JOIN sink ON sink.id = sink_message.sink
             WHERE next_at <= $2 AND done IS NULL AND dead IS NULL AND sink.disabled IS NULL
             ORDER BY next_at, sink_message.id LIMIT $3)
         RETURNING id, sink, body, attempts",
    )
    .bind((now + LEASE).as_millisecond())
    .bind(now.as_millisecond())
    .bind(most)
    .fetch_all(&mut *tx)
    .await
    .about(WHAT)?;
    tx.commit().await.about(WHAT)?;
    let one = |(id, sink, body, attempts)| Message { id, sink, body, attempts };
    let mut messages: Vec<Message> = rows.into_iter().map(one).collect();
    messages.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(messages)
}

/// What an attempt led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// It arrived.
    Done,
    /// Again at this moment.
    At(Timestamp),
    /// Never again, unless somebody says so.
    Dead,
}

/// Writes down what an attempt led to.
pub(crate) async fn conclude(
    tx: &mut Tx,
    message: &str,
    next: &Next,
    answer: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (next_at, done, dead) = match next {
        Next::Done => (None, Some(now), None),
        Next::At(at) => (Some(*at), None, None),
        Next::Dead => (None, None, Some(now)),
    };
    sqlx::query(
        "UPDATE sink_message SET attempts = attempts + 1, next_at = $1, done = $2, dead = $3, answer = $4 WHERE id = $5",
    )
    .bind(next_at.map(Timestamp::as_millisecond))
    .bind(done.map(Timestamp::as_millisecond))
    .bind(dead.map(Timestamp::as_millisecond))
    .bind(answer)
    .bind(message)
    .execute(&mut **tx)
    .await
    .about(WHAT)?;
    Ok(())
}

/// Messages that were given up, newest first.
pub(crate) async fn dead_letters(store: &Store, most: i64) -> Result<Vec<DeadLetter>, StoreError> {
    let rows: Vec<(String, String, i64, String)> = sqlx::query_as(
        "SELECT id, sink, dead, answer FROM sink_message WHERE dead IS NOT NULL ORDER BY dead DESC, id LIMIT $1",
    )
    .bind(most)
    .fetch_all(store.read())
    .await
    .about(WHAT)?;
    Ok(rows.into_iter().map(|(id, sink, dead, answer)| DeadLetter { id, sink, dead, answer }).collect())
}

/// Sends messages again, from the first attempt on: one by its id, or all that a sink's id names. How many.
pub(crate) async fn resend(tx: &mut Tx, id: &str, now: Timestamp) -> Result<u64, StoreError> {
    let update = sqlx::query(
        "UPDATE sink_message SET attempts = 0, next_at = $1, dead = NULL, done = NULL
         WHERE id = $2 OR (sink = $2 AND dead IS NOT NULL)",
    );
    Ok(update.bind(now.as_millisecond()).bind(id).execute(&mut **tx).await.about(WHAT)?.rows_affected())
}

/// How many messages of each sink wait, arrived and were given up.
pub(crate) async fn counts(store: &Store) -> Result<Vec<(String, i64, i64, i64)>, StoreError> {
    sqlx::query_as(
        "SELECT sink, COUNT(next_at), COUNT(done), COUNT(dead) FROM sink_message GROUP BY sink ORDER BY sink",
    )
    .fetch_all(store.read())
    .await
    .about(WHAT)
}

/// Forgets what is kept of messages about a person's journeys, sent or not. Call it while the journeys are still
/// there.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn erase(tx: &mut Tx, person: PersonId) -> Result<(), StoreError> {
    sqlx::query(
        "DELETE FROM sink_message WHERE EXISTS (SELECT 1 FROM journey WHERE journey.person = $1
             AND sink_message.body LIKE '%' || journey.id || '%')",
    )
    .bind(person.to_string())
    .execute(&mut **tx)
    .await
    .about(WHAT)?;
    Ok(())
}

/// Deletes messages that arrived long ago.
pub(crate) async fn forget(store: &Store, now: Timestamp) -> Result<u64, StoreError> {
    let mut tx = store.begin().await?;
    let gone = sqlx::query("DELETE FROM sink_message WHERE done < $1")
        .bind((now - KEPT).as_millisecond())
        .execute(&mut *tx)
        .await
        .about(WHAT)?;
    tx.commit().await.about(WHAT)?;
    Ok(gone.rows_affected())
}
