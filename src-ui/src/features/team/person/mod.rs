//! One person's page: what the manager sees of them, and what they see of themselves, drawn by the same code.

mod head;
mod others;
mod own;
mod page;
mod sheet;
mod stones;
mod tally;
mod timeline;
mod waiting;

pub(crate) use own::OwnPage;
pub(crate) use page::PersonPage;

/// Who looks at a page. What it shows is the same; only a manager finds something to do there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Eyes {
    /// The manager.
    Manager,
    /// The person.
    Own,
}
