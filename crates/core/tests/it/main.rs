//! The domain as a whole: content files in, rules over them, facts out and back.

mod checklists;
mod corpus;
mod facts;
mod history;
mod invalid;
mod journeys;
mod properties;
mod roadmaps;
mod sample;
mod scale;
mod support;
