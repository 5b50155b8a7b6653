//! What waits for the team's server, in its envelopes.

use waymark_api::http::envelope::{Origin, envelope, void};
use waymark_core::id::EventId;
use waymark_store::{Db, Membership};
use waymark_sync::team::machine::{Row, Slot, Standing};

use super::{super::server, store_slot};
use crate::{App, AppError};

/// What waits, each with its envelope. Nothing is kept yet: until it goes, it can be held back.
pub(super) async fn read(app: &App, limit: usize) -> Result<(Vec<Row>, Standing), AppError> {
    let db = app.db().await?;
    let membership = db.membership().get().await?.ok_or(AppError::NoTeam)?;
    let waiting = waiting(&db, &membership, limit).await?;
    Ok((waiting.into_iter().map(|(row, _)| row).collect(), standing(&db, &membership).await?))
}

/// Keeps envelopes that go for the first time, if they are still what waits there.
pub(super) async fn keep(app: &App, rows: &[Row]) -> Result<(), AppError> {
    let db = app.db().await?;
    let membership = db.membership().get().await?.ok_or(AppError::NoTeam)?;
    let now = waiting(&db, &membership, rows.len()).await?;
    let changed = || AppError::Interrupted { attempt: "send what waited, which has changed" };
    if !now.iter().map(|(row, _)| row).eq(rows) {
        return Err(changed());
    }
    let new: Vec<_> = now.into_iter().filter_map(|(row, new)| Some((row, new?))).collect();
    if new.is_empty() {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    for (row, Unsealed { event, with_notes }) in &new {
        if !tx.outbox().seal(store_slot(row.slot), *event, *with_notes, &row.bytes).await? {
            return Err(changed());
        }
    }
    tx.commit().await?;
    Ok(())
}

/// What goes for the first time: its fact, and whether the person's words go along.
struct Unsealed {
    event: EventId,
    with_notes: bool,
}

async fn waiting(db: &Db, membership: &Membership, limit: usize) -> Result<Vec<(Row, Option<Unsealed>)>, AppError> {
    let waiting = db.outbox().waiting(u32::try_from(limit).unwrap_or(u32::MAX)).await?;
    let mut rows = Vec::with_capacity(waiting.len());
    for entry in waiting {
        let slot = Slot { epoch: entry.slot.epoch, sequence: entry.slot.sequence };
        let with_notes = entry.with_notes.unwrap_or(membership.share_notes);
        let id = entry.void.unwrap_or(entry.event.id);
        let (bytes, new) = match entry.bytes {
            Some(bytes) => (bytes, None),
            None => {
                let origin = Origin {
                    person: membership.person,
                    device: membership.device,
                    epoch: slot.epoch,
                    sequence: slot.sequence,
                    recorded: entry.recorded_at,
                    with_notes,
                };
                let event = match entry.void {
                    Some(id) => void(id, &origin),
                    None => envelope(&entry.event, &origin).map_err(server::input)?,
                };
                let bytes = serde_json::to_vec(&event).map_err(server::input)?;
                (bytes, Some(Unsealed { event: entry.event.id, with_notes }))
            }
        };
        rows.push((Row { slot, id, void: entry.void.is_some(), bytes }, new));
    }
    Ok(rows)
}

async fn standing(db: &Db, membership: &Membership) -> Result<Standing, AppError> {
    let numbering = db.installation().numbering().await?;
    Ok(Standing {
        last: Slot { epoch: numbering.epoch, sequence: numbering.next_sequence.saturating_sub(1) },
        server_epoch: membership.server_epoch,
        feed: membership.feed,
        relearn: membership.relearn,
        give_back: membership.give_back,
    })
}
