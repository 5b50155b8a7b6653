//! Which account of a forge belongs to whom.

use waymark_core::id::PersonId;

use crate::store::{About, Store, StoreError, Tx};

/// An account that was mapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Account {
    /// `github` or `gitlab`.
    pub forge: String,
    /// Login name in lower case.
    pub login: String,
    /// Whose it is.
    pub person: PersonId,
    /// The person's key in the organisation.
    pub key: String,
}

const WHAT: &str = "forge accounts";

/// Gives an account to the person with `key`; whoever had it before has it no more. `None` where nobody has
/// the key.
pub(crate) async fn map(
    tx: &mut Tx,
    forge: &str,
    login: &str,
    key: &str,
    now: i64,
) -> Result<Option<Mapped>, StoreError> {
    let person: Option<String> = sqlx::query_scalar("SELECT id FROM person WHERE key = $1 AND erased IS NULL")
        .bind(key)
        .fetch_optional(&mut **tx)
        .await
        .about(WHAT)?;
    let Some(person) = person else { return Ok(None) };
    let login = login.to_lowercase();
    let before: Option<String> = sqlx::query_scalar("SELECT person FROM forge_account WHERE forge = $1 AND login = $2")
        .bind(forge)
        .bind(&login)
        .fetch_optional(&mut **tx)
        .await
        .about(WHAT)?;
    sqlx::query(
        "INSERT INTO forge_account (forge, login, person, mapped) VALUES ($1, $2, $3, $4)
         ON CONFLICT (forge, login) DO UPDATE SET person = excluded.person, mapped = excluded.mapped",
    )
    .bind(forge)
    .bind(&login)
    .bind(&person)
    .bind(now)
    .execute(&mut **tx)
    .await
    .about(WHAT)?;
    let before = before.filter(|before| *before != person).map(|before| parse(&before)).transpose()?;
    Ok(Some(Mapped { person: parse(&person)?, before }))
}

/// What a mapping changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mapped {
    /// Who has the account now.
    pub person: PersonId,
    /// Who had it.
    pub before: Option<PersonId>,
}

/// Takes an account off its person. `None` where it was nobody's.
pub(crate) async fn unmap(tx: &mut Tx, forge: &str, login: &str) -> Result<Option<PersonId>, StoreError> {
    let person: Option<String> =
        sqlx::query_scalar("DELETE FROM forge_account WHERE forge = $1 AND login = $2 RETURNING person")
            .bind(forge)
            .bind(login.to_lowercase())
            .fetch_optional(&mut **tx)
            .await
            .about(WHAT)?;
    person.map(|person| parse(&person)).transpose()
}

/// All mapped accounts of people who are still there.
pub(crate) async fn all(store: &Store) -> Result<Vec<Account>, StoreError> {
    let rows: Vec<(String, String, String, String)> = sqlx::query_as(
        "SELECT forge_account.forge, forge_account.login, person.id, person.key FROM forge_account
         JOIN person ON person.id = forge_account.person WHERE person.erased IS NULL
         ORDER BY forge_account.forge, forge_account.login",
    )
    .fetch_all(store.read())
    .await
    .about(WHAT)?;
    rows.into_iter()
        .map(|(forge, login, person, key)| Ok(Account { forge, login, person: parse(&person)?, key }))
        .collect()
}

/// The person of an account.
pub(crate) async fn person(tx: &mut Tx, forge: &str, login: &str) -> Result<Option<PersonId>, StoreError> {
    let found: Option<String> = sqlx::query_scalar(
        "SELECT person.id FROM forge_account JOIN person ON person.id = forge_account.person
         WHERE forge_account.forge = $1 AND forge_account.login = $2 AND person.erased IS NULL",
    )
    .bind(forge)
    .bind(login.to_lowercase())
    .fetch_optional(&mut **tx)
    .await
    .about(WHAT)?;
    found.map(|person| parse(&person)).transpose()
}

