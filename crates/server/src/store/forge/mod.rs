//! Tables of forges.

pub(crate) mod account;
pub(crate) mod commit;
pub(crate) mod delivery;
pub(crate) mod secret;
pub(crate) mod sighting;
