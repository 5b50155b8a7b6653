//! Signing in through the company's identity provider, in a browser or by a code.

use std::{
    fmt,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use jiff::SignedDuration;
use tokio::sync::oneshot;
use waymark_api::{
    http::{
        auth::{Enrolled, Hello},
        oidc::{self, DeviceSignIn, PollSignIn, SignInAddress, StartSignIn},
        problem::ProblemKind,
    },
    ipc::account::{
        AccountView, BeginSignIn, CancelSignIn, FinishSignIn, LookAtServer, ServerView, SignInView, SignInWay,
        TypedCode,
    },
};
use waymark_sync::team::{
    client::{CallError, ServerAddress, TeamClient},
    sign_in::{Callback, Expected, Loopback, PATIENCE, Secrets, confirmed},
};

use super::{
    join::{Joining, Newcomer},
    server::input,
};
use crate::{App, AppError, links};

/// The sign-in that waits for the person; at most one.
#[derive(Default)]
pub(super) struct Waiting(Mutex<Held>);

#[derive(Default)]
struct Held {
    /// Begun, and nobody waits for its end yet.
    begun: Option<Attempt>,
    /// Gives the attempt up, also while somebody waits for it.
    cancel: Option<oneshot::Sender<()>>,
}

/// A sign-in that was begun.
struct Attempt {
    joining: Joining,
    newcomer: Newcomer,
    way: Way,
    cancelled: oneshot::Receiver<()>,
}

/// How the person signs in, and what only this device knows of it.
enum Way {
    Browser { loopback: Loopback, secrets: Secrets, expected: Expected },
    Code(DeviceSignIn),
}

impl fmt::Debug for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Waiting(…)")
    }
}

impl Waiting {
    fn put(&self, attempt: Option<Attempt>, cancel: Option<oneshot::Sender<()>>) {
        let before = std::mem::replace(
            &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner),
            Held { begun: attempt, cancel },
        );
        if let Some(cancel) = before.cancel {
            // Nobody listens any more where that sign-in has ended.
            let _ = cancel.send(());
        }
    }

    fn take(&self) -> Option<Attempt> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).begun.take()
    }
}

/// Asks a server who it is and how people sign in there.
///
/// # Errors
///
/// Where it is no address, or nothing there answers as a team's server.
pub async fn look_at_server(_: &App, request: LookAtServer) -> Result<ServerView, AppError> {
    let address = ServerAddress::parse(&request.server).map_err(input)?;
    let client = TeamClient::new(address.clone())?;
    let hello: Hello = client.get(None, &["hello"], &[]).await.map_err(|error| stranger(error, &address))?;
    let ways = [(oidc::BROWSER, SignInWay::Browser), (oidc::CODE, SignInWay::Code)];
    Ok(ServerView {
        server: address.to_string(),
        server_name: hello.name,
        ways: ways
            .iter()
            .filter(|(word, _)| hello.sign_in.iter().any(|way| way == word))
            .map(|(_, way)| *way)
            .collect(),
        loopback: address.is_plain_loopback(),
    })
}

/// Something that answers, and not as a team's server: most often the address of something else.
fn stranger(error: CallError, address: &ServerAddress) -> AppError {
    let is_problem = |kind: &str| kind.starts_with("urn:waymark:");
    match error {
        CallError::Odd { .. } => {}
        CallError::Refused { kind: ProblemKind::NotFound, problem } if !is_problem(&problem.kind) => {}
        error => return error.into(),
    }
    AppError::Input {
        why: format!(
            "what answers at {} is no Waymark server; ask whoever sent you there for the address",
            address.host()
        ),
    }
}

/// Begins a sign-in: in the browser, a port waits for it from now on; by a code, the provider knows it.
///
/// # Errors
///
/// Where the server cannot be reached or has no identity provider, or the person is a member of another team.
pub async fn begin(app: &App, request: BeginSignIn) -> Result<SignInView, AppError> {
    app.team().sign_in.put(None, None);
    let joining = Joining::prepare(app, ServerAddress::parse(&request.server).map_err(input)?).await?;
    let newcomer = joining.newcomer(app, &request.label).await?;
    let (way, view) = match request.way {
        SignInWay::Browser => browser(app, &joining.client).await?,
        SignInWay::Code => code(app, &joining.client).await?,
    };
    let (cancel, cancelled) = oneshot::channel();
    app.team().sign_in.put(Some(Attempt { joining, newcomer, way, cancelled }), Some(cancel));
    Ok(view)
}

