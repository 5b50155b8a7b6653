//! The organisation by hand: one person is added, changed or ended.

mod company;
#[cfg(test)]
mod tests;
mod values;

use company::{Company, Orphans};
pub(super) use values::{field, move_to_team};

use uuid::Uuid;
use waymark_api::http::{
    org::{AddPerson, PersonFields},
    problem::ProblemKind,
};
use waymark_core::{calendar::WorkCalendar, journey::Profile};

use super::{
    fields,
    write::{Writer, has_left},
};
use crate::{
    auth::Role,
    error::ApiError,
    store::{
        About as _, Store, StoreError,
        org::{self, PersonRow},
    },
};

/// Why somebody was not changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EditError {
    /// A value cannot be used.
    #[error("{0}")]
    Wrong(String),
    /// It contradicts what is there.
    #[error("{0}")]
    Conflict(String),
    /// There is no such person or team.
    #[error("there is no such person or team")]
    Missing,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<EditError> for ApiError {
    fn from(error: EditError) -> Self {
        match error {
            EditError::Wrong(text) => Self::new(ProblemKind::BadRequest, sentence(&text)),
            EditError::Conflict(text) => Self::new(ProblemKind::Conflict, sentence(&text)),
            EditError::Missing => Self::not_found(),
            EditError::Store(error) => error.into(),
        }
    }
}

/// `the zone is …` → `The zone is ….`
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).chain((!text.ends_with('.')).then_some('.')).collect()
}

/// Adds somebody. The answer is the row with its new id.
///
/// # Errors
/// [`EditError::Conflict`] where somebody has the key already, [`EditError::Wrong`] for values that cannot be used.
pub(crate) async fn add(store: &Store, writer: Writer<'_>, wish: AddPerson) -> Result<PersonRow, EditError> {
    let (key, wish) = wish.into_fields();
    let key = field("the key", fields::key(key.trim()).and_then(|key| fields::not_empty(key, "a key")))?;
    let mut tx = store.begin().await?;
    let known = org::hold_all(&mut tx).await?;
    if let Some(taken) = known.iter().find(|row| row.key == key) {
        let hint = if taken.active { "" } else { ", who has left; change them to bring them back" };
        return Err(EditError::Conflict(format!("somebody has the key {key:?} already{hint}")));
    }
    let row = PersonRow {
        id: Uuid::now_v7().to_string(),
        key,
        name: String::new(),
        team: String::new(),
        manager: None,
        buddy: None,
        roles: Role::Hire.word().to_owned(),
        start: None,
        leave: None,
        zone: "UTC".to_owned(),
        calendar: serde_json::to_string(&WorkCalendar::default()).about("calendar")?,
        profile: serde_json::to_string(&Profile::new()).about("profile")?,
        active: true,
    };
    let mut edit = Company::new(known, Orphans::Refuse);
    let id = row.id.clone();
    edit.rows.insert(id.clone(), row);
    edit.apply(&id, wish, &writer)?;
    edit.write(tx, writer, &id).await
}

/// Changes somebody, ends their time here, or brings them back.
///
/// # Errors
/// [`EditError::Missing`] for a person who is not there, [`EditError::Wrong`] for values that cannot be used, and
/// [`EditError::Conflict`] where the organisation would not be one any more.
pub(crate) async fn change(
    store: &Store,
    writer: Writer<'_>,
    id: &str,
    wish: PersonFields,
) -> Result<PersonRow, EditError> {
    changed(store, writer, id, wish, Orphans::Refuse).await
}

async fn changed(
    store: &Store,
    writer: Writer<'_>,
    id: &str,
    wish: PersonFields,
    orphans: Orphans,
) -> Result<PersonRow, EditError> {
    let mut tx = store.begin().await?;
    let mut edit = Company::new(org::hold_all(&mut tx).await?, orphans);
    edit.apply(id, wish, &writer)?;
    edit.write(tx, writer, id).await
}

/// Ends the time of everybody whose last day is over. Says how many that were.
///
/// # Errors
/// Where the database cannot be read or written.
pub(crate) async fn end_due(store: &Store, writer: Writer<'_>) -> Result<usize, StoreError> {
    let due = org::leaving(store.read()).await?.into_iter().filter(|row| has_left(row, writer.now));
    let mut ended = 0;
    for row in due {
        match changed(store, writer, &row.id, PersonFields::default(), Orphans::Allow).await {
            Ok(_) => ended += 1,
            Err(EditError::Store(error)) => return Err(error),
            // Somebody else ended or changed them in the meantime, or the company would have no admin left.
            Err(error) => tracing::warn!(%error, "somebody's last day is over and they could not be ended"),
        }
    }
    Ok(ended)
}
