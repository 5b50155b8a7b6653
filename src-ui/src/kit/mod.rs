//! Accessible building blocks that know nothing of onboarding.

mod absent;
mod badge;
mod button;
pub(crate) mod case;
mod checkbox;
mod copy_button;
mod crumbs;
pub(crate) mod dates;
mod dialog;
mod disclosure;
mod empty;
mod error_panel;
mod field;
mod focus;
mod group;
mod icon;
mod kbd;
mod link;
mod menu;
mod menu_model;
mod page;
mod person;
mod piece;
mod progress;
pub(crate) mod prose;
mod refusal;
mod segmented;
mod skeleton;
mod status;
mod switch;
mod tooltip;
mod tree;
mod tree_model;
mod typing;
mod viewer;
mod viewer_model;

pub(crate) use absent::Absent;
pub(crate) use badge::{Badge, Notice, Tone};
pub(crate) use button::{Button, ButtonKind, ButtonSize, IconButton};
pub(crate) use checkbox::Checkbox;
pub(crate) use copy_button::{CopyButton, copy_text};
pub(crate) use crumbs::Crumbs;
pub(crate) use dialog::{Dialog, DialogSize, follow};
pub(crate) use disclosure::Disclosure;
pub(crate) use empty::EmptyState;
pub(crate) use error_panel::{ErrorPanel, sentence};
pub(crate) use field::{FieldKind, SelectField, TextArea, TextField};
pub(crate) use focus::{focus_soon, keep_focus};
pub(crate) use group::{Group, Row};
pub(crate) use icon::{Icon, IconView};
pub(crate) use kbd::Kbd;
pub(crate) use link::{LinkButton, TextLink};
pub(crate) use menu::{MenuButton, MenuItem};
pub(crate) use page::{Arrival, Page};
pub(crate) use person::{Avatar, Eyebrow};
pub(crate) use piece::{Draw, fetch_failed, piece};
pub(crate) use progress::{ProgressBar, Ring};
pub(crate) use prose::{Parts, Prose, reveal};
pub(crate) use refusal::Refusal;
pub(crate) use segmented::Segmented;
pub(crate) use skeleton::Skeleton;
pub(crate) use status::{Status, StatusKind};
pub(crate) use switch::Switch;
pub(crate) use tooltip::Tooltip;
pub(crate) use tree::Tree;
pub(crate) use tree_model::TreeNode;
pub(crate) use typing::is_field;
pub(crate) use viewer::{ImageViewer, Picture, Viewer, use_viewer};

use std::sync::atomic::{AtomicU32, Ordering};

/// An id that no other element of the page has.
pub(crate) fn unique_id(prefix: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("wm-{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
