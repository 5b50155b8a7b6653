//! The real window, as a person meets it. `cargo xtask test --only window` runs these tests on a
//! private desktop; each starts the app in a home of its own.

mod access;
mod bundles;
mod docs;
mod docs_kept;
mod first_week;
mod hostile;
mod keyboard;
mod offline;
mod power_cut;
mod refused;
mod sealed;
mod sign_in;
mod smoke;
mod team;
mod trouble;
