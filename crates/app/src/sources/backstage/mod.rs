//! A Backstage as a source: what it has, what the person chose of it, and bringing that here.

mod bring;
mod choice;
mod connect;
mod content;

use std::collections::BTreeSet;

use waymark_api::ipc::sources::{AddBackstage, Added, BackstageEntity, BackstageList, ListBackstage};
use waymark_store::{Db, Pack, PackSource};
use waymark_sync::backstage::{Client, Entity, EntityRef, FetchError, Token};

use super::packs::summary;
use crate::{App, AppError, ports::Kept, sources::report};
use choice::Choice;

/// Asks a Backstage which documentation it has, and whose; nothing is added.
///
/// # Errors
///
/// Where the address or the token cannot be used, or the server does not answer as one.
pub async fn list_backstage(app: &App, request: ListBackstage) -> Result<BackstageList, AppError> {
    let (client, token) = connect::connect(app, &request.address, request.token.as_ref()).await?;
    let address = client.address().to_string();
    let known = by_address(&app.db().await?, &address).await?;
    let choice = match &known {
        Some(pack) => Choice::load(app, pack.id).await?,
        None => Choice::default(),
    };
    let entities = connect::saying(token.is_some(), &client, client.entities().await)?;
    let wanted = request.person.filter(|name| !name.trim().is_empty()).or(choice.person.clone());
    let (person, groups, no_team) = team(&client, wanted.as_deref(), token.as_ref()).await?;
    let entities = entities.into_iter().map(|entity| row(entity, &groups, &choice)).collect();
    Ok(BackstageList { address, entities, person, no_team, known: known.map(|pack| pack.id) })
}

/// Whose documentation is "my team's", and why that is not known.
async fn team(
    client: &Client,
    wanted: Option<&str>,
    token: Option<&Token>,
) -> Result<(Option<String>, BTreeSet<String>, Option<String>), AppError> {
    let person = match wanted {
        Some(name) => Some(EntityRef::with_defaults(name, "user").map_err(|_| AppError::Input {
            why: format!("“{}” is no name in a catalog; one looks like ines, or user:default/ines", name.trim()),
        })?),
        None => token.and_then(Token::user),
    };
    let Some(person) = person else { return Ok((None, BTreeSet::new(), None)) };
    match client.own_groups(&person).await {
        Ok(groups) => Ok((Some(person.key()), groups, None)),
        Err(FetchError::Missing { .. }) => {
            Ok((None, BTreeSet::new(), Some(format!("the catalog knows nobody called {}", person.name))))
        }
        Err(error) => Err(error.into()),
    }
}

fn row(entity: Entity, groups: &BTreeSet<String>, choice: &Choice) -> BackstageEntity {
    // Some servers keep sites under names as they are written, so that is how they are asked for.
    let (id, key) = (entity.id.to_string(), entity.id.key());
    let name = |owner: &String| owner.rsplit('/').next().unwrap_or(owner).to_owned();
    BackstageEntity {
        mine: entity.owners.iter().any(|owner| groups.contains(owner)),
        chosen: choice.entities.iter().any(|chosen| chosen.to_lowercase() == key),
        owners: entity.owners.iter().map(name).collect(),
        kind: entity.id.kind.clone(),
        title: entity.title,
        description: entity.description,
        id,
    }
}

/// Adds a Backstage, or changes what is chosen of it, and fetches what is new. Sites that are here by the
/// time when this fails stay, and the next refresh goes on from there.
///
/// # Errors
///
/// Where the address or the token cannot be used, nothing is chosen, the server is gone, or the library
/// cannot be written.
pub async fn add_backstage(app: &App, request: AddBackstage) -> Result<Added, AppError> {
    let (client, token) = connect::connect(app, &request.address, request.token.as_ref()).await?;
    let mut entities: Vec<String> = Vec::new();
    for entity in &request.entities {
        let id: EntityRef =
            entity.parse().map_err(|error| AppError::Input { why: format!("“{entity}”: {error}") })?;
        entities.push(id.to_string());
    }
    entities.sort();
    entities.dedup();
    if entities.is_empty() {
        return Err(AppError::Input { why: "choose at least one site".to_owned() });
    }
    // The choice is made with a list that the server gave, so by now token and address are known to work.
    let kept = match &token {
        Some(token) if request.token.is_some() => Some(connect::keep_token(app, client.address(), token).await),
        _ => None,
    };
    let known = by_address(&app.db().await?, &client.address().to_string()).await?;
    let before = match &known {
        Some(pack) => Choice::load(app, pack.id).await?,
        None => Choice::default(),
    };
    let id = known.map_or_else(|| app.new_pack(), |pack| pack.id);
    let person = request.person.filter(|name| !name.trim().is_empty()).or(before.person);
    let choice = Choice { entities, person };
    let result = bring::bring(app, id, &client, &choice).await;
    let mut added = answer(app, connect::saying(token.is_some(), &client, result)?).await?;
    if kept == Some(Kept::ForThisSession) {
        added
            .message
            .push_str(". This system has no keyring that is open, so the token is kept until Waymark is closed");
    }
    Ok(added)
}

/// Fetches what changed on a pack's server.
///
/// # Errors
///
/// As for [`add_backstage`]; what is here stays.
pub(super) async fn refresh(app: &App, pack: &Pack) -> Result<Added, AppError> {
    let PackSource::Backstage { location } = &pack.source else { return Err(AppError::NotFound { what: "server" }) };
    let (client, token) = connect::connect(app, location, None).await?;
    let choice = Choice::load(app, pack.id).await?;
    let result = bring::bring(app, pack.id, &client, &choice).await;
    answer(app, connect::saying(token.is_some(), &client, result)?).await
}

/// Forgets a server that is no longer a source: its token, and files that were on their way.
pub(super) async fn forget(app: &App, address: String) {
    connect::forget_token(app, address).await;
    match tokio::fs::remove_dir_all(app.incoming_dir()).await {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            tracing::warn!(%error, "files that were on their way could not be deleted");
        }
        _ => {}
    }
}

/// Forgets all servers, where the library is erased.
pub(crate) async fn forget_servers(app: &App) {
    let packs = match app.db().await {
        Ok(db) => db.packs().list().await.unwrap_or_default(),
        Err(_) => Vec::new(),
    };
    for pack in packs {
        if let PackSource::Backstage { location } = pack.source {
            forget(app, location).await;
        }
    }
}

async fn answer(app: &App, brought: bring::Brought) -> Result<Added, AppError> {
    let db = app.db().await?;
    let pack = db.packs().get(brought.pack).await?.ok_or(AppError::NotFound { what: "pack" })?;
    let mut message = report::in_words(&pack.counts);
    match brought.changed {
        0 => message.push_str(", nothing new"),
        n if n < pack.counts.sites => message.push_str(&format!(", {} new", report::count(n, "site"))),
        _ => {}
    }
    Ok(Added { pack: summary(&db, &pack).await?, message })
}

async fn by_address(db: &Db, address: &str) -> Result<Option<Pack>, AppError> {
    let same = |pack: &Pack| matches!(&pack.source, PackSource::Backstage { location } if location == address);
    Ok(db.packs().list().await?.into_iter().find(same))
}
