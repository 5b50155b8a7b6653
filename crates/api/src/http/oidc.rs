//! Signing in through the company's identity provider: `/v1/auth/oidc/…` and `/v1/auth/device…`.
//!
//! In a browser, by the authorization code with PKCE (RFC 6749, 7636, 8252): the device makes the secrets, the
//! server exchanges the code. Without one, by a code that is typed elsewhere (RFC 8628): the server asks the
//! provider, the device asks the server. Both end in what joining by an invite ends in, [`super::auth::Enrolled`].

use serde::{Deserialize, Serialize};
use waymark_core::id::DeviceId;

/// A word of [`super::auth::Hello::sign_in`]: in a browser.
pub const BROWSER: &str = "oidc";
/// A word of [`super::auth::Hello::sign_in`]: by a code.
pub const CODE: &str = "device";

/// What whoever typed no code in time is told: by the server in the problem `sign-in-expired`, and by the device
/// itself where the time that it knows of is over.
pub const CODE_EXPIRED: &str = "The code has expired; start again.";

/// `GET /v1/auth/oidc/start`, as a query: what the browser is sent off with. None of it is worth anything later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StartSignIn {
    /// Where the browser comes back to: `127.0.0.1:<port>/callback` without TLS, or the same on `[::1]`.
    pub redirect: String,
    /// PKCE: SHA-256 of the verifier, base64url without padding, 43 characters.
    pub challenge: String,
    /// What the answer must carry.
    pub state: String,
    /// What the identity must carry.
    pub nonce: String,
}

/// Where the browser goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct SignInAddress {
    /// The provider's page.
    pub url: String,
    /// The provider; an answer that names another one is refused (RFC 9207).
    pub issuer: String,
    /// Whether the provider always names itself in its answer.
    pub names_itself: bool,
}

/// `POST /v1/auth/oidc/finish`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FinishSignIn {
    /// The provider's code, which can be used once.
    pub code: String,
    /// PKCE: what [`StartSignIn::challenge`] was made of.
    pub verifier: String,
    /// [`StartSignIn::nonce`].
    pub nonce: String,
    /// [`StartSignIn::redirect`].
    pub redirect: String,
    /// Who answered, where the answer says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iss: Option<String>,
    /// This installation.
    pub device: DeviceId,
    /// Ed25519 public key of the device, 32 bytes in base64.
    pub public_key: String,
    /// What the person calls this device.
    pub label: String,
}

impl std::fmt::Debug for FinishSignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FinishSignIn").field("device", &self.device).finish_non_exhaustive()
    }
}

/// `POST /v1/auth/device`: a code that the person types on another device.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct DeviceSignIn {
    /// For [`PollSignIn`]; a secret of this device.
    pub device_code: String,
    /// What is typed.
    pub user_code: String,
    /// Where.
    pub verification_uri: String,
    /// The same place with the code in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification_uri_complete: Option<String>,
    /// Seconds until the code is void.
    pub expires_in: u32,
    /// Seconds between two questions, at least.
    pub interval: u32,
}

impl std::fmt::Debug for DeviceSignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DeviceSignIn").field("verification_uri", &self.verification_uri).finish_non_exhaustive()
    }
}

/// `POST /v1/auth/device/poll`. Until the person has confirmed, the answer is the problem
/// `authorization-pending`; after `slow-down` the interval is 5 s longer (RFC 8628, section 3.5).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PollSignIn {
    /// [`DeviceSignIn::device_code`].
    pub device_code: String,
    /// This installation.
    pub device: DeviceId,
    /// Ed25519 public key of the device, 32 bytes in base64.
    pub public_key: String,
    /// What the person calls this device.
    pub label: String,
}

impl std::fmt::Debug for PollSignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PollSignIn").field("device", &self.device).finish_non_exhaustive()
    }
}
