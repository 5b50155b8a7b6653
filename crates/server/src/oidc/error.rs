//! Why nobody was signed in.

use std::error::Error;

use openidconnect::{ClaimsVerificationError, ErrorResponse, RequestTokenError};
use waymark_api::http::{oidc::CODE_EXPIRED, problem::ProblemKind};

use super::http::HttpFailure;
use crate::error::{ApiError, chain};

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OidcError {
    /// The provider cannot be reached, or does not answer as one.
    #[error("the identity provider does not work: {0}")]
    Provider(String),
    /// The provider does not know this server, or allows it less than it needs.
    #[error("the identity provider refuses this server: {0}")]
    Client(String),
    /// The provider has no such way to sign in.
    #[error("the identity provider signs nobody in without a browser")]
    NoDeviceFlow,
    /// The code is used, too old, or not this sign-in's.
    #[error("the sign-in's code does not hold")]
    Code,
    /// Nobody confirmed the device's code in time.
    #[error("nobody confirmed the code in time")]
    CodeExpired,
    /// The person has not confirmed yet.
    #[error("the sign-in is not confirmed yet")]
    Pending,
    /// The provider is asked too often.
    #[error("the identity provider asks for a pause")]
    SlowDown,
    /// The person, or the provider, said no.
    #[error("the sign-in was denied")]
    Denied,
    /// The answer comes from somebody else.
    #[error("the answer names another issuer, or none")]
    Issuer,
    /// The ID token does not hold.
    #[error("the ID token does not hold")]
    Token(#[source] ClaimsVerificationError),
    /// The provider gave no ID token, or told of somebody else.
    #[error("the identity provider's answer is not whole: {0}")]
    Incomplete(&'static str),
}

impl OidcError {
    /// Whether somebody tried what cannot happen by accident; it goes into the audit log.
    pub(crate) fn is_suspicious(&self) -> bool {
        matches!(self, Self::Token(_) | Self::Issuer)
    }

    /// In a few words, without anything personal: for the audit log.
    pub(crate) fn outcome(&self) -> &'static str {
        match self {
            Self::Token(ClaimsVerificationError::Expired(_)) => "ID token too old",
            Self::Token(ClaimsVerificationError::InvalidAudience(_)) => "ID token for somebody else",
            Self::Token(ClaimsVerificationError::InvalidIssuer(_)) | Self::Issuer => "another issuer",
            Self::Token(ClaimsVerificationError::InvalidNonce(_)) => "ID token of another sign-in",
            Self::Token(ClaimsVerificationError::SignatureVerification(_)) => "ID token not signed by the provider",
            _ => "refused",
        }
    }

    /// Of a failed token request.
    pub(super) fn of_token_request<T: ErrorResponse + 'static>(
        error: RequestTokenError<HttpFailure, T>,
        word: impl Fn(&T) -> String,
    ) -> Self {
        match error {
            RequestTokenError::ServerResponse(answer) => Self::of_word(&word(&answer)),
            other => Self::Provider(chain(&other)),
        }
    }

    /// Of an OAuth error code (RFC 6749, section 5.2; RFC 8628, section 3.5).
    pub(super) fn of_word(word: &str) -> Self {
        match word {
            "authorization_pending" => Self::Pending,
            "slow_down" => Self::SlowDown,
            "expired_token" => Self::CodeExpired,
            "invalid_grant" => Self::Code,
            "access_denied" => Self::Denied,
            other => Self::Client(other.chars().filter(|c| c.is_ascii_graphic()).take(60).collect()),
        }
    }
}

impl From<OidcError> for ApiError {
    fn from(error: OidcError) -> Self {
        let no = |kind, detail: &str| Self::new(kind, detail);
        match &error {
            OidcError::Provider(_) => {
                tracing::warn!(error = &error as &dyn Error, "a sign-in failed");
                Self::busy("The company's identity provider does not answer as it should. Try again in a moment.")
            }
            OidcError::Client(_) | OidcError::Incomplete(_) => {
                tracing::error!(error = &error as &dyn Error, "a sign-in failed");
                let detail = "The company's identity provider does not work with this server as it is set up. Tell \
                              whoever runs the server; its log says more.";
                no(ProblemKind::Fault, detail)
            }
            OidcError::NoDeviceFlow => {
                no(ProblemKind::NotFound, "The company's identity provider signs in by a browser only.")
            }
            OidcError::Code => {
                no(ProblemKind::SignInExpired, "This sign-in took too long, or was finished already. Begin it again.")
            }
            OidcError::CodeExpired => no(ProblemKind::SignInExpired, CODE_EXPIRED),
            OidcError::Pending => no(ProblemKind::AuthorizationPending, "The sign-in is not confirmed yet."),
            OidcError::SlowDown => Self {
                retry_after: Some(5),
                ..no(ProblemKind::SlowDown, "The identity provider is asked too often. Wait 5 s longer each time.")
            },
            OidcError::Denied => {
                no(ProblemKind::SignInDenied, "The sign-in was denied at the company's identity provider.")
            }
            OidcError::Issuer | OidcError::Token(_) => {
                tracing::warn!(error = &error as &dyn Error, "an identity was refused");
                let detail = "What the identity provider said does not belong to this sign-in. Begin it again; if \
                              that does not help, tell whoever runs the server.";
                no(ProblemKind::IdentityRefused, detail)
            }
        }
    }
}
