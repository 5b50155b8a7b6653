//! What the account page decides, as plain Rust: nothing here knows Leptos or the browser.

mod keeping;

use jiff::civil::DateTime;
use waymark_api::ipc::{
    account::{InviteView, Member, SignInWay, SyncState},
    start::Platform,
};

use crate::kit::{StatusKind, dates, sentence};

pub(super) use keeping::{Asked, Passphrase};

/// Whether what was typed is a whole link, which names its server itself.
pub(super) fn is_link(text: &str) -> bool {
    text.trim().to_ascii_lowercase().starts_with("waymark:")
}

/// The invite as it is asked about: link or code, and the server where a code needs one.
pub(super) fn asked(invite: &str, server: &str) -> Option<(String, Option<String>)> {
    let (invite, server) = (invite.trim(), server.trim());
    if invite.is_empty() {
        return None;
    }
    if is_link(invite) {
        return Some((invite.to_owned(), None));
    }
    (!server.is_empty()).then(|| (invite.to_owned(), Some(server.to_owned())))
}

/// The ways to sign in as their buttons say them: the one that is offered first, and the others.
pub(super) fn ways(offered: &[SignInWay]) -> (Option<Labelled>, Vec<Labelled>) {
    let words = |way: &SignInWay| match way {
        SignInWay::Browser => (*way, "Sign in with your company"),
        SignInWay::Code if offered.contains(&SignInWay::Browser) => (*way, "Use a code instead"),
        SignInWay::Code => (*way, "Sign in by a code"),
    };
    // The browser first, wherever there is one.
    let mut ways: Vec<Labelled> = offered.iter().map(words).collect();
    ways.sort_by_key(|(way, _)| *way != SignInWay::Browser);
    let first = (!ways.is_empty()).then(|| ways.remove(0));
    (first, ways)
}

