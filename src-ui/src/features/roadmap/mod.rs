//! The platform's roadmap: a board of three horizons, the same as a table, and a page for every item.

mod board;
mod card;
mod head;
mod item;
mod item_aside;
mod item_facts;
mod lanes;
mod level;
mod list;
mod model;

pub(crate) use board::BoardPage;
pub(crate) use item::ItemPage;
