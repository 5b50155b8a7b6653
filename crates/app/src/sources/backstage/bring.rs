//! Bringing the chosen sites here, one after the other: each is swapped whole, in one transaction, as soon
//! as all of it is on this device.

use std::collections::BTreeMap;

use waymark_api::topic::{JobProgress, Topic};
use waymark_core::{
    diagnostic::{Diagnostic, Severity},
    id::PackId,
};
use waymark_store::{Db, PackSource, PackUpdate, RemoteSite, Site, SiteContent};
use waymark_sync::backstage::{Client, EntityRef, FetchError, Fetched, Known, Partial, Progress};

use super::{
    choice::Choice,
    content::{self, Former},
};
use crate::{App, AppError, sources::site_rows};

/// How often a long fetching says how far it is, in files.
const REPORT_EVERY: u32 = 10;

/// What came of it.
pub(super) struct Brought {
    pub(super) pack: PackId,
    /// Sites that are new or have another version than before.
    pub(super) changed: u32,
}

/// Makes the pack what the person chose, as the server has it now.
pub(super) async fn bring(app: &App, pack: PackId, client: &Client, choice: &Choice) -> Result<Brought, AppError> {
    let _alone = app.fetching().lock().await;
    let source = PackSource::Backstage { location: client.address().to_string() };
    let mut keeper = Bringer { app, db: app.db().await?, client, pack, source, choice, findings: BTreeMap::new() };
    keeper.begin().await?;
    let mut changed = 0;
    let chosen = choice.entities.iter().filter_map(|entity| entity.parse().ok());
    for (number, entity) in chosen.enumerate() {
        let (done, total) = (number as u32, choice.entities.len() as u32);
        if keeper.site(&entity, (done, total)).await? {
            changed += 1;
        }
    }
    Ok(Brought { pack, changed })
}

struct Bringer<'a> {
    app: &'a App,
    db: Db,
    client: &'a Client,
    pack: PackId,
    source: PackSource,
    choice: &'a Choice,
    /// What is wrong with each site, by its folder.
    findings: BTreeMap<String, Vec<Diagnostic>>,
}

/// Where a site lies in its pack: the entity's name, as an address writes it.
fn folder_of(entity: &EntityRef) -> String {
    format!("{}/{}/{}", entity.namespace, entity.kind, entity.name).to_lowercase()
}

