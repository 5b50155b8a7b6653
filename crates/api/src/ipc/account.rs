//! Joining a team, and how the exchange with its server stands.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use waymark_core::id::PersonId;

use crate::request::requests;

requests! {
    /// Looks at an invite: a `waymark://join?…` link, or a code together with a server's address. It uses
    /// nothing up and tells the server nothing about the person.
    LookAtInvite {
        /// Link or code, as it was typed or pasted.
        invite: String,
        /// The server's address, where `invite` is a bare code.
        server: Option<String>,
    } = "look_at_invite" -> InviteView;
    /// Joins: makes the device's key, stores the tokens in the system's keyring, fetches content and journeys.
    Join {
        /// Link or code.
        invite: String,
        /// The server's address, where `invite` is a bare code.
        server: Option<String>,
        /// What to call this device in the list of sessions.
        label: String,
    } = "join_team" -> AccountView;
    /// How the person stands with the server.
    OpenAccount = "open_account" -> AccountView;
    /// Sends and fetches now.
    SyncNow = "sync_now" -> SyncState;
    /// Ends this device's session. What was done stays here and there.
    LeaveTeam = "leave_team" -> AccountView;
    /// Ends another device's session.
    EndSession {
        /// Which one.
        id: String,
    } = "end_session" -> AccountView;
}

/// What joining would mean, before anything is joined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteView {
    /// The server's address as it will be used.
    pub server: String,
    /// The company's name for it.
    pub server_name: String,
    /// For whom the invite is.
    pub name: String,
    /// Team, possibly empty.
    pub team: String,
    /// The manager's name, possibly empty.
    pub manager: String,
    /// `hire`, `manager` …
    pub roles: Vec<String>,
    /// Until when it can be used, local time.
    #[serde(deserialize_with = "crate::iso::moment")]
    pub expires: DateTime,
    /// The connection is not encrypted: only a server on this computer may be joined so.
    pub loopback: bool,
}

/// How the person stands with the server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    /// The membership; `None` where the app works alone.
    pub member: Option<Member>,
    /// How the exchange stands.
    pub sync: SyncState,
    /// The person's devices; empty where the server could not be asked.
    pub sessions: Vec<SessionLine>,
    /// Where the tokens lie, in words: "the system's keyring".
    pub secrets: String,
}

/// Membership of a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The server's address.
    pub server: String,
    /// The company's name for it.
    pub server_name: String,
    /// Who the person is there.
    pub person: PersonId,
    /// The name there.
    pub name: String,
    /// Roles there.
    pub roles: Vec<String>,
    /// Team, possibly empty.
    pub team: String,
    /// The manager's name, possibly empty.
    pub manager: String,
    /// How many people report to the person: the Team screen is there where this is not 0.
    pub line: u32,
}

/// A device of the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionLine {
    /// For [`EndSession`].
    pub id: String,
    /// What the person calls it.
    pub label: String,
    /// When it was heard of last, local time.
    #[serde(deserialize_with = "crate::iso::moment")]
    pub last_seen: DateTime,
    /// Whether it is this one.
    pub current: bool,
}

/// How the exchange with the server stands; the status bar prints it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum SyncState {
    /// There is no server.
    #[default]
    Alone,
    /// Under way.
    Syncing {
        /// Facts that wait.
        waiting: u32,
    },
    /// Everything is there.
    Sent {
        /// When that was, local time.
        #[serde(deserialize_with = "crate::iso::moment")]
        at: DateTime,
    },
    /// The server cannot be reached; the app goes on.
    Offline {
        /// Facts that wait.
        waiting: u32,
    },
    /// A person has to act.
    Attention {
        /// Facts that wait.
        waiting: u32,
        /// What happened and what to do.
        message: String,
    },
}
