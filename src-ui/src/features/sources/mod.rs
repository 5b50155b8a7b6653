//! Where content comes from: opening a folder or a bundle, adding a Backstage, and what each has.

mod backstage;
mod flow;
mod model;
mod pack;
mod pack_problems;
mod remove;
mod report;
mod section;

pub(crate) use backstage::BackstageFlow;
pub(crate) use flow::{FolderFlow, Pick, Reading};
pub(crate) use report::FolderReportView;
pub(crate) use section::SourcesSection;
