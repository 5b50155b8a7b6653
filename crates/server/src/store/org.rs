//! People, and who reported to whom.

use sqlx::{AnyPool, AssertSqlSafe, FromRow, Row as _, any::AnyRow};

use super::{About, StoreError, Tx, teams};

/// A person as the database has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PersonRow {
    /// Who.
    pub id: String,
    /// The organisation's own key.
    pub key: String,
    /// The name.
    pub name: String,
    /// Team, possibly empty.
    pub team: String,
    /// The manager's id.
    pub manager: Option<String>,
    /// The buddy's id.
    pub buddy: Option<String>,
    /// Words with blanks between them.
    pub roles: String,
    /// Day 1, `YYYY-MM-DD`.
    pub start: Option<String>,
    /// The last day, `YYYY-MM-DD`, where it is known.
    pub leave: Option<String>,
    /// IANA name of the zone.
    pub zone: String,
    /// `WorkCalendar` as JSON.
    pub calendar: String,
    /// `Profile` as JSON.
    pub profile: String,
    /// Whether the person can sign in.
    pub active: bool,
}

const COLUMNS: &str =
    "id, key, name, team, manager, buddy, roles, start_date, leave_date, zone, calendar, profile, active";

impl<'r> FromRow<'r, AnyRow> for PersonRow {
    fn from_row(row: &'r AnyRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get(0)?,
            key: row.try_get(1)?,
            name: row.try_get(2)?,
            team: row.try_get(3)?,
            manager: row.try_get(4)?,
            buddy: row.try_get(5)?,
            roles: row.try_get(6)?,
            start: row.try_get(7)?,
            leave: row.try_get(8)?,
            zone: row.try_get(9)?,
            calendar: row.try_get(10)?,
            profile: row.try_get(11)?,
            active: row.try_get::<i64, _>(12)? == 1,
        })
    }
}

/// One person by a column that is unique.
fn by(column: &str) -> AssertSqlSafe<String> {
    AssertSqlSafe(format!("SELECT {COLUMNS} FROM person WHERE {column} = $1 AND erased IS NULL"))
}

/// Everybody who was not erased. Takes the organisation for this transaction: whoever changes it takes turns.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn hold_all(tx: &mut Tx) -> Result<Vec<PersonRow>, StoreError> {
    let what = "people";
    let turn = "INSERT INTO turn (name) VALUES ('org') ON CONFLICT (name) DO UPDATE SET name = excluded.name";
    sqlx::query(turn).execute(&mut **tx).await.about(what)?;
    let sql = format!("SELECT {COLUMNS} FROM person WHERE erased IS NULL ORDER BY id");
    sqlx::query_as(AssertSqlSafe(sql)).fetch_all(&mut **tx).await.about(what)
}

/// One person who was not erased.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn find(pool: &AnyPool, id: &str) -> Result<Option<PersonRow>, StoreError> {
    sqlx::query_as(by("id")).bind(id).fetch_optional(pool).await.about("a person")
}

/// The same in a transaction.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn find_in(tx: &mut Tx, id: &str) -> Result<Option<PersonRow>, StoreError> {
    sqlx::query_as(by("id")).bind(id).fetch_optional(&mut **tx).await.about("a person")
}

/// One person by the organisation's key.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn find_by_key(pool: &AnyPool, key: &str) -> Result<Option<PersonRow>, StoreError> {
    sqlx::query_as(by("key")).bind(key).fetch_optional(pool).await.about("a person")
}

/// Whether a device of somebody has joined.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn has_joined(pool: &AnyPool, id: &str) -> Result<bool, StoreError> {
    let found: Option<i64> = sqlx::query_scalar("SELECT 1 FROM device WHERE person = $1 LIMIT 1")
        .bind(id)
        .fetch_optional(pool)
        .await
        .about("a person")?;
    Ok(found.is_some())
}

/// Active people of whom a last day is known.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn leaving(pool: &AnyPool) -> Result<Vec<PersonRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM person WHERE leave_date IS NOT NULL AND active = 1 AND erased IS NULL ORDER BY id"
    );
    sqlx::query_as(AssertSqlSafe(sql)).fetch_all(pool).await.about("people")
}

/// The same in a transaction.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn find_by_key_in(tx: &mut Tx, key: &str) -> Result<Option<PersonRow>, StoreError> {
    let id: Option<String> = sqlx::query_scalar("SELECT id FROM person WHERE key = $1 AND erased IS NULL")
        .bind(key)
        .fetch_optional(&mut **tx)
        .await
        .about("a person")?;
    match id {
        Some(id) => find_in(tx, &id).await,
        None => Ok(None),
    }
}

