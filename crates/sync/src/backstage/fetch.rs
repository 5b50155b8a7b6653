//! Fetching a site: all files that changed, of one build.

use std::sync::{
    Mutex,
    atomic::{AtomicU32, AtomicU64, Ordering},
};

use futures_util::{StreamExt as _, stream::FuturesUnordered};
use reqwest::Url;

use super::{
    Build, Client, EntityRef, FetchError, FileKind, Known, Partial,
    client::{Answer, Ask},
};

/// How often a site that changes while it is being fetched is begun anew.
const MAX_BUILDS: u32 = 3;

/// A fetched site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// What it is a copy of.
    pub build: Build,
    /// All files that could be had.
    pub files: Vec<FetchedFile>,
    /// Files that are listed and could not be had, with the reason.
    pub missing: Vec<(String, String)>,
}

/// One file of a fetched site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchedFile {
    /// Relative to the site's root, with `/`.
    pub path: String,
    /// What it is.
    pub kind: FileKind,
    /// Its version, where the server names one.
    pub etag: Option<String>,
    /// Its content.
    pub body: Body,
}

/// A file's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// These bytes.
    New(Vec<u8>),
    /// What is here already.
    Same,
}

/// How far fetching is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files that are here.
    pub done: u32,
    /// Files in all.
    pub total: u32,
    /// Bytes that came over the wire.
    pub bytes: u64,
}

impl Client {
    /// Fetches a site whole; files whose version is `known` are not sent again. `partial` gives the place
    /// for a build, so that what was fetched is still here where this is cut off.
    ///
    /// All files are of one build: where the site changed meanwhile, it is begun anew.
    ///
    /// # Errors
    ///
    /// As for [`Client::build`], and where what was fetched cannot be kept.
    pub async fn fetch(
        &self,
        site: &EntityRef,
        mut build: Build,
        known: &Known,
        partial: &(dyn Fn(&Build) -> std::io::Result<Partial> + Sync),
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(Fetched, Partial), FetchError> {
        for _ in 0..MAX_BUILDS {
            let place = partial(&build).map_err(|source| FetchError::Disk { source })?;
            let (files, missing) = self.files(site, &build, known, &place, progress).await?;
            let after = self.build(site).await?;
            if after.version() == build.version() {
                return Ok((Fetched { build, files, missing }, place));
            }
            tracing::info!(site = %site, "the site was built anew while it was fetched");
            build = after;
        }
        Err(FetchError::Moving { what: site.to_string() })
    }

    async fn files(
        &self,
        site: &EntityRef,
        build: &Build,
        known: &Known,
        place: &Partial,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(Vec<FetchedFile>, Vec<(String, String)>), FetchError> {
        let job = Job {
            client: self,
            known,
            place,
            root: Mutex::new(self.address.join(Self::root(site))),
            bytes: AtomicU64::new(0),
            done: AtomicU32::new(0),
            total: build.files.len() as u32,
            progress,
        };
        // The first one alone: it learns under which name the server keeps the site.
        let (first, rest) = build.files.split_at(build.files.len().min(1));
        let mut results = Vec::new();
        for path in first {
            results.push(job.file(path).await?);
        }
        let mut waiting = rest.iter();
        let mut running: FuturesUnordered<_> =
            waiting.by_ref().take(self.limits.at_once.max(1)).map(|path| job.file(path)).collect();
        while let Some(result) = running.next().await {
            results.push(result?);
            running.extend(waiting.next().map(|path| job.file(path)));
        }
        let (mut files, mut missing) = (Vec::new(), Vec::new());
        for result in results {
            match result {
                Ok(file) => files.push(file),
                Err(lost) => missing.push(lost),
            }
        }
        files.sort_by(|one, other| one.path.cmp(&other.path));
        missing.sort();
        Ok((files, missing))
    }

    fn root(site: &EntityRef) -> [&str; 7] {
        ["api", "techdocs", "static", "docs", &site.namespace, &site.kind, &site.name]
    }
}

/// The files of one build on their way.
struct Job<'a> {
    client: &'a Client,
    known: &'a Known,
    place: &'a Partial,
    root: Mutex<Url>,
    bytes: AtomicU64,
    done: AtomicU32,
    total: u32,
    progress: &'a (dyn Fn(Progress) + Sync),
}

type OneFile = Result<FetchedFile, (String, String)>;

impl Job<'_> {
    /// One file, or why the site goes without it. A network that is gone ends the whole.
    async fn file(&self, path: &str) -> Result<OneFile, FetchError> {
        let Some(kind) = FileKind::of(path) else { return Ok(Err((path.to_owned(), "it is no page".to_owned()))) };
        let file = if let Some((etag, bytes)) = self.place.get(path) {
            FetchedFile { path: path.to_owned(), kind, etag, body: Body::New(bytes) }
        } else {
            match self.asked(path, kind).await {
                Ok(file) => file,
                Err(error @ (FetchError::Missing { .. } | FetchError::TooLarge { .. })) => {
                    return Ok(Err((path.to_owned(), error.to_string())));
                }
                Err(error) => return Err(error),
            }
        };
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let bytes = self.bytes.load(Ordering::Relaxed);
        (self.progress)(Progress { done, total: self.total, bytes });
        Ok(Ok(file))
    }

    async fn asked(&self, path: &str, kind: FileKind) -> Result<FetchedFile, FetchError> {
        let limits = self.client.limits;
        let left = limits.site_bytes.saturating_sub(self.bytes.load(Ordering::Relaxed));
        let own = match kind {
            FileKind::Page => limits.page_bytes,
            FileKind::Image(_) => limits.image_bytes,
        };
        let what = format!("file {path}");
        let mut url = self.root();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path.split('/'));
        }
        let etag = self.known.etags.get(path).map(String::as_str);
        let ask = Ask { url, what: &what, limit: own.min(left), etag };
        match self.client.ask(&ask).await? {
            Answer::Same => {
                Ok(FetchedFile { path: path.to_owned(), kind, etag: etag.map(str::to_owned), body: Body::Same })
            }
            Answer::New { bytes, etag, url } => {
                self.bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
                self.learn(url, path);
                self.place.put(path, etag.as_deref(), &bytes).map_err(|source| FetchError::Disk { source })?;
                Ok(FetchedFile { path: path.to_owned(), kind, etag, body: Body::New(bytes) })
            }
        }
    }

    fn root(&self) -> Url {
        self.root.lock().map_or_else(|poisoned| poisoned.into_inner().clone(), |root| root.clone())
    }

    /// Where a file was found after a redirect, the others are as well.
    fn learn(&self, mut url: Url, path: &str) {
        if let Ok(mut segments) = url.path_segments_mut() {
            for _ in path.split('/') {
                segments.pop();
            }
        }
        url.set_query(None);
        if let Ok(mut root) = self.root.lock() {
            *root = url;
        }
    }
}
