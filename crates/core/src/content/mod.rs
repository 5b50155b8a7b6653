//! Parsing and validating content files: journeys, checklists and roadmaps.
//!
//! Broken input is a value: every entry point returns what could be read together with all findings,
//! each with its line and column in the file. Nothing here opens a file; callers pass the text.

mod checklist;
mod classify;
mod fields;
mod folder;
mod front_matter;
mod ids;
mod journey;
mod library;
mod markdown;
mod roadmap;
mod secrets;
mod surroundings;
mod words;
mod yaml;

pub use checklist::{ImportReport, import_checklist, import_checklists};
pub use classify::{Kind, classify};
pub use folder::{Texts, pretty, template_hash};
pub use front_matter::{FrontMatter, front_matter};
pub use journey::{Translations, check_translations, parse_journey, parse_journey_in};
pub use library::{FolderLibrary, steps_of};
pub use roadmap::{parse_roadmap, parse_roadmap_in};
pub use surroundings::{KnownPage, Library, Surroundings};
