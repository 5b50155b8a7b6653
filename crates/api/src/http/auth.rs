//! Joining and signing in: `GET /v1/hello`, `POST /v1/invites/look`, `/v1/enrol`, `/v1/auth/…`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use waymark_core::id::{DeviceId, PersonId, ServerId};

/// `GET /v1/hello`: what a device must know before it says who it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Hello {
    /// Which server; a device that is joined to another one says so.
    pub server: ServerId,
    /// The company's name for it: "Corvane".
    pub name: String,
    /// Changes when the server was restored from a backup.
    pub server_epoch: u64,
    /// Versions of this contract that the server serves.
    pub versions: Vec<u32>,
    /// Events in a batch, at most.
    pub max_batch: usize,
    /// Bytes of a batch, at most.
    pub max_bytes: usize,
    /// Ways to sign in beside an invite: `oidc`, `device`.
    #[serde(default)]
    pub sign_in: Vec<String>,
}

/// `POST /v1/invites/look`: whom an invite is for, before anything is accepted. It uses nothing up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LookAtInvite {
    /// The code, as it was typed; case and dashes do not matter.
    pub code: String,
}

/// Whom an invite is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct InviteCard {
    /// The company's name.
    pub server_name: String,
    /// The person's name.
    pub name: String,
    /// Team, possibly empty.
    pub team: String,
    /// The manager's name, possibly empty.
    pub manager: String,
    /// What the person will be: `hire`, `manager`, `admin` …
    pub roles: Vec<String>,
    /// Until when it can be used.
    pub expires: Timestamp,
}

/// `POST /v1/enrol`: takes an invite and makes this device one of the person's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Enrol {
    /// The code.
    pub code: String,
    /// This installation.
    pub device: DeviceId,
    /// Ed25519 public key of the device, 32 bytes in base64.
    pub public_key: String,
    /// What the person calls this device: "Ada's laptop".
    pub label: String,
}

/// The person's place on the server, and tokens for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Enrolled {
    /// Who the person is.
    pub person: PersonId,
    /// This device; the server may give another id where the first is taken.
    pub device: DeviceId,
    /// Tokens.
    pub tokens: Tokens,
}

/// A pair of tokens. Neither is ever written to a log.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Tokens {
    /// Goes with each request.
    pub access: String,
    /// Until when.
    pub access_until: Timestamp,
    /// Gets the next pair.
    pub refresh: String,
    /// Until when, if it is not used.
    pub refresh_until: Timestamp,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tokens").field("access_until", &self.access_until).finish_non_exhaustive()
    }
}

/// `POST /v1/auth/refresh`. The same `rotation` gets the same pair again for 60 s, so that an app that is
/// killed between the server's answer and its own disk is not locked out (`security.md`, section 7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    /// The refresh token.
    pub refresh: String,
    /// Made and stored by the device before it asks.
    pub rotation: String,
    /// The device. A server that was restored from a backup may know it and not the token, which is of after the
    /// backup; then the signature alone counts, once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    /// Ed25519 signature of `waymark-refresh:<rotation>:<refresh>` by the device's key, in base64.
    pub signature: String,
}

/// What is signed to refresh.
pub fn refresh_message(rotation: &str, refresh: &str) -> String {
    format!("waymark-refresh:{rotation}:{refresh}")
}

/// `POST /v1/auth/revoke`: ends a session, the own one or another of [`SessionRow`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Revoke {
    /// [`SessionRow::id`].
    pub session: String,
}

/// `GET /v1/me`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Me {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// `hire`, `buddy`, `manager`, `author`, `admin`.
    pub roles: Vec<String>,
    /// Team, possibly empty.
    pub team: String,
    /// The manager, possibly empty.
    pub manager: String,
    /// The buddy, possibly empty.
    #[serde(default)]
    pub buddy: String,
    /// How many people report to the person, directly or not.
    pub line: u32,
}

/// A row of `GET /v1/sessions`, which is an [`super::org::Page`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct SessionRow {
    /// For `DELETE /v1/sessions/{id}`.
    pub id: String,
    /// What the person called the device.
    pub label: String,
    /// When it joined.
    pub since: Timestamp,
    /// When it was heard of last.
    pub last_seen: Timestamp,
    /// Whether it is the one that asks.
    pub current: bool,
}
