//! What Today says and where it draws it: plain values in, plain values out.

pub(crate) mod greeting;
pub(crate) mod rows;
pub(crate) mod trail;
pub(crate) mod week;
