//! What every screen may ask for: session, topics, toasts, undo, navigation, theme.

mod account;
mod find;
mod history;
mod navigate;
mod outside_links;
mod page_act;
mod ready;
mod session;
mod team;
mod theme;
mod toasts;
mod topics;
mod undo;

pub(crate) use account::{Account, use_account};
pub(crate) use find::{FindRequest, use_find_request};
pub(crate) use history::{VisitLog, shown_entry, use_visits};
pub(crate) use navigate::{Navigator, use_navigate_to, use_navigator};
pub(crate) use outside_links::{OPEN_LINK_EVENT, SAVE_FILE_EVENT, event_text, file_of, open_link, save_file};
pub(crate) use page_act::{PageAct, PageActs, use_page_acts};
pub(crate) use ready::{mark, mark_ready};
pub(crate) use session::{Phase, Session, use_session};
pub(crate) use team::{Team, use_team};
pub(crate) use theme::{apply_theme, system_contrast};
pub(crate) use toasts::{Toast, ToastKind, Toasts, use_toasts};
pub(crate) use topics::{Topics, use_topics};
pub(crate) use undo::{UndoHandle, UndoStack, use_undo};
