//! The provider: where its pages are, what it signs with, and exchanging a code.

use std::{borrow::Cow, time::Duration};

use jiff::Timestamp;
use openidconnect::{
    AdditionalProviderMetadata, AuthorizationCode, ClaimsVerificationError, CsrfToken, DeviceAuthorizationUrl,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, Nonce, PkceCodeVerifier, ProviderMetadata, RedirectUrl, Scope,
    SignatureVerificationError,
    core::{
        CoreAuthDisplay, CoreAuthenticationFlow, CoreClaimName, CoreClaimType, CoreClient, CoreClientAuthMethod,
        CoreGrantType, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm,
        CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
    },
};
use serde::{Deserialize, Serialize};
use tokio::{sync::Mutex, time::Instant};
use waymark_api::http::oidc::{FinishSignIn, SignInAddress, StartSignIn};

use super::{error::OidcError, http::IdpHttp, identity::Identity, settings::OidcSettings};
use crate::error::chain;

/// How long what the provider says about itself counts as known.
const FRESH: Duration = Duration::from_secs(60 * 60);
/// Between two questions out of turn, at least: of one that did not answer, and of one that signs with a key that is
/// not among the known ones.
const AGAIN: Duration = Duration::from_secs(30);
/// What is asked for beside `openid`.
pub(super) const SCOPES: [&str; 2] = ["email", "profile"];

/// What a provider says of itself beyond `OpenID` Connect Discovery (RFC 8628, section 4; RFC 9207, section 3).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Further {
    pub(super) device_authorization_endpoint: Option<DeviceAuthorizationUrl>,
    authorization_response_iss_parameter_supported: Option<bool>,
}

impl AdditionalProviderMetadata for Further {}

/// What a provider says of itself, with its keys.
pub(super) type Metadata = ProviderMetadata<
    Further,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// The library's client of a provider that was asked.
pub(super) type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// The company's identity provider.
pub(crate) struct Provider {
    pub(super) settings: OidcSettings,
    pub(super) http: IdpHttp,
    known: Mutex<Known>,
}

/// What is known of the provider.
#[derive(Default)]
struct Known {
    metadata: Option<Metadata>,
    /// When it was asked last.
    asked: Option<Instant>,
    /// When it was asked last because of a key.
    asked_for_keys: Option<Instant>,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Provider").field("issuer", &self.settings.issuer).finish_non_exhaustive()
    }
}

impl Provider {
    /// A provider that is asked when it is needed first: the server starts without it.
    ///
    /// # Errors
    /// Where the system has no usable certificates.
    pub(crate) fn new(settings: OidcSettings) -> Result<Self, reqwest::Error> {
        let http = IdpHttp::new(settings.targets)?;
        Ok(Self { settings, http, known: Mutex::default() })
    }

    /// The issuer.
    pub(crate) fn issuer(&self) -> &str {
        self.settings.issuer.as_str()
    }

    /// Whether devices without a browser can sign in. No, where the provider cannot be asked now.
    pub(crate) async fn has_device_flow(&self) -> bool {
        let has = |metadata: &Metadata| metadata.additional_metadata().device_authorization_endpoint.is_some();
        // What was known an hour ago is good enough for an offer.
        if let Ok(known) = self.known.try_lock()
            && let Some(metadata) = &known.metadata
        {
            return has(metadata);
        }
        self.metadata().await.is_ok_and(|metadata| has(&metadata))
    }

