//! The team: joining it, the exchange with its server, its content, and the manager's pages.

mod account;
mod clock;
mod content;
mod join;
mod keeping;
mod manage;
mod own;
mod pages;
mod port;
mod running;
mod server;
mod sign_in;
mod tokens;

pub use account::{end_session, leave, open as open_account, sync_now};
pub use join::{join, look_at_invite};
pub use keeping::{seal_secrets, unlock_secrets};
pub use manage::{
    assign_journey, complete_for, invite_person, list_line, list_templates, move_start_for, nudge_person, reopen_for,
    return_step, sign_off, waive_for,
};
pub use own::open_own_page;
pub use pages::{export, open_person, open_team};
pub use sign_in::{begin as begin_sign_in, cancel as cancel_sign_in, finish as finish_sign_in, look_at_server};

pub(crate) use account::{erase_on_server, forget, own_name};
pub(crate) use content::fetch as fetch_content;
pub(crate) use running::{Team, start};
