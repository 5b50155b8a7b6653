//! People, teams and invites: `/v1/people`, `/v1/teams`, `/v1/invites`.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Deserializer, Serialize};
use waymark_core::{calendar::WorkCalendar, id::PersonId, journey::Profile};

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

/// A person with everything that an admin keeps of them. What they do in their journeys is not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct PersonDetail {
    /// As in the list.
    #[serde(flatten)]
    pub entry: PersonEntry,
    /// The last day in the company, where it is known.
    pub leave: Option<Date>,
    /// IANA name of the person's zone.
    pub zone: String,
    /// Working days and days off.
    pub calendar: WorkCalendar,
    /// What conditions of journeys ask for.
    pub profile: Profile,
    /// To whom the person reported, the oldest first. The last one without `until` is the manager now.
    pub reported_to: Vec<Reporting>,
}

/// A time in which somebody had a manager.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Reporting {
    /// The manager.
    pub manager: PersonId,
    /// From when.
    pub since: Timestamp,
    /// Until when; `None` while it lasts.
    pub until: Option<Timestamp>,
}

/// `POST /v1/people`: somebody new. They cannot sign in before somebody invites them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AddPerson {
    /// The organisation's own key: e-mail address or Backstage entity. It never changes.
    pub key: String,
    /// The name.
    pub name: String,
    /// The team; none without.
    #[serde(default)]
    pub team: String,
    /// The manager.
    #[serde(default)]
    pub manager: Option<PersonId>,
    /// The buddy.
    #[serde(default)]
    pub buddy: Option<PersonId>,
    /// As in [`PersonFields::roles`]; `hire` without.
    #[serde(default)]
    pub roles: Vec<String>,
    /// Day 1 in the company.
    #[serde(default)]
    pub start: Option<Date>,
    /// The last day, where it is known already.
    #[serde(default)]
    pub leave: Option<Date>,
    /// IANA name of the zone; UTC without.
    #[serde(default)]
    pub zone: Option<String>,
    /// Working days and days off; Monday to Friday without.
    #[serde(default)]
    pub calendar: Option<WorkCalendar>,
    /// What conditions of journeys ask for.
    #[serde(default)]
    pub profile: Profile,
}

impl AddPerson {
    /// The key, and everything else as what changes about nobody.
    pub fn into_fields(self) -> (String, PersonFields) {
        let Self { key, name, team, manager, buddy, roles, start, leave, zone, calendar, profile } = self;
        let fields = PersonFields {
            name: Some(name),
            team: Some(team),
            manager: Some(manager),
            buddy: Some(buddy),
            roles: Some(roles),
            start: Some(start),
            leave: Some(leave),
            line_to: None,
            zone,
            calendar,
            profile: Some(profile),
        };
        (key, fields)
    }
}

/// `PATCH /v1/people/{id}`: what is left out stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct PersonFields {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The team; empty for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// The manager; `null` for none.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    pub manager: Option<Option<PersonId>>,
    /// The buddy; `null` for none.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    pub buddy: Option<Option<PersonId>>,
    /// `hire`, `buddy`, `manager`, `author`, `admin`. Whoever has a line is a manager, and whoever is somebody's
    /// buddy a buddy, also where it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<String>>,
    /// Day 1 in the company; `null` for unknown.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    pub start: Option<Option<Date>>,
    /// The last day in the company. After it nobody signs in as this person any more; what happened stays. `null`
    /// for somebody who stays or comes back.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    pub leave: Option<Option<Date>>,
    /// Who leads the person's line from now on, where the person leaves; their own manager without.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line_to: Option<PersonId>,
    /// IANA name of the zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Working days and days off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calendar: Option<WorkCalendar>,
    /// What conditions of journeys ask for, as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<Profile>,
}

/// A value that is there, `null` included: leaving it out says nothing, `null` says "none".
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// A team: a name that people carry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct TeamEntry {
    /// Its name, by which it is asked for.
    pub name: String,
    /// The team that it is part of.
    pub parent: Option<String>,
    /// Active people in it, those of its parts not counted.
    pub people: u32,
}

/// `POST /v1/teams`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AddTeam {
    /// Its name.
    pub name: String,
    /// The team that it is part of.
    #[serde(default)]
    pub parent: Option<String>,
}

/// `PATCH /v1/teams/{name}`: what is left out stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ChangeTeam {
    /// Another name; its people and parts go along.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The team that it is part of; `null` for none.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    pub parent: Option<Option<String>>,
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
