//! Entities as they are written, as far as people and groups go.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_saphyr::Spanned;
use waymark_sync::backstage::{EntityRef, Relation};

use crate::usecase::org::spot::Spot;

/// An entity as it is written. Keys that are not for us are passed over.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Raw {
    pub(super) kind: String,
    pub(super) metadata: Metadata,
    pub(super) spec: Spec,
    pub(super) relations: Vec<Relation>,
    /// Of a list, as APIs and command lines print one.
    items: Vec<Raw>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Metadata {
    pub(super) name: Option<Spanned<String>>,
    pub(super) namespace: Option<String>,
    pub(super) title: Option<String>,
    pub(super) annotations: BTreeMap<String, Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Spec {
    pub(super) profile: Profile,
    pub(super) member_of: Option<Vec<Spanned<String>>>,
    pub(super) parent: Option<Spanned<String>>,
    pub(super) members: Option<Vec<Spanned<String>>>,
    pub(super) owner: Option<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Profile {
    pub(super) display_name: Option<String>,
    pub(super) email: Option<Spanned<String>>,
}

impl Raw {
    /// The entities of a list, or the one that it is.
    pub(super) fn flattened(self) -> Vec<Self> {
        if self.items.is_empty() { vec![self] } else { self.items.into_iter().flat_map(Self::flattened).collect() }
    }

    pub(super) fn is(&self, kind: &str) -> bool {
        self.kind.eq_ignore_ascii_case(kind)
    }

    /// The targets of one kind of relation, as keys.
    pub(super) fn targets(&self, kind: &str) -> impl Iterator<Item = String> {
        Relation::targets(&self.relations, kind)
    }
}

/// An entity with what says where it came from.
#[derive(Debug)]
pub(crate) struct Sourced {
    pub(super) raw: Raw,
    /// Lines and columns are those of a file.
    in_text: bool,
}

impl Sourced {
    pub(super) fn of_text(raw: Raw) -> Self {
        Self { raw, in_text: true }
    }

    pub(super) fn of_catalog(raw: Raw) -> Self {
        Self { raw, in_text: false }
    }

    /// Its full name in lower case, which is equal for equal entities.
    pub(super) fn key(&self) -> Option<String> {
        let name = &self.raw.metadata.name.as_ref()?.value;
        self.reference(name, &self.raw.kind)
    }

    /// The entity that `text` names in this one, where kind and namespace may be left out, as a key.
    pub(super) fn reference(&self, text: &str, kind: &str) -> Option<String> {
        let (kind, rest) = text.trim().split_once(':').unwrap_or((kind, text.trim()));
        let namespace = self.raw.metadata.namespace.as_deref().unwrap_or("default");
        let full = if rest.contains('/') { format!("{kind}:{rest}") } else { format!("{kind}:{namespace}/{rest}") };
        full.parse::<EntityRef>().ok().map(|one| one.key())
    }

    /// Where the entity stands.
    pub(super) fn spot(&self) -> Spot {
        match &self.raw.metadata.name {
            Some(name) => self.spot_of(name),
            None if self.in_text => Spot::Text { line: 1, column: 1 },
            None => Spot::Entity(self.raw.kind.to_lowercase()),
        }
    }

    /// Where one of its values stands.
    pub(super) fn spot_of(&self, value: &Spanned<String>) -> Spot {
        if self.in_text {
            return Spot::Text { line: value.referenced.line(), column: value.referenced.column() };
        }
        Spot::Entity(self.key().unwrap_or_else(|| self.raw.kind.to_lowercase()))
    }
}
