//! Content is published: judged, packed, signed, stored, and everybody is told.

use std::sync::Arc;

use jiff::tz::TimeZone;
use sha2::{Digest as _, Sha256};
use waymark_api::http::feed::{BundleRow, ChangeKind};
use waymark_bundle::{
    About as BundleAbout, Bundle, Format, Limits, PackError, Policy, PrivateKey, Refusal, Signing, pack,
};
use waymark_core::diagnostic::Diagnostic;

use super::{archives::ArchiveError, ingest::hex_of};
use crate::{
    publish::content::{self, Beside, Content, Links, Tree},
    state::State,
    store::{
        About as _, StoreError,
        audit::{self, Act},
        bundle::{self, Published},
        feed, template,
    },
};

/// What is to be published.
#[derive(Debug)]
pub(crate) struct Offer {
    /// Stable name: lower-case letters, digits, dots and dashes.
    pub name: String,
    /// The authors' version; the number of the publication without.
    pub version: Option<String>,
    /// The files.
    pub tree: Tree,
    /// What links that lead nowhere are.
    pub links: Links,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// A new version.
    New,
    /// Exactly these files are the newest version already; nothing changed.
    Same,
}

/// Why nothing was published.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PublishError {
    /// The content has errors.
    #[error("the content has {} errors", .0.len())]
    Content(Vec<Diagnostic>),
    /// Nothing in it is content. Published, it would take everything away from everybody.
    #[error("nothing in it is a journey, a page or a roadmap, so nothing was published")]
    Empty,
    /// Other files were published as this version.
    #[error("version {version} of {name} is published already, with other content")]
    Exists {
        /// The bundle.
        name: String,
        /// The version.
        version: String,
    },
    /// A rule of bundles.
    #[error("{0}")]
    Refused(Refusal),
    /// Packing.
    #[error("could not pack the content")]
    Pack(#[source] PackError),
    /// The server's key.
    #[error("the server's signing key is damaged")]
    Key,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The object store.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

/// A publication with everything that is wrong with its content and does not stop it.
#[derive(Debug)]
pub(crate) struct Done {
    /// The version that readers get now.
    pub row: BundleRow,
    /// Whether it is new.
    pub outcome: Outcome,
    /// What is in it.
    pub content: Content,
}

/// The newest archive of every other bundle.
async fn archives_beside(state: &State, name: &str) -> Result<Vec<(String, Vec<u8>)>, PublishError> {
    let mut archives = Vec::new();
    for row in bundle::newest(state.store()).await?.into_iter().filter(|row| row.name != name) {
        let bytes = state.archives().get(&row.digest, 0..row.bytes).await?;
        archives.push((row.name, bytes));
    }
    Ok(archives)
}

/// The files of an archive that keeps all rules; otherwise the broken rule in words.
///
/// # Errors
/// The broken rule.
pub(crate) fn unpacked(bytes: Vec<u8>) -> Result<Tree, String> {
    let format = Format::of_bytes(&bytes).ok_or("The body is no .tar.gz, .tar.zst or .zip.")?;
    let policy = Policy { allow_unsigned: true, trusted: &[], limits: Limits::default() };
    let bundle = Bundle::open(bytes, format, &policy).map_err(|refusal| refusal.to_string())?;
    let mut tree = Tree::new();
    let take = |path: &str, content: Vec<u8>| {
        tree.insert(path.to_owned(), content);
        Ok::<(), Refusal>(())
    };
    bundle.for_each(take).map_err(|refusal| refusal.to_string())?;
    Ok(tree)
}

/// Publishes an offer. `actor` is the person's id, or `cli`.
///
/// # Errors
/// Where the content has errors, breaks a rule or contradicts a version, and where nothing can be written.
pub(crate) async fn publish(state: &State, offer: Offer, actor: &str) -> Result<Done, PublishError> {
    let now = state.now();
    let today = now.to_zoned(TimeZone::UTC).date();
    waymark_bundle::check_name(&offer.name).map_err(PublishError::Refused)?;
    let others = archives_beside(state, &offer.name).await?;
    let (offer, read) = tokio::task::spawn_blocking(move || {
        let mut beside = Beside::default();
        for (name, bytes) in others {
            match unpacked(bytes) {
                Ok(tree) => beside.add(&name, &tree),
                Err(error) => tracing::warn!(name, error, "a published bundle cannot be read for its links"),
            }
        }
        let read = content::read(&offer.name, &offer.tree, today, offer.links, beside);
        (offer, read)
    })
    .await
    .map_err(|_| PublishError::Content(Vec::new()))?;
    let errors: Vec<Diagnostic> = read.errors().cloned().collect();
    if !errors.is_empty() {
        return Err(PublishError::Content(errors));
    }
    if read.is_empty() {
        return Err(PublishError::Empty);
    }
    let key = Arc::new(signing_key(state).await?);
    let content = digest_of_files(&offer.tree);
    let offer = Arc::new(offer);
    loop {
        let known = bundle::versions(state.store().read(), &offer.name).await?;
        let (version, sequence) = match plan(&known, &offer, &content)? {
            Plan::Same(row) => return Ok(Done { row, outcome: Outcome::Same, content: read }),
            Plan::New { version, sequence } => (version, sequence),
        };
        // Packed and stored before anything is locked: it takes seconds, and a row without its archive would
        // be a promise that nobody keeps.
        let about = BundleAbout { name: offer.name.clone(), version: version.clone(), sequence, expires: None };
        let (packing, signing) = (Arc::clone(&offer), Arc::clone(&key));
        let packed = tokio::task::spawn_blocking(move || packed(&packing.tree, &about, &signing)).await;
        let (archive, key_id) = packed.map_err(|_| PublishError::Key)??;
        let digest = hex_of(&Sha256::digest(&archive));
        let row = BundleRow {
            name: offer.name.clone(),
            title: read.title.clone(),
            version,
            sequence,
            digest: digest.clone(),
            bytes: archive.len() as u64,
            key: key_id,
            published: now,
        };
        state.archives().put(&digest, archive).await?;
        let published = Published { row, content: content.clone() };
        if store(state, &published, &read, actor).await? {
            state.facts().wakes.wake_everybody();
            return Ok(Done { row: published.row, outcome: Outcome::New, content: read });
        }
        // Somebody else published meanwhile: what follows on that is planned anew.
    }
}

/// What an offer becomes.
enum Plan {
    Same(BundleRow),
    New { version: String, sequence: u64 },
}

/// `known` are the versions so far, the newest first.
fn plan(known: &[Published], offer: &Offer, content: &str) -> Result<Plan, PublishError> {
    if let Some(newest) = known.first()
        && newest.content == content
        && offer.version.as_ref().is_none_or(|version| *version == newest.row.version)
    {
        return Ok(Plan::Same(newest.row.clone()));
    }
    let sequence = known.first().map_or(1, |newest| newest.row.sequence + 1);
    let version = offer.version.clone().unwrap_or_else(|| sequence.to_string());
    if known.iter().any(|published| published.row.version == version) {
        return Err(PublishError::Exists { name: offer.name.clone(), version });
    }
    Ok(Plan::New { version, sequence })
}

/// Writes a version; `false` where its place was taken meanwhile.
async fn store(state: &State, published: &Published, read: &Content, actor: &str) -> Result<bool, PublishError> {
    let now = published.row.published;
    let mut tx = state.store().begin().await?;
    bundle::lock(&mut tx).await?;
    let known = bundle::versions(&mut *tx, &published.row.name).await?;
    if known.first().map_or(0, |newest| newest.row.sequence) + 1 != published.row.sequence {
        return Ok(false);
    }
    for (template, hash) in &read.templates {
        template::keep(&mut tx, template, hash, now).await?;
    }
    let templates: Vec<(&str, &str)> =
        read.templates.iter().map(|(template, hash)| (template.id.as_str(), hash.as_str())).collect();
    bundle::insert(&mut tx, published, &templates, actor).await?;
    feed::add_for_everybody(&mut tx, &ChangeKind::Content, now).await?;
    let object = format!("bundle/{}/{}", published.row.name, published.row.version);
    let act = Act { actor, action: "bundle.published", object: &object, outcome: "done" };
    audit::append(&mut tx, now, &act).await?;
    tx.commit().await.about("published content")?;
    Ok(true)
}

fn packed(tree: &Tree, about: &BundleAbout, key: &PrivateKey) -> Result<(Vec<u8>, String), PublishError> {
    let paths: Vec<String> = tree.keys().cloned().collect();
    let read = |path: &str| tree.get(path).cloned().ok_or_else(|| std::io::ErrorKind::NotFound.into());
    let archive =
        pack(&paths, read, about, Format::TarZst, Some(&Signing { key, older: &[] })).map_err(|error| match error {
            PackError::Refused(refusal) => PublishError::Refused(refusal),
            other => PublishError::Pack(other),
        })?;
    Ok((archive, key.public().id().to_string()))
}

/// The same files give the same digest, in whatever archive.
fn digest_of_files(tree: &Tree) -> String {
    let mut whole = Sha256::new();
    for (path, bytes) in tree {
        whole.update((path.len() as u64).to_be_bytes());
        whole.update(path.as_bytes());
        whole.update(Sha256::digest(bytes));
    }
    hex_of(&whole.finalize())
}

/// The server's own key, which signs what it publishes.
async fn signing_key(state: &State) -> Result<PrivateKey, PublishError> {
    let text: String = sqlx::query_scalar("SELECT signing_key FROM server")
        .fetch_one(state.store().read())
        .await
        .about("the server's key")?;
    PrivateKey::parse(&format!("waymark-private-key-v1:{text}")).map_err(|_| PublishError::Key)
}
