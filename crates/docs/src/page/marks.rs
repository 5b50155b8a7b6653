//! Marks: what the sanitiser carries past itself without being able to read it.
//!
//! A mark is an attribute value `<nonce>/<number>`, and the number leads to a typed value. The nonce is
//! a hash of the page, so no author can write one, and whatever an author does write in such a place
//! becomes `<nonce>/raw/<value>`, which the finishing pass judges by itself.

use crate::{
    figures::Formula,
    highlight::Code,
    links::{Picture, Target},
};

/// What stands behind a mark.
#[derive(Clone, Debug)]
pub(crate) enum Mark {
    /// The `href` of a link, and what its author wrote where the two lead to different places.
    Link(Target, Option<String>),
    /// The `src` of an image.
    Picture(Picture),
    /// The `id` of the heading with this number on the page.
    Heading(usize),
    /// An `id` that this engine gives, without prefix.
    Id(String),
    /// A code block, in place of an `hr`. It is large, and a page has many marks of other kinds.
    Code(Box<Code>),
    /// A formula, in place of an `hr` or, in a line of text, of a `wbr`.
    Math(Formula),
    /// The outline, in place of an `hr`.
    Contents,
    /// A bar, in place of an `hr`.
    Progress(u8, String),
    /// A code span in a language, in place of a `wbr`.
    Span { language: String, text: String },
    /// The number of a figure and what stands around it, in place of a `wbr`.
    Prefix(Option<String>),
    /// An attribute that is left out after all.
    Nothing,
    /// A task's box, in place of a `wbr`.
    Task(bool),
    /// The labels of a set of tabs, on its `div`.
    Tabs { labels: Vec<String>, selected: usize },
    /// One tab's content, on its `div`; the number is that of the set's mark.
    Panel { set: usize, index: usize },
    /// A folding admonition, on its `details`, with the id that its author gave it.
    Fold { classes: String, open: bool, id: Option<String> },
}

/// The marks of one page.
#[derive(Debug)]
pub(crate) struct Marks {
    nonce: String,
    list: Vec<Mark>,
}

/// What the value of a marked attribute means.
#[derive(Debug)]
pub(crate) enum Meaning<'a> {
    /// A typed value, and its number.
    Mark(usize, &'a Mark),
    /// What an author wrote in raw HTML.
    Raw(&'a str),
}

impl Marks {
    /// Starts with no marks; `nonce` is from [`nonce_of`].
    pub(crate) fn new(nonce: String) -> Self {
        Self { nonce, list: Vec::new() }
    }

    /// The page's nonce.
    pub(crate) fn nonce(&self) -> &str {
        &self.nonce
    }

    /// Adds a mark and gives the attribute value that stands for it.
    pub(crate) fn add(&mut self, mark: Mark) -> String {
        self.list.push(mark);
        self.value(self.list.len() - 1)
    }

    /// The attribute value of the mark with this number.
    pub(crate) fn value(&self, number: usize) -> String {
        format!("{}/{number}", self.nonce)
    }

    /// Replaces the mark with this number.
    pub(crate) fn set(&mut self, number: usize, mark: Mark) {
        if let Some(old) = self.list.get_mut(number) {
            *old = mark;
        }
    }

    /// How many marks there are: the number of the next one.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// The mark with this number.
    pub(crate) fn get(&self, number: usize) -> Option<&Mark> {
        self.list.get(number)
    }

    /// Reads an attribute value; `None` when it is neither a mark nor an author's marked value.
    pub(crate) fn read<'a>(&'a self, value: &'a str) -> Option<Meaning<'a>> {
        let rest = value.strip_prefix(self.nonce.as_str())?.strip_prefix('/')?;
        if let Some(raw) = rest.strip_prefix("raw/") {
            return Some(Meaning::Raw(raw));
        }
        let number = rest.parse().ok()?;
        Some(Meaning::Mark(number, self.list.get(number)?))
    }
}

/// The nonce of a text: 128 bits that nobody can write into the text, because it would change them.
pub(crate) fn nonce_of(path: &str, source: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&(path.len() as u64).to_le_bytes());
    hasher.update(path.as_bytes());
    hasher.update(source.as_bytes());
    let hex = hasher.finalize().to_hex();
    format!("wm{}", &hex[..32])
}
