//! What a screen can ask, one file per feature.

pub mod account;
pub mod docs;
pub mod journey;
pub mod privacy;
pub mod roadmap;
pub mod search;
pub mod settings;
pub mod sources;
pub mod start;
pub mod system;
pub mod team;
pub mod today;

/// All command names, for the shell's test that each is registered and permitted.
pub fn commands() -> Vec<&'static str> {
    [
        account::COMMANDS,
        docs::COMMANDS,
        docs::KEPT_COMMANDS,
        journey::COMMANDS,
        privacy::COMMANDS,
        roadmap::COMMANDS,
        search::COMMANDS,
        settings::COMMANDS,
        sources::COMMANDS,
        start::COMMANDS,
        system::COMMANDS,
        team::COMMANDS,
        today::COMMANDS,
    ]
    .concat()
}
