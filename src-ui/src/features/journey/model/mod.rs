//! What the checklist decides without any view: plain values in, plain values out.

pub(crate) mod bar;
pub(crate) mod focus;
pub(crate) mod outline;
pub(crate) mod pending;
#[cfg(test)]
pub(crate) mod samples;
pub(crate) mod ticks;
pub(crate) mod words;
