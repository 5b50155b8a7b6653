//! From fetched files to a site of the library. What did not change comes from the site's former version.

use std::collections::{BTreeMap, BTreeSet};

use waymark_core::{
    diagnostic::{Diagnostic, Position, Severity},
    docs::NavNode,
};
use waymark_docs::{Article, BuiltTree, Origin};
use waymark_store::{Asset, Db, RemoteSite, Site};
use waymark_sync::backstage::{Body, Build, EntityRef, Fetched, FetchedFile, FileKind};

use crate::{
    AppError,
    docs::{About, Context},
    sources::site::ParsedSite,
};

/// The version of a site as it is kept here: a newer engine reads the same files once more.
pub(super) fn version(build: &Build) -> String {
    format!("{} {}", engine(), build.version())
}

fn engine() -> String {
    format!("engine-{}", waymark_docs::ENGINE_VERSION)
}

/// What is here of a site's former version.
#[derive(Debug, Default)]
pub(super) struct Former {
    articles: BTreeMap<String, String>,
    assets: BTreeMap<String, Asset>,
    nav: Vec<NavNode>,
    /// Versions of the files that are here.
    pub(super) etags: BTreeMap<String, String>,
}

impl Former {
    pub(super) async fn load(db: &Db, site: Option<&Site>, remote: &RemoteSite) -> Result<Self, AppError> {
        let mut former = Self::default();
        let Some(site) = site.filter(|_| remote.version.starts_with(&format!("{} ", engine()))) else {
            return Ok(former);
        };
        for page in db.pages().all(&site.id).await? {
            former.articles.insert(page.path, page.source);
        }
        for path in db.assets().paths(&site.id).await? {
            former.assets.extend(db.assets().get(&site.id, &path).await?.map(|asset| (path, asset)));
        }
        former.nav.clone_from(&site.nav);
        // A version without its file would bring the answer that nothing changed, and no file.
        let is_here = |path: &String| former.articles.contains_key(path) || former.assets.contains_key(path);
        former.etags = remote
            .etags
            .iter()
            .filter(|(path, _)| is_here(path))
            .map(|(path, etag)| (path.clone(), etag.clone()))
            .collect();
        Ok(former)
    }
}

/// Which site is parsed.
pub(super) struct Job {
    pub(super) entity: EntityRef,
    pub(super) folder: String,
    /// Scheme and host of the server.
    pub(super) host: String,
    /// Path that the server's pages are below; possibly empty.
    pub(super) below: String,
}

/// A site that is ready to be stored.
pub(super) struct Parsed {
    pub(super) site: ParsedSite,
    pub(super) remote: RemoteSite,
    pub(super) findings: Vec<Diagnostic>,
}

/// Takes the articles out of the pages, and puts the site together.
pub(super) fn parse(job: &Job, fetched: Fetched, mut former: Former) -> Parsed {
    let Job { entity, folder, host, below } = job;
    let path = format!("{below}/docs/{}/{}/{}/", entity.namespace, entity.kind, entity.name);
    let origin = Origin { host, path: &path };
    let mut findings: Vec<Diagnostic> = fetched
        .missing
        .into_iter()
        .map(|(file, why)| {
            finding(folder, &file, Severity::Warning, "B002", format!("this file was not fetched: {why}"))
        })
        .collect();
    if fetched.build.left_out > 0 {
        let message =
            format!("{} of its files are left out because of their names or their number", fetched.build.left_out);
        findings.push(finding(folder, "index.html", Severity::Warning, "B003", message));
    }
    let mut remote = RemoteSite { version: version(&fetched.build), etags: BTreeMap::new() };
    let (mut articles, mut assets, mut navs) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
    for FetchedFile { path, kind, etag, body } in fetched.files {
        let is_here = match (kind, body) {
            (FileKind::Page, Body::Same) => {
                former.articles.remove(&path).map(|article| articles.insert(path.clone(), article)).is_some()
            }
            (FileKind::Image(_), Body::Same) => former.assets.remove(&path).map(|asset| assets.push(asset)).is_some(),
            (FileKind::Image(mime), Body::New(bytes)) => {
                assets.push(Asset { path: path.clone(), mime: mime.to_owned(), bytes });
                true
            }
            (FileKind::Page, Body::New(bytes)) => {
                match waymark_docs::article(&path, &String::from_utf8_lossy(&bytes), origin) {
                    Some(Article { html, nav, .. }) => {
                        articles.insert(path.clone(), html);
                        navs.insert(path.clone(), nav);
                        true
                    }
                    None => {
                        let message = "this page is too large or nested too deeply to be read".to_owned();
                        findings.push(finding(folder, &path, Severity::Warning, "B004", message));
                        false
                    }
                }
            }
        };
        if is_here {
            remote.etags.extend(etag.map(|etag| (path, etag)));
        }
    }
    let tree = BuiltTree {
        title: fetched.build.name.unwrap_or_else(|| entity.name.clone()),
        assets: assets.iter().map(|asset| asset.path.clone()).collect::<BTreeSet<_>>(),
        nav: navigation(navs, former.nav),
        articles,
    };
    let site = waymark_docs::load_built(&tree);
    let site = ParsedSite {
        folder: folder.clone(),
        name: waymark_core::id::slugify(&entity.name, "docs"),
        site,
        sources: tree.articles,
        assets,
        context: Context::default(),
        about: About::default(),
    };
    Parsed { site, remote, findings }
}

/// The navigation of the first page, or of any other new one, or as it was.
fn navigation(mut navs: BTreeMap<String, Vec<NavNode>>, former: Vec<NavNode>) -> Vec<NavNode> {
    let first = navs.remove("index.html").filter(|nav| !nav.is_empty());
    first.or_else(|| navs.into_values().find(|nav| !nav.is_empty())).unwrap_or(former)
}

/// A finding about a file of a site.
pub(super) fn finding(folder: &str, file: &str, severity: Severity, code: &str, message: String) -> Diagnostic {
    Diagnostic {
        path: format!("{folder}/{file}"),
        line: Position::START.line,
        column: Position::START.column,
        severity,
        code: code.to_owned(),
        message,
        help: None,
    }
}
