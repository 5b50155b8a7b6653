//! The app, a real team server and a real identity provider: signing in by a browser and by a code.

use std::{fs, io::Write as _, time::Duration};

use waymark_api::{
    Code, IpcError,
    ipc::account::{
        AccountView, BeginSignIn, CancelSignIn, FinishSignIn, LookAtServer, OpenAccount, SignInView, SignInWay,
    },
};
use waymark_app::AppError;
use waymark_tests::{
    TeamServer,
    provider::{Browser, IdentityProvider},
    server_program,
};

use crate::driver::NewHire;

const ADA: &str = "ada@corvane.example";

/// A server with one person, which signs in at a provider.
async fn company() -> Option<(TeamServer, IdentityProvider)> {
    company_as("waymark").await
}

/// The same under another name at the provider.
async fn company_as(client: &str) -> Option<(TeamServer, IdentityProvider)> {
    if server_program().is_none() {
        let _ = writeln!(std::io::stderr(), "SKIPPED: signing in; waymark-server is not built");
        return None;
    }
    let provider = IdentityProvider::start()?;
    let options = ["--oidc-issuer", &provider.issuer, "--oidc-client-id", client, "--allow-private-oidc"];
    let server = TeamServer::with(&options).await.expect("the server comes up");
    let table = server.data().with_file_name("people.csv");
    fs::write(&table, "key,name,manager_key,roles\nada@corvane.example,Ada Okafor,,hire\n").expect("a table");
    server.command(&["org", "import", &table.to_string_lossy()]).expect("the table is good");
    Some((server, provider))
}

impl NewHire {
    async fn begins(&self, server: &TeamServer, way: SignInWay) -> SignInView {
        let request = BeginSignIn { server: server.url().to_owned(), label: "Ada's laptop".to_owned(), way };
        waymark_app::team::begin_sign_in(&self.app, request).await.expect("it begins")
    }

    async fn finishes(&self) -> Result<AccountView, AppError> {
        waymark_app::team::finish_sign_in(&self.app, FinishSignIn {}).await
    }

    async fn is_member(&self) -> bool {
        waymark_app::team::open_account(&self.app, OpenAccount {}).await.expect("it opens").member.is_some()
    }
}

/// Does in another thread what a person does in a browser, which waits for the app.
async fn elsewhere<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.expect("nobody panics")
}

