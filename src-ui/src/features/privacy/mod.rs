//! What this device keeps, what of it leaves, and how to take it along or delete it.

mod fact_row;
mod hold;
mod kept;
mod latest;
mod leaves;
mod model;
mod payload;
mod refused;
mod section;
mod sent;
mod sharing;

pub(crate) use leaves::Leaves;
pub(crate) use section::PrivacySection;
