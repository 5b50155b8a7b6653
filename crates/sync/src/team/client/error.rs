//! Why a request failed, and what that means for the exchange.

use std::time::Duration;

use reqwest::StatusCode;
use waymark_api::http::problem::{Problem, ProblemKind};

use crate::team::machine::Failure;

/// Why a request failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// No answer.
    #[error("{host} cannot be reached: {why}")]
    Unreachable {
        /// The server.
        host: String,
        /// What the network says.
        why: String,
    },
    /// The server said no, and why.
    #[error("{}", if problem.detail.is_empty() { &problem.title } else { &problem.detail })]
    Refused {
        /// Which kind, where this code knows it.
        kind: ProblemKind,
        /// In its words.
        problem: Box<Problem>,
    },
    /// It answers, and not as a team's server.
    #[error("{host} does not answer as a Waymark server: {why}")]
    Odd {
        /// The server.
        host: String,
        /// What is odd.
        why: String,
    },
    /// The system has no usable certificates.
    #[error("no connection can be made: {0}")]
    Client(String),
}

impl CallError {
    /// The kind of a refusal.
    pub fn kind(&self) -> Option<ProblemKind> {
        match self {
            Self::Refused { kind, .. } => Some(*kind),
            _ => None,
        }
    }

    /// Whether the server could not be reached or cannot work now.
    pub fn is_offline(&self) -> bool {
        matches!(self, Self::Unreachable { .. })
            || matches!(self.kind(), Some(ProblemKind::Unavailable | ProblemKind::SlowDown))
    }

    /// What it means for the exchange.
    pub fn failure(&self) -> Failure {
        match self {
            Self::Unreachable { .. } | Self::Client(_) => Failure::Unreachable,
            Self::Odd { .. } => Failure::Fault,
            Self::Refused { kind, problem } => match kind {
                ProblemKind::SignIn => Failure::SignIn,
                ProblemKind::SignedOut => Failure::SignedOut,
                ProblemKind::UpgradeApp => Failure::Upgrade,
                ProblemKind::TooLarge => Failure::TooLarge,
                ProblemKind::InviteUsed | ProblemKind::CursorTooOld => Failure::Gone,
                ProblemKind::Forbidden => Failure::Forbidden,
                ProblemKind::SlowDown | ProblemKind::Unavailable => Failure::Busy {
                    retry_after: problem.retry_after.map(|seconds| Duration::from_secs(u64::from(seconds))),
                },
                ProblemKind::BadRequest
                | ProblemKind::AuthorizationPending
                | ProblemKind::SignInExpired
                | ProblemKind::SignInDenied
                | ProblemKind::IdentityRefused
                | ProblemKind::UnknownPerson
                | ProblemKind::UnverifiedEmail
                | ProblemKind::NotFound
                | ProblemKind::Conflict
                | ProblemKind::WrongType
                | ProblemKind::BadRange
                | ProblemKind::Refused
                | ProblemKind::Fault => Failure::Fault,
            },
        }
    }
}

/// The kind in `urn:waymark:problem:<kind>`.
pub(super) fn named(urn: &str) -> Option<ProblemKind> {
    let name = urn.strip_prefix("urn:waymark:problem:")?;
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

/// What a status means where nothing else was said: a proxy answers in the server's place.
pub(super) fn by_status(status: StatusCode) -> Option<ProblemKind> {
    Some(match status.as_u16() {
        400 => ProblemKind::BadRequest,
        401 => ProblemKind::SignIn,
        403 => ProblemKind::Forbidden,
        404 => ProblemKind::NotFound,
        409 => ProblemKind::Conflict,
        410 => ProblemKind::InviteUsed,
        413 => ProblemKind::TooLarge,
        415 => ProblemKind::WrongType,
        426 => ProblemKind::UpgradeApp,
        429 => ProblemKind::SlowDown,
        502..=504 => ProblemKind::Unavailable,
        500..=599 => ProblemKind::Fault,
        _ => return None,
    })
}
