//! Signing in with the company's account, in the window: by keyboard, from the server's address to a member.

use std::net::{Ipv4Addr, TcpListener};

use waymark_api::ipc::{account::OpenAccount, sources::AddSample};
use waymark_tests::{
    Launch, TeamServer, Window, company,
    provider::{Browser, IdentityProvider},
};

const SERVER: &str = "Your team’s server";

/// Types an address where there is none yet, or another in its place, and sends it.
async fn asks(window: &Window, address: &str) -> anyhow::Result<()> {
    window.click("textbox", SERVER).await?;
    window.press("Control+a").await?;
    window.types(address).await?;
    window.press("Enter").await
}

/// Does in a browser on another device what the window says, as this person.
async fn types_the_code(window: &Window, login: &'static str) -> anyhow::Result<()> {
    let code = window.text(".wm-join__digits").await?;
    let page = window.text(".wm-join__page").await?;
    tokio::task::spawn_blocking(move || Browser::default().confirms(&format!("{page}?user_code={code}"), login))
        .await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_account_joins_by_a_code_with_keys_alone() -> anyhow::Result<()> {
    let Some((server, _provider)) = company::with_sign_in().await? else { return Ok(()) };
    let window = Launch::new()?.open().await?;
    window.call(AddSample {}).await?;
    window.load("/settings/account").await?;
    asks(&window, server.url()).await?;
    window.has_focus("h2 | Corvane").await?;

    // In a browser of this computer: where it is, and out of it again.
    window.tabs_to("button", "Sign in with your company").await?;
    window.press("Enter").await?;
    window.has_focus("h2 | Sign in in your browser").await?;
    window.see_well("sign-in-browser").await?;
    window.tabs_to("button", "Cancel").await?;
    window.press("Enter").await?;
    window.has_focus("h2 | Corvane").await?;

    // By a code, which can be copied.
    window.tabs_to("button", "Use a code instead").await?;
    window.press("Enter").await?;
    window.has_focus("h2 | Sign in on another device").await?;
    let code = window.text(".wm-join__digits").await?;
    window.tabs_to("button", "Copy code").await?;
    window.press("Enter").await?;
    window.has_focus("button | Copied").await?;
    window.tabs_to("button", "Cancel").await?;
    window.press("Enter").await?;
    window.tabs_to("button", "Join another way").await?;
    window.press("Enter").await?;
    window.has_focus("input | Invite link or code").await?;
    window.press("Control+v").await?;
    window.until("the code was copied", async || Ok(value(&window).await? == code)).await?;

    // Somebody whom the company's server does not know.
    asks(&window, server.url()).await?;
    window.tabs_to("button", "Use a code instead").await?;
    window.press("Enter").await?;
    window.sees("Type this code there").await?;
    types_the_code(&window, "eve@elsewhere.example").await?;
    window.sees("nobody with your company account").await?;
    window.has_focus("h2 | Corvane").await?;
    window.see_well("sign-in-nobody").await?;

    // And she whom it knows.
    window.tabs_to("button", "Use a code instead").await?;
    window.press("Enter").await?;
    window.no_longer_sees("nobody with your company account").await?;
    window.sees("Type this code there").await?;
    types_the_code(&window, company::HIRE).await?;
    window.sees("You joined Corvane").await?;
    window.sees("Ada Okafor, new hire").await?;
    window.has_focus("h1 | Account").await?;
    anyhow::ensure!(window.call(OpenAccount {}).await?.member.is_some(), "what the window says is true");
    window.close().await.map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_no_way_in_is_refused_with_its_reason() -> anyhow::Result<()> {
    let window = Launch::new()?.open().await?;
    window.call(AddSample {}).await?;
    window.load("/settings/account").await?;
    let refused = async |address: &str, why: &str| {
        asks(&window, address).await?;
        window.sees(why).await?;
        window.has_focus(&format!("input | {SERVER}")).await?;
        anyhow::ensure!(value(&window).await? == address, "what was typed stays");
        anyhow::Ok(())
    };
    refused("our server, I think", "looks like https://").await?;
    refused("http://waymark.corvane.example", "not encrypted").await?;
    let nothing = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
    refused(&format!("http://{nothing}"), "cannot be reached").await?;
    window.see_well("sign-in-unreachable").await?;
    if let Some(provider) = IdentityProvider::start() {
        refused(&provider.issuer, "is no Waymark server").await?;
    }
    let server = TeamServer::empty().await?;
    refused(server.url(), "takes invites only").await?;
    window.close().await.map(drop)
}

/// What stands in the field that has the focus.
async fn value(window: &Window) -> anyhow::Result<String> {
    window.script("return document.activeElement.value ?? ''", vec![]).await
}
