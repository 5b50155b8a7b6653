//! The interface of Waymark, compiled to wasm and shown in the shell's window.

#![expect(unreachable_pub, reason = "the component macro declares every component's props public")]

mod app;
mod backend;
mod charts;
mod commands;
mod features;
mod kit;
mod layout;
mod panic;
mod routes;
mod state;

fn main() {
    panic::install_hook();
    state::mark("interface-loaded");
    leptos::mount::mount_to_body(app::App);
}
