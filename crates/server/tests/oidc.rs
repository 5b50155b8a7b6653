//! Signing in through a real identity provider (npm's `oidc-provider`), told to the real server over each database.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

mod support;

#[path = "../../../tests/oidc/provider.rs"]
#[allow(dead_code, unreachable_pub, reason = "other tests use the same file")]
mod outside;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use outside::{Browser, IdentityProvider, parameter};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use support::{Answer, COMPANY, Client, Database, Device, Server, databases};

const ADA: &str = "ada@corvane.example";

/// A server with the company in it that signs in at `provider`.
fn company(database: Database, provider: &IdentityProvider) -> Server {
    company_with(database, provider, &[])
}

/// The same with further options.
fn company_with(database: Database, provider: &IdentityProvider, more: &[&str]) -> Server {
    let options = ["--oidc-issuer", &provider.issuer, "--oidc-client-id", "waymark", "--allow-private-oidc"];
    let server = Server::start_with(database, &[&options, more].concat());
    server.import(COMPANY);
    server
}

/// One sign-in in a browser, as a device does it.
struct SignIn {
    device: Device,
    verifier: String,
    nonce: String,
    redirect: String,
    /// Where the browser was sent back to.
    back: String,
}

fn word() -> String {
    let mut bytes = [0u8; 32];
    rand::fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

impl SignIn {
    /// Up to the moment where the browser comes back with the code.
    async fn begins(client: &Client, login: &str) -> Self {
        Self::begins_at(client, "127.0.0.1:49152", login).await
    }

    /// The same, with another address of the device's listener.
    async fn begins_at(client: &Client, listener: &str, login: &str) -> Self {
        let (verifier, nonce, state) = (word(), word(), word());
        let redirect = format!("http://{listener}/callback");
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
        let start = format!(
            "/v1/auth/oidc/start?redirect={}&challenge={challenge}&state={state}&nonce={nonce}",
            redirect.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>()
        );
        let address = client.get(&start).await.ok(200);
        assert_eq!(address["names_itself"], true);
        let back = Browser::default().signs_in(address["url"].as_str().unwrap(), login);
        assert!(back.starts_with(&redirect), "{back}");
        assert_eq!(parameter(&back, "state").as_ref(), Some(&state));
        Self { device: Device::new(&format!("{login}'s laptop")), verifier, nonce, redirect, back }
    }

    /// The body of `POST /v1/auth/oidc/finish`.
    fn body(&self) -> Value {
        let mut body = self.device.finish_body();
        body["code"] = parameter(&self.back, "code").unwrap().into();
        body["iss"] = parameter(&self.back, "iss").unwrap().into();
        body["verifier"] = self.verifier.clone().into();
        body["nonce"] = self.nonce.clone().into();
        body["redirect"] = self.redirect.clone().into();
        body
    }

    /// Hands the code in, with another value in one field.
    async fn with(&self, client: &Client, field: &str, value: Value) -> Answer {
        let mut body = self.body();
        body[field] = value;
        client.post("/v1/auth/oidc/finish", &body).await
    }

    async fn finishes(&self, client: &Client) -> Answer {
        client.post("/v1/auth/oidc/finish", &self.body()).await
    }
}

/// What the audit log has about signing in, as `action: outcome`.
async fn told(server: &Server) -> Vec<String> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT action, outcome FROM audit WHERE action LIKE 'sign-in%' OR action LIKE 'identity%' ORDER BY number",
    )
    .fetch_all(&server.back_door().await)
    .await
    .unwrap();
    rows.into_iter().map(|(action, outcome)| format!("{action}: {outcome}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_by_a_browser_and_is_known_again() {
    let Some(provider) = IdentityProvider::start() else { return };
    for database in databases() {
        let server = company(database, &provider);
        let client = server.client();
        assert_eq!(client.get("/v1/hello").await.ok(200)["sign_in"], json!(["oidc", "device"]));
        let first = SignIn::begins(&client, "Ada@Corvane.example").await;
        let answer = first.finishes(&client).await.ok(200);
        let mut ada = first.device.clone().signed_in(&client, &answer);
        assert_eq!(ada.client.get("/v1/me").await.ok(200)["name"], "Ada Hire");
        // Tokens are those of an invite: they are refreshed by the device's key.
        let pair = ada.ask_refresh("r1").await.ok(200);
        ada.take(&pair);
        ada.client.get("/v1/me").await.ok(200);
        assert_eq!(first.finishes(&client).await.problem(), "sign-in-expired", "a code is used once");

        // From now on the provider's name for her counts, and not the address.
        server.does(&["org", "import", renamed(&server).to_str().unwrap(), "--allow-leavers"]);
        let second = SignIn::begins(&client, "Ada@Corvane.example").await;
        let again = second.finishes(&client).await;
        let known = again.status.as_u16() == 403 && again.problem() == "unknown-person";
        assert!(known, "who left is not let in: {again:?}");
        server.import(COMPANY);
        let third = SignIn::begins(&client, "Ada@Corvane.example").await;
        let back = third.device.clone().signed_in(&client, &third.finishes(&client).await.ok(200));
        assert_eq!(back.person, ada.person);
        let accounts = back.client.get("/v1/export/me").await.ok(200)["accounts"].clone();
        assert_eq!(accounts[0]["subject"], "Ada@Corvane.example");
        assert_eq!(accounts.as_array().unwrap().len(), 1);
        assert_eq!(
            told(&server).await,
            ["identity.linked: done", "sign-in: done", "sign-in.refused: nobody here", "sign-in: done"]
        );
        server.does(&["audit", "verify"]);
        let log = server.log();
        assert!(!log.to_lowercase().contains("corvane.example"), "the log names nobody: {log}");
    }
}

/// The company without Ada.
fn renamed(server: &Server) -> std::path::PathBuf {
    let file = server.data.path().join("fewer.csv");
    let lines = COMPANY.lines().filter(|line| !line.starts_with("ada@"));
    std::fs::write(&file, lines.map(|line| format!("{line}\n")).collect::<String>()).unwrap();
    file
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_the_sign_in_opens_nothing() {
    let Some(provider) = IdentityProvider::start() else { return };
    for database in databases() {
        let server = company(database, &provider);
        let client = server.client();
        let begun = async || SignIn::begins(&client, ADA).await;
        let nonce = begun().await.with(&client, "nonce", word().into()).await;
        assert_eq!((nonce.status.as_u16(), nonce.problem().as_str()), (403, "identity-refused"));
        let issuer = begun().await.with(&client, "iss", "https://evil.example".into()).await;
        assert_eq!((issuer.status.as_u16(), issuer.problem().as_str()), (403, "identity-refused"));
        let mut unnamed = begun().await.body();
        unnamed.as_object_mut().unwrap().remove("iss");
        assert_eq!(client.post("/v1/auth/oidc/finish", &unnamed).await.problem(), "identity-refused");
        let verifier = begun().await.with(&client, "verifier", word().into()).await;
        assert_eq!((verifier.status.as_u16(), verifier.problem().as_str()), (410, "sign-in-expired"));
        let elsewhere = begun().await.with(&client, "redirect", "http://127.0.0.1:1/callback".into()).await;
        assert_eq!(elsewhere.problem(), "sign-in-expired");
        let not_here = begun().await.with(&client, "redirect", "https://evil.example/callback".into()).await;
        assert_eq!(not_here.problem(), "bad-request");
        let code = begun().await.with(&client, "code", word().into()).await;
        assert_eq!(code.problem(), "sign-in-expired");
        let sign_in = begun().await;
        let key = sign_in.with(&client, "public_key", "AAAA".into()).await;
        assert_eq!(key.problem(), "bad-request");
        sign_in.finishes(&client).await.ok(200);

        for query in [
            "",
            "?redirect=http%3A%2F%2F127.0.0.1%3A1%2Fcallback&challenge=x&state=x&nonce=x",
            "?redirect=https%3A%2F%2Fevil.example%2Fcallback&challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM\
             &state=0123456789abcdef&nonce=0123456789abcdef",
            "?redirect=http%3A%2F%2F127.0.0.1%3A1%2Fcallback&challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM\
             &state=0123456789abcdef&nonce=0123456789abcdef&client_id=other",
        ] {
            assert_eq!(client.get(&format!("/v1/auth/oidc/start{query}")).await.problem(), "bad-request", "{query}");
        }
        assert_eq!(
            told(&server).await,
            [
                "sign-in.refused: ID token of another sign-in",
                "sign-in.refused: another issuer",
                "sign-in.refused: another issuer",
                "identity.linked: done",
                "sign-in: done"
            ]
        );
    }
    println!("proved: nonce, issuer, verifier, redirect and code of another sign-in open nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_verified_address_of_somebody_here_is_let_in_and_its_account_stays_its_own() {
    let Some(provider) = IdentityProvider::start() else { return };
    for database in databases() {
        let server = company(database, &provider);
        let client = server.client();
        let tries = async |login: &str| SignIn::begins(&client, login).await.finishes(&client).await;
        for (login, problem) in [
            ("stranger@corvane.example", "unknown-person"),
            ("unverified+ada@corvane.example", "unverified-email"),
            ("nomail+ada", "unverified-email"),
        ] {
            let answer = tries(login).await;
            assert_eq!((answer.status.as_u16(), answer.problem().as_str()), (403, problem), "{login}");
        }
        tries(ADA).await.ok(200);
        // Another account at the provider that was given her address later.
        let taken = tries("later+ada@corvane.example").await;
        assert_eq!((taken.status.as_u16(), taken.problem().as_str()), (409, "conflict"));
        server.does(&["org", "unlink", ADA]);
        tries("later+ada@corvane.example").await.ok(200);
        assert_eq!(tries(ADA).await.problem(), "conflict");
        assert!(server.does(&["audit", "verify"]).contains("rows"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_the_provider_says_nothing_about_counts_where_the_server_was_told_so() {
    let Some(provider) = IdentityProvider::start() else { return };
    let silent = "silent+ada@corvane.example";
    let strict = company(Database::Sqlite, &provider);
    let refused = SignIn::begins(&strict.client(), silent).await.finishes(&strict.client()).await;
    assert_eq!((refused.status.as_u16(), refused.problem().as_str()), (403, "unverified-email"));
    let log = strict.log();
    assert!(log.contains("--oidc-trust-addresses") && !log.contains("corvane.example"), "{log}");

    let trusting = company_with(Database::Sqlite, &provider, &["--oidc-trust-addresses"]);
    let client = trusting.client();
    let first = SignIn::begins(&client, silent).await;
    let ada = first.device.clone().signed_in(&client, &first.finishes(&client).await.ok(200));
    assert_eq!(ada.client.get("/v1/me").await.ok(200)["name"], "Ada Hire");
    for login in ["unverified+ben@corvane.example", "nomail+ben"] {
        let refused = SignIn::begins(&client, login).await.finishes(&client).await;
        assert_eq!(refused.problem(), "unverified-email", "{login}: trust is for what is not said");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_may_change_its_keys_at_any_moment() {
    let Some(mut provider) = IdentityProvider::start() else { return };
    let logins = ["ada@corvane.example", "ben@corvane.example", "olga@corvane.example"];
    // A new key under a new id, and one under the id of the key before.
    for (database, id) in databases().into_iter().cycle().zip(["rsa-2", "rsa-2"]) {
        let server = company(database, &provider);
        let client = server.client();
        SignIn::begins(&client, "dora@corvane.example").await.finishes(&client).await.ok(200);
        // What the server knows of the provider is seconds old, and three people are between browser and app.
        let mut begun = Vec::new();
        for login in logins {
            begun.push(SignIn::begins(&client, login).await);
        }
        provider.changes_its_key(id);
        let [one, two, three] = begun.as_slice() else { unreachable!("three logins") };
        let answers = tokio::join!(one.finishes(&client), two.finishes(&client), three.finishes(&client));
        for answer in [answers.0, answers.1, answers.2] {
            answer.ok(200);
        }
        let code = client.post("/v1/auth/device", &Value::Null).await.ok(200);
        Browser::default().confirms(code["verification_uri_complete"].as_str().unwrap(), "petra@corvane.example");
        let body = Device::new("a build machine").poll_body(code["device_code"].as_str().unwrap());
        client.post("/v1/auth/device/poll", &body).await.ok(200);
        assert!(!told(&server).await.iter().any(|line| line.contains("refused")), "nobody was taken for a forger");
    }
    println!("proved: sign-ins under way while the provider changes its keys go on");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_without_ipv4_signs_in_over_ipv6() {
    let Some(provider) = IdentityProvider::start() else { return };
    let server = company(Database::Sqlite, &provider);
    let client = server.client();
    SignIn::begins_at(&client, "[::1]:49152", ADA).await.finishes(&client).await.ok(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_nobody_confirmed_in_time_has_expired_and_says_so() {
    let Some(mut provider) = IdentityProvider::start() else { return };
    for database in databases() {
        let server = company(database, &provider);
        let client = server.client();
        let begun = client.post("/v1/auth/device", &Value::Null).await.ok(200);
        let device = Device::new("Ada's build machine");
        let body = device.poll_body(begun["device_code"].as_str().unwrap());
        assert_eq!(client.post("/v1/auth/device/poll", &body).await.problem(), "authorization-pending");
        provider.is_later_by(begun["expires_in"].as_u64().unwrap() + 1);
        let expired = client.post("/v1/auth/device/poll", &body).await;
        assert_eq!((expired.status.as_u16(), expired.problem().as_str()), (410, "sign-in-expired"));
        assert_eq!(expired.json()["detail"], "The code has expired; start again.");
        assert!(told(&server).await.is_empty(), "to be late is no attack");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_without_a_browser_signs_in_by_a_code() {
    let Some(provider) = IdentityProvider::start() else { return };
    for database in databases() {
        let server = company(database, &provider);
        let client = server.client();
        let begun = client.post("/v1/auth/device", &Value::Null).await.ok(200);
        let (code, device) = (begun["device_code"].as_str().unwrap(), Device::new("Ada's build machine"));
        assert!(!begun["user_code"].as_str().unwrap().is_empty());
        let poll = async || client.post("/v1/auth/device/poll", &device.poll_body(code)).await;
        let pending = poll().await;
        assert_eq!((pending.status.as_u16(), pending.problem().as_str()), (400, "authorization-pending"));
        let slow_down = poll().await;
        assert_eq!((slow_down.status.as_u16(), slow_down.problem().as_str()), (429, "slow-down"));
        assert_eq!(slow_down.headers["retry-after"], "5");
        let page = begun["verification_uri_complete"].as_str().unwrap();
        Browser::default().confirms(page, ADA);
        let ada = device.clone().signed_in(&client, &poll().await.ok(200));
        assert_eq!(ada.client.get("/v1/me").await.ok(200)["name"], "Ada Hire");
        assert_eq!(poll().await.problem(), "sign-in-expired", "a code is used once");
        let nobodys = client.post("/v1/auth/device/poll", &device.poll_body("nobody's")).await;
        assert_eq!(nobodys.problem(), "sign-in-expired");

        let begun = client.post("/v1/auth/device", &Value::Null).await.ok(200);
        let device = Device::new("a stranger's");
        Browser::default().confirms(begun["verification_uri_complete"].as_str().unwrap(), "stranger@corvane.example");
        let body = device.poll_body(begun["device_code"].as_str().unwrap());
        assert_eq!(client.post("/v1/auth/device/poll", &body).await.problem(), "unknown-person");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_provider_the_server_works_and_says_so() {
    let Some(provider) = IdentityProvider::start() else { return };
    let server = company(Database::Sqlite, &provider);
    drop(provider);
    let client = server.client();
    assert_eq!(client.get("/v1/hello").await.ok(200)["sign_in"], json!(["oidc"]), "what it has is not known");
    let answer = client.post("/v1/auth/device", &Value::Null).await;
    assert_eq!((answer.status.as_u16(), answer.problem().as_str()), (503, "unavailable"));
    server.join(ADA).await.client.get("/v1/me").await.ok(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn sign_ins_are_counted_by_address_and_by_account() {
    let Some(provider) = IdentityProvider::start() else { return };
    let server = company(Database::Sqlite, &provider);
    let client = server.client();
    let mut last = None;
    for _ in 0..6 {
        last = Some(SignIn::begins(&client, ADA).await.finishes(&client).await);
    }
    let last = last.unwrap();
    assert_eq!((last.status.as_u16(), last.problem().as_str()), (429, "slow-down"), "five a minute of one account");
    let mut answer = client.post("/v1/auth/device", &Value::Null).await;
    for _ in 0..30 {
        answer = client.post("/v1/auth/device", &Value::Null).await;
    }
    assert_eq!(answer.problem(), "slow-down", "thirty a minute of one address");
    assert!(answer.headers.contains_key("retry-after"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confidential_client_proves_itself_by_its_secret() {
    let Some(provider) = IdentityProvider::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secret");
    std::fs::write(&file, "a secret of the tests, long enough for HS256\n").unwrap();
    let options =
        ["--oidc-issuer", &provider.issuer, "--oidc-client-id", "waymark-confidential", "--allow-private-oidc"];
    for (variable, value, right) in [
        ("WAYMARK_OIDC_CLIENT_SECRET_FILE", file.to_str().unwrap(), true),
        ("WAYMARK_OIDC_CLIENT_SECRET", "another", false),
    ] {
        let server = Server::start_among(Database::Sqlite, &options, &[(variable, value)]);
        server.import(COMPANY);
        let client = server.client();
        let answer = SignIn::begins(&client, ADA).await.finishes(&client).await;
        if right {
            answer.ok(200);
            let begun = client.post("/v1/auth/device", &Value::Null).await.ok(200);
            Browser::default().confirms(begun["verification_uri_complete"].as_str().unwrap(), ADA);
            let body = Device::new("x").poll_body(begun["device_code"].as_str().unwrap());
            client.post("/v1/auth/device/poll", &body).await.ok(200);
        } else {
            assert_eq!((answer.status.as_u16(), answer.problem().as_str()), (500, "fault"));
            assert!(server.log().contains("refuses this server"), "{}", server.log());
        }
    }
}
