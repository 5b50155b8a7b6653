//! The first run: what Waymark is, where the content is, who you are. Nothing leaves until somebody joins a team.

mod about;
mod content;
mod join;
mod model;
mod page;
mod scene;
mod welcome;

pub(crate) use page::WelcomePage;
