//! Where content comes from: the bundled sample, folders on this machine, bundles that were carried to it, and
//! a Backstage.

mod backstage;
mod bundle;
mod configured;
mod included;
mod ingest;
mod library;
mod memory;
mod packs;
mod read;
mod report;
mod site;
mod site_links;
mod site_rows;
mod watch;

pub use backstage::{add_backstage, list_backstage};
pub use packs::{add_folder, add_sample, folder_of, list_packs, pack_problems, refresh_pack, remove_pack, scan_folder};
pub use watch::watched;

pub(crate) use backstage::forget_servers;
pub(crate) use ingest::{Around, parse};
pub(crate) use library::Others;
pub(crate) use memory::Memories;
pub(crate) use packs::{store, summaries};
pub(crate) use watch::{Watches, watch};
