//! Where content comes from: the bundled sample, folders on this machine, and bundles that were carried
//! to it.

mod bundle;
mod included;
mod ingest;
mod library;
mod packs;
mod report;
mod site;
mod site_links;
mod site_rows;

pub use packs::{add_folder, add_sample, folder_of, list_packs, pack_problems, refresh_pack, remove_pack, scan_folder};

pub(crate) use packs::summaries;
