//! Bringing the index to what the library holds: what differs is replaced, and where there is no
//! index, or hardly any of it is right, all of it is filled again.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use tokio::sync::mpsc;
use waymark_core::id::SiteId;
use waymark_search::{Document, Index, Opening, SearchError, WriteError};
use waymark_store::{Db, Page};

use super::documents::{self, Planned, Source};
use crate::{App, AppError};

/// Pages that may wait for the thread that writes; each holds its whole text.
const WAITING: usize = 32;

/// Why the index is not up to date. Titles are searched meanwhile.
#[derive(Debug, thiserror::Error)]
pub(super) enum RefreshError {
    #[error(transparent)]
    Library(#[from] AppError),
    #[error(transparent)]
    Read(#[from] SearchError),
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("the work on the search index stopped unexpectedly")]
    Stopped(#[from] tokio::task::JoinError),
}

/// The index, brought up to date.
pub(super) async fn refresh(app: &App, index: Option<Index>) -> Result<Index, RefreshError> {
    let root = app.index_dir();
    let (index, stamps) = tokio::task::spawn_blocking({
        let root = root.clone();
        move || opened(root, index)
    })
    .await??;
    let mut gone = stamps.clone();
    let is_new = |planned: &Planned| gone.remove(&planned.key) != Some(planned.stamp);
    let (mut new, same): (Vec<Planned>, Vec<Planned>) = documents::planned(app).await?.into_iter().partition(is_new);
    let index = match index {
        Some(index) if new.is_empty() && gone.is_empty() => return Ok(index),
        // Where most would be replaced, a fresh index is smaller and faster.
        Some(index) if new.len() + gone.len() <= same.len() => Some(index),
        _ => {
            new.extend(same);
            None
        }
    };
    tracing::debug!(
        new = new.len(),
        gone = gone.len(),
        fresh = index.is_none(),
        "the search index is brought up to date"
    );
    write(app, root, index, new, gone.into_keys().collect()).await
}

fn opened(root: PathBuf, index: Option<Index>) -> Result<(Option<Index>, BTreeMap<String, u64>), SearchError> {
    let index = index.or_else(|| match Index::open(&root) {
        Opening::Ready(index) => Some(index),
        Opening::Rebuild(why) => {
            tracing::info!(?why, "the search index is filled again");
            None
        }
    });
    let stamps = index.as_ref().map(Index::stamps).transpose()?.unwrap_or_default();
    Ok((index, stamps))
}

/// What the writing thread gets.
enum Task {
    Document(Document),
    Page { site: SiteId, page: Page },
}

async fn write(
    app: &App,
    root: PathBuf,
    index: Option<Index>,
    new: Vec<Planned>,
    gone: Vec<String>,
) -> Result<Index, RefreshError> {
    let db = app.db().await?;
    let (tasks, waiting) = mpsc::channel(WAITING);
    let writing = tokio::task::spawn_blocking(move || match index {
        Some(index) => change(index, waiting, &gone),
        None => fill(&root, waiting),
    });
    let handed_over = hand_over(&db, new, tasks).await;
    // What was written before something went wrong is right, and the next refresh adds the rest.
    let index = writing.await??;
    handed_over?;
    Ok(index)
}

async fn hand_over(db: &Db, new: Vec<Planned>, tasks: mpsc::Sender<Task>) -> Result<(), RefreshError> {
    for planned in new {
        let task = match planned.source {
            Source::Document(document) => Task::Document(*document),
            Source::Page { site, path } => match db.pages().get(&site, &path).await.map_err(AppError::from)? {
                Some(page) => Task::Page { site, page },
                // Removed since; the change that removed it comes next.
                None => continue,
            },
        };
        if tasks.send(task).await.is_err() {
            // The thread says why it stopped.
            break;
        }
    }
    Ok(())
}

fn change(index: Index, mut tasks: mpsc::Receiver<Task>, gone: &[String]) -> Result<Index, RefreshError> {
    let mut writer = index.writer()?;
    gone.iter().for_each(|key| writer.remove(key));
    while let Some(task) = tasks.blocking_recv() {
        writer.replace(&document(task))?;
    }
    writer.commit()?;
    Ok(index)
}

fn fill(root: &Path, mut tasks: mpsc::Receiver<Task>) -> Result<Index, RefreshError> {
    let mut rebuild = Index::rebuild(root)?;
    while let Some(task) = tasks.blocking_recv() {
        rebuild.add(&document(task))?;
    }
    Ok(rebuild.finish()?)
}

fn document(task: Task) -> Document {
    match task {
        Task::Document(document) => document,
        Task::Page { site, page } => documents::page(&site, &page),
    }
}
