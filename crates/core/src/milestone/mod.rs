//! What a forge saw, and which measured moment follows from it (`protocol.md`, section 6).
//!
//! A server turns a webhook or an API answer into a [`ForgeEvent`]; [`observe()`] says what of it counts
//! and for whom; [`Observed::moment()`] says which [`Moment`] it is for one person, whose earlier
//! events the server has counted.
//!
//! **Absent:** any forge's JSON, signatures, and who of the organisation an account belongs to.

mod forge;
mod moment;
mod observe;

pub use forge::{Account, Change, Commit, Environment, Forge, ForgeAction, ForgeEvent, Place, is_revert, reverted};
pub use moment::Moment;
pub use observe::{Observed, Organisation, Seen, Sighting, Who, observe, revokes};
