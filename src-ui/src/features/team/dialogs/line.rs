//! Choosing somebody of one's line.

use leptos::prelude::*;
use waymark_api::{
    IpcError,
    ipc::team::{LineRow, ListLine},
};
use waymark_core::id::PersonId;

use crate::{features::team::hands::use_hands, kit::SelectField};

/// The manager's line, once it is here.
pub(super) type Line = LocalResource<Result<Vec<LineRow>, IpcError>>;

/// Asks who can be chosen.
pub(super) fn use_line() -> Line {
    let backend = use_hands().backend;
    LocalResource::new(move || backend.call(ListLine {}))
}

/// A list of the people; empty at first, so that nobody is chosen by accident.
#[component]
pub(super) fn PersonField(
    /// The line.
    line: Line,
    /// Who is chosen.
    chosen: RwSignal<Option<PersonId>>,
) -> impl IntoView {
    let options = Memo::new(move |_| {
        let people = line.get().and_then(Result::ok).unwrap_or_default();
        let mut options = vec![(String::new(), "Choose somebody".to_owned())];
        options.extend(people.into_iter().map(|row| {
            let team = if row.team.is_empty() { String::new() } else { format!(", {}", row.team) };
            let joined = if row.joined { "" } else { " (not joined yet)" };
            (row.person.to_string(), format!("{}{team}{joined}", row.name))
        }));
        options
    });
    let value = Signal::derive(move || chosen.get().map(|person| person.to_string()).unwrap_or_default());
    view! { <SelectField label="For whom" options value on_select=move |id: String| chosen.set(id.parse().ok())/> }
}
