//! The docs engine: a MkDocs or TechDocs tree in; navigation, safe pages, outlines, search text and
//! findings out.
//!
//! The order of reading is the order of the pipeline: [`read_config`] reads `mkdocs.yml`, [`load`]
//! reads a whole site quickly, [`render_page`] turns one page into HTML that may stand in the app's
//! own page, and [`render_fragment`] does the same for the text of a step or a roadmap item. A site
//! that was built elsewhere comes in as HTML instead: [`article`], [`load_built`], [`render_built`].
//!
//! **Invariants.** No path is ever opened and no clock is read: the same input gives the same bytes.
//! Nothing panics on any input. What leaves this crate as HTML went through the sanitiser until it
//! no longer changed; whatever an author cannot write (buttons, roles, highlighting, addresses of
//! links and images) is put in afterwards from typed values.
//!
//! **Absent:** where a site came from, where its pages go, how images are served.

mod blocks;
mod built;
mod config;
mod figures;
mod fragment;
mod frontmatter;
mod highlight;
mod links;
mod markdown;
mod page;
mod reference;
mod sanitize;
mod site;

pub use blocks::Surroundings;
pub use built::{Article, Beside, BuiltTree, Origin, article, is_built, load_built, render_built};
pub use config::{
    Absolute, BlockType, CaptionType, Captions, Case, CodeSettings, Critic, Dialect, FancyLists, Forge, GitHost,
    Headings, Level, LinkRules, MagicLinks, MathSyntax, NavEntry, SiteConfig, Slug, Smarty, read_config,
};
pub use fragment::{plain_text, render_fragment, sanitize_html};
pub use frontmatter::front_matter_texts;
pub use links::{KnowsHeading, SiteLinks};
pub use page::{Page, render_document, render_page, render_page_in};
#[doc(hidden)]
pub use reference::{ReferenceOptions, ReferenceSite, render_reference};
pub use site::{
    DateStyle, Files, Included, PageDates, PageMeta, Site, SiteMemory, SiteTree, expand_includes, fill_dates,
    follow_text_links, is_page, load, load_again, load_with, shows_dates, snippet_files,
};

/// Part of the page cache's key: raised whenever the same source gives other bytes.
pub const ENGINE_VERSION: u32 = 6;

/// Gives back the memory that is only kept so that the next page renders sooner. What is being rendered is
/// not disturbed.
pub fn rest() {
    highlight::rest();
}

#[cfg(test)]
mod tests;
