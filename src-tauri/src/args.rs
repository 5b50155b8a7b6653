//! What the command line and the environment say.

use std::{env, path::PathBuf};

use jiff::Timestamp;

/// Folder of the library, for tests and for people who keep it elsewhere.
const DATA_DIR: &str = "WAYMARK_DATA_DIR";

/// Options of one start. Unknown arguments are passed over: a desktop environment may add its own.
#[derive(Clone, Debug, Default)]
pub struct Args {
    /// Folder of the library instead of the platform's.
    pub data_dir: Option<PathBuf>,
    /// No accelerated drawing, after a start that never showed anything.
    pub safe_graphics: bool,
    /// The place that a `waymark://` address asked for, as a route of the app.
    pub go_to: Option<String>,
    /// Injected answers, only in builds for tests.
    pub e2e: Option<E2e>,
}

/// What a test decides in place of the clock and of native dialogs.
#[derive(Clone, Debug, Default)]
pub struct E2e {
    /// The moment that it always is.
    pub now: Option<Timestamp>,
    /// The folder that the picker gives; without one the picker is cancelled.
    pub pick: Option<PathBuf>,
    /// Folder of the bundled content.
    pub content: Option<PathBuf>,
}

impl Args {
    /// Reads this process's arguments and environment.
    pub fn from_env() -> Self {
        Self::parse(env::args().skip(1), env::var_os(DATA_DIR).map(PathBuf::from))
    }

    pub(crate) fn parse(arguments: impl IntoIterator<Item = String>, data_dir: Option<PathBuf>) -> Self {
        let mut args = Self { data_dir, ..Self::default() };
        let mut e2e = E2e::default();
        let mut wants_e2e = false;
        let mut rest = arguments.into_iter();
        while let Some(argument) = rest.next() {
            match argument.as_str() {
                "--data-dir" => args.data_dir = rest.next().map(PathBuf::from),
                "--safe-graphics" => args.safe_graphics = true,
                "--e2e" => wants_e2e = true,
                "--now" => e2e.now = rest.next().and_then(|now| now.parse().ok()),
                "--pick" => e2e.pick = rest.next().map(PathBuf::from),
                "--content" => e2e.content = rest.next().map(PathBuf::from),
                address => args.go_to = waymark_app::links::deep::route_of(address).or(args.go_to.take()),
            }
        }
        args.e2e = (wants_e2e && cfg!(feature = "e2e")).then_some(e2e);
        args
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &str) -> Args {
        Args::parse(words.split_whitespace().map(str::to_owned), None)
    }

    #[test]
    fn the_command_line_names_the_library() {
        assert_eq!(parse("--data-dir /tmp/x").data_dir, Some("/tmp/x".into()));
        assert!(parse("--safe-graphics --gapplication-service waymark://open").safe_graphics);
    }

    #[test]
    fn a_deep_link_names_a_place() {
        assert_eq!(parse("waymark://docs/corvane/a.md#x").go_to.as_deref(), Some("/docs/corvane/a.md#doc-x"));
        assert_eq!(parse("--safe-graphics https://example.com").go_to, None);
    }

    #[test]
    fn only_a_test_build_takes_injected_answers() {
        let args = parse("--e2e --now 2026-01-21T09:12:00Z --pick /tmp/docs");
        assert_eq!(args.e2e.is_some(), cfg!(feature = "e2e"));
        assert!(parse("--now 2026-01-21T09:12:00Z").e2e.is_none(), "without --e2e nothing is injected");
    }
}
