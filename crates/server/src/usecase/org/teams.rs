//! Teams by hand: added, renamed, put below another one, taken away.

use std::collections::BTreeMap;

use waymark_api::http::org::{AddTeam, ChangeTeam};

use super::{
    edit::{EditError, field, move_to_team},
    fields,
    write::Writer,
};
use crate::store::{
    About as _, Store, Tx,
    org::{self, PersonRow},
    teams::{self, TeamRow},
};

/// Adds a team.
///
/// # Errors
/// [`EditError::Conflict`] where there is one with this name, [`EditError::Wrong`] for a parent that is none.
pub(crate) async fn add(store: &Store, writer: Writer<'_>, wish: AddTeam) -> Result<TeamRow, EditError> {
    let name = name(&wish.name)?;
    let (mut tx, _, known) = open(store).await?;
    if known.contains_key(&name) {
        return Err(EditError::Conflict(format!("there is a team {name:?} already")));
    }
    let parent = parent(&known, &name, wish.parent)?;
    teams::put(&mut tx, &name, parent.as_deref()).await?;
    writer.act(&mut tx, "team.added", &name, "done").await?;
    tx.commit().await.about("a team")?;
    Ok(TeamRow { name, parent, people: 0 })
}

/// Changes a team; its people and parts go along.
///
/// # Errors
/// [`EditError::Missing`] for a team that is not there; otherwise as [`add`], and [`EditError::Conflict`] for teams
/// that would be parts of each other.
pub(crate) async fn change(
    store: &Store,
    writer: Writer<'_>,
    old: &str,
    wish: ChangeTeam,
) -> Result<TeamRow, EditError> {
    let (mut tx, people, known) = open(store).await?;
    let mut team = known.get(old).cloned().ok_or(EditError::Missing)?;
    if let Some(wanted) = wish.parent {
        team.parent = parent(&known, old, wanted)?;
        teams::put(&mut tx, old, team.parent.as_deref()).await?;
    }
    let wanted = wish.name.as_deref().map(name).transpose()?.filter(|wanted| wanted != old);
    if let Some(wanted) = wanted {
        if known.contains_key(&wanted) {
            return Err(EditError::Conflict(format!("there is a team {wanted:?} already")));
        }
        teams::rename(&mut tx, old, &wanted).await?;
        for before in people.iter().filter(|row| row.team == old) {
            let mut row = before.clone();
            move_to_team(&mut row, &wanted)?;
            writer.put(&mut tx, &row, Some(before)).await?;
        }
        team.name = wanted;
    }
    writer.act(&mut tx, "team.changed", &team.name, "done").await?;
    tx.commit().await.about("a team")?;
    Ok(team)
}

/// Takes a team away. Its parts become parts of what it was a part of.
///
/// # Errors
/// [`EditError::Missing`] for a team that is not there, [`EditError::Conflict`] while people are in it.
pub(crate) async fn end(store: &Store, writer: Writer<'_>, name: &str) -> Result<(), EditError> {
    let (mut tx, _, known) = open(store).await?;
    let team = known.get(name).ok_or(EditError::Missing)?;
    if team.people > 0 {
        return Err(EditError::Conflict(format!("{} people are in it; move them first", team.people)));
    }
    teams::remove(&mut tx, team).await?;
    writer.act(&mut tx, "team.ended", name, "done").await?;
    tx.commit().await.about("a team")?;
    Ok(())
}

type Opened = (Tx, Vec<PersonRow>, BTreeMap<String, TeamRow>);

/// The organisation, held until the commit.
async fn open(store: &Store) -> Result<Opened, EditError> {
    let mut tx = store.begin().await?;
    let people = org::hold_all(&mut tx).await?;
    let known = teams::list_in(&mut tx).await?.into_iter().map(|team| (team.name.clone(), team)).collect();
    Ok((tx, people, known))
}

fn name(text: &str) -> Result<String, EditError> {
    field("the name", fields::words(text.trim()).and_then(|name| fields::not_empty(name, "a name")))
}

/// A parent that can be one: it is there, and no part of the team itself.
fn parent(known: &BTreeMap<String, TeamRow>, team: &str, wanted: Option<String>) -> Result<Option<String>, EditError> {
    let Some(wanted) = wanted.filter(|wanted| !wanted.is_empty()) else { return Ok(None) };
    let mut at = Some(known.get(&wanted).ok_or_else(|| EditError::Wrong(format!("there is no team {wanted:?}")))?);
    // As many turns as there are teams: what is stored has an end even where it is a circle.
    for _ in 0..=known.len() {
        let Some(here) = at else { return Ok(Some(wanted)) };
        if here.name == team {
            break;
        }
        at = here.parent.as_ref().and_then(|parent| known.get(parent));
    }
    Err(EditError::Conflict(format!("{team:?} and {wanted:?} would be parts of each other")))
}