impl Bringer<'_> {
    /// Keeps the choice, and lets go of what is no longer in it.
    async fn begin(&mut self) -> Result<(), AppError> {
        let chosen: Vec<String> =
            self.choice.entities.iter().filter_map(|one| one.parse().ok()).map(|one| folder_of(&one)).collect();
        for finding in self.db.diagnostics().for_pack(self.pack).await? {
            if let Some(folder) = chosen.iter().find(|folder| finding.path.starts_with(&format!("{folder}/"))) {
                self.findings.entry(folder.clone()).or_default().push(finding);
            }
        }
        let gone = |site: &Site| !chosen.contains(&site.folder);
        self.commit(gone, None).await
    }

    async fn own_sites(&self) -> Result<Vec<Site>, AppError> {
        Ok(self.db.sites().list().await?.into_iter().filter(|site| site.pack == self.pack).collect())
    }

    /// Writes the pack: all its sites but those that are `gone`, and the new one.
    async fn commit(
        &self,
        gone: impl Fn(&Site) -> bool,
        new: Option<(SiteContent, RemoteSite)>,
    ) -> Result<(), AppError> {
        let kept: Vec<Site> = self.own_sites().await?.into_iter().filter(|site| !gone(site)).collect();
        let mut revision = blake3::Hasher::new();
        for site in &kept {
            let version = self.db.remotes().site(&site.id).await?.unwrap_or_default().version;
            revision.update(site.folder.as_bytes()).update(b"\n").update(version.as_bytes()).update(b"\n");
        }
        let (site, remote) = new.unzip();
        if let (Some(site), Some(remote)) = (&site, &remote) {
            revision.update(site.folder.as_bytes()).update(b"\n").update(remote.version.as_bytes());
        }
        let id = site.as_ref().map(|site: &SiteContent| site.id.clone());
        let update = PackUpdate {
            title: self.client.address().host(),
            revision: revision.finalize().to_hex().to_string(),
            kept: kept.into_iter().map(|site| site.id).collect(),
            sites: site.into_iter().collect(),
            diagnostics: self.findings.values().flatten().cloned().collect(),
        };
        let mut tx = self.db.begin().await?;
        tx.packs().update(self.pack, &self.source, update, self.app.now().timestamp()).await?;
        tx.remotes().choose(self.pack, self.choice.to_json()).await?;
        if let (Some(id), Some(remote)) = (&id, &remote) {
            tx.remotes().keep(id, remote).await?;
        }
        tx.commit().await?;
        self.app.publish(Topic::Pack(self.pack));
        self.app.publish(Topic::Packs);
        Ok(())
    }

    /// Brings one site; whether it changed. What only this site suffers from becomes a finding.
    async fn site(&mut self, entity: &EntityRef, place: (u32, u32)) -> Result<bool, AppError> {
        match self.changed(entity, place).await {
            Ok(changed) => Ok(changed),
            Err(AppError::Fetch(
                error @ (FetchError::Missing { .. }
                | FetchError::Odd { .. }
                | FetchError::TooLarge { .. }
                | FetchError::Moving { .. }),
            )) => {
                let folder = folder_of(entity);
                let finding = content::finding(&folder, "index.html", Severity::Error, "B001", error.to_string());
                self.findings.insert(folder, vec![finding]);
                self.commit(|_| false, None).await?;
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    async fn changed(&mut self, entity: &EntityRef, (done, total): (u32, u32)) -> Result<bool, AppError> {
        let folder = folder_of(entity);
        let tell = |text: String| self.app.publish(Topic::Job(JobProgress { text, done, total: Some(total) }));
        tell(format!("Looking at {}", entity.name));
        let build = self.client.build(entity).await?;
        let before = self.own_sites().await?.into_iter().find(|site| site.folder == folder);
        let remote = match &before {
            Some(site) => self.db.remotes().site(&site.id).await?.unwrap_or_default(),
            None => RemoteSite::default(),
        };
        if remote.version == content::version(&build) {
            // It may have been missing for a while.
            return Ok(false);
        }
        let former = Former::load(&self.db, before.as_ref(), &remote).await?;
        let known = Known { version: remote.version.clone(), etags: former.etags.clone() };
        let root = self.app.incoming_dir();
        let partial = |build: &waymark_sync::backstage::Build| Partial::open(&root, entity, build);
        let progress = |progress: Progress| {
            if progress.done % REPORT_EVERY == 1 || progress.done == progress.total {
                tell(format!("Fetching {}: {} of {} files", entity.name, progress.done, progress.total));
            }
        };
        let (fetched, partial) = self.client.fetch(entity, build, &known, &partial, &progress).await?;
        self.keep(entity, &folder, fetched, former).await?;
        // Only now: cut off before the commit, the next attempt finds these files.
        partial.clear();
        Ok(true)
    }

    async fn keep(
        &mut self,
        entity: &EntityRef,
        folder: &str,
        fetched: Fetched,
        former: Former,
    ) -> Result<(), AppError> {
        let job = content::Job {
            entity: entity.clone(),
            folder: folder.to_owned(),
            host: self.client.address().origin(),
            below: self.client.address().path().to_owned(),
        };
        let parsed = tokio::task::spawn_blocking(move || content::parse(&job, fetched, former));
        let parsed = parsed.await.map_err(|_| AppError::Interrupted { attempt: "read the fetched pages" })?;
        let (own, taken): (Vec<Site>, Vec<Site>) =
            self.db.sites().list().await?.into_iter().partition(|site| site.pack == self.pack && site.folder == folder);
        let site = site_rows::with_ids(vec![parsed.site], &own, &taken).pop();
        self.findings.insert(folder.to_owned(), parsed.findings);
        let new = site.map(|site| (site, parsed.remote));
        self.commit(|site| site.folder == folder, new).await
    }
}
