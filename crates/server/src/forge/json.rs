//! Taking fields out of a forge's JSON. A delivery has two hundred fields and we read ten: pointers say which.

use jiff::Timestamp;
use serde_json::Value;
use waymark_core::milestone::{Account, Place};

use super::read::Unreadable;

/// The text at a pointer.
pub(super) fn text<'v>(value: &'v Value, pointer: &str) -> Result<&'v str, Unreadable> {
    optional(value, pointer).ok_or_else(|| Unreadable(pointer.to_owned()))
}

/// The text at a pointer, where there is one.
pub(super) fn optional<'v>(value: &'v Value, pointer: &str) -> Option<&'v str> {
    value.pointer(pointer).and_then(Value::as_str)
}

/// The number at a pointer.
pub(super) fn number(value: &Value, pointer: &str) -> Result<u64, Unreadable> {
    value.pointer(pointer).and_then(Value::as_u64).ok_or_else(|| Unreadable(pointer.to_owned()))
}

/// The yes or no at a pointer; no where there is none.
pub(super) fn flag(value: &Value, pointer: &str) -> bool {
    value.pointer(pointer).and_then(Value::as_bool).unwrap_or_default()
}

/// The moment at a pointer. GitLab writes `2026-03-02 10:00:00 UTC` and `2026-03-02 10:00:00 +0100` too.
pub(super) fn moment(value: &Value, pointer: &str) -> Result<Timestamp, Unreadable> {
    let text = text(value, pointer)?;
    let compact = text.replace(" UTC", "Z").replace(" +", "+").replace(" -", "-");
    compact.parse().map_err(|_| Unreadable(pointer.to_owned()))
}

/// The objects of the list at a pointer; none where there is no list.
pub(super) fn list<'v>(value: &'v Value, pointer: &str) -> impl Iterator<Item = &'v Value> {
    value.pointer(pointer).and_then(Value::as_array).into_iter().flatten()
}

/// GitHub's account at a pointer. A deleted account is `null`: that is `ghost`, and belongs to nobody.
pub(super) fn github_account(value: &Value, pointer: &str) -> Result<Account, Unreadable> {
    match value.pointer(pointer) {
        Some(Value::Null) => Ok(Account { login: "ghost".to_owned(), bot: false }),
        Some(user) => {
            let login = optional(user, "/login").ok_or_else(|| Unreadable(format!("{pointer}/login")))?;
            Ok(Account { login: login.to_owned(), bot: optional(user, "/type") == Some("Bot") })
        }
        None => Err(Unreadable(pointer.to_owned())),
    }
}

/// `acme/platform/api` as a place.
pub(super) fn place(path: &str, fork: bool) -> Place {
    match path.rsplit_once('/') {
        Some((owner, name)) => Place { owner: owner.to_owned(), repository: Some(name.to_owned()), fork },
        None => Place { owner: path.to_owned(), repository: None, fork },
    }
}
