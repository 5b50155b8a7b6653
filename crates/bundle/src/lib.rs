//! One-file bundles of content, for machines without a network: written, checked by rule, installed.
//!
//! A bundle is a `.tar.gz`, `.tar.zst` or `.zip` with an index, `bundle.json`, and mostly a signature,
//! `bundle.sig`. Whoever made the file is not trusted: [`Bundle::open`] judges the whole archive, in
//! memory that is bounded by [`Limits`], before anything of it is used, and names the broken [`Rule`].
//!
//! **Absent on purpose:** what the files mean, a clock, and any other crate of ours.

mod archive;
mod bundle;
mod index;
mod install;
mod key;
mod limits;
mod listing;
mod name;
mod pack;
mod rule;
mod signature;
mod version;

pub use archive::Format;
pub use bundle::{Bundle, Policy, ReadBundleError};
pub use index::{FileDigest, Index, check_name};
pub use install::{InstallError, Installed, install};
pub use key::{KeyId, ParseKeyError, PrivateKey, PublicKey};
pub use limits::Limits;
pub use name::{EXTENSIONS, check_file_name};
pub use pack::{About, PackError, Signing, pack};
pub use rule::{Refusal, Rule};
pub use signature::Signer;
pub use version::{Outcome, Version};

/// The name of the index in a bundle.
pub const INDEX_FILE: &str = "bundle.json";
/// The name of the signature in a bundle.
pub const SIGNATURE_FILE: &str = "bundle.sig";

#[cfg(test)]
mod tests;