/// Remembers which account a number is, and gives what was seen under the number to the name.
pub(crate) async fn learn(tx: &mut Tx, forge: &str, number: u64, login: &str) -> Result<bool, StoreError> {
    let login = login.to_lowercase();
    sqlx::query(
        "INSERT INTO forge_user (forge, number, login) VALUES ($1, $2, $3)
         ON CONFLICT (forge, number) DO UPDATE SET login = excluded.login",
    )
    .bind(forge)
    .bind(number as i64)
    .bind(&login)
    .execute(&mut **tx)
    .await
    .about(WHAT)?;
    // By insert and delete: the name may have a row for the same place already.
    sqlx::query(
        "INSERT INTO forge_sighting (forge, login, seen, reference, at, approximate, learnt)
         SELECT forge, $1, seen, reference, at, approximate, learnt FROM forge_sighting
         WHERE forge = $2 AND login = $3 ON CONFLICT DO NOTHING",
    )
    .bind(&login)
    .bind(forge)
    .bind(format!("#{number}"))
    .execute(&mut **tx)
    .await
    .about(WHAT)?;
    let moved = sqlx::query("DELETE FROM forge_sighting WHERE forge = $1 AND login = $2")
        .bind(forge)
        .bind(format!("#{number}"))
        .execute(&mut **tx)
        .await
        .about(WHAT)?;
    Ok(moved.rows_affected() > 0)
}

/// The login of a number, where it is known.
pub(crate) async fn login_of(tx: &mut Tx, forge: &str, number: u64) -> Result<Option<String>, StoreError> {
    sqlx::query_scalar("SELECT login FROM forge_user WHERE forge = $1 AND number = $2")
        .bind(forge)
        .bind(number as i64)
        .fetch_optional(&mut **tx)
        .await
        .about(WHAT)
}

/// Numbers that something was seen of, and whose names are not known.
pub(crate) async fn unnamed(store: &Store, forge: &str) -> Result<Vec<u64>, StoreError> {
    let rows: Vec<String> =
        sqlx::query_scalar("SELECT DISTINCT login FROM forge_sighting WHERE forge = $1 AND login LIKE '#%'")
            .bind(forge)
            .fetch_all(store.read())
            .await
            .about(WHAT)?;
    Ok(rows.iter().filter_map(|login| login.strip_prefix('#')?.parse().ok()).collect())
}

/// Forgets a person's accounts with everything that names them: what was seen, what was recorded because of it,
/// and the deliveries themselves. Call it while the person's journeys are still there.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn erase(tx: &mut Tx, person: PersonId) -> Result<(), StoreError> {
    let of_account = |table: &str, login: &str| {
        format!(
            "DELETE FROM {table} WHERE EXISTS (SELECT 1 FROM forge_account WHERE forge_account.person = $1
                 AND forge_account.forge = {table}.forge AND {login})"
        )
    };
    let is_login = |table: &str| format!("forge_account.login = LOWER({table}.login)");
    // A login in quotes is what JSON has of an account. What was handled is needed no more.
    let names = "forge_delivery.handled IS NOT NULL \
                 AND LOWER(forge_delivery.body) LIKE '%\"' || forge_account.login || '\"%'";
    let names_push = "LOWER(forge_push.commits) LIKE '%\"' || forge_account.login || '\"%'";
    for sql in [
        of_account("forge_sighting", &is_login("forge_sighting")),
        of_account("forge_author", &is_login("forge_author")),
        of_account("forge_user", &is_login("forge_user")),
        of_account("forge_delivery", names),
        of_account("forge_push", names_push),
        "DELETE FROM forge_reached WHERE journey IN (SELECT id FROM journey WHERE person = $1)".to_owned(),
        "DELETE FROM forge_account WHERE person = $1".to_owned(),
    ] {
        sqlx::query(sqlx::AssertSqlSafe(sql)).bind(person.to_string()).execute(&mut **tx).await.about(WHAT)?;
    }
    Ok(())
}

fn parse(id: &str) -> Result<PersonId, StoreError> {
    id.parse().map_err(|source| StoreError::Stored { what: "person's id", source: Box::new(source) })
}
