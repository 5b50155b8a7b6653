//! The few keys that finding sites needs from `mkdocs.yml`, `zensical.toml` and `catalog-info.yaml`.

use std::collections::BTreeMap;

use serde::{Deserialize, de::IgnoredAny};

/// What a site's configuration says about its place.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SiteConfig {
    docs_dir: Option<String>,
}

/// `zensical.toml`: the same keys, in a table of their own or at the top.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct TomlConfig {
    project: Option<SiteConfig>,
    docs_dir: Option<String>,
}

/// The `docs_dir` of a configuration; `None` where it names none or cannot be parsed. (What is wrong
/// with the file is the docs engine's to say.)
pub(super) fn docs_dir(path: &str, text: &str) -> Option<String> {
    if path.ends_with(".toml") {
        let config: TomlConfig = toml::from_str(text).ok()?;
        return config.project.map_or(config.docs_dir, |project| project.docs_dir);
    }
    serde_saphyr::from_str::<SiteConfig>(text).ok()?.docs_dir
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Entity {
    metadata: Metadata,
    spec: Option<Spec>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Spec {
    owner: Option<Owner>,
}

/// An owner; what is no text names nobody.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Owner {
    Text(String),
    Other(IgnoredAny),
}

impl Owner {
    fn text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Self::Other(_) => None,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Metadata {
    name: Option<String>,
    title: Option<String>,
    annotations: Option<BTreeMap<String, String>>,
}

/// A catalog entity whose documentation lies in the same repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Documented {
    /// Folder of the site, relative to the catalog file.
    pub(super) folder: String,
    /// What people call it.
    pub(super) name: Option<String>,
    /// Who owns it, as the catalog writes it.
    pub(super) owner: Option<String>,
}

/// The entities of a `catalog-info.yaml` that refer to documentation with `dir:`.
pub(super) fn documented(yaml: &str) -> Vec<Documented> {
    let entities: Vec<Entity> = serde_saphyr::from_multiple(yaml).unwrap_or_default();
    entities
        .into_iter()
        .filter_map(|entity| {
            let annotations = entity.metadata.annotations?;
            let owner = entity.spec.and_then(|spec| spec.owner?.text());
            let folder = annotations.get("backstage.io/techdocs-ref")?.trim().strip_prefix("dir:")?.to_owned();
            Some(Documented { folder, name: entity.metadata.title.or(entity.metadata.name), owner })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn docs_dir_is_found_beside_tags_that_only_python_knows() {
        let yaml = "site_name: x\nmarkdown_extensions:\n  - e:\n      f: !!python/name:material.x\nextra: !ENV [A, b]\ndocs_dir: pages\n";
        assert_eq!(docs_dir("mkdocs.yml", yaml).as_deref(), Some("pages"));
        assert_eq!(docs_dir("mkdocs.yml", "site_name: x"), None);
        assert_eq!(docs_dir("mkdocs.yml", ": ["), None);
    }

    #[test]
    fn toml_may_have_a_table_for_the_project() {
        let read = |text| docs_dir("zensical.toml", text);
        assert_eq!(read("[project]\nsite_name = \"x\"\ndocs_dir = \"pages\"\n").as_deref(), Some("pages"));
        assert_eq!(read("docs_dir = \"pages\"\n").as_deref(), Some("pages"));
        assert_eq!(read("[project]\n"), None);
        assert_eq!(read("docs_dir = [\n"), None);
    }

    #[test]
    fn only_entities_with_docs_in_the_repository_count() {
        let yaml = "kind: Component\nmetadata:\n  name: billing\n  title: Billing\n  annotations:\n    backstage.io/techdocs-ref: dir:./guide\nspec:\n  type: service\n  owner: team:pay\n---\nkind: System\nmetadata:\n  name: pay\n  annotations:\n    backstage.io/techdocs-ref: url:https://example.com\n---\nkind: API\nmetadata:\n  name: api\n";
        assert_eq!(
            documented(yaml),
            [Documented { folder: "./guide".into(), name: Some("Billing".into()), owner: Some("team:pay".into()) }]
        );
        assert_eq!(documented("metadata: ["), []);
        for spec in ["spec:\n  owner: [a]\n", "spec:\n", ""] {
            let yaml = format!("metadata:\n  annotations:\n    backstage.io/techdocs-ref: dir:.\n{spec}");
            assert_eq!(documented(&yaml), [Documented { folder: ".".into(), name: None, owner: None }], "{spec}");
        }
    }
}
