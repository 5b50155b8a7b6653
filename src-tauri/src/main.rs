//! The desktop binary; everything is in the library, so that tests can reach it.

// No console window beside the app on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> anyhow::Result<()> {
    waymark_shell::run()
}
