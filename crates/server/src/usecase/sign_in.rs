//! Signing in through the company's identity provider: an identity becomes a device and a session.
//!
//! Who somebody is at the provider says nothing about what they may do here: an identity is linked to a person
//! whom the organisation has, by the e-mail address that the provider vouches for, once. From then on the
//! provider's own name for them counts, whatever the address becomes.

use jiff::Timestamp;
use waymark_api::http::{auth::Enrolled, problem::ProblemKind};

use super::enrol::{Newcomer, seat};
use crate::{
    auth::digest,
    error::ApiError,
    guard::Rate,
    oidc::{Identity, OidcError},
    state::State,
    store::{
        About, StoreError, Tx,
        audit::{self, Act},
        identity, org,
    },
};

/// Why an identity opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum No {
    /// The provider names no address that it vouches for.
    Unverified,
    /// The organisation has nobody with this address, or not any more.
    Nobody,
    /// The person has another account at this provider already.
    Another,
}

impl No {
    /// For the audit log.
    fn outcome(self) -> &'static str {
        match self {
            Self::Unverified => "no verified e-mail",
            Self::Nobody => "nobody here",
            Self::Another => "person has another account",
        }
    }
}

impl From<No> for ApiError {
    fn from(no: No) -> Self {
        match no {
            No::Unverified => Self::new(
                ProblemKind::UnverifiedEmail,
                "The company's identity provider does not vouch for your e-mail address. Confirm it there, or ask \
                 for an invite.",
            ),
            No::Nobody => Self::new(
                ProblemKind::UnknownPerson,
                "This server has nobody with your company account. Ask your platform team to add you, or for an \
                 invite.",
            ),
            No::Another => Self::new(
                ProblemKind::Conflict,
                "Your place on this server belongs to another account of the identity provider. Ask your platform \
                 team to unlink it.",
            ),
        }
    }
}

/// Makes the device one of the person's whom the identity is of.
///
/// # Errors
/// [`ProblemKind::UnknownPerson`], [`ProblemKind::UnverifiedEmail`] and [`ProblemKind::Conflict`] for identities
/// that open nothing, [`ProblemKind::BadRequest`] for what is no key or label.
pub(crate) async fn admit(state: &State, identity: &Identity, newcomer: &Newcomer<'_>) -> Result<Enrolled, ApiError> {
    let label = newcomer.check()?;
    let (now, account) = (state.now(), pseudonym(identity));
    state.limits().take(&Rate::ACCOUNT, &account)?;
    let mut tx = state.store().begin().await?;
    let found = match find(&mut tx, identity, now).await? {
        Ok(person) => org::find_in(&mut tx, &person).await?.filter(|person| person.active).ok_or(No::Nobody),
        Err(no) => Err(no),
    };
    let person = match found {
        Ok(person) => person,
        Err(no) => {
            // Nothing is linked by a sign-in that was refused; that it was tried is told all the same.
            tx.rollback().await.about("a sign-in")?;
            refused(state, &account, no.outcome()).await?;
            return Err(no.into());
        }
    };
    let actor = format!("p:{}", person.id);
    audit::append(&mut tx, now, &Act { actor: &actor, action: "sign-in", object: &account, outcome: "done" }).await?;
    let (_, enrolled) = seat(&mut tx, newcomer, label, &person.id, now).await?;
    tx.commit().await.about("a new device")?;
    Ok(enrolled)
}

/// Writes down that somebody tried what cannot happen by accident.
///
/// # Errors
/// Where the database cannot be written.
pub(crate) async fn note(state: &State, error: &OidcError) -> Result<(), StoreError> {
    if error.is_suspicious() { refused(state, "", error.outcome()).await } else { Ok(()) }
}

async fn refused(state: &State, object: &str, outcome: &str) -> Result<(), StoreError> {
    let mut tx = state.store().begin().await?;
    let act = Act { actor: "oidc", action: "sign-in.refused", object, outcome };
    audit::append(&mut tx, state.now(), &act).await?;
    tx.commit().await.about("a sign-in")
}

/// The person of an identity; one that comes for the first time is linked.
async fn find(tx: &mut Tx, identity: &Identity, now: Timestamp) -> Result<Result<String, No>, StoreError> {
    let Identity { issuer, subject, email } = identity;
    if let Some(person) = identity::hold(tx, issuer, subject).await? {
        return Ok(Ok(person));
    }
    let Some(email) = email else { return Ok(Err(No::Unverified)) };
    let Some(person) = org::find_by_key_in(tx, email).await? else { return Ok(Err(No::Nobody)) };
    if !person.active {
        return Ok(Err(No::Nobody));
    }
    let at = now.as_millisecond();
    if !identity::link(tx, (issuer, subject), &person.id, at).await? {
        // Two first sign-ins of one account at once: the other one was a moment earlier.
        let linked = identity::hold(tx, issuer, subject).await?;
        return Ok(linked.filter(|linked| *linked == person.id).ok_or(No::Another));
    }
    let actor = format!("p:{}", person.id);
    let account = pseudonym(identity);
    let act = Act { actor: &actor, action: "identity.linked", object: &account, outcome: "done" };
    audit::append(tx, now, &act).await?;
    Ok(Ok(person.id))
}

/// An account in the audit log: the same each time, and nobody's name.
fn pseudonym(identity: &Identity) -> String {
    let whole = digest(&format!("{}\n{}", identity.issuer, identity.subject));
    format!("a:{}", whole.get(..16).unwrap_or(&whole))
}
