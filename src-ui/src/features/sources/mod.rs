//! Where content comes from: opening a folder, and what it has.

mod flow;
mod model;
mod pack;
mod pack_problems;
mod remove;
mod report;
mod section;

pub(crate) use flow::FolderFlow;
pub(crate) use report::FolderReportView;
pub(crate) use section::SourcesSection;
