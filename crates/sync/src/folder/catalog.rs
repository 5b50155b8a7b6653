//! The few keys that finding sites needs from `mkdocs.yml` and `catalog-info.yaml`.

use std::collections::BTreeMap;

use serde::{Deserialize, de::IgnoredAny};

/// What a site's configuration says about its place.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SiteConfig {
    docs_dir: Option<String>,
}

/// The `docs_dir` of an `mkdocs.yml`; `None` where it names none or cannot be parsed. (What is wrong
/// with the file is the docs engine's to say.)
pub(super) fn docs_dir(yaml: &str) -> Option<String> {
    serde_saphyr::from_str::<SiteConfig>(yaml).ok()?.docs_dir
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Entity {
    metadata: Metadata,
    #[serde(rename = "spec")]
    _spec: Option<IgnoredAny>,
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
}

/// The entities of a `catalog-info.yaml` that refer to documentation with `dir:`.
pub(super) fn documented(yaml: &str) -> Vec<Documented> {
    let entities: Vec<Entity> = serde_saphyr::from_multiple(yaml).unwrap_or_default();
    entities
        .into_iter()
        .filter_map(|entity| {
            let annotations = entity.metadata.annotations?;
            let folder = annotations.get("backstage.io/techdocs-ref")?.trim().strip_prefix("dir:")?.to_owned();
            Some(Documented { folder, name: entity.metadata.title.or(entity.metadata.name) })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn docs_dir_is_found_beside_tags_that_only_python_knows() {
        let yaml = "site_name: x\nmarkdown_extensions:\n  - e:\n      f: !!python/name:material.x\nextra: !ENV [A, b]\ndocs_dir: pages\n";
        assert_eq!(docs_dir(yaml).as_deref(), Some("pages"));
        assert_eq!(docs_dir("site_name: x"), None);
        assert_eq!(docs_dir(": ["), None);
    }

    #[test]
    fn only_entities_with_docs_in_the_repository_count() {
        let yaml = "kind: Component\nmetadata:\n  name: billing\n  title: Billing\n  annotations:\n    backstage.io/techdocs-ref: dir:./guide\nspec:\n  type: service\n---\nkind: System\nmetadata:\n  name: pay\n  annotations:\n    backstage.io/techdocs-ref: url:https://example.com\n---\nkind: API\nmetadata:\n  name: api\n";
        assert_eq!(documented(yaml), [Documented { folder: "./guide".into(), name: Some("Billing".into()) }]);
        assert_eq!(documented("metadata: ["), []);
    }
}
