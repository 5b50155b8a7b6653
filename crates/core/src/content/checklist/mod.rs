//! Markdown checklists: issue templates, READMEs and any other page with boxes (`journeys.md`,
//! section 6.1). Every box becomes a step, and nothing that cannot be interpreted is dropped: it
//! stays as text.

mod audience;
mod due;
mod file;
mod item;
mod role;
mod scope;
mod set;
mod title;
mod walk;

pub use set::import_checklists;
pub(super) use title::shorten;

use self::file::File;
use super::{ids::Ids, journey::too_large};
use crate::{
    diagnostic::{Diagnostic, Findings},
    journey::{Role, Template},
};

/// What an import took: count in equals count out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Boxes that the grammar finds in the sources.
    pub boxes: u32,
    /// Steps that were made of them.
    pub steps: u32,
    /// Readings that an author should look at; each is a finding.
    pub guesses: u32,
}

/// Reads a Markdown checklist. `None` where the file has no box; one finding then says so.
pub fn import_checklist(path: &str, source: &str) -> (Option<Template>, ImportReport, Vec<Diagnostic>) {
    let mut findings = Findings::new(path);
    if too_large(source, &mut findings) {
        return (None, ImportReport::default(), findings.into_list());
    }
    let file = File::read(path, source, &mut Ids::default(), &mut findings);
    let (template, report) = file.map_or((None, ImportReport::default()), |file| (Some(file.template), file.report));
    (template, report, findings.into_list())
}

/// The word for a role in reports.
fn role_name(role: Role) -> &'static str {
    match role {
        Role::Hire => "the new hire",
        Role::Buddy => "the buddy",
        Role::Manager => "the manager",
        Role::It => "IT",
        Role::Owner => "the owner",
    }
}
