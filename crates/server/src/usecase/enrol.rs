//! Joining: an invite becomes a device and a session.

use base64::{Engine, engine::general_purpose::STANDARD};
use ed25519_dalek::VerifyingKey;
use jiff::Timestamp;
use uuid::Uuid;
use waymark_api::http::{
    auth::{Enrol, Enrolled},
    problem::ProblemKind,
};
use waymark_core::id::{DeviceId, PersonId};

use super::{
    invite,
    refresh::{ABSOLUTE, after, pair},
};
use crate::{
    auth::{digest, read_code},
    error::ApiError,
    state::State,
    store::{
        About, StoreError, Tx,
        audit::{self, Act},
        invite as invites,
        joined::{self, DeviceRow},
        org, session,
    },
};

/// Characters of a device's label, at most.
const LONGEST_LABEL: usize = 100;

/// Takes an invite and makes the device one of the person's. An app that was killed before it could store the
/// answer asks again with the same code, device and key: as long as nobody used the tokens, it gets others.
///
/// # Errors
/// [`ProblemKind::BadRequest`] for what is no code, key or label; [`ProblemKind::InviteUsed`] and
/// [`ProblemKind::NotFound`] for codes that do not open anything.
pub(crate) async fn enrol(state: &State, wanted: &Enrol) -> Result<Enrolled, ApiError> {
    let hash = digest(&read_code(&wanted.code).map_err(|detail| ApiError::new(ProblemKind::BadRequest, detail))?);
    let newcomer = Newcomer { device: wanted.device, public_key: &wanted.public_key, label: &wanted.label };
    let label = newcomer.check()?;
    let now = state.now();
    let mut tx = state.store().begin().await?;
    let held = invites::hold(&mut tx, &hash).await?;
    let person = match held.as_ref().and_then(|invite| invite.session.as_deref()) {
        // Used: by this very device, a moment ago, and the answer was lost?
        Some(opened) => match again(&mut tx, opened, wanted, now).await? {
            true => held.as_ref().map(|invite| invite.person.clone()).ok_or_else(invite::unknown)?,
            false => invite::open(held, now)?.person,
        },
        None => invite::open(held, now)?.person,
    };
    let found = org::find_in(&mut tx, &person).await?;
    found.filter(|row| row.active).ok_or_else(invite::unknown)?;

    let (opened, enrolled) = seat(&mut tx, &newcomer, label, &person, now).await?;
    invites::use_up(&mut tx, &hash, &opened, now.as_millisecond()).await?;
    tx.commit().await.about("a new device")?;
    Ok(enrolled)
}

/// A device that wants to be one of a person's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Newcomer<'a> {
    /// Its own id.
    pub device: DeviceId,
    /// Ed25519, 32 bytes in base64.
    pub public_key: &'a str,
    /// What its person calls it, as it was typed.
    pub label: &'a str,
}

impl<'a> Newcomer<'a> {
    /// The label as it is kept.
    ///
    /// # Errors
    /// [`ProblemKind::BadRequest`] for what is no key or label.
    pub(crate) fn check(&self) -> Result<&'a str, ApiError> {
        let bad = |detail: &str| ApiError::new(ProblemKind::BadRequest, detail);
        public_key(self.public_key).ok_or_else(|| bad("The device's key is no Ed25519 key of 32 bytes in base64."))?;
        let label = self.label.trim();
        if label.is_empty() || label.chars().count() > LONGEST_LABEL || label.chars().any(char::is_control) {
            return Err(bad("A device needs a label of 1 to 100 characters in one line."));
        }
        Ok(label)
    }
}

/// Makes a device one of `person`'s and opens a session on it, however the person was known. The session's id
/// stands beside the answer.
///
/// # Errors
/// Where the database cannot be written.
pub(super) async fn seat(
    tx: &mut Tx,
    newcomer: &Newcomer<'_>,
    label: &str,
    person: &str,
    now: Timestamp,
) -> Result<(String, Enrolled), StoreError> {
    let device = place(tx, newcomer, person, label, now).await?;
    let (tokens, row) = pair(now, after(now, ABSOLUTE));
    let opened = Uuid::now_v7().to_string();
    let times = (now.as_millisecond(), after(now, ABSOLUTE).as_millisecond());
    session::insert(tx, &opened, (person, &device), &row, times).await?;
    let actor = format!("p:{person}");
    let act = Act { actor: &actor, action: "device.joined", object: &device, outcome: "done" };
    audit::append(tx, now, &act).await?;
    let id =
        |what, text: &str| text.parse::<Uuid>().map_err(|source| StoreError::Stored { what, source: Box::new(source) });
    let person = PersonId::new(id("person", person)?);
    let device = DeviceId::new(id("device", &device)?);
    Ok((opened, Enrolled { person, device, tokens }))
}

/// Whether the session that the invite opened is this device's and was never used; then it ends.
async fn again(tx: &mut Tx, opened: &str, wanted: &Enrol, now: Timestamp) -> Result<bool, StoreError> {
    let untouched = session::is_untouched(tx, opened).await?;
    let same = untouched.is_some_and(|(_, key)| key == wanted.public_key);
    if same {
        session::end(tx, opened, now.as_millisecond()).await?;
    }
    Ok(same)
}

/// The id under which the device stands on the server: its own, or a new one where somebody else has that.
async fn place(
    tx: &mut Tx,
    wanted: &Newcomer<'_>,
    person: &str,
    label: &str,
    now: Timestamp,
) -> Result<String, StoreError> {
    let id = wanted.device.to_string();
    let at = now.as_millisecond();
    let known = joined::hold(tx, &id).await?;
    if let Some(known) = &known
        && known.person == person
        && known.public_key == wanted.public_key
        && known.revoked.is_none()
    {
        joined::relabel(tx, &id, label, at).await?;
        return Ok(id);
    }
    let id = if known.is_some() { Uuid::now_v7().to_string() } else { id };
    let row = DeviceRow { person: person.to_owned(), public_key: wanted.public_key.to_owned(), revoked: None };
    joined::insert(tx, &id, &row, label, at).await?;
    Ok(id)
}

/// Reads a device's public key.
pub(super) fn public_key(text: &str) -> Option<VerifyingKey> {
    let bytes: [u8; 32] = STANDARD.decode(text).ok()?.try_into().ok()?;
    VerifyingKey::from_bytes(&bytes).ok().filter(|key| !key.is_weak())
}
