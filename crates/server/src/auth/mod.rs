//! Who asks.

mod caller;
mod token;

pub(crate) use caller::{Caller, Role};
pub(crate) use token::{digest, random_token};
