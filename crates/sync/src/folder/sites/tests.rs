use super::*;

fn files(list: &[(&str, &str)]) -> Vec<File> {
    list.iter()
        .map(|(path, text)| File {
            path: (*path).to_owned(),
            kind: FileKind::by_name(path),
            bytes: text.as_bytes().to_vec(),
            hash: String::new(),
            modified: None,
        })
        .collect()
}

/// Configuration (or `-`), root and pages of each site.
fn found(list: &[(&str, &str)]) -> Vec<(String, String, String)> {
    sites(&files(list))
        .into_iter()
        .map(|site| (site.config_path.unwrap_or_else(|| "-".into()), site.root, site.docs_dir))
        .collect()
}

fn row(config: &str, root: &str, docs: &str) -> (String, String, String) {
    (config.into(), root.into(), docs.into())
}

#[test]
fn a_site_is_where_its_configuration_is() {
    assert_eq!(found(&[("mkdocs.yml", "site_name: x"), ("docs/index.md", "")]), [row("mkdocs.yml", "", "docs")]);
    assert_eq!(found(&[("a/mkdocs.yaml", "docs_dir: ./pages/")]), [row("a/mkdocs.yaml", "a", "a/pages")]);
    assert_eq!(found(&[("a/mkdocs.yml", "docs_dir: ../shared")]), [row("a/mkdocs.yml", "a", "shared")]);
    let zensical = ("a/zensical.toml", "[project]\ndocs_dir = \"pages\"\n");
    assert_eq!(found(&[zensical]), [row("a/zensical.toml", "a", "a/pages")]);
    assert_eq!(found(&[("mkdocs.yml", "docs_dir: .")]), [row("mkdocs.yml", "", "")]);
    assert_eq!(found(&[("mkdocs.yml", ": [broken")]), [row("mkdocs.yml", "", "docs")], "the usual folder");
}

#[test]
fn one_folder_has_one_site() {
    let both = [("mkdocs.yaml", "docs_dir: b"), ("mkdocs.yml", "docs_dir: a"), ("properdocs.yml", "docs_dir: c")];
    assert_eq!(found(&both), [row("mkdocs.yml", "", "a")]);
}

#[test]
fn pages_outside_the_folder_are_never_named() {
    for escape in ["../../etc", "/etc", "C:\\docs", "..\\up"] {
        let config = format!("docs_dir: '{escape}'");
        assert_eq!(found(&[("a/mkdocs.yml", config.as_str())]), [row("a/mkdocs.yml", "a", "a/docs")], "{escape}");
    }
}

#[test]
fn a_site_inside_the_pages_of_another_is_part_of_it() {
    let nested = [("mkdocs.yml", ""), ("docs/examples/mkdocs.yml", ""), ("services/a/mkdocs.yml", "")];
    assert_eq!(
        found(&nested),
        [row("mkdocs.yml", "", "docs"), row("services/a/mkdocs.yml", "services/a", "services/a/docs")]
    );
    let whole = [("mkdocs.yml", "docs_dir: ."), ("sub/mkdocs.yml", "")];
    assert_eq!(found(&whole), [row("mkdocs.yml", "", "")]);
}

#[test]
fn a_docs_folder_with_a_first_page_needs_no_configuration() {
    assert_eq!(found(&[("docs/README.md", ""), ("docs/a.md", "")]), [row("-", "", "docs")]);
    assert_eq!(found(&[("s/docs/index.md", ""), ("s/docs/x/docs/index.md", "")]), [row("-", "s", "s/docs")]);
    assert_eq!(found(&[("docs/a.md", ""), ("README.md", "")]), [], "no first page, no site");
    assert_eq!(
        found(&[("index.md", ""), ("setup.md", "")]),
        [row("-", "", "")],
        "the opened folder is the docs folder"
    );
    let configured_below = [("docs/index.md", ""), ("docs/en/mkdocs.yml", "")];
    assert_eq!(found(&configured_below), [row("docs/en/mkdocs.yml", "docs/en", "docs/en/docs")]);
}

#[test]
fn a_catalog_file_names_the_site_it_points_to() {
    let catalog =
        "metadata:\n  name: billing\n  title: Billing service\n  annotations:\n    backstage.io/techdocs-ref: dir:.\n";
    let list = files(&[("s/catalog-info.yaml", catalog), ("s/mkdocs.yml", ""), ("mkdocs.yml", "")]);
    let names: Vec<Option<String>> = sites(&list).into_iter().map(|site| site.name_hint).collect();
    assert_eq!(names, [None, Some("Billing service".to_owned())]);
}
