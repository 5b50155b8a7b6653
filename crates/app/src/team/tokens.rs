//! Tokens and the device's key: they lie where secrets lie, under the server's address.

use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use uuid::Uuid;
use waymark_api::{
    http::auth::{self, Refresh, refresh_message},
    topic::Topic,
};
use waymark_core::id::DeviceId;
use waymark_sync::team::{
    client::{CallError, TeamClient},
    key::DeviceKey,
};

use crate::{
    App,
    ports::{Kept, Standing},
    secrets::with_secrets,
};

/// What lies there, as one text: a keyring keeps it whole or not at all.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Secret {
    /// The device's private key.
    pub(super) key: String,
    pub(super) tokens: auth::Tokens,
    /// This installation as the server knows it.
    #[serde(default)]
    pub(super) device: Option<DeviceId>,
    /// Set before new tokens are asked for: whoever is killed before the answer asks with the same id again,
    /// and gets the same pair.
    #[serde(default)]
    pub(super) rotation: Option<String>,
}

/// Secrets that were read already. The lock is held while new tokens are asked for: two would use one
/// refresh token twice, which ends the session.
#[derive(Default)]
pub(crate) struct Tokens {
    known: Mutex<Option<Secret>>,
    /// Whether they were looked for and are nowhere, or behind something that is closed.
    missing: AtomicBool,
}

impl Tokens {
    /// The access token.
    pub(super) async fn access(&self, app: &App, server: &str) -> Option<String> {
        let mut secret = self.known.lock().await;
        self.fill(app, server, &mut secret).await;
        secret.as_ref().map(|secret| secret.tokens.access.clone())
    }

    async fn fill(&self, app: &App, server: &str, secret: &mut Option<Secret>) {
        if secret.is_none() {
            let name = name_of(server);
            let text = with_secrets(app, move |secrets| secrets.get(&name)).await.flatten();
            *secret = text.and_then(|text| serde_json::from_str(&text).ok());
            let missing = secret.is_none();
            if self.missing.swap(missing, Ordering::Relaxed) != missing {
                app.publish(Topic::Account);
            }
        }
    }

    /// Where the secrets lie that could not be read, if that is closed: nothing ended, somebody has to open it.
    pub(super) fn behind(&self, app: &App) -> Option<Standing> {
        let standing = app.secrets().standing();
        (self.missing.load(Ordering::Relaxed) && !standing.is_open()).then_some(standing)
    }

    /// Keeps new secrets, and says where they lie.
    pub(super) async fn set(&self, app: &App, server: &str, new: Secret) -> Kept {
        let mut secret = self.known.lock().await;
        let kept = keep(app, server, &new).await;
        *secret = Some(new);
        self.missing.store(false, Ordering::Relaxed);
        kept
    }

    /// Forgets the secrets of a server.
    pub(super) async fn forget(&self, app: &App, server: &str) {
        *self.known.lock().await = None;
        self.missing.store(false, Ordering::Relaxed);
        let name = name_of(server);
        with_secrets(app, move |secrets| secrets.remove(&name)).await;
    }

    /// Gets a new pair, unless somebody else did since `used` was taken.
    ///
    /// # Errors
    /// Where the server cannot be reached, or does not know the session any more.
    pub(super) async fn refresh(&self, app: &App, client: &TeamClient, used: Option<&str>) -> Result<(), CallError> {
        let server = client.address().to_string();
        let mut secret = self.known.lock().await;
        self.fill(app, &server, &mut secret).await;
        let Some(known) = secret.as_mut() else {
            return Err(if self.behind(app).is_some() { closed(client) } else { no_secret() });
        };
        if used.is_some_and(|used| used != known.tokens.access) {
            return Ok(());
        }
        let Some(key) = DeviceKey::parse(&known.key) else { return Err(no_secret()) };
        let rotation = match &known.rotation {
            Some(rotation) => rotation.clone(),
            None => {
                let rotation = Uuid::now_v7().to_string();
                known.rotation = Some(rotation.clone());
                keep(app, &server, known).await;
                rotation
            }
        };
        let refresh = known.tokens.refresh.clone();
        let signature = key.sign(&refresh_message(&rotation, &refresh));
        let body = Refresh { refresh, rotation, signature, device: known.device };
        known.tokens = client.post(None, &["auth", "refresh"], &body).await?;
        known.rotation = None;
        keep(app, &server, known).await;
        Ok(())
    }
}

async fn keep(app: &App, server: &str, secret: &Secret) -> Kept {
    let name = name_of(server);
    let text = serde_json::to_string(secret).unwrap_or_default();
    with_secrets(app, move |secrets| secrets.set(&name, &text)).await.unwrap_or(Kept::ForThisSession)
}

fn name_of(server: &str) -> String {
    format!("team:{server}")
}

/// What holds the secrets is closed: nothing is sent until it is open, and nothing ended.
fn closed(client: &TeamClient) -> CallError {
    let why = "the place that holds this computer's sign-in is closed".to_owned();
    CallError::Unreachable { host: client.address().host(), why }
}

/// No secret is as good as a session that ended: the person joins again.
fn no_secret() -> CallError {
    use waymark_api::http::problem::{Problem, ProblemKind};
    let problem = Problem {
        kind: "urn:waymark:problem:signed-out".to_owned(),
        title: "the sign-in is not on this computer any more".to_owned(),
        status: ProblemKind::SignedOut.status(),
        detail: String::new(),
        retry_after: None,
    };
    CallError::Refused { kind: ProblemKind::SignedOut, problem: Box::new(problem) }
}
