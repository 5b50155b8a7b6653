//! `roadmap/index.md`: the platform's name, who answers for it, and the order of items.

use super::Parts;
use crate::{content::markdown::BlockKind, diagnostic::Findings, roadmap::Roadmap};

const SCHEMA: &str = "waymark.roadmap-index/1";
const KEYS: [&str; 12] = [
    "schema",
    "id",
    "title",
    "owner",
    "order",
    "review",
    "reviewed",
    "review_rhythm",
    "office_hours",
    "channels",
    "language",
    "vision",
];

/// What the index says.
pub(super) struct Index {
    title: String,
    owner: Option<String>,
    vision: String,
    order: Vec<String>,
    path: String,
}

pub(super) fn read(source: &str, findings: &mut Findings) -> Index {
    let parts = Parts::read(source, findings);
    let fields = parts.fields(SCHEMA, &KEYS, findings);
    let heading = parts.document.blocks.iter().find(|block| block.kind == BlockKind::Heading(1));
    let title = fields.text("title", findings).or_else(|| heading.map(|block| block.plain()));
    Index {
        title: title.unwrap_or_else(|| "Roadmap".to_owned()),
        owner: fields.text("owner", findings),
        vision: parts.body(),
        order: fields.texts("order", findings).into_iter().map(|(id, _)| id).collect(),
        path: findings.path().to_owned(),
    }
}

impl Index {
    /// Where findings about the whole roadmap belong.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// Fills the roadmap's head and gives the order of items.
    pub(super) fn into_roadmap(self, roadmap: &mut Roadmap) -> Vec<String> {
        roadmap.title = self.title;
        roadmap.owner = self.owner;
        roadmap.vision = self.vision;
        self.order
    }
}
