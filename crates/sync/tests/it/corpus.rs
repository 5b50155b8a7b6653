//! Real repositories of documentation, where this machine has them.

use std::{
    io::Write,
    path::{Path, PathBuf},
    time::Instant,
};

use waymark_sync::folder::{FileKind, FoundSite, Limits, read, sites};

/// The folder of one repository; `None`, said loudly, where it is absent.
fn corpus(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/docs").join(name);
    if path.is_dir() {
        return Some(path);
    }
    let _ = writeln!(std::io::stderr(), "SKIPPED: {} is not there", path.display());
    None
}

fn pages_and_sites(root: &Path) -> (usize, Vec<FoundSite>) {
    let start = Instant::now();
    let mut calls = 0;
    let got = read(root, &Limits::default(), &mut |_| calls += 1).unwrap();
    let pages = got.files.iter().filter(|file| file.kind == FileKind::Markdown).count();
    let bytes: usize = got.files.iter().map(|file| file.bytes.len()).sum();
    let _ = writeln!(
        std::io::stderr(),
        "{}: {pages} pages of {} files, {bytes} bytes, {} findings, in {} ms",
        root.display(),
        got.files.len(),
        got.problems.len(),
        start.elapsed().as_millis()
    );
    assert!(calls > got.files.len(), "progress is told for each file");
    (pages, sites(&got.files))
}

#[test]
fn argo_cd_is_one_site() {
    let Some(root) = corpus("argo-cd") else { return };
    let (pages, sites) = pages_and_sites(&root);
    assert!(pages >= 450, "{pages}");
    assert_eq!(sites.len(), 1, "{sites:?}");
    assert_eq!((sites[0].config_path.as_deref(), sites[0].docs_dir.as_str()), (Some("mkdocs.yml"), "docs"));
}

#[test]
fn sites_of_other_repositories_are_where_their_configuration_says() {
    for (name, docs_dir, hint) in [
        ("argo-rollouts", "docs", None),
        ("bcgov-platform-developer-docs", "src", Some("Private cloud development guide")),
        ("fastapi-en", "docs/en/docs", None),
        ("mkdocs-material", "docs", None),
        ("ingress-nginx", "docs", None),
    ] {
        let Some(root) = corpus(name) else { continue };
        let (_, sites) = pages_and_sites(&root);
        let found: Vec<(&str, Option<&str>)> =
            sites.iter().map(|site| (site.docs_dir.as_str(), site.name_hint.as_deref())).collect();
        assert_eq!(found, [(docs_dir, hint)], "{name}");
    }
}
