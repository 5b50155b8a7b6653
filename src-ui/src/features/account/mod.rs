//! The team's server: joining with an invite, devices, how the exchange stands, leaving.

mod devices;
mod exchange;
mod join;
mod keeping;
mod leave;
mod membership;
mod model;
mod section;

pub(crate) use join::JoinFlow;
pub(crate) use section::AccountSection;
