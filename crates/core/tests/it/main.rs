//! The domain as a whole: content files in, rules over them, facts out and back.

mod corpus;
mod support;
