//! Joining a team, and how the exchange with its server stands.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use waymark_core::id::PersonId;

use super::sources::Secret;
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
    /// Asks a server who it is and how people sign in there. It learns nothing about the person.
    LookAtServer {
        /// Its address, as it was typed.
        server: String,
    } = "look_at_server" -> ServerView;
    /// Begins to sign in through the company's identity provider; another sign-in that waits is given up.
    /// What comes back is for the person: an address to open, or a code to type elsewhere.
    BeginSignIn {
        /// The server's address.
        server: String,
        /// What to call this device in the list of sessions.
        label: String,
        /// Where the person signs in.
        way: SignInWay,
    } = "begin_sign_in" -> SignInView;
    /// Waits until the person has signed in, and joins as [`Join`] does. It takes as long as the person does, some
    /// minutes at most.
    FinishSignIn = "finish_sign_in" -> AccountView;
    /// Gives the sign-in up that waits; [`FinishSignIn`] then fails.
    CancelSignIn = "cancel_sign_in" -> ();
    /// How the person stands with the server.
    OpenAccount = "open_account" -> AccountView;
    /// Sends and fetches now.
    SyncNow = "sync_now" -> SyncState;
    /// Makes a file that a passphrase seals and keeps this device's keys in it, where the system has no keyring. A
    /// file that cannot be opened is replaced.
    SealSecrets {
        /// Of at least 12 characters.
        passphrase: Secret,
    } = "seal_secrets" -> AccountView;
    /// Opens the sealed file.
    UnlockSecrets {
        /// The one that sealed it.
        passphrase: Secret,
    } = "unlock_secrets" -> AccountView;
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

/// A server, before anything is joined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerView {
    /// Its address as it will be used.
    pub server: String,
    /// The company's name for it.
    pub server_name: String,
    /// Ways to sign in without an invite; none where an invite is the only one.
    pub ways: Vec<SignInWay>,
    /// The connection is not encrypted: only a server on this computer may be joined so.
    pub loopback: bool,
}

/// Where a person signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignInWay {
    /// In this computer's browser.
    Browser,
    /// On another device, by a code.
    Code,
}

/// A code that is typed on another device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedCode {
    /// The code, as it is shown.
    pub code: String,
    /// The page where it is typed, short enough to be typed too.
    pub page: String,
}

/// What a person needs to sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInView {
    /// The identity provider's page, for a browser; with the code in it, where it has one.
    pub url: String,
    /// The code that is typed; `None` in the browser.
    pub code: Option<TypedCode>,
    /// Until when, local time.
    pub until: DateTime,
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
    /// The same, as far as a screen acts on it.
    pub keeping: Keeping,
}

/// Where this device's keys lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Keeping {
    /// In the system's keyring.
    #[default]
    Keyring,
    /// In a file that the person's passphrase seals, and which is open.
    File,
    /// In such a file, which is closed.
    Locked,
    /// In memory, until Waymark is closed.
    Memory,
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
#[serde(rename_all = "kebab-case")]
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
        /// How many records the server did not take, where that is all there is: Settings › Privacy lists them.
        refused: u32,
    },
}