/// Writes a person; a known id is updated.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn put(tx: &mut Tx, row: &PersonRow, now: i64) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO person ({COLUMNS}, created)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, team = excluded.team, manager = excluded.manager,
             buddy = excluded.buddy, roles = excluded.roles, start_date = excluded.start_date,
             leave_date = excluded.leave_date, zone = excluded.zone, calendar = excluded.calendar,
             profile = excluded.profile, active = excluded.active"
    );
    sqlx::query(AssertSqlSafe(sql))
        .bind(&row.id)
        .bind(&row.key)
        .bind(&row.name)
        .bind(&row.team)
        .bind(row.manager.as_deref())
        .bind(row.buddy.as_deref())
        .bind(&row.roles)
        .bind(row.start.as_deref())
        .bind(row.leave.as_deref())
        .bind(&row.zone)
        .bind(&row.calendar)
        .bind(&row.profile)
        .bind(i64::from(row.active))
        .bind(now)
        .execute(&mut **tx)
        .await
        .about("a person")?;
    if !row.team.is_empty() {
        teams::know(tx, &row.team).await?;
    }
    Ok(())
}

/// Closes the row of who a person reports to, and opens another one where there is a new manager.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn reports_to(tx: &mut Tx, person: &str, manager: Option<&str>, now: i64) -> Result<(), StoreError> {
    let what = "who reports to whom";
    sqlx::query("UPDATE reporting SET until = $1 WHERE person = $2 AND until IS NULL")
        .bind(now)
        .bind(person)
        .execute(&mut **tx)
        .await
        .about(what)?;
    let Some(manager) = manager else { return Ok(()) };
    sqlx::query(
        "INSERT INTO reporting (person, manager, since) VALUES ($1, $2, $3)
         ON CONFLICT (person, since) DO UPDATE SET manager = excluded.manager, until = NULL",
    )
    .bind(person)
    .bind(manager)
    .bind(now)
    .execute(&mut **tx)
    .await
    .about(what)?;
    Ok(())
}

/// To whom somebody reported: manager's id, since when and until when, in milliseconds since 1970, the oldest first.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn managers(pool: &AnyPool, person: &str) -> Result<Vec<(String, i64, Option<i64>)>, StoreError> {
    sqlx::query_as("SELECT manager, since, until FROM reporting WHERE person = $1 ORDER BY since")
        .bind(person)
        .fetch_all(pool)
        .await
        .about("who reports to whom")
}

/// People after an id, in order: those who report to `line`, directly or not, or everybody. With each, whether a
/// device of theirs has joined.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn list(
    pool: &AnyPool,
    line: Option<&str>,
    after: &str,
    limit: i64,
) -> Result<Vec<(PersonRow, bool)>, StoreError> {
    let what = "people";
    let ids: Vec<(String, i64)> = match line {
        Some(line) => {
            sqlx::query_as(
                "WITH RECURSIVE line (id, depth) AS (
                     SELECT id, 1 FROM person WHERE manager = $1
                     UNION SELECT person.id, depth + 1 FROM line JOIN person ON person.manager = line.id
                     WHERE depth < 16)
                 SELECT DISTINCT person.id,
                     CASE WHEN EXISTS (SELECT 1 FROM device WHERE device.person = person.id) THEN 1 ELSE 0 END
                 FROM line JOIN person ON person.id = line.id
                 WHERE erased IS NULL AND person.id > $2 ORDER BY person.id LIMIT $3",
            )
            .bind(line)
            .bind(after)
            .bind(limit)
            .fetch_all(pool)
            .await
        }
        None => {
            sqlx::query_as(
                "SELECT person.id,
                     CASE WHEN EXISTS (SELECT 1 FROM device WHERE device.person = person.id) THEN 1 ELSE 0 END
                 FROM person WHERE erased IS NULL AND person.id > $1 ORDER BY person.id LIMIT $2",
            )
            .bind(after)
            .bind(limit)
            .fetch_all(pool)
            .await
        }
    }
    .about(what)?;
    let mut people = Vec::with_capacity(ids.len());
    for (id, joined) in ids {
        if let Some(row) = find(pool, &id).await? {
            people.push((row, joined == 1));
        }
    }
    Ok(people)
}

/// How many people report to somebody, directly or not.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn line_size(pool: &AnyPool, manager: &str) -> Result<i64, StoreError> {
    sqlx::query_scalar(
        "WITH RECURSIVE line (id, depth) AS (
             SELECT id, 1 FROM person WHERE manager = $1
             UNION SELECT person.id, depth + 1 FROM line JOIN person ON person.manager = line.id WHERE depth < 16)
         SELECT COUNT(DISTINCT line.id) FROM line JOIN person ON person.id = line.id WHERE active = 1 AND erased IS NULL",
    )
    .bind(manager)
    .fetch_one(pool)
    .await
    .about("a line")
}
