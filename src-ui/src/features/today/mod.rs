//! The first screen of the day.

mod aside;
mod head;
mod model;
mod next;
mod page;
mod rest;
mod rows;
mod states;
mod trail;

pub(crate) use page::TodayPage;
