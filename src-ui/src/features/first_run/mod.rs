//! The first run: what Waymark is, where the content is, who you are. No account, nothing leaves.

mod about;
mod content;
mod model;
mod page;
mod scene;
mod welcome;

pub(crate) use page::WelcomePage;
