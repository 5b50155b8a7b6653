//! Where content comes from: opening a folder, and what it has.

mod flow;
mod report;

pub(crate) use flow::{FolderFlow, FolderOpened, JourneysStart};
pub(crate) use report::FolderReportView;
