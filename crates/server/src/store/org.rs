//! People, teams, and who reported to whom.

use sqlx::AnyPool;

use super::{About, StoreError, Tx};

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
    /// IANA name of the zone.
    pub zone: String,
    /// `WorkCalendar` as JSON.
    pub calendar: String,
    /// `Profile` as JSON.
    pub profile: String,
    /// Whether the person can sign in.
    pub active: bool,
}

type Stored = (
    String,
    String,
    String,
    String,
    Option<String>,
    Option<String>,
    String,
    Option<String>,
    String,
    String,
    String,
    i64,
);

const FIND: &str = "SELECT id, key, name, team, manager, buddy, roles, start_date, zone, calendar, profile, active
    FROM person WHERE id = $1 AND erased IS NULL";

fn person((id, key, name, team, manager, buddy, roles, start, zone, calendar, profile, active): Stored) -> PersonRow {
    let active = active == 1;
    PersonRow { id, key, name, team, manager, buddy, roles, start, zone, calendar, profile, active }
}

/// Everybody who was not erased. Takes the organisation for this transaction: two imports go one after the other.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn hold_all(tx: &mut Tx) -> Result<Vec<PersonRow>, StoreError> {
    let what = "people";
    sqlx::query("UPDATE server SET name = name").execute(&mut **tx).await.about(what)?;
    let rows: Vec<Stored> = sqlx::query_as(
        "SELECT id, key, name, team, manager, buddy, roles, start_date, zone, calendar, profile, active
         FROM person WHERE erased IS NULL ORDER BY id",
    )
    .fetch_all(&mut **tx)
    .await
    .about(what)?;
    Ok(rows.into_iter().map(person).collect())
}

/// One person who was not erased.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn find(pool: &AnyPool, id: &str) -> Result<Option<PersonRow>, StoreError> {
    let row: Option<Stored> = sqlx::query_as(FIND).bind(id).fetch_optional(pool).await.about("a person")?;
    Ok(row.map(person))
}

/// The same in a transaction.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn find_in(tx: &mut Tx, id: &str) -> Result<Option<PersonRow>, StoreError> {
    let row: Option<Stored> = sqlx::query_as(FIND).bind(id).fetch_optional(&mut **tx).await.about("a person")?;
    Ok(row.map(person))
}

/// One person by the organisation's key.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn find_by_key(pool: &AnyPool, key: &str) -> Result<Option<PersonRow>, StoreError> {
    let id: Option<String> = sqlx::query_scalar("SELECT id FROM person WHERE key = $1 AND erased IS NULL")
        .bind(key)
        .fetch_optional(pool)
        .await
        .about("a person")?;
    match id {
        Some(id) => find(pool, &id).await,
        None => Ok(None),
    }
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
    sqlx::query(
        "INSERT INTO person (id, key, name, team, manager, buddy, roles, start_date, zone, calendar, profile, active, created)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, team = excluded.team, manager = excluded.manager,
             buddy = excluded.buddy, roles = excluded.roles, start_date = excluded.start_date, zone = excluded.zone,
             calendar = excluded.calendar, profile = excluded.profile, active = excluded.active",
    )
    .bind(&row.id)
    .bind(&row.key)
    .bind(&row.name)
    .bind(&row.team)
    .bind(row.manager.as_deref())
    .bind(row.buddy.as_deref())
    .bind(&row.roles)
    .bind(row.start.as_deref())
    .bind(&row.zone)
    .bind(&row.calendar)
    .bind(&row.profile)
    .bind(i64::from(row.active))
    .bind(now)
    .execute(&mut **tx)
    .await
    .about("a person")?;
    if !row.team.is_empty() {
        sqlx::query("INSERT INTO team (id, name) VALUES ($1, $1) ON CONFLICT (id) DO NOTHING")
            .bind(&row.team)
            .execute(&mut **tx)
            .await
            .about("a team")?;
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
