//! The bridge: one file per feature, one function per request, and the one list of all of them.

mod docs;
mod sources;
mod system;
mod team;
mod use_cases;

use tauri::{Runtime, ipc::Invoke};
use waymark_api::IpcError;

/// What every command answers.
type IpcResult<T> = Result<T, IpcError>;

/// Every command that the page may call; `cargo xtask tidy` compares the list with the permissions.
pub(crate) fn handler<R: Runtime>() -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        // start
        use_cases::start,
        use_cases::frame,
        use_cases::start_fresh,
        // today
        use_cases::open_today,
        // journey
        use_cases::list_journeys,
        use_cases::open_journey,
        use_cases::open_step,
        use_cases::start_journey,
        use_cases::withdraw_journey,
        use_cases::move_start,
        use_cases::complete_step,
        use_cases::reopen_step,
        use_cases::block_step,
        use_cases::unblock_step,
        use_cases::waive_step,
        use_cases::restore_step,
        use_cases::undo,
        use_cases::save_note,
        // docs
        use_cases::list_sites,
        use_cases::open_site,
        use_cases::open_page,
        use_cases::save_reading,
        use_cases::open_library,
        use_cases::set_bookmark,
        docs::save_file,
        docs::print_page,
        // roadmap
        use_cases::open_board,
        use_cases::open_item,
        // search
        use_cases::search,
        // sources
        use_cases::add_sample,
        sources::pick_folder,
        sources::pick_bundle,
        use_cases::scan_folder,
        use_cases::add_folder,
        use_cases::list_backstage,
        use_cases::add_backstage,
        use_cases::list_packs,
        use_cases::pack_problems,
        use_cases::refresh_pack,
        use_cases::remove_pack,
        // settings
        use_cases::save_preferences,
        // privacy
        use_cases::open_privacy,
        sources::export_data,
        use_cases::list_sent,
        use_cases::share_notes,
        use_cases::hold_back,
        use_cases::set_aside,
        team::erase_on_server,
        sources::erase_data,
        // account
        use_cases::look_at_invite,
        use_cases::join_team,
        use_cases::look_at_server,
        use_cases::begin_sign_in,
        use_cases::finish_sign_in,
        use_cases::cancel_sign_in,
        use_cases::open_account,
        use_cases::sync_now,
        use_cases::seal_secrets,
        use_cases::unlock_secrets,
        use_cases::leave_team,
        use_cases::end_session,
        // team
        use_cases::open_team,
        use_cases::open_person,
        use_cases::open_own_page,
        use_cases::sign_off,
        use_cases::return_step,
        use_cases::complete_for,
        use_cases::reopen_for,
        use_cases::waive_for,
        use_cases::nudge_person,
        use_cases::list_team_templates,
        use_cases::list_line,
        use_cases::assign_journey,
        use_cases::move_start_for,
        use_cases::invite_person,
        team::export_team,
        // system
        system::ui_ready,
        system::report_problem,
        system::open_link,
        system::reveal,
        system::diagnostics,
        system::set_zoom,
        system::toggle_full_screen,
        system::close_window,
    ]
}
