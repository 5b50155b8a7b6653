//! The membership of a team, and how far the exchange with its server is.

use jiff::Timestamp;
use waymark_core::id::{DeviceId, PersonId};

use crate::{
    Db, ReadError, Tx, WriteError,
    error::{About, parse},
};

const WHAT: &str = "the membership of a team";

/// Membership of a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Address of the server.
    pub server: String,
    /// The company's name for it.
    pub server_name: String,
    /// Who the person is there.
    pub person: PersonId,
    /// This installation as the server knows it.
    pub device: DeviceId,
    /// Name, roles, team, manager: a text in the app's own form.
    pub profile: String,
    /// Another one means that the server was restored from a backup.
    pub server_epoch: u64,
    /// The last number of the feed that was read.
    pub feed: u64,
    /// Whether this device is learning anew what it sent before it was restored; nothing is sent then.
    pub relearn: bool,
    /// The last receipt that a restored server got back, 0 before the first; nothing is sent before it has all.
    pub give_back: Option<u64>,
    /// Whether the person's words about a block go along with it.
    pub share_notes: bool,
    /// Why the sign-in ended; `None` while it holds.
    pub ended: Option<String>,
    /// When the device joined.
    pub joined_at: Timestamp,
    /// When everything was sent and read for the last time.
    pub synced_at: Option<Timestamp>,
}

/// Reads of the membership.
#[derive(Debug)]
pub struct Memberships<'db>(&'db Db);

/// Writes of the membership.
#[derive(Debug)]
pub struct MembershipsMut<'tx>(&'tx mut Tx);

impl Db {
    /// The membership of a team.
    pub fn membership(&self) -> Memberships<'_> {
        Memberships(self)
    }
}

impl Tx {
    /// The membership of a team.
    pub fn membership(&mut self) -> MembershipsMut<'_> {
        MembershipsMut(self)
    }
}

type Row =
    (String, String, String, String, String, i64, i64, bool, Option<i64>, bool, Option<String>, String, Option<String>);

impl Memberships<'_> {
    /// The membership; `None` where the app works alone.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub async fn get(&self) -> Result<Option<Membership>, ReadError> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT server, server_name, person, device, profile, server_epoch, feed, relearn, give_back,
                    share_notes, ended, joined_at, synced_at FROM membership",
        )
        .fetch_optional(self.0.reader())
        .await
        .reading(WHAT)?;
        row.map(from_row).transpose()
    }
}

fn from_row(row: Row) -> Result<Membership, ReadError> {
    let (
        server,
        server_name,
        person,
        device,
        profile,
        server_epoch,
        feed,
        relearn,
        give_back,
        notes,
        ended,
        joined,
        synced,
    ) = row;
    Ok(Membership {
        server,
        server_name,
        person: parse(WHAT, &person)?,
        device: parse(WHAT, &device)?,
        profile,
        server_epoch: server_epoch as u64,
        feed: feed as u64,
        relearn,
        give_back: give_back.map(|last| last as u64),
        share_notes: notes,
        ended,
        joined_at: parse(WHAT, &joined)?,
        synced_at: synced.map(|at| parse(WHAT, &at)).transpose()?,
    })
}

