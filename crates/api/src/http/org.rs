//! People, teams and invites: `/v1/people`, `/v1/invites`.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use waymark_core::id::PersonId;

/// A person of the organisation, as an admin sees them, and a manager their own line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct PersonEntry {
    /// Who.
    pub id: PersonId,
    /// The organisation's own key: e-mail address or Backstage entity.
    pub key: String,
    /// The name.
    pub name: String,
    /// Team, possibly empty.
    pub team: String,
    /// The manager.
    pub manager: Option<PersonId>,
    /// The buddy.
    pub buddy: Option<PersonId>,
    /// `hire`, `buddy`, `manager`, `author`, `admin`.
    pub roles: Vec<String>,
    /// Day 1 in the company.
    pub start: Option<Date>,
    /// Whether the person can sign in.
    pub active: bool,
    /// Whether a device has joined.
    pub joined: bool,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Page<T> {
    /// Rows.
    pub rows: Vec<T>,
    /// For `?after=`; `None` at the end.
    pub next: Option<String>,
}

/// `POST /v1/invites`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MakeInvite {
    /// For whom.
    pub person: PersonId,
    /// Hours until it is void: 48 by default, 168 at most.
    #[serde(default)]
    pub hours: Option<u32>,
}

/// An invite; the code is shown once and kept by nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Invite {
    /// Crockford base32 in groups of four.
    pub code: String,
    /// `waymark://join?server=…&code=…`.
    pub link: String,
    /// Until when.
    pub expires: Timestamp,
}

/// A row of `GET /v1/audit`. Pseudonyms and ids, no names and no payloads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct AuditEntry {
    /// From 1, without gaps; `?after=` takes it.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// `p:<id>`, or `cli` for whoever has the server's disk.
    pub actor: String,
    /// For instance `session.ended`.
    pub action: String,
    /// To what.
    pub object: String,
    /// What came of it.
    pub outcome: String,
    /// Hash of the row before, hex.
    pub previous: String,
    /// SHA-256 over the row and `previous`, hex.
    pub hash: String,
}
