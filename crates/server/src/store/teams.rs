//! Teams: names that people carry, and which one is part of which. A team's id is its name.

use sqlx::AnyPool;

use super::{About, StoreError, Tx};

const WHAT: &str = "a team";

/// A team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TeamRow {
    /// Its name.
    pub name: String,
    /// The team that it is part of.
    pub parent: Option<String>,
    /// Active people in it, those of its parts not counted.
    pub people: i64,
}

const LIST: &str = "SELECT team.id, team.parent,
        (SELECT count(*) FROM person WHERE person.team = team.id AND active = 1 AND erased IS NULL)
     FROM team ORDER BY team.id";

fn row((name, parent, people): (String, Option<String>, i64)) -> TeamRow {
    TeamRow { name, parent, people }
}

/// All teams, by name.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn list(pool: &AnyPool) -> Result<Vec<TeamRow>, StoreError> {
    Ok(sqlx::query_as(LIST).fetch_all(pool).await.about(WHAT)?.into_iter().map(row).collect())
}

/// The same in a transaction.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn list_in(tx: &mut Tx) -> Result<Vec<TeamRow>, StoreError> {
    Ok(sqlx::query_as(LIST).fetch_all(&mut **tx).await.about(WHAT)?.into_iter().map(row).collect())
}

/// Adds a team that somebody is in, where it is not there yet.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn know(tx: &mut Tx, name: &str) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO team (id, name) VALUES ($1, $1) ON CONFLICT (id) DO NOTHING")
        .bind(name)
        .execute(&mut **tx)
        .await
        .about(WHAT)?;
    Ok(())
}

/// Says what a team is part of; the team is added where it is not there yet.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn put(tx: &mut Tx, name: &str, parent: Option<&str>) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO team (id, name, parent) VALUES ($1, $1, $2)
         ON CONFLICT (id) DO UPDATE SET parent = excluded.parent",
    )
    .bind(name)
    .bind(parent)
    .execute(&mut **tx)
    .await
    .about(WHAT)?;
    Ok(())
}

/// Takes a team away, and puts its parts where it was a part of; people are moved before.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn remove(tx: &mut Tx, team: &TeamRow) -> Result<(), StoreError> {
    for (sql, second) in [
        ("UPDATE team SET parent = $2 WHERE parent = $1", true),
        ("UPDATE person SET team = '' WHERE team = $1 AND active = 0", false),
        ("DELETE FROM team WHERE id = $1", false),
    ] {
        let query = sqlx::query(sql).bind(&team.name);
        let query = if second { query.bind(team.parent.as_deref()) } else { query };
        query.execute(&mut **tx).await.about(WHAT)?;
    }
    Ok(())
}

/// Gives a team another name; the names that its parts have for it change along. Its people are told by
/// [`super::org::put`].
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn rename(tx: &mut Tx, from: &str, to: &str) -> Result<(), StoreError> {
    for sql in ["UPDATE team SET id = $2, name = $2 WHERE id = $1", "UPDATE team SET parent = $2 WHERE parent = $1"] {
        sqlx::query(sql).bind(from).bind(to).execute(&mut **tx).await.about(WHAT)?;
    }
    Ok(())
}
