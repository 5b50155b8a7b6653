//! Bundles as sources: which pack a bundle belongs to, and what is remembered of its publisher.

use waymark_api::ipc::sources::BundleReport;
use waymark_core::id::PackId;
use waymark_store::{Db, Tx};
use waymark_sync::bundle::{OpenBundle, Version};

use crate::AppError;

/// A bundle that was read, as content carries it along.
#[derive(Clone, Debug)]
pub(crate) struct Carried {
    version: Version,
    /// What the person sees of it.
    pub(super) report: BundleReport,
    /// Whether this very content is here already.
    same: bool,
}

impl Carried {
    pub(super) fn of(bundle: &OpenBundle, known: Option<&Version>) -> Self {
        let version = bundle.version();
        let report = BundleReport {
            name: version.name.clone(),
            version: version.version.clone(),
            publisher: bundle.publisher().map(|publisher| publisher.to_string()),
            before: known.map(|known| known.version.clone()),
        };
        let same = known.is_some_and(|known| known.digest == version.digest);
        Self { version, report, same }
    }

    /// Whether the person must say that content which nobody signed may come in. What is here already was
    /// asked about before.
    pub(super) fn is_question(&self) -> bool {
        self.report.publisher.is_none() && !self.same
    }
}

/// The pack that an earlier version of a bundle with this name became, wherever its file lay.
pub(super) async fn pack_of(db: &Db, name: &str) -> Result<Option<PackId>, AppError> {
    for pack in db.packs().list().await? {
        if known(db, Some(pack.id)).await?.is_some_and(|known| known.name == name) {
            return Ok(Some(pack.id));
        }
    }
    Ok(None)
}

/// The version that a pack was made from.
pub(super) async fn known(db: &Db, pack: Option<PackId>) -> Result<Option<Version>, AppError> {
    let Some(pack) = pack else { return Ok(None) };
    Ok(db.preferences().get(&key(pack)).await?)
}

/// Remembers the version, so that only its publisher's later ones can follow; nothing for a folder.
pub(super) async fn remember(tx: &mut Tx, pack: PackId, carried: Option<&Carried>) -> Result<(), AppError> {
    match carried {
        Some(carried) => tx.preferences().set(&key(pack), &carried.version).await?,
        None => forget(tx, pack).await?,
    }
    Ok(())
}

/// Forgets a removed pack's version.
pub(super) async fn forget(tx: &mut Tx, pack: PackId) -> Result<(), AppError> {
    Ok(tx.preferences().clear(&key(pack)).await?)
}

fn key(pack: PackId) -> String {
    format!("bundle:{pack}")
}
