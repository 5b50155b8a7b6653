//! Signing in without a browser (RFC 8628).
//!
//! The server asks the provider in the device's place, one question for each of the device's: who polls and how
//! patiently is the device's affair, and nothing has to be kept here.

use jiff::Timestamp;
use openidconnect::{
    DeviceAuthorizationResponse, DeviceCodeErrorResponse, EmptyExtraDeviceAuthorizationFields, HttpRequest, Scope,
    core::CoreTokenResponse,
};
use reqwest::header;
use waymark_api::http::oidc::DeviceSignIn;

use super::{
    error::OidcError,
    identity::Identity,
    provider::{Metadata, Provider, SCOPES},
};
use crate::error::chain;

const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// What a provider answers.
type Answer = DeviceAuthorizationResponse<EmptyExtraDeviceAuthorizationFields>;

impl Provider {
    /// A code that the person types elsewhere.
    ///
    /// # Errors
    /// [`OidcError::NoDeviceFlow`], and where the provider does not answer.
    pub(crate) async fn device_code(&self) -> Result<DeviceSignIn, OidcError> {
        let metadata = self.metadata().await?;
        let endpoint = metadata.additional_metadata().device_authorization_endpoint.clone();
        let client = self.client(&metadata).set_device_authorization_url(endpoint.ok_or(OidcError::NoDeviceFlow)?);
        let answer: Answer = client
            .exchange_device_code()
            .add_scopes(SCOPES.map(|scope| Scope::new(scope.to_owned())))
            .request_async(&self.http)
            .await
            .map_err(|error| OidcError::of_token_request(error, |answer| answer.error().as_ref().to_owned()))?;
        let seconds = |span: std::time::Duration| u32::try_from(span.as_secs()).unwrap_or(u32::MAX);
        Ok(DeviceSignIn {
            device_code: answer.device_code().secret().clone(),
            user_code: answer.user_code().secret().clone(),
            verification_uri: answer.verification_uri().to_string(),
            verification_uri_complete: answer.verification_uri_complete().map(|uri| uri.secret().clone()),
            expires_in: seconds(answer.expires_in()),
            interval: seconds(answer.interval()).max(1),
        })
    }

    /// Who confirmed the code, if somebody did.
    ///
    /// # Errors
    /// [`OidcError::Pending`] and [`OidcError::SlowDown`] until then.
    pub(crate) async fn poll(&self, device_code: &str, now: Timestamp) -> Result<Identity, OidcError> {
        let metadata = self.metadata().await?;
        let answer = self.http.ask(self.question(&metadata, device_code)?).await;
        let answer = answer.map_err(|error| OidcError::Provider(chain(&error)))?;
        if !answer.status().is_success() {
            let said: Result<DeviceCodeErrorResponse, _> = serde_json::from_slice(answer.body());
            return Err(match said {
                Ok(said) => OidcError::of_word(said.error().as_ref()),
                Err(_) => OidcError::Provider(format!("its token endpoint answered {}", answer.status())),
            });
        }
        let answer: CoreTokenResponse =
            serde_json::from_slice(answer.body()).map_err(|error| OidcError::Provider(error.to_string()))?;
        self.identity(metadata, &answer, None, now).await
    }

    /// One question. The library has only the whole loop, which would hold the device's request for minutes.
    fn question(&self, metadata: &Metadata, device_code: &str) -> Result<HttpRequest, OidcError> {
        let odd = |what: &str| OidcError::Provider(what.to_owned());
        let endpoint = metadata.token_endpoint().ok_or_else(|| odd("it has no token endpoint"))?;
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", GRANT).append_pair("device_code", device_code);
        let mut request = axum::http::Request::post(endpoint.as_str())
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        match &self.settings.secret {
            None => drop(form.append_pair("client_id", &self.settings.client)),
            // RFC 6749, section 2.3.1: both are form-encoded before they are a user and a password.
            Some(secret) => {
                let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
                let pair = format!("{}:{}", encoded(&self.settings.client), encoded(secret.secret()));
                let pair = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, pair);
                request = request.header(header::AUTHORIZATION, format!("Basic {pair}"));
            }
        }
        request.body(form.finish().into_bytes()).map_err(|error| odd(&error.to_string()))
    }
}
