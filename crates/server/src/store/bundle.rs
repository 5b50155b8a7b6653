//! Published bundles and the templates in each.

use jiff::Timestamp;
use sqlx::{Any, Executor};
use waymark_api::http::feed::BundleRow;

use super::{About, Store, StoreError, Tx, placeholders, stored};

const WHAT: &str = "published content";
const COLUMNS: &str = "name, title, version, sequence, digest, bytes, key, published";

type Raw = (String, String, String, i64, String, i64, String, i64);

fn read((name, title, version, sequence, digest, bytes, key, published): Raw) -> Result<BundleRow, StoreError> {
    let published = Timestamp::from_millisecond(published).map_err(|error| stored(WHAT, error))?;
    let (sequence, bytes) = (sequence as u64, bytes as u64);
    Ok(BundleRow { name, title, version, sequence, digest, bytes, key, published })
}

/// The newest version of each bundle, by name.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn newest(store: &Store) -> Result<Vec<BundleRow>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM bundle
         WHERE sequence = (SELECT max(other.sequence) FROM bundle AS other WHERE other.name = bundle.name)
         ORDER BY name"
    );
    let rows = sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(store.read()).await.about(WHAT)?;
    rows.into_iter().map(read).collect()
}

/// The bundle whose archive has this digest.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn by_digest(store: &Store, digest: &str) -> Result<Option<BundleRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM bundle WHERE digest = $1");
    let row = sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(digest).fetch_optional(store.read()).await.about(WHAT)?;
    row.map(read).transpose()
}

/// A version that is there, with the digest of its files.
#[derive(Clone, Debug)]
pub(crate) struct Published {
    /// The row.
    pub row: BundleRow,
    /// SHA-256 of the list of its files, hex: the same files give the same one.
    pub content: String,
}

/// Publishing takes turns from here to the commit.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn lock(tx: &mut Tx) -> Result<(), StoreError> {
    let sql = "INSERT INTO turn (name) VALUES ('publish') ON CONFLICT (name) DO UPDATE SET name = excluded.name";
    sqlx::query(sql).execute(&mut **tx).await.about(WHAT)?;
    Ok(())
}

/// All versions of a bundle, the newest first.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn versions<'c>(
    executor: impl Executor<'c, Database = Any>,
    name: &str,
) -> Result<Vec<Published>, StoreError> {
    type WithContent = (String, String, String, i64, String, i64, String, i64, String);
    let sql = format!("SELECT {COLUMNS}, content FROM bundle WHERE name = $1 ORDER BY sequence DESC");
    let rows: Vec<WithContent> =
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(name).fetch_all(executor).await.about(WHAT)?;
    let whole = |(a, b, c, d, e, f, g, h, content): WithContent| {
        Ok(Published { row: read((a, b, c, d, e, f, g, h))?, content })
    };
    rows.into_iter().map(whole).collect()
}

/// Stores a new version with its templates, given as id and hash.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn insert(
    tx: &mut Tx,
    Published { row, content }: &Published,
    templates: &[(&str, &str)],
    actor: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO bundle (name, sequence, title, version, digest, bytes, key, published, actor, content)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(&row.name)
    .bind(row.sequence as i64)
    .bind(&row.title)
    .bind(&row.version)
    .bind(&row.digest)
    .bind(row.bytes as i64)
    .bind(&row.key)
    .bind(row.published.as_millisecond())
    .bind(actor)
    .bind(content)
    .execute(&mut **tx)
    .await
    .about(WHAT)?;
    if templates.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "INSERT INTO bundle_template (bundle, sequence, template, hash, position) VALUES {}",
        placeholders(templates.len(), 5)
    );
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
    for (position, (template, hash)) in templates.iter().enumerate() {
        query = query.bind(&row.name).bind(row.sequence as i64).bind(*template).bind(*hash).bind(position as i64);
    }
    query.execute(&mut **tx).await.about(WHAT)?;
    Ok(())
}

/// A template of a bundle's newest version.
#[derive(Clone, Debug)]
pub(crate) struct Offered {
    /// Name of the bundle.
    pub bundle: String,
    /// Its id.
    pub template: String,
    /// Its hash.
    pub hash: String,
}

/// What can be assigned: the templates of the newest version of each bundle, in the authors' order.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn offered(store: &Store) -> Result<Vec<Offered>, StoreError> {
    let rows: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT bundle, template, hash FROM bundle_template
         WHERE sequence = (SELECT max(sequence) FROM bundle WHERE bundle.name = bundle_template.bundle)
         ORDER BY bundle, position",
    )
    .fetch_all(store.read())
    .await
    .about(WHAT)?;
    Ok(rows.into_iter().map(|(bundle, template, hash)| Offered { bundle, template, hash }).collect())
}
