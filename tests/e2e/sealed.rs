//! Keys where there is no keyring, in the window: a passphrase is made, asked for after a restart, wrong and right.

use waymark_api::ipc::{
    account::SealSecrets,
    sources::{AddSample, Secret},
};
use waymark_tests::{Launch, Window, company, team};

const PASSPHRASE: &str = "harbour lamp eleven";

/// Types into the field that has the focus, in place of what is in it.
async fn retypes(window: &Window, text: &str) -> anyhow::Result<()> {
    window.press("Control+a").await?;
    window.types(text).await
}

#[tokio::test]
async fn a_passphrase_keeps_the_keys_over_a_restart_with_keys_alone() -> anyhow::Result<()> {
    let server = company::found(&[]).await?;
    let window = Launch::new()?.open().await?;
    window.call(AddSample {}).await?;
    company::join(&window, &server).await?;
    window.load("/settings/account").await?;
    window.sees("This system has no keyring").await?;

    // Made: long enough, twice the same, and sent by Enter.
    window.tabs_to("input", "A new passphrase").await?;
    window.types("short").await?;
    window.press("Enter").await?;
    window.sees("At least 12 characters").await?;
    retypes(&window, PASSPHRASE).await?;
    window.press("Tab").await?;
    window.types("harbour lamp").await?;
    window.press("Enter").await?;
    window.sees("The two are not the same yet").await?;
    retypes(&window, PASSPHRASE).await?;
    window.sees("Both are the same").await?;
    window.press("Enter").await?;
    window.sees("The keys of this device lie in a file that your passphrase seals").await?;
    window.has_focus("p | The keys of this device lie in").await?;

    // After a restart it is asked for; the bar leads there.
    let window = window.restart().await?;
    window.load("/today").await?;
    window.css(".wm-statusbar__item--attention").await?;
    window.click_css(".wm-statusbar__item--attention").await?;
    window.until("the bar leads to the account", async || Ok(window.route().await? == "/settings/account")).await?;
    window.sees("Nothing is sent until it is open").await?;

    // Whoever forgot it is told what that means, and can turn back.
    window.tabs_to("button", "I forgot it…").await?;
    window.press("Enter").await?;
    window.sees("Without its passphrase nobody can open the file").await?;
    window.has_focus("input | A new passphrase").await?;
    window.see_well("keys-forgotten").await?;
    window.tabs_to("button", "I remember it").await?;
    window.press("Enter").await?;
    window.has_focus("input | Passphrase").await?;

    // Wrong, then right.
    window.types("harbour lamp twelve").await?;
    window.press("Enter").await?;
    window.sees("This passphrase does not open the file").await?;
    window.has_focus("input | Passphrase").await?;
    window.see_well("keys-wrong").await?;
    retypes(&window, PASSPHRASE).await?;
    window.no_longer_sees("This passphrase does not open the file").await?;
    window.press("Enter").await?;
    window.sees("The keys of this device lie in a file that your passphrase seals").await?;
    team::all_sent(&window).await?;
    window.sees("All sent").await?;
    window.close().await.map(drop)
}

#[tokio::test]
async fn whoever_forgot_the_passphrase_joins_again_and_keeps_what_they_did() -> anyhow::Result<()> {
    let server = company::found(&[]).await?;
    let window = Launch::new()?.open().await?;
    window.call(AddSample {}).await?;
    company::join(&window, &server).await?;
    window.call(SealSecrets { passphrase: Secret(PASSPHRASE.to_owned()) }).await?;
    let window = window.restart().await?;
    window.load("/settings/account").await?;
    window.click("button", "I forgot it…").await?;
    window.has_focus("input | A new passphrase").await?;
    window.types("another lamp in harbour").await?;
    window.press("Tab").await?;
    window.types("another lamp in harbour").await?;
    window.press("Enter").await?;
    window.sees("The keys of this device lie in a file that your passphrase seals").await?;
    window.sees("Needs you").await?;
    window.tabs_to("button", "Leave…").await?;
    window.press("Enter").await?;
    window.tabs_to("button", "Leave the team").await?;
    window.press("Enter").await?;
    window.sees("You left the team").await?;
    window.has_focus("h1 | Account").await?;
    window.click("textbox", "Invite link or code").await?;
    window.types(&server.invite(company::HIRE)?).await?;
    window.press("Enter").await?;
    window.has_focus("h2 | Corvane").await?;
    window.tabs_to("button", "Join Corvane").await?;
    window.press("Enter").await?;
    window.sees("You joined Corvane").await?;
    window.has_focus("h1 | Account").await?;
    window.sees("The keys of this device lie in a file that your passphrase seals").await?;
    window.close().await.map(drop)
}
