//! The frame around every screen: sidebar, top bar, status bar, messages, palette, shortcut sheet.

mod frame;
mod frame_state;
mod guard;
mod keyboard;
mod outside;
mod pages;
mod palette;
mod parts;
mod shortcut_sheet;
mod sidebar;
mod statusbar;
mod toast_region;
mod topbar;
mod trouble;

pub(crate) use frame::Frame;
pub(crate) use frame_state::{FrameState, use_frame_state};
pub(crate) use outside::OutsidePanel;
pub(crate) use pages::begin_at_last_place;
pub(crate) use sidebar::pack_icon;
pub(crate) use toast_region::ToastRegion;
pub(crate) use trouble::{FailurePanel, TroublePanel};