    /// Where a browser goes to sign in.
    ///
    /// # Errors
    /// [`OidcError::Provider`].
    pub(crate) async fn address(&self, wanted: &StartSignIn) -> Result<SignInAddress, OidcError> {
        let metadata = self.metadata().await?;
        let client = self.client(&metadata).set_redirect_uri(redirect(&wanted.redirect)?);
        let (state, nonce) = (wanted.state.clone(), wanted.nonce.clone());
        let request = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, || CsrfToken::new(state), || Nonce::new(nonce))
            .add_scopes(SCOPES.map(|scope| Scope::new(scope.to_owned())))
            .add_extra_param("code_challenge", wanted.challenge.clone())
            .add_extra_param("code_challenge_method", "S256");
        let (url, _, _) = request.url();
        let names_itself = metadata.additional_metadata().authorization_response_iss_parameter_supported == Some(true);
        Ok(SignInAddress { url: url.into(), issuer: self.issuer().to_owned(), names_itself })
    }

    /// Who signed in, by the code that the browser brought back.
    ///
    /// # Errors
    /// [`OidcError`].
    pub(crate) async fn exchange(&self, wanted: &FinishSignIn, now: Timestamp) -> Result<Identity, OidcError> {
        let metadata = self.metadata().await?;
        let names_itself = metadata.additional_metadata().authorization_response_iss_parameter_supported == Some(true);
        match &wanted.iss {
            Some(iss) if iss != self.issuer() => return Err(OidcError::Issuer),
            None if names_itself => return Err(OidcError::Issuer),
            _ => {}
        }
        let client = self.client(&metadata);
        let answer = client
            .exchange_code(AuthorizationCode::new(wanted.code.clone()))
            .map_err(|error| OidcError::Provider(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(wanted.verifier.clone()))
            .set_redirect_uri(Cow::Owned(redirect(&wanted.redirect)?))
            .request_async(&self.http)
            .await
            .map_err(|error| OidcError::of_token_request(error, |answer| answer.error().as_ref().to_owned()))?;
        self.identity(metadata, &answer, Some(&Nonce::new(wanted.nonce.clone())), now).await
    }

    /// Who a token answer tells of. A provider may have changed its keys; then it is asked for them once more.
    pub(super) async fn identity(
        &self,
        metadata: Metadata,
        answer: &openidconnect::core::CoreTokenResponse,
        nonce: Option<&Nonce>,
        now: Timestamp,
    ) -> Result<Identity, OidcError> {
        let addresses = self.settings.addresses;
        match Identity::of(&self.client(&metadata), &self.http, answer, nonce, addresses, now).await {
            // With another key under an id that is known, or where no ids are named, the signature is just wrong.
            Err(OidcError::Token(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey | SignatureVerificationError::CryptoError(_),
            ))) => {
                let metadata = self.with_other_keys(&metadata).await?;
                Identity::of(&self.client(&metadata), &self.http, answer, nonce, addresses, now).await
            }
            other => other,
        }
    }

    /// The library's client.
    pub(super) fn client(&self, metadata: &Metadata) -> Client {
        let OidcSettings { client, secret, .. } = &self.settings;
        CoreClient::from_provider_metadata(metadata.clone(), client.clone(), secret.clone())
    }

    /// What the provider says of itself. One asks, the others wait for what it learns.
    pub(super) async fn metadata(&self) -> Result<Metadata, OidcError> {
        let mut known = self.known.lock().await;
        match &known.metadata {
            Some(metadata) if is_recent(known.asked, FRESH) => return Ok(metadata.clone()),
            None if is_recent(known.asked, AGAIN) => {
                return Err(OidcError::Provider("it did not answer a moment ago".to_owned()));
            }
            _ => {}
        }
        self.ask(&mut known).await
    }

    /// The same after it signed with a key that `before` lacks, however fresh that is: the code is used up, so there
    /// is no second try. The pause lies between two of these questions, so that whatever a provider signs with does
    /// not become a question for each sign-in.
    async fn with_other_keys(&self, before: &Metadata) -> Result<Metadata, OidcError> {
        let mut known = self.known.lock().await;
        match &known.metadata {
            // Another sign-in met the new key first.
            Some(metadata) if metadata.jwks() != before.jwks() => return Ok(metadata.clone()),
            _ if is_recent(known.asked_for_keys, AGAIN) => return Ok(before.clone()),
            _ => {}
        }
        let metadata = self.ask(&mut known).await?;
        known.asked_for_keys = Some(Instant::now());
        Ok(metadata)
    }

    /// Asks it.
    async fn ask(&self, known: &mut Known) -> Result<Metadata, OidcError> {
        let asked = Metadata::discover_async(self.settings.issuer.clone(), &self.http).await;
        // Not before: whoever stopped waiting for the answer has not been told that there is none.
        known.asked = Some(Instant::now());
        match (asked, &known.metadata) {
            (Ok(metadata), _) => {
                known.metadata = Some(metadata.clone());
                Ok(metadata)
            }
            // What is known of it is better than nothing; its keys are checked with each sign-in all the same.
            (Err(error), Some(metadata)) => {
                tracing::warn!(error = chain(&error), "the identity provider does not describe itself now");
                Ok(metadata.clone())
            }
            (Err(error), None) => Err(OidcError::Provider(chain(&error))),
        }
    }
}

/// Whether that was within the last `span`.
fn is_recent(asked: Option<Instant>, span: Duration) -> bool {
    asked.is_some_and(|asked| asked.elapsed() < span)
}

/// Where a browser comes back to.
fn redirect(text: &str) -> Result<RedirectUrl, OidcError> {
    RedirectUrl::new(text.to_owned()).map_err(|error| OidcError::Provider(error.to_string()))
}
