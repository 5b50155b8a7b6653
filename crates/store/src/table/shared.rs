//! Which journeys are shared with the team's server.
//!
//! Only journeys of the team's own content are, from their assignment on. What a person did before, or
//! does with content from elsewhere, was done for nobody else's eyes; joining a team must not change that
//! in hindsight.

use jiff::Timestamp;
use waymark_core::{
    event::{Event, Fact},
    id::JourneyId,
};

use crate::{
    Db, ReadError, Tx, WriteError,
    error::{About, parse},
};

const WHAT: &str = "shared journeys";

/// Reads of what is shared.
#[derive(Debug)]
pub struct Shared<'db>(&'db Db);

impl Db {
    /// Which journeys are shared with the team's server.
    pub fn shared(&self) -> Shared<'_> {
        Shared(self)
    }
}

impl Shared<'_> {
    /// All shared journeys.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn list(&self) -> Result<Vec<JourneyId>, ReadError> {
        let ids: Vec<String> = sqlx::query_scalar("SELECT journey FROM shared_journey ORDER BY since, journey")
            .fetch_all(self.0.reader())
            .await
            .reading(WHAT)?;
        ids.iter().map(|id| parse(WHAT, id)).collect()
    }
}

/// Shares a journey. Only [`Tx::record`] and [`Tx::import`] call this.
pub(crate) async fn share(tx: &mut Tx, journey: JourneyId, since: Timestamp) -> Result<(), WriteError> {
    let insert = sqlx::query("INSERT INTO shared_journey (journey, since) VALUES (?, ?) ON CONFLICT DO NOTHING")
        .bind(journey.to_string())
        .bind(since.to_string());
    tx.run(WHAT, insert).await?;
    Ok(())
}

/// Whether a fact of this device goes to the team's server; the assignment of a journey of the team's
/// content begins the sharing. Only [`Tx::record`] calls this.
pub(crate) async fn goes_out(tx: &mut Tx, event: &Event, now: Timestamp) -> Result<bool, WriteError> {
    let pack = match &event.fact {
        Fact::JourneyAssigned { pack, .. } => Some(pack.to_string()),
        _ => None,
    };
    let (is_member, is_shared, of_team): (bool, bool, bool) = sqlx::query_as(
        "SELECT EXISTS (SELECT 1 FROM membership), EXISTS (SELECT 1 FROM shared_journey WHERE journey = ?),
                EXISTS (SELECT 1 FROM pack WHERE id = ? AND kind = 'team')",
    )
    .bind(event.fact.journey().to_string())
    .bind(pack)
    .fetch_one(tx.connection())
    .await
    .reading(WHAT)?;
    if is_member && of_team {
        share(tx, event.fact.journey(), now).await?;
    }
    Ok(is_member && (is_shared || of_team))
}