#[tokio::test(flavor = "multi_thread")]
async fn ada_signs_in_in_her_browser_and_is_a_member() {
    let Some((server, provider)) = company().await else { return };
    let ada = NewHire::arrives().await;
    let look = LookAtServer { server: server.url().to_owned() };
    let view = waymark_app::team::look_at_server(&ada.app, look).await.expect("it answers");
    assert_eq!((view.server_name.as_str(), view.loopback), ("Corvane", true));
    assert_eq!(view.ways, [SignInWay::Browser, SignInWay::Code]);

    let begun = ada.begins(&server, SignInWay::Browser).await;
    assert!(begun.url.starts_with(&provider.issuer) && begun.code.is_none(), "{begun:?}");
    let person = elsewhere(move || {
        let mut browser = Browser::default();
        let back = browser.signs_in(&begun.url, ADA);
        // What another program on this computer sends, who knows the port and not the state.
        let (at, _) = back.split_once('?').expect("an answer");
        let theirs = browser.get(&format!("{at}?code=theirs&state=theirs"));
        assert_eq!(theirs.status, 400);
        let page = browser.get(&back);
        assert!(page.status == 200 && page.body.contains("You can close this page"), "{page:?}");
    });
    let (account, ()) = tokio::join!(ada.finishes(), person);
    let member = account.expect("she is signed in").member.expect("a membership");
    assert_eq!((member.name.as_str(), member.server.as_str()), ("Ada Okafor", server.url()));

    // The tokens lie where those of an invite lie: after a restart she is still in.
    let ada = ada.restarts().await;
    let view = waymark_app::team::open_account(&ada.app, OpenAccount {}).await.expect("it opens");
    assert_eq!(
        view.sessions.iter().map(|one| (one.label.as_str(), one.current)).collect::<Vec<_>>(),
        [("Ada's laptop", true)]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_without_a_browser_waits_slows_down_and_is_let_in() {
    let Some((server, mut provider)) = company().await else { return };
    let ada = NewHire::arrives().await;
    let begun = ada.begins(&server, SignInWay::Code).await;
    let typed = begun.code.expect("a code");
    assert!(!typed.code.is_empty() && begun.url.contains(&typed.code) && typed.page.ends_with("/device"), "{typed:?}");
    let started = std::time::Instant::now();
    // The provider says one second and insists on two: the second question hears `slow_down`, and the code is
    // confirmed only after that.
    let person = elsewhere(move || {
        provider.slows_down();
        Browser::default().confirms(&begun.url, ADA);
        provider
    });
    let (account, _provider) = tokio::join!(ada.finishes(), person);
    assert_eq!(account.expect("she is signed in").member.expect("a membership").name, "Ada Okafor");
    assert!(started.elapsed() >= Duration::from_secs(7), "it slowed down by 5 s: {:?}", started.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_nobody_typed_in_time_has_expired_and_another_one_can_be_asked_for() {
    // The provider gives this one's codes a second.
    let Some((server, _provider)) = company_as("waymark-hasty").await else { return };
    let ada = NewHire::arrives().await;
    let first = ada.begins(&server, SignInWay::Code).await.code.expect("a code");
    let error = IpcError::from(ada.finishes().await.expect_err("nobody typed it"));
    assert_eq!((error.code, error.message.as_str()), (Code::BadRequest, "The code has expired; start again."));
    assert!(!ada.is_member().await);
    let second = ada.begins(&server, SignInWay::Code).await.code.expect("a code");
    assert_ne!(first.code, second.code);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_nobody_there_or_gives_up_is_told_and_nothing_changes() {
    let Some((server, _provider)) = company().await else { return };
    let eve = NewHire::arrives().await;
    let begun = eve.begins(&server, SignInWay::Browser).await;
    let person = elsewhere(move || {
        let mut browser = Browser::default();
        let back = browser.signs_in(&begun.url, "eve@elsewhere.example");
        browser.get(&back)
    });
    let (refused, _) = tokio::join!(eve.finishes(), person);
    let error = IpcError::from(refused.expect_err("she is nobody there"));
    assert_eq!(error.code, Code::BadRequest);
    assert!(error.message.contains("nobody with your company account"), "{error}");

    // Cancel at the provider.
    let begun = eve.begins(&server, SignInWay::Browser).await;
    let person = elsewhere(move || {
        let mut browser = Browser::default();
        let login = browser.get(&begun.url).location.expect("a form");
        let issuer = begun.url.split("/auth").next().expect("an address").to_owned();
        let mut page = browser.get(&format!("{issuer}{login}/abort"));
        while let Some(to) = page.location.clone() {
            let absolute = if to.starts_with('/') { format!("{issuer}{to}") } else { to };
            page = browser.get(&absolute);
        }
        assert!(page.body.contains("You are not signed in"), "{page:?}");
    });
    let (refused, ()) = tokio::join!(eve.finishes(), person);
    assert!(IpcError::from(refused.expect_err("she said no")).message.contains("said no"));

    // Cancel in the app.
    eve.begins(&server, SignInWay::Browser).await;
    let (given_up, ()) = tokio::join!(eve.finishes(), async {
        tokio::task::yield_now().await;
        waymark_app::team::cancel_sign_in(&eve.app, CancelSignIn {}).await.expect("it can be given up");
    });
    assert!(IpcError::from(given_up.expect_err("it was given up")).message.contains("given up"));
    assert!(eve.finishes().await.is_err(), "nothing waits any more");
    assert!(!eve.is_member().await);

    // A server that takes invites only.
    let plain = TeamServer::empty().await.expect("it comes up");
    let look = LookAtServer { server: plain.url().to_owned() };
    let view = waymark_app::team::look_at_server(&eve.app, look).await.expect("it answers");
    assert_eq!(view.ways, []);
    let request = BeginSignIn { server: plain.url().to_owned(), label: String::new(), way: SignInWay::Browser };
    let error = waymark_app::team::begin_sign_in(&eve.app, request).await.expect_err("there is no provider");
    assert!(IpcError::from(error).message.contains("no identity provider"));
}
