//! What this device keeps, that nothing of it leaves, and how to take it along or delete it.

mod kept;
mod latest;
mod leaves;
mod model;
mod payload;
mod section;

pub(crate) use section::PrivacySection;
