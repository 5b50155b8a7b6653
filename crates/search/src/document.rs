//! What goes into the index.

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A page of a documentation site.
    Page,
    /// A step of a checklist.
    Step,
    /// An item of a roadmap.
    Item,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Page, Self::Step, Self::Item];

    /// The word that stands for it in the index and behind `kind:`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Step => "step",
            Self::Item => "item",
        }
    }

    /// The kind that a word of the index or of a query names; people call them by several names.
    pub(crate) fn named(word: &str) -> Option<Self> {
        match word {
            "page" | "pages" | "doc" | "docs" => Some(Self::Page),
            "step" | "steps" | "task" | "tasks" | "checklist" => Some(Self::Step),
            "item" | "items" | "roadmap" => Some(Self::Item),
            _ => None,
        }
    }
}

/// A page, a step or a roadmap item: what is replaced as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The caller's name for it, unique in the index; at most 1,000 bytes.
    pub key: String,
    /// What it is.
    pub kind: Kind,
    /// The site, repository or pack that it belongs to: what `repo:` asks for.
    pub source: String,
    /// Its title.
    pub title: String,
    /// Its text, cut at headings, in reading order. The first one usually has no heading.
    pub sections: Vec<Section>,
    /// The caller's fingerprint of all of this, to see later what changed.
    pub stamp: u64,
}

/// The text from one heading to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The headings that it stands under, outermost first, its own last; empty before the first.
    pub headings: Vec<String>,
    /// The id of its own heading.
    pub anchor: Option<String>,
    /// Its prose.
    pub body: String,
    /// Its code blocks.
    pub code: String,
}
