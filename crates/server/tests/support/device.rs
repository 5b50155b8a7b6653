//! A device: a key, and what it does with it.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Answer, Client};

/// A device that may not have joined yet.
#[derive(Clone)]
pub struct Device {
    /// Its own id.
    pub id: Uuid,
    /// Its label.
    pub label: String,
    key: SigningKey,
}

/// A device that has joined.
#[derive(Clone)]
pub struct SignedIn {
    /// The device.
    pub device: Device,
    /// Speaks for it.
    pub client: Client,
    /// The person's id.
    pub person: String,
    /// The device's id on the server.
    pub device_id: String,
    /// The access token.
    pub access: String,
    /// The refresh token.
    pub refresh: String,
}

impl Device {
    /// A new device with a key of its own.
    pub fn new(label: &str) -> Self {
        let mut seed = [0; 32];
        rand::fill(&mut seed);
        Self { id: Uuid::now_v7(), label: label.to_owned(), key: SigningKey::from_bytes(&seed) }
    }

    /// The body of `POST /v1/enrol`.
    pub fn enrol_body(&self, code: &str) -> Value {
        let key = STANDARD.encode(self.key.verifying_key().as_bytes());
        json!({ "code": code, "device": self.id, "public_key": key, "label": self.label })
    }

    /// A body of `POST /v1/auth/oidc/finish` with a code that nobody gave.
    pub fn finish_body(&self) -> Value {
        let key = STANDARD.encode(self.key.verifying_key().as_bytes());
        json!({ "code": "nobody's", "verifier": "x".repeat(43), "nonce": "x".repeat(43),
                "redirect": "http://127.0.0.1:49152/callback",
                "device": self.id, "public_key": key, "label": self.label })
    }

    /// The body of `POST /v1/auth/device/poll`.
    pub fn poll_body(&self, device_code: &str) -> Value {
        let key = STANDARD.encode(self.key.verifying_key().as_bytes());
        json!({ "device_code": device_code, "device": self.id, "public_key": key, "label": self.label })
    }

    /// The device after the server took it in.
    pub fn signed_in(self, client: &Client, answer: &Value) -> SignedIn {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let access = text(&answer["tokens"]["access"]);
        SignedIn {
            client: client.with_token(&access),
            person: text(&answer["person"]),
            device_id: text(&answer["device"]),
            refresh: text(&answer["tokens"]["refresh"]),
            access,
            device: self,
        }
    }

    /// The body of `POST /v1/auth/refresh`.
    pub fn refresh_body(&self, refresh: &str, rotation: &str) -> Value {
        let message = waymark_api::http::auth::refresh_message(rotation, refresh);
        let signature = STANDARD.encode(self.key.sign(message.as_bytes()).to_bytes());
        json!({ "refresh": refresh, "rotation": rotation, "signature": signature })
    }

    /// Takes an invite.
    pub async fn join(self, client: &Client, code: &str) -> SignedIn {
        let answer = client.post("/v1/enrol", &self.enrol_body(code)).await.ok(200);
        self.signed_in(client, &answer)
    }
}

impl SignedIn {
    /// Asks for the next pair without taking it.
    pub async fn ask_refresh(&self, rotation: &str) -> Answer {
        self.client.post("/v1/auth/refresh", &self.device.refresh_body(&self.refresh, rotation)).await
    }

    /// Takes a pair that the server gave.
    pub fn take(&mut self, pair: &Value) {
        self.access = pair["access"].as_str().unwrap().to_owned();
        self.refresh = pair["refresh"].as_str().unwrap().to_owned();
        self.client = self.client.with_token(&self.access);
    }
}