impl MembershipsMut<'_> {
    /// Joins, or signs in again. Numbers start anew in a further epoch, since the server may know this
    /// device from before.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn join(&mut self, new: &Membership) -> Result<(), WriteError> {
        let upsert = sqlx::query(
            "INSERT INTO membership
                 (only_row, server, server_name, person, device, profile, server_epoch, feed, relearn, share_notes,
                  ended, joined_at, synced_at)
             VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, NULL)
             ON CONFLICT (only_row) DO UPDATE SET
                 server = excluded.server, server_name = excluded.server_name, person = excluded.person,
                 device = excluded.device, profile = excluded.profile, server_epoch = excluded.server_epoch,
                 feed = excluded.feed, relearn = excluded.relearn, give_back = NULL,
                 share_notes = excluded.share_notes, ended = NULL",
        )
        .bind(new.server.clone())
        .bind(new.server_name.clone())
        .bind(new.person.to_string())
        .bind(new.device.to_string())
        .bind(new.profile.clone())
        .bind(new.server_epoch as i64)
        .bind(new.feed as i64)
        .bind(new.relearn)
        .bind(new.share_notes)
        .bind(new.joined_at.to_string());
        self.0.run(WHAT, upsert).await?;
        let epoch: i64 =
            sqlx::query_scalar("SELECT epoch FROM device").fetch_one(self.0.connection()).await.reading(WHAT)?;
        self.0.outbox().renumber(u32::try_from(epoch + 1).unwrap_or(u32::MAX)).await
    }

    /// Leaves: what waited is sent to nobody any more, and what the server said about the person is
    /// forgotten. Facts and journeys stay.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn leave(&mut self) -> Result<(), WriteError> {
        for statement in [
            "DELETE FROM outbox",
            "DELETE FROM held",
            "DELETE FROM hold_back",
            "DELETE FROM shared_journey",
            "DELETE FROM viewer",
            "DELETE FROM nudge",
            "DELETE FROM receipt",
            "DELETE FROM team_page",
            "DELETE FROM membership",
        ] {
            self.0.run(WHAT, sqlx::query(statement)).await?;
        }
        Ok(())
    }

    /// Keeps what the server says about the person.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn set_profile(&mut self, profile: &str) -> Result<(), WriteError> {
        self.0.run(WHAT, sqlx::query("UPDATE membership SET profile = ?").bind(profile.to_owned())).await?;
        Ok(())
    }

    /// Keeps whether the person's words go along.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn set_share_notes(&mut self, share: bool) -> Result<(), WriteError> {
        self.0.run(WHAT, sqlx::query("UPDATE membership SET share_notes = ?").bind(share)).await?;
        Ok(())
    }

    /// Keeps why the sign-in ended; `None` where it holds again.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn set_ended(&mut self, why: Option<&str>) -> Result<(), WriteError> {
        let why = why.map(str::to_owned);
        self.0.run(WHAT, sqlx::query("UPDATE membership SET ended = ?").bind(why)).await?;
        Ok(())
    }

    /// Everything was sent and read.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn set_synced(&mut self, at: Timestamp) -> Result<(), WriteError> {
        self.0.run(WHAT, sqlx::query("UPDATE membership SET synced_at = ?").bind(at.to_string())).await?;
        Ok(())
    }

    /// The feed was read up to `number`; call it with what was read, in one transaction.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn set_feed(&mut self, number: u64) -> Result<(), WriteError> {
        self.0.run(WHAT, sqlx::query("UPDATE membership SET feed = ?").bind(number as i64)).await?;
        Ok(())
    }

    /// The server has another epoch; the feed is read from its beginning.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn set_server_epoch(&mut self, epoch: u64) -> Result<(), WriteError> {
        let update = sqlx::query("UPDATE membership SET server_epoch = ?, feed = 0, give_back = 0").bind(epoch as i64);
        self.0.run(WHAT, update).await?;
        Ok(())
    }

    /// Keeps how many receipts a restored server got back; `None` once it has all.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn set_give_back(&mut self, last: Option<u64>) -> Result<(), WriteError> {
        let update = sqlx::query("UPDATE membership SET give_back = ?").bind(last.map(|last| last as i64));
        self.0.run(WHAT, update).await?;
        Ok(())
    }

    /// Begins or ends learning anew; where it begins, the feed is read from its beginning.
    ///
    /// # Errors
    /// After an error the transaction must be dropped.
    pub async fn set_relearn(&mut self, relearn: bool) -> Result<(), WriteError> {
        let update = sqlx::query("UPDATE membership SET relearn = ?1, feed = CASE WHEN ?1 THEN 0 ELSE feed END");
        self.0.run(WHAT, update.bind(relearn)).await?;
        Ok(())
    }
}
