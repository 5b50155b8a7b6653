//! Who asks.

mod caller;
mod code;
mod receipt;
mod seal;
mod token;

pub(crate) use caller::{Caller, Role};
pub(crate) use code::{random_code, read_code};
pub(crate) use receipt::ReceiptKey;
pub(crate) use seal::{open, seal};
pub(crate) use token::{digest, random_token};
