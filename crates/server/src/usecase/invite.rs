//! Invites: made for a person, looked at, and (in [`super::enrol`]) used once.

use jiff::{SignedDuration, Timestamp};
use waymark_api::http::{
    auth::InviteCard,
    org::{Invite, MakeInvite},
    problem::ProblemKind,
};

use crate::{
    auth::{Caller, Role, digest, random_code, read_code},
    error::ApiError,
    state::State,
    store::{
        About, Store, StoreError,
        audit::{self, Act},
        invite::{self, InviteRow},
        org::{self, PersonRow},
    },
};

/// Hours that an invite holds where nobody says otherwise.
pub(crate) const HOURS: u32 = 48;
/// Hours that an invite holds at most: a week.
pub(crate) const MOST_HOURS: u32 = 168;

/// Makes an invite as somebody who is signed in: an admin for anybody, a manager for their own line.
///
/// A manager cannot invite somebody who has rights that the manager lacks: whoever holds the code becomes that
/// person on a device.
///
/// # Errors
/// [`ProblemKind::NotFound`] for a person who is not there and for one of another line alike,
/// [`ProblemKind::Forbidden`] for callers who may invite nobody and for people with more rights.
pub(crate) async fn make_as(state: &State, caller: &Caller, wanted: &MakeInvite) -> Result<Invite, ApiError> {
    if !caller.is(Role::Admin) {
        caller.must_be(Role::Manager)?;
        if !caller.leads(state, wanted.person).await? {
            return Err(ApiError::not_found());
        }
    }
    let person = org::find(state.store().read(), &wanted.person.to_string()).await?;
    let person = person.filter(|person| person.active).ok_or_else(ApiError::not_found)?;
    let lacks = |role: &Role| matches!(role, Role::Admin | Role::Author) && !caller.is(*role);
    if !caller.is(Role::Admin) && Role::parse_all(&person.roles).iter().any(lacks) {
        let detail = "This person has rights on the server that you do not have; ask an admin for the invite.";
        return Err(ApiError::new(ProblemKind::Forbidden, detail));
    }
    let hours = wanted.hours.unwrap_or(HOURS);
    if !(1..=MOST_HOURS).contains(&hours) {
        let detail = format!("An invite holds from 1 to {MOST_HOURS} hours.");
        return Err(ApiError::new(ProblemKind::BadRequest, detail));
    }
    let by = caller.person.to_string();
    let url = &state.identity().url;
    Ok(make(state.store(), state.now(), &person, Maker { by: Some(&by), hours, url }).await?)
}

/// Who makes an invite, for how long, and where it leads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Maker<'a> {
    /// The person; `None` for whoever has the server's disk.
    pub by: Option<&'a str>,
    /// Hours until it is void.
    pub hours: u32,
    /// Where devices reach the server.
    pub url: &'a str,
}

/// Makes an invite for `person`. The code is in the answer and nowhere else.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn make(
    store: &Store,
    now: Timestamp,
    person: &PersonRow,
    maker: Maker<'_>,
) -> Result<Invite, StoreError> {
    let code = random_code();
    let expires = now.saturating_add(SignedDuration::from_hours(i64::from(maker.hours))).unwrap_or(Timestamp::MAX);
    let mut tx = store.begin().await?;
    let hash = digest(&code.replace('-', ""));
    let times = (now.as_millisecond(), expires.as_millisecond());
    invite::make(&mut tx, &hash, &person.id, maker.by, times).await?;
    let actor = maker.by.map_or_else(|| "cli".to_owned(), |person| format!("p:{person}"));
    let act = Act { actor: &actor, action: "invite.made", object: &person.id, outcome: "done" };
    audit::append(&mut tx, now, &act).await?;
    tx.commit().await.about("an invite")?;
    let link = format!("waymark://join?server={}&code={code}", percent_encoded(maker.url));
    Ok(Invite { code, link, expires })
}

/// Whom an invite is for. It uses nothing up.
///
/// # Errors
/// As [`open`].
pub(crate) async fn look(state: &State, typed: &str) -> Result<InviteCard, ApiError> {
    let pool = state.store().read();
    let hash = digest(&read_code(typed).map_err(|detail| ApiError::new(ProblemKind::BadRequest, detail))?);
    let invite = open(invite::find(pool, &hash).await?, state.now())?;
    let person = org::find(pool, &invite.person).await?.filter(|person| person.active).ok_or_else(unknown)?;
    let manager = match &person.manager {
        Some(manager) => org::find(pool, manager).await?.map(|manager| manager.name),
        None => None,
    };
    Ok(InviteCard {
        server_name: state.identity().name.clone(),
        roles: Role::parse_all(&person.roles).iter().map(|role| role.word().to_owned()).collect(),
        name: person.name,
        team: person.team,
        manager: manager.unwrap_or_default(),
        expires: Timestamp::from_millisecond(invite.expires).unwrap_or(Timestamp::MAX),
    })
}

/// An invite that can still be used.
///
/// # Errors
/// [`ProblemKind::NotFound`] where there is none, [`ProblemKind::InviteUsed`] where it was used or is too old.
pub(super) fn open(invite: Option<InviteRow>, now: Timestamp) -> Result<InviteRow, ApiError> {
    let invite = invite.ok_or_else(unknown)?;
    let over = |detail: &str| Err(ApiError::new(ProblemKind::InviteUsed, detail));
    if invite.used.is_some() {
        return over("This invite was used already. Ask for a new one, and say so if it was not you.");
    }
    if invite.expires <= now.as_millisecond() {
        return over("This invite does not hold any more: it is too old, or a newer one was made. Ask for a new one.");
    }
    Ok(invite)
}

/// The answer to a code that nobody made.
pub(super) fn unknown() -> ApiError {
    ApiError::new(ProblemKind::NotFound, "There is no invite with this code. Check it, or ask for a new one.")
}

/// A text as a value in a link's query.
fn percent_encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
