//! `docs render SITE --out DIR`: one HTML fragment a page, and `site.json` about all of them. Of several sites, each
//! has a folder of its own.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, ensure};
use serde::Serialize;
use waymark_core::{diagnostic::Diagnostic, docs::Heading};
use waymark_docs::{Site, SiteLinks, Surroundings, render_document};

use super::read;

/// What to render, and where to.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The folder with `mkdocs.yml`; of several, each is written to the folder of its name below the output folder.
    #[arg(required = true, value_name = "SITE")]
    sites: Vec<PathBuf>,
    /// The folder to write to; it is made if needed.
    #[arg(long)]
    out: PathBuf,
}

/// Where files of the site are asked for in the fragments.
const ASSETS: &str = "waymark-doc://localhost";

/// `site.json`.
#[derive(Serialize)]
struct SiteFile<'a> {
    site: &'a str,
    title: &'a str,
    /// What stands before a page's or a file's path in the fragments' addresses.
    link_prefix: [String; 2],
    pages: Vec<PageFile<'a>>,
}

#[derive(Clone, Serialize)]
struct PageFile<'a> {
    /// Path below the docs folder.
    source: &'a str,
    /// Address in a built site.
    url: String,
    title: &'a str,
    /// Path of the fragment below the output folder.
    html: String,
    headings: Vec<Heading>,
    words: u32,
    diagnostics: Vec<Diagnostic>,
}

/// Renders every page of every site; fails only for the disk's sake.
pub(super) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let [site] = options.sites.as_slice() else {
        let mut taken = BTreeSet::new();
        for site in &options.sites {
            let name = site.canonicalize().ok().and_then(|path| Some(path.file_name()?.to_owned()));
            let name = name.with_context(|| format!("{} is no folder with a site", site.display()))?;
            ensure!(
                taken.insert(name.clone()),
                "two of the folders are called {}; give them one at a time",
                name.display()
            );
            render(site, &options.out.join(name))?;
        }
        return Ok(ExitCode::SUCCESS);
    };
    render(site, &options.out)?;
    Ok(ExitCode::SUCCESS)
}

/// Renders every page of one site into a folder.
fn render(site: &Path, out: &Path) -> anyhow::Result<()> {
    let found = read::read(site)?;
    let (site, _) = found.load();
    let titles = site.pages.iter().map(|(path, meta)| (path.clone(), meta.title.clone())).collect();
    let job = Job { found: &found, site: &site, titles, out };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(16);
    let parts: Vec<anyhow::Result<Vec<PageFile<'_>>>> = std::thread::scope(|scope| {
        let job = &job;
        let running: Vec<_> = (0..threads).map(|first| scope.spawn(move || job.part(first, threads))).collect();
        running.into_iter().map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    let mut pages = parts.into_iter().collect::<anyhow::Result<Vec<_>>>()?.concat();
    pages.sort_by_key(|page| page.source);
    let id = found.id.as_str();
    let link_prefix = [format!("/docs/{id}/"), format!("{ASSETS}/{id}/")];
    let file = SiteFile { site: id, title: &site.title, link_prefix, pages };
    let json = serde_json::to_string_pretty(&file).context("could not write site.json as JSON")?;
    write(&out.join("site.json"), &json)?;
    println!("{} pages in {}", file.pages.len(), out.display());
    Ok(())
}

/// What every thread needs.
struct Job<'a> {
    found: &'a read::Found,
    site: &'a Site,
    titles: BTreeMap<String, String>,
    out: &'a Path,
}

impl<'a> Job<'a> {
    /// Renders and writes each `step`-th page from `first` on: neighbours in a folder are often alike in size.
    fn part(&self, first: usize, step: usize) -> anyhow::Result<Vec<PageFile<'a>>> {
        let tree = &self.found.tree;
        let known = |page: &str, id: &str| {
            let meta = self.site.pages.get(page);
            meta.is_none_or(|meta| meta.anchors.contains(id) || meta.outline.iter().any(|heading| heading.id == id))
        };
        let links = SiteLinks {
            site: &self.found.id,
            pages: &self.titles,
            assets: &tree.assets,
            redirects: &tree.config.redirects,
            headings: Some(&known),
            asset_base: ASSETS,
        };
        let around = Surroundings { dialect: &tree.config.dialect, files: Some(&self.found.files) };
        let mine = self.site.pages.iter().skip(first).step_by(step);
        mine.map(|(path, meta)| {
            let source = tree.pages.get(path).map_or("", String::as_str);
            let page = render_document(path, source, &meta.title, &links, around);
            let url = address_of(path);
            let html = format!("{}.html", path.strip_suffix(".md").unwrap_or(path));
            write(&self.out.join(&html), &page.html)?;
            let (headings, words, diagnostics) = (page.outline, page.words, page.diagnostics);
            Ok(PageFile { source: path, url, title: &meta.title, html, headings, words, diagnostics })
        })
        .collect()
    }
}

/// The address of a page in a built site, with a slash at its end unless it is the start page.
fn address_of(source: &str) -> String {
    let stem = source.strip_suffix(".md").unwrap_or(source);
    let folder = ["index", "README"].iter().find_map(|index| {
        stem.strip_suffix(index).filter(|folder| folder.is_empty() || folder.ends_with('/')).map(str::to_owned)
    });
    folder.unwrap_or_else(|| format!("{stem}/"))
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("could not make the folder {}", folder.display()))?;
    }
    fs::write(path, text).with_context(|| format!("could not write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::address_of;

    #[test]
    fn an_index_has_its_folders_address() {
        for (source, url) in [
            ("index.md", ""),
            ("a/README.md", "a/"),
            ("a/b.md", "a/b/"),
            ("reindex.md", "reindex/"),
            ("a b.md", "a b/"),
        ] {
            assert_eq!(address_of(source), url);
        }
    }
}
