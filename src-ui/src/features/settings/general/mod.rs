//! Who the person is, who helps, and when they work.

mod days_off;
mod people;
mod week;

use leptos::prelude::*;

use super::{draft::DraftField, model::parse_day};
use crate::{
    kit::{FieldKind, Group},
    state::{mark_ready, use_session},
};
use days_off::DaysOff;
use people::People;
use week::WorkingDays;

/// Name, first day, team, people, working days.
#[component]
pub(super) fn General() -> impl IntoView {
    mark_ready();
    view! {
        <You/>
        <People/>
        <Group title="When you work" lead="Due days are counted in working days.">
            <WorkingDays/>
            <DaysOff/>
        </Group>
    }
}

/// Name, first day, team.
#[component]
fn You() -> impl IntoView {
    let session = use_session();
    let name = Signal::derive(move || session.preferences().with(|preferences| preferences.name.clone()));
    let team = Signal::derive(move || session.preferences().with(|preferences| preferences.team.clone()));
    let day = Signal::derive(move || {
        session.preferences().with(|preferences| preferences.start_date.map(|day| day.to_string()).unwrap_or_default())
    });
    // `check` refused everything that does not parse.
    let set_day = move |text: String| {
        if let Ok(day) = parse_day(&text) {
            session.update_preferences(|preferences| preferences.start_date = day);
        }
    };
    let check = Callback::new(|text: String| parse_day(&text).err().map(|error| error.sentence().to_owned()));
    view! {
        <Group title="You">
            <div class="wm-group__fields">
                <DraftField label="Name" value=name on_commit=move |name| session.update_preferences(|preferences| preferences.name = name)/>
                <DraftField
                    label="First day"
                    kind=FieldKind::Date
                    value=day
                    check
                    on_commit=set_day
                    placeholder="2026-01-20"
                    hint="New journeys count from here; running ones keep their day 1."
                />
                <DraftField
                    label="Team"
                    value=team
                    on_commit=move |team| session.update_preferences(|preferences| preferences.team = team)
                    hint="Steps may name your team or be meant for it."
                />
            </div>
        </Group>
    }
}
