//! What the catalog says about an entity, as far as it matters for reading its documentation.

use std::{collections::BTreeMap, fmt, str::FromStr};

use serde::Deserialize;

/// Another entity's documentation belongs to this one as well.
const SAME_DOCS: &str = "backstage.io/techdocs-entity";
/// Where documentation comes from; its presence says that there is some.
pub(super) const HAS_DOCS: &str = "backstage.io/techdocs-ref";

/// The full name of an entity: `component:default/billing`. Names are compared without regard to case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityRef {
    /// `component`, `system`, `group`.
    pub kind: String,
    /// `default`, where nobody chose another one.
    pub namespace: String,
    /// Unique in kind and namespace.
    pub name: String,
}

/// A text names no entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no entity; one looks like component:default/billing")]
pub struct BadRef;

impl EntityRef {
    /// The name in lower case, which is equal for equal entities.
    pub fn key(&self) -> String {
        self.to_string().to_lowercase()
    }

    /// Reads a name in which kind and namespace may be left out.
    ///
    /// # Errors
    ///
    /// [`BadRef`] where a part is empty or holds what no name may hold.
    pub fn with_defaults(text: &str, kind: &str) -> Result<Self, BadRef> {
        let text = text.trim();
        let (kind, rest) = text.split_once(':').unwrap_or((kind, text));
        let (namespace, name) = rest.split_once('/').unwrap_or(("default", rest));
        let fits = |part: &str| {
            let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
            (1..=63).contains(&part.len()) && part.chars().all(allowed) && !part.bytes().all(|byte| byte == b'.')
        };
        let parts = [kind, namespace, name];
        if !parts.into_iter().all(fits) {
            return Err(BadRef);
        }
        let [kind, namespace, name] = parts.map(str::to_owned);
        Ok(Self { kind: kind.to_lowercase(), namespace, name })
    }
}

impl FromStr for EntityRef {
    type Err = BadRef;

    fn from_str(text: &str) -> Result<Self, BadRef> {
        if !text.contains(':') {
            return Err(BadRef);
        }
        Self::with_defaults(text, "")
    }
}

impl fmt::Display for EntityRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}/{}", self.kind, self.namespace, self.name)
    }
}

/// An entity with documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its name.
    pub id: EntityRef,
    /// What people call it.
    pub title: String,
    /// One line about it.
    pub description: Option<String>,
    /// Groups and people that own it, as [`EntityRef::key`].
    pub owners: Vec<String>,
}

/// An entity as the catalog sends it. Whatever is missing or of another type is as good as absent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Raw {
    kind: String,
    metadata: RawMetadata,
    relations: Vec<Relation>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawMetadata {
    name: String,
    namespace: Option<String>,
    title: Option<String>,
    description: Option<String>,
    annotations: BTreeMap<String, serde_json::Value>,
}

/// How an entity stands to another one.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Relation {
    /// `ownedBy`, `memberOf`.
    #[serde(rename = "type")]
    kind: String,
    target_ref: String,
}

impl Relation {
    /// The targets of one kind of relation, as [`EntityRef::key`].
    pub fn targets(relations: &[Self], kind: &str) -> impl Iterator<Item = String> {
        relations.iter().filter(move |one| one.kind == kind).map(|one| one.target_ref.to_lowercase())
    }
}

impl Raw {
    /// The targets of one kind of relation.
    pub(super) fn targets(&self, kind: &str) -> impl Iterator<Item = String> {
        Relation::targets(&self.relations, kind)
    }

    /// The entity, if it has documentation of its own. One that shows another entity's is no further site.
    pub(super) fn documented(self) -> Option<Entity> {
        let annotation = |name: &str| self.metadata.annotations.get(name).is_some_and(|value| value.is_string());
        if !annotation(HAS_DOCS) || annotation(SAME_DOCS) {
            return None;
        }
        let namespace = self.metadata.namespace.as_deref().unwrap_or("default");
        let id = EntityRef::with_defaults(&format!("{}:{namespace}/{}", self.kind, self.metadata.name), "").ok()?;
        let owners = self.targets("ownedBy").collect();
        let text = |value: Option<String>| {
            let value: String = value?.chars().filter(|c| !c.is_control()).take(400).collect();
            Some(value.trim().to_owned()).filter(|value| !value.is_empty())
        };
        let title = text(self.metadata.title).unwrap_or_else(|| id.name.clone());
        Some(Entity { title, description: text(self.metadata.description), owners, id })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_what_could_be_a_path_is_not() {
        let read = |text: &str| EntityRef::with_defaults(text, "user").map(|one| one.to_string()).ok();
        assert_eq!(read("Ines").as_deref(), Some("user:default/Ines"));
        assert_eq!(read("people/ines").as_deref(), Some("user:people/ines"));
        assert_eq!(read("Component:default/Lantern").as_deref(), Some("component:default/Lantern"));
        for bad in ["", "..", "a/../b", "a:b/", "a b", "a:b/c/d", "a%2fb", "user:./x"] {
            assert_eq!(read(bad), None, "{bad}");
        }
        assert_eq!("ines".parse::<EntityRef>(), Err(BadRef));
    }

    #[test]
    fn odd_entities_are_passed_over() {
        let read = |json: &str| serde_json::from_str::<Raw>(json).ok().and_then(Raw::documented);
        assert_eq!(read("{}"), None);
        let with = |annotations: &str| {
            format!(r#"{{"kind":"API","metadata":{{"name":"x","annotations":{{{annotations}}},"more":[]}},"spec":1}}"#)
        };
        assert_eq!(read(&with("")), None);
        assert_eq!(read(&with(r#""backstage.io/techdocs-ref":3"#)), None);
        let docs = r#""backstage.io/techdocs-ref":"dir:.""#;
        assert_eq!(read(&with(docs)).map(|one| (one.id.key(), one.title)), Some(("api:default/x".into(), "x".into())));
        assert_eq!(read(&with(&format!(r#"{docs},"backstage.io/techdocs-entity":"component:default/y""#))), None);
    }
}
