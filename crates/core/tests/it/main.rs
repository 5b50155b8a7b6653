//! The domain as a whole: content files in, rules over them, facts out and back.

mod checklists;
mod corpus;
mod facts;
mod history;
mod invalid;
mod journey_rules;
mod journeys;
mod milestones;
mod properties;
mod roadmap_rules;
mod roadmaps;
mod sample;
mod scale;
mod support;
mod team;
