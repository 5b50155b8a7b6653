//! The manager's pages: the team's onboarding and one person's; and that person's page as they see it themselves.

mod board;
mod dialogs;
mod hands;
mod model;
mod person;

pub(crate) use board::TeamPage;
pub(crate) use person::{OwnPage, PersonPage};
