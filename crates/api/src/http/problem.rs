//! An error of the server (RFC 9457).

use serde::{Deserialize, Serialize};

/// What went wrong, for people and for programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Problem {
    /// Stable name: `urn:waymark:problem:` and a [`ProblemKind`] in kebab case.
    #[serde(rename = "type")]
    pub kind: String,
    /// One line for people.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What was attempted and what to do.
    #[serde(default)]
    pub detail: String,
    /// Seconds until it is worth trying again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
}

/// What a client acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ProblemKind {
    /// The request cannot be understood.
    BadRequest,
    /// No token, or one that does not hold any more.
    SignIn,
    /// The sign-in was ended: revoked, or its refresh token was used twice.
    SignedOut,
    /// The caller may not do that.
    Forbidden,
    /// It is not there, or not the caller's to see: both look alike.
    NotFound,
    /// Somebody else changed it since it was read.
    Conflict,
    /// The invite was used or is too old.
    InviteUsed,
    /// The feed does not reach back to that number; read it from 0.
    CursorTooOld,
    /// More than the server takes.
    TooLarge,
    /// Neither JSON nor events.
    WrongType,
    /// The archive has no such bytes.
    BadRange,
    /// It was understood and breaks a rule, which the text names.
    Refused,
    /// This version of the app is too old for the server.
    UpgradeApp,
    /// The person has not confirmed the sign-in yet; ask again after the interval.
    AuthorizationPending,
    /// The sign-in took too long, or its code was used already; begin again.
    SignInExpired,
    /// The identity provider let the person not in, or the person said no.
    SignInDenied,
    /// What the identity provider said does not hold: another signature, audience, nonce or issuer.
    IdentityRefused,
    /// The identity is of nobody whom the organisation has here.
    UnknownPerson,
    /// The identity provider does not vouch for the e-mail address.
    UnverifiedEmail,
    /// Too many requests.
    SlowDown,
    /// The server cannot work now.
    Unavailable,
    /// A fault of the server.
    Fault,
}

impl ProblemKind {
    /// The HTTP status that goes with it.
    pub fn status(self) -> u16 {
        match self {
            Self::BadRequest | Self::AuthorizationPending => 400,
            Self::SignIn | Self::SignedOut => 401,
            Self::Forbidden
            | Self::SignInDenied
            | Self::IdentityRefused
            | Self::UnknownPerson
            | Self::UnverifiedEmail => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::InviteUsed | Self::CursorTooOld | Self::SignInExpired => 410,
            Self::TooLarge => 413,
            Self::WrongType => 415,
            Self::BadRange => 416,
            Self::Refused => 422,
            Self::UpgradeApp => 426,
            Self::SlowDown => 429,
            Self::Fault => 500,
            Self::Unavailable => 503,
        }
    }
}
