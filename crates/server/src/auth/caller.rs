//! The person and device behind a request, read from the database at each one: whoever lost a right has lost
//! it at the next request.

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use waymark_api::http::problem::ProblemKind;
use waymark_core::id::{DeviceId, PersonId};

use super::digest;
use crate::{
    error::ApiError,
    guard::Rate,
    state::State,
    store::{About, StoreError, session as sessions},
};

/// Milliseconds between two notes of when a session was heard of.
const SEEN_EVERY: i64 = 60_000;

/// Who asks.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// The person.
    pub person: PersonId,
    /// Their device.
    pub device: DeviceId,
    /// Their session.
    pub session: String,
    roles: Vec<Role>,
}

/// What a person is in the organisation. Rights are separate: to read is not to write, to write is not to assign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Has journeys.
    Hire,
    /// Helps somebody.
    Buddy,
    /// Has a line.
    Manager,
    /// Publishes content.
    Author,
    /// Keeps people, devices and policy. Not a hire's page without an audited reason.
    Admin,
}

impl Role {
    /// Reads one word of the database; unknown words give no right.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "hire" => Self::Hire,
            "buddy" => Self::Buddy,
            "manager" => Self::Manager,
            "author" => Self::Author,
            "admin" => Self::Admin,
            _ => return None,
        })
    }

    /// The word of the database.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Hire => "hire",
            Self::Buddy => "buddy",
            Self::Manager => "manager",
            Self::Author => "author",
            Self::Admin => "admin",
        }
    }

    /// The roles of a person's row.
    pub(crate) fn parse_all(words: &str) -> Vec<Self> {
        words.split(' ').filter_map(Self::parse).collect()
    }
}

impl Caller {
    /// Whether the person has a role.
    pub(crate) fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Lets only people with `role` pass.
    ///
    /// # Errors
    /// [`ProblemKind::Forbidden`] for everybody else.
    pub(crate) fn must_be(&self, role: Role) -> Result<(), ApiError> {
        if self.is(role) {
            return Ok(());
        }
        Err(ApiError::new(ProblemKind::Forbidden, "Your roles on this server do not allow that."))
    }

    /// Whether `person` reports to the caller, directly or through others, now.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub(crate) async fn leads(&self, state: &State, person: PersonId) -> Result<bool, StoreError> {
        // Sixteen levels: more than any company has, and an end where the tree has a circle.
        let found: Option<i64> = sqlx::query_scalar(
            "WITH RECURSIVE above (id, depth) AS (
                 SELECT manager, 1 FROM person WHERE id = $1 AND manager IS NOT NULL
                 UNION SELECT person.manager, depth + 1 FROM above JOIN person ON person.id = above.id
                 WHERE person.manager IS NOT NULL AND depth < 16)
             SELECT 1 FROM above WHERE id = $2 LIMIT 1",
        )
        .bind(person.to_string())
        .bind(self.person.to_string())
        .fetch_optional(state.store().read())
        .await
        .about("who reports to whom")?;
        Ok(found.is_some())
    }
}

impl FromRequestParts<State> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, ApiError> {
        let sign_in = || ApiError::new(ProblemKind::SignIn, "Sign in: the request carries no token that holds.");
        let token = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .ok_or_else(sign_in)?;
        let row: Option<(String, String, String, String, i64, Option<i64>, i64)> = sqlx::query_as(
            "SELECT session.id, session.person, session.device, person.roles, session.access_until, session.used,
                    session.last_seen
             FROM session JOIN person ON person.id = session.person JOIN device ON device.id = session.device
             WHERE session.access_hash = $1 AND session.ended IS NULL AND person.active = 1 AND device.revoked IS NULL",
        )
        .bind(digest(token))
        .fetch_optional(state.store().read())
        .await
        .about("the session")?;
        let (session, person, device, roles, until, used, last_seen) = row.ok_or_else(sign_in)?;
        let now = state.now().as_millisecond();
        if until <= now {
            return Err(sign_in());
        }
        // The first use is what ends the telling again of a rotation; after it, once a minute is enough.
        if used.is_none() || now - last_seen > SEEN_EVERY {
            let noted = async {
                let mut tx = state.store().begin().await?;
                sessions::seen(&mut tx, &session, now).await?;
                tx.commit().await.about("the session")
            };
            match noted.await {
                // A database that cannot be written now can still be read from.
                Err(error) if used.is_some() && error.is_temporary() => {}
                noted => noted?,
            }
        }
        let rate = parts.extensions.get::<Rate>().copied().unwrap_or(Rate::ANY);
        state.limits().take(&rate, &device)?;
        let stored = |source| StoreError::Stored { what: "id", source: Box::new(source) };
        Ok(Self {
            person: person.parse().map_err(stored)?,
            device: device.parse().map_err(stored)?,
            session,
            roles: Role::parse_all(&roles),
        })
    }
}
