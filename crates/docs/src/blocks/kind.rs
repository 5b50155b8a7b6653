//! What the block pass takes out of a text.

use super::{Caption, Chunk};
use crate::{figures::Formula, markdown::Attrs};

/// A container and the lines it was made from.
#[derive(Debug)]
pub(crate) struct Container {
    /// What it is.
    pub(crate) kind: Kind,
    /// The author's lines, for the case that the place turns out to be code.
    pub(crate) source: String,
}

/// What a container is. A page may have tens of thousands, so what is large in one is kept elsewhere.
#[derive(Debug)]
pub(crate) enum Kind {
    /// `!!! note "Title"`, `??? note`, `> [!NOTE] Title`.
    Admonition {
        /// The type, and further classes such as `inline`.
        classes: Vec<String>,
        /// The title as Markdown; none when the author asked for none.
        title: Option<String>,
        /// Whether and how it folds.
        fold: Fold,
        /// What else is said about its element: its id.
        attrs: Box<Attrs>,
        /// What is inside.
        body: Box<Chunk>,
    },
    /// `=== "Title"`, one or more in a row.
    Tabs(Vec<Tab>),
    /// `<div markdown>`: the tags as written, Markdown between them.
    Html {
        /// The opening tag without its `markdown` attribute.
        open: String,
        /// The element's name.
        tag: String,
        /// Whether the content is one run of text instead of blocks.
        span: bool,
        /// What is inside.
        body: Box<Chunk>,
    },
    /// An element whose content is no Markdown.
    RawHtml(String),
    /// `:   text` whose term is a comment, so that Markdown sees no definition.
    Definition(Box<Chunk>),
    /// `/// caption`: about what stands before it.
    Caption(Box<Caption>),
    /// `/// define`: paragraphs are terms, and the items of lists say what they mean.
    Terms(Box<Chunk>),
    /// `> text` with containers in it.
    Quote(Box<Chunk>),
    /// A text by itself, without any element around it.
    Group(Box<Chunk>),
    /// `[=75% "label"]`: a bar, filled to so many of a hundred.
    Progress(u8, String),
    /// A formula: a block of its own, or one that was taken out of a line of text.
    Math(Formula),
    /// `[TOC]`.
    Contents,
    /// Something that this engine leaves out, and what to tell the reader about it.
    Note(String),
}

impl Kind {
    /// The texts inside.
    pub(crate) fn bodies(&self) -> Vec<&Chunk> {
        match self {
            Self::Admonition { body, .. }
            | Self::Html { body, .. }
            | Self::Definition(body)
            | Self::Terms(body)
            | Self::Quote(body)
            | Self::Group(body) => {
                vec![body]
            }
            Self::Caption(caption) => vec![&caption.body],
            Self::Tabs(tabs) => tabs.iter().map(|tab| &*tab.body).collect(),
            Self::Math(_) | Self::RawHtml(_) | Self::Progress(..) | Self::Contents | Self::Note(_) => Vec::new(),
        }
    }
}

/// Whether a container folds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fold {
    /// Always shown.
    Never,
    /// Folds, and is folded at first.
    Closed,
    /// Folds, and is open at first.
    Open,
}

impl Fold {
    /// The end of the element.
    pub(crate) fn end(self) -> &'static str {
        match self {
            Self::Never => "</div>\n",
            Self::Closed | Self::Open => "</details>\n",
        }
    }
}

/// One content tab.
#[derive(Debug)]
pub(crate) struct Tab {
    /// The label as Markdown.
    pub(crate) title: String,
    /// Whether the author asked for it to be shown first.
    pub(crate) selected: bool,
    /// What is inside.
    pub(crate) body: Box<Chunk>,
}