/// Waits for the person, and joins.
///
/// # Errors
///
/// Where nothing was begun, the person took too long or gave up, the identity is of nobody there, or the library
/// cannot be written.
pub async fn finish(app: &App, _: FinishSignIn) -> Result<AccountView, AppError> {
    let attempt = app.team().sign_in.take().ok_or(AppError::NotFound { what: "sign-in" })?;
    let Attempt { joining, newcomer, way, cancelled } = attempt;
    let enrolled = tokio::select! {
        enrolled = signed_in(&joining.client, &newcomer, way) => enrolled?,
        _ = cancelled => return Err(AppError::Input { why: "the sign-in was given up".to_owned() }),
    };
    joining.settle(app, newcomer, enrolled).await
}

/// Gives up what waits.
///
/// # Errors
///
/// Never.
pub async fn cancel(app: &App, _: CancelSignIn) -> Result<(), AppError> {
    app.team().sign_in.put(None, None);
    Ok(())
}

async fn browser(app: &App, client: &TeamClient) -> Result<(Way, SignInView), AppError> {
    let loopback = Loopback::bind().await.map_err(input)?;
    let secrets = Secrets::generate().map_err(input)?;
    let asked = StartSignIn {
        redirect: loopback.redirect(),
        challenge: secrets.challenge(),
        state: secrets.state.clone(),
        nonce: secrets.nonce.clone(),
    };
    let query =
        [("redirect", asked.redirect), ("challenge", asked.challenge), ("state", asked.state), ("nonce", asked.nonce)];
    let address: SignInAddress = client.get(None, &["auth", "oidc", "start"], &query).await?;
    let url = page(client, &address.url)?;
    let expected = Expected {
        host: loopback.host(),
        state: secrets.state.clone(),
        issuer: address.issuer,
        names_itself: address.names_itself,
    };
    let view = SignInView { url, code: None, until: until(app, PATIENCE) };
    Ok((Way::Browser { loopback, secrets, expected }, view))
}

async fn code(app: &App, client: &TeamClient) -> Result<(Way, SignInView), AppError> {
    let code: DeviceSignIn = client.post(None, &["auth", "device"], &()).await?;
    let url = page(client, code.verification_uri_complete.as_deref().unwrap_or(&code.verification_uri))?;
    let view = SignInView {
        url,
        code: Some(TypedCode { code: code.user_code.clone(), page: page(client, &code.verification_uri)? }),
        until: until(app, Duration::from_secs(code.expires_in.into())),
    };
    Ok((Way::Code(code), view))
}

/// Waits for the person, and is known to the server afterwards.
async fn signed_in(client: &TeamClient, newcomer: &Newcomer, way: Way) -> Result<Enrolled, AppError> {
    let Newcomer { key, device, label } = newcomer;
    match way {
        Way::Code(code) => {
            let asked = PollSignIn {
                device_code: code.device_code.clone(),
                device: *device,
                public_key: key.public(),
                label: label.clone(),
            };
            Ok(confirmed(client, &code, &asked).await?)
        }
        Way::Browser { loopback, secrets, expected } => {
            let redirect = loopback.redirect();
            let (code, iss) = match loopback.answer(&expected, PATIENCE).await.map_err(input)? {
                Callback::Code { code, iss } => (code, iss),
                Callback::Denied(word) => return Err(denied(&word)),
                Callback::AnotherIssuer => {
                    let why = "the answer came from another identity provider than the server's; begin again, and \
                               tell your platform team if it happens twice";
                    return Err(AppError::Input { why: why.to_owned() });
                }
            };
            let asked = oidc::FinishSignIn {
                code,
                verifier: secrets.verifier,
                nonce: secrets.nonce,
                redirect,
                iss,
                device: *device,
                public_key: key.public(),
                label: label.clone(),
            };
            Ok(client.post(None, &["auth", "oidc", "finish"], &asked).await?)
        }
    }
}

/// The provider's word for no (RFC 6749, section 4.1.2.1).
fn denied(word: &str) -> AppError {
    let why = match word {
        "access_denied" => "you were not signed in: you or the identity provider said no".to_owned(),
        "temporarily_unavailable" | "server_error" => {
            "the identity provider does not work now; try again in a moment".to_owned()
        }
        other => format!("the identity provider signs nobody in here ({other}); tell your platform team"),
    };
    AppError::Input { why }
}

/// A page of the provider's, if it is one that may be opened: encrypted, or on this computer.
fn page(client: &TeamClient, url: &str) -> Result<String, AppError> {
    let odd = |why: &str| CallError::Odd { host: client.address().host(), why: why.to_owned() };
    let link = links::outside(url)?;
    ServerAddress::parse(&link.url).map_err(|_| odd("it sends people to an address that is not encrypted"))?;
    Ok(link.url)
}

fn until(app: &App, span: Duration) -> jiff::civil::DateTime {
    let now = app.now().timestamp();
    app.local(now.saturating_add(SignedDuration::try_from(span).unwrap_or(SignedDuration::ZERO)).unwrap_or(now))
}