/// A way to sign in and the words of its button.
pub(super) type Labelled = (SignInWay, &'static str);

/// The host of a page, as a person knows the place; the address where it has none.
pub(super) fn host(url: &str) -> String {
    let authority = url.split_once("://").and_then(|(_, rest)| rest.split(['/', '?', '#']).next());
    let host = authority.and_then(|authority| authority.rsplit('@').next()).unwrap_or_default();
    if host.is_empty() { url.to_owned() } else { host.to_owned() }
}

/// What to call this device at first.
pub(super) fn device_name(platform: Platform, name: &str) -> String {
    let system = match platform {
        Platform::Linux => "Linux computer",
        Platform::Macos => "Mac",
        Platform::Windows => "Windows computer",
    };
    match name.split_whitespace().next() {
        Some(first) => format!("{first}’s {system}"),
        None => system.to_owned(),
    }
}

/// Roles in words: "new hire and manager".
pub(super) fn roles(roles: &[String]) -> String {
    let named: Vec<&str> = roles
        .iter()
        .map(|role| match role.as_str() {
            "hire" => "new hire",
            other => other,
        })
        .collect();
    match named.as_slice() {
        [] => "member".to_owned(),
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        [only, ..] => (*only).to_owned(),
    }
}

/// What an invite says, line by line; what it leaves out has no line.
pub(super) fn invite_lines(invite: &InviteView, now: DateTime) -> Vec<(&'static str, String)> {
    let InviteView { server, name, team, manager, roles: named, expires, .. } = invite;
    let until = format!("{}, {}", dates::day_of_year(expires.date(), now.date()), dates::time(*expires));
    [
        ("Server", server.clone()),
        ("For", format!("{name}, {}", roles(named))),
        ("Team", team.clone()),
        ("Manager", manager.clone()),
        ("Valid until", until),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .collect()
}

/// What the membership says, line by line.
pub(super) fn member_lines(member: &Member) -> Vec<(&'static str, String)> {
    let line = match member.line {
        0 => String::new(),
        1 => "1 person".to_owned(),
        count => format!("{count} people"),
    };
    [
        ("Server", member.server.clone()),
        ("You", format!("{}, {}", member.name, roles(&member.roles))),
        ("Team", member.team.clone()),
        ("Manager", member.manager.clone()),
        ("Your line", line),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .collect()
}

/// How the exchange stands: mark, word and a sentence.
pub(super) fn standing(sync: &SyncState, now: DateTime) -> (StatusKind, &'static str, String) {
    let facts = |waiting: u32| match waiting {
        0 => "Nothing waits to be sent.".to_owned(),
        1 => "1 fact waits to be sent.".to_owned(),
        _ => format!("{waiting} facts wait to be sent."),
    };
    match sync {
        SyncState::Alone => (StatusKind::Todo, "Alone", "There is no server.".to_owned()),
        SyncState::Syncing { waiting } => (StatusKind::Progress, "Under way", facts(*waiting)),
        SyncState::Sent { at } => {
            (StatusKind::Done, "All sent", format!("The server had everything {}.", when(*at, now)))
        }
        SyncState::Offline { waiting } => (
            StatusKind::Todo,
            "Offline",
            format!("{} Everything goes on; Waymark tries again by itself.", facts(*waiting)),
        ),
        SyncState::Attention { waiting, message, .. } => {
            (StatusKind::Due, "Needs you", format!("{} {}", sentence(message), facts(*waiting)))
        }
    }
}

/// "at 09:14", "just now", "20 min ago", "on Tue 20 Jan, 09:14".
fn when(at: DateTime, now: DateTime) -> String {
    let text = dates::ago(at, now);
    if at.date() == now.date() && !text.ends_with("ago") && text != "just now" { format!("at {text}") } else { text }
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    #[test]
    fn the_browser_is_offered_first_and_a_code_where_there_is_no_other_way() {
        use SignInWay::{Browser, Code};
        assert_eq!(ways(&[]), (None, Vec::new()));
        assert_eq!(ways(&[Code]), (Some((Code, "Sign in by a code")), Vec::new()));
        let both = (Some((Browser, "Sign in with your company")), vec![(Code, "Use a code instead")]);
        assert_eq!(ways(&[Browser, Code]), both);
        assert_eq!(ways(&[Code, Browser]), both);
    }

    #[test]
    fn a_page_is_known_by_its_host() {
        assert_eq!(host("https://login.corvane.example/auth?state=a"), "login.corvane.example");
        assert_eq!(host("http://127.0.0.1:9000/device"), "127.0.0.1:9000");
        assert_eq!(host("https://bank.example@evil.example/"), "evil.example");
        assert_eq!(host("nothing"), "nothing");
    }

    #[test]
    fn a_code_needs_a_server_and_a_link_does_not() {
        assert_eq!(asked(" ", "https://x.example"), None);
        assert_eq!(asked("ABCD-EFGH", " "), None);
        assert_eq!(
            asked(" ABCD-EFGH ", "https://x.example "),
            Some(("ABCD-EFGH".to_owned(), Some("https://x.example".to_owned())))
        );
        let link = "waymark://join?server=https%3A%2F%2Fx.example&code=ABCD";
        assert_eq!(asked(link, "https://other.example"), Some((link.to_owned(), None)), "the link says where");
        assert!(is_link(" Waymark://join?code=A"));
    }

    #[test]
    fn devices_and_roles_have_names() {
        assert_eq!(device_name(Platform::Macos, "Ada Osei"), "Ada’s Mac");
        assert_eq!(device_name(Platform::Linux, " "), "Linux computer");
        let named = |list: &[&str]| roles(&list.iter().map(|role| (*role).to_owned()).collect::<Vec<_>>());
        assert_eq!(named(&["hire"]), "new hire");
        assert_eq!(named(&["hire", "buddy", "manager"]), "new hire, buddy and manager");
        assert_eq!(named(&[]), "member");
    }

    #[test]
    fn what_an_invite_leaves_out_has_no_line() {
        let now = datetime(2026, 1, 20, 9, 0, 0, 0);
        let invite = InviteView {
            server: "https://waymark.corvane.example".to_owned(),
            server_name: "Corvane".to_owned(),
            name: "Ada Osei".to_owned(),
            team: String::new(),
            manager: "Greta Lindqvist".to_owned(),
            roles: vec!["hire".to_owned()],
            expires: datetime(2026, 1, 22, 9, 0, 0, 0),
            loopback: false,
        };
        let lines = invite_lines(&invite, now);
        let names: Vec<&str> = lines.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["Server", "For", "Manager", "Valid until"]);
        assert_eq!(lines[3].1, "Thu 22 Jan, 09:00");
    }

    #[test]
    fn the_exchange_is_a_sentence() {
        let now = datetime(2026, 1, 20, 17, 0, 0, 0);
        let said = |sync: SyncState| standing(&sync, now).2;
        assert_eq!(
            said(SyncState::Sent { at: datetime(2026, 1, 20, 9, 14, 0, 0) }),
            "The server had everything at 09:14."
        );
        assert!(said(SyncState::Offline { waiting: 3 }).starts_with("3 facts wait to be sent. Everything goes on"));
        let trouble = SyncState::Attention { waiting: 1, message: "sign in again".to_owned(), refused: 0 };
        assert_eq!(said(trouble), "Sign in again. 1 fact waits to be sent.");
    }
}
