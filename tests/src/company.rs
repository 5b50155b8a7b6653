//! A small company with a team server of its own: one manager, one hire, and what can go wrong between them.

use std::{fs, path::Path};

use anyhow::Context as _;
use tempfile::TempDir;
use waymark_api::ipc::{
    account::{SyncNow, SyncState},
    journey::StartJourney,
    sources::ListPacks,
};
use waymark_core::id::TemplateId;

use crate::{
    TeamServer, Window,
    content::{bundle, write},
    provider::IdentityProvider,
    team,
};

/// The hire's address, by which she is invited and signs in.
pub const HIRE: &str = "ada@corvane.example";

const PEOPLE: &str = "key,name,manager_key,roles,start_date,zone\n\
                      petra@corvane.example,Petra Novak,,manager,2020-01-06,UTC\n\
                      ada@corvane.example,Ada Okafor,petra@corvane.example,hire,2026-01-19,UTC\n";

/// A journey that the server published and does not know any more.
const LOST: &str = "---\nschema: waymark.journey/1\nid: on-call\ntitle: Your first on-call week\nversion: 1.0.0\n\
                    owner: team:routing\n---\n\n## Before it begins {#before}\n\n- [ ] Get the pager {#pager}\n";

/// A server with the company's people and without content.
///
/// # Errors
///
/// Where the server does not come up.
pub async fn found(options: &[&str]) -> anyhow::Result<TeamServer> {
    let server = TeamServer::with(options).await?;
    let table = server.data().with_file_name("people.csv");
    fs::write(&table, PEOPLE).context("could not write the company's people")?;
    server.command(&["org", "import", &table.to_string_lossy()])?;
    Ok(server)
}

/// The same, signing in at an identity provider; `None`, said loudly, where the machine has no Node for one.
///
/// # Errors
///
/// Where the server does not come up.
pub async fn with_sign_in() -> anyhow::Result<Option<(TeamServer, IdentityProvider)>> {
    let Some(provider) = IdentityProvider::start() else { return Ok(None) };
    let options = ["--oidc-issuer", &provider.issuer, "--oidc-client-id", "waymark", "--allow-private-oidc"];
    Ok(Some((found(&options).await?, provider)))
}

/// Joins as the hire.
///
/// # Errors
///
/// Where the shell or the server refuses.
pub async fn join(window: &Window, server: &TeamServer) -> anyhow::Result<()> {
    team::join(window, &server.invite(HIRE)?).await?;
    team::all_sent(window).await
}

/// Lets the server lose what it published, as one does that is put back by hand: the member of this window has
/// started a journey that it knows nothing of, and it refuses to take that.
///
/// # Errors
///
/// Where the server takes it, or does not come back.
pub async fn lose_a_journey(window: &Window, server: &mut TeamServer) -> anyhow::Result<()> {
    server.kill();
    let before = TempDir::with_prefix("waymark-before-")?;
    copy(&server.data(), before.path())?;
    server.start_again().await?;
    let content = TempDir::with_prefix("waymark-content-")?;
    write(content.path(), "journeys/on-call.md", LOST)?;
    server.command(&["publish", &content.path().to_string_lossy(), "--name", "routing"])?;
    let mut pack = None;
    window
        .until("what the team published is here", async || {
            // The server may be away for another moment.
            window.call(SyncNow {}).await?;
            let packs = window.call(ListPacks {}).await?;
            pack = packs.iter().find(|pack| pack.location == "routing").map(|pack| pack.summary.id);
            Ok(pack.is_some())
        })
        .await?;
    server.kill();
    fs::remove_dir_all(server.data())?;
    copy(before.path(), &server.data())?;
    server.start_again().await?;
    let pack = pack.context("the team's content is gone again")?;
    window.call(StartJourney { pack, template: TemplateId::new("on-call") }).await?;
    let refuses = async || {
        let state = window.call(SyncNow {}).await?;
        Ok(matches!(state, SyncState::Attention { refused, .. } if refused > 0))
    };
    // A server that was set back is caught up with first, which has taken 15 s.
    if window.until("the server refuses", refuses).await.is_ok() {
        return Ok(());
    }
    window.until("the server refuses, later", refuses).await
}

/// Writes version `sequence` of a guide as a bundle, signed where there is a key.
///
/// # Errors
///
/// Where the disk refuses, or the path is not that of a bundle.
pub fn guide(path: &Path, sequence: u64, key: Option<&waymark_bundle::PrivateKey>) -> anyhow::Result<()> {
    let files = [
        ("mkdocs.yml", "site_name: Depot guide\n"),
        ("docs/index.md", "# The depot\n\nWhere vans start.\n\nThe [gate plan](gate.md) and a [dead link](gone.md).\n"),
        ("docs/gate.md", "# Gate plan\n\nVans leave through gate 2.\n"),
        ("onboarding.md", "# First day at the depot\n\n## Morning\n\n- [ ] Get a badge\n- [ ] Meet the gate keeper\n"),
    ];
    bundle(path, "depot-guide", sequence, &files, key)
}

/// Copies a folder with everything in it.
fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("could not list {}", from.display()))? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), &to).with_context(|| format!("could not copy to {}", to.display()))?;
        }
    }
    Ok(())
}
