//! Requests that need nothing of the operating system: each is one function of the app.

use tauri::State;
use waymark_api::{
    IpcError, Request,
    ipc::{account, docs, journey, privacy, roadmap, search, settings, sources, start, team, today},
};
use waymark_app::{self as app, App};

use super::IpcResult;

/// Declares commands that unpack a request, call the use case and map the error.
macro_rules! pass_on {
    ($($name:ident($request:ty) => $use_case:path;)+) => {$(
        #[tauri::command]
        pub(super) async fn $name(
            app: State<'_, App>,
            request: $request,
        ) -> IpcResult<<$request as Request>::Reply> {
            $use_case(&app, request).await.map_err(IpcError::from)
        }
    )+};
}

pass_on! {
    start(start::Start) => app::start::start;
    frame(start::Frame) => app::start::frame;
    start_fresh(start::StartFresh) => app::start::start_fresh;

    open_today(today::OpenToday) => app::today::open;

    list_journeys(journey::ListJourneys) => app::journey::list;
    open_journey(journey::OpenJourney) => app::journey::open;
    open_step(journey::OpenStep) => app::journey::open_step;
    start_journey(journey::StartJourney) => app::journey::start;
    withdraw_journey(journey::WithdrawJourney) => app::journey::withdraw;
    move_start(journey::MoveStart) => app::journey::move_start;
    complete_step(journey::CompleteStep) => app::journey::complete_step;
    reopen_step(journey::ReopenStep) => app::journey::reopen_step;
    block_step(journey::BlockStep) => app::journey::block_step;
    unblock_step(journey::UnblockStep) => app::journey::unblock_step;
    waive_step(journey::WaiveStep) => app::journey::waive_step;
    restore_step(journey::RestoreStep) => app::journey::restore_step;
    undo(journey::Undo) => app::journey::undo;
    save_note(journey::SaveNote) => app::journey::save_note;

    list_sites(docs::ListSites) => app::docs::list_sites;
    open_site(docs::OpenSite) => app::docs::open_site;
    open_page(docs::OpenPage) => app::docs::open_page;
    save_reading(docs::SaveReading) => app::docs::save_reading;
    open_library(docs::OpenLibrary) => app::docs::open_library;
    set_bookmark(docs::SetBookmark) => app::docs::set_bookmark;

    open_board(roadmap::OpenBoard) => app::roadmap::open_board;
    open_item(roadmap::OpenItem) => app::roadmap::open_item;

    search(search::Search) => app::search::search;

    add_sample(sources::AddSample) => app::sources::add_sample;
    scan_folder(sources::ScanFolder) => app::sources::scan_folder;
    add_folder(sources::AddFolder) => app::sources::add_folder;
    list_backstage(sources::ListBackstage) => app::sources::list_backstage;
    add_backstage(sources::AddBackstage) => app::sources::add_backstage;
    list_packs(sources::ListPacks) => app::sources::list_packs;
    pack_problems(sources::PackProblems) => app::sources::pack_problems;
    refresh_pack(sources::RefreshPack) => app::sources::refresh_pack;
    remove_pack(sources::RemovePack) => app::sources::remove_pack;

    save_preferences(settings::SavePreferences) => app::settings::save_preferences;

    open_privacy(privacy::OpenPrivacy) => app::privacy::open;
    list_sent(privacy::ListSent) => app::privacy::list_sent;
    share_notes(privacy::ShareNotes) => app::privacy::share_notes;
    hold_back(privacy::HoldBack) => app::privacy::hold_back;
    set_aside(privacy::SetAside) => app::privacy::set_aside;

    look_at_invite(account::LookAtInvite) => app::team::look_at_invite;
    join_team(account::Join) => app::team::join;
    look_at_server(account::LookAtServer) => app::team::look_at_server;
    begin_sign_in(account::BeginSignIn) => app::team::begin_sign_in;
    finish_sign_in(account::FinishSignIn) => app::team::finish_sign_in;
    cancel_sign_in(account::CancelSignIn) => app::team::cancel_sign_in;
    open_account(account::OpenAccount) => app::team::open_account;
    sync_now(account::SyncNow) => app::team::sync_now;
    seal_secrets(account::SealSecrets) => app::team::seal_secrets;
    unlock_secrets(account::UnlockSecrets) => app::team::unlock_secrets;
    leave_team(account::LeaveTeam) => app::team::leave;
    end_session(account::EndSession) => app::team::end_session;

    open_team(team::OpenTeam) => app::team::open_team;
    open_person(team::OpenPerson) => app::team::open_person;
    open_own_page(team::OpenOwnPage) => app::team::open_own_page;
    sign_off(team::SignOff) => app::team::sign_off;
    return_step(team::ReturnStep) => app::team::return_step;
    complete_for(team::CompleteFor) => app::team::complete_for;
    reopen_for(team::ReopenFor) => app::team::reopen_for;
    waive_for(team::WaiveFor) => app::team::waive_for;
    nudge_person(team::NudgePerson) => app::team::nudge_person;
    list_team_templates(team::ListTemplates) => app::team::list_templates;
    list_line(team::ListLine) => app::team::list_line;
    assign_journey(team::AssignJourney) => app::team::assign_journey;
    move_start_for(team::MoveStartFor) => app::team::move_start_for;
    invite_person(team::InvitePerson) => app::team::invite_person;
}
