//! Bundles as sources: which pack a bundle belongs to, and what is remembered of its publisher.

use std::path::Path;

use waymark_api::ipc::sources::BundleReport;
use waymark_core::id::PackId;
use waymark_store::{Db, Pack, Tx};
use waymark_sync::bundle::{self, BundleSnapshot, Version};

use crate::AppError;

/// A bundle that was read, as content carries it along.
#[derive(Clone, Debug)]
pub(crate) struct Carried {
    pub(super) version: Version,
    pub(super) report: BundleReport,
}

impl Carried {
    pub(super) fn of(snapshot: &BundleSnapshot) -> Self {
        let BundleSnapshot { version, publisher, .. } = snapshot;
        let report = BundleReport {
            name: version.name.clone(),
            version: version.version.clone(),
            publisher: publisher.as_ref().map(ToString::to_string),
        };
        Self { version: version.clone(), report }
    }
}

/// The pack that an earlier version of this bundle became, wherever its file lay.
pub(super) async fn pack_of(db: &Db, packs: Vec<Pack>, path: &Path) -> Result<Option<Pack>, AppError> {
    let path = path.to_owned();
    let read = tokio::task::spawn_blocking(move || bundle::version_of(&path)).await;
    let new = read.map_err(|_| AppError::Interrupted { attempt: "read the bundle" })??;
    for pack in packs {
        if known(db, Some(pack.id)).await?.is_some_and(|known| known.name == new.name) {
            return Ok(Some(pack));
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
