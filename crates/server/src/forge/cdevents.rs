//! `CDEvents` (`protocol.md`, section 6). They name neither the author of a change nor who is behind a deployment,
//! so by themselves they lead to nobody's milestone. A sender may add what is missing as `customData`:
//! `{"forge": "github", "repository": "acme/api", "number": 412, "author": "ada", "reviewer": "ben"}`.

use jiff::Timestamp;
use serde_json::Value;
use waymark_core::milestone::{Account, Change, Forge, ForgeAction, ForgeEvent};

use super::{
    json::{flag, moment, number, optional, place, text},
    read::{Read, Unreadable},
};

/// Reads one event.
///
/// # Errors
/// Where it is no `CDEvent`, or its `customData` names a change half.
pub(crate) fn read(body: &Value, received: Timestamp) -> Result<Read, Unreadable> {
    let kind = text(body, "/context/type")?;
    let at = moment(body, "/context/timestamp")?;
    let custom = body.pointer("/customData").filter(|custom| custom.get("author").is_some());
    let (Some(custom), Some(subject)) = (custom, kind.strip_prefix("dev.cdevents.change.")) else {
        return Ok(Read::other(Forge::GitHub, kind, received));
    };
    let account = |pointer: &str| text(custom, pointer).map(|login| Account { login: login.to_owned(), bot: false });
    let change = Change {
        number: number(custom, "/number")?,
        author: account("/author")?,
        draft: flag(custom, "/draft"),
        revert: flag(custom, "/revert"),
        reverts: number(custom, "/reverts").ok(),
    };
    // The version stands behind the predicate: `merged.0.3.0`.
    let action = match subject.split('.').next().unwrap_or_default() {
        "created" => ForgeAction::ChangeOpened { change },
        "merged" => ForgeAction::ChangeClosed { change, merged: true },
        "reviewed" => ForgeAction::Reviewed { change, reviewer: account("/reviewer")? },
        _ => return Ok(Read::other(Forge::GitHub, kind, received)),
    };
    let forge = if optional(custom, "/forge") == Some("gitlab") { Forge::GitLab } else { Forge::GitHub };
    let place = place(text(custom, "/repository")?, false);
    Ok(Read::new(ForgeEvent { forge, place, at, approximate: false, action }))
}
