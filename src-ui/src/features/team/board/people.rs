//! Everybody in onboarding, one line each.

use jiff::civil::Date;
use leptos::prelude::*;
use waymark_core::team::PersonRow;

use crate::{
    backend::local_time,
    features::team::model::{Order, SortKey, sorted, state_word},
    kit::{Eyebrow, Icon, IconView, ProgressBar, Status, dates},
    routes::Route,
};

/// The people as a table.
#[component]
pub(super) fn People(
    /// The people.
    people: Vec<PersonRow>,
    /// The manager's day.
    today: Date,
    /// Their order.
    order: RwSignal<Order>,
) -> impl IntoView {
    // Where all are on the same journey, its name would only repeat itself.
    let several = people.windows(2).any(|pair| pair[0].journey_title != pair[1].journey_title);
    let people = StoredValue::new(people);
    let rows = move || {
        let rows = people.with_value(|people| sorted(people, order.get()));
        rows.into_iter().map(|person| view! { <Row person today several/> }).collect::<Vec<_>>()
    };
    let column = move |key: SortKey, name: &'static str| {
        let arrow = move || {
            let order = order.get();
            (order.key == key).then(|| {
                let icon = if order.descending { Icon::Down } else { Icon::Up };
                view! { <IconView icon/> }
            })
        };
        view! {
            <th scope="col" aria-sort=move || order.get().aria(key)>
                <button class="wm-roster__sort" type="button" on:click=move |_| order.update(|order| *order = order.pressed(key))>
                    {name}
                    {arrow}
                </button>
            </th>
        }
    };
    view! {
        <section class="wm-team__block" aria-labelledby="team-people">
            <div class="wm-team__people">
                <Eyebrow id="team-people">"People"</Eyebrow>
                <p class="wm-team__shared"><IconView icon=Icon::Eye/>"Only what each person shares; they see the same page."</p>
            </div>
            <div class="wm-roster__scroll" role="group" aria-labelledby="team-people" tabindex="0">
                <table class="wm-roster wm-roster--people">
                    <thead>
                        <tr>
                            {column(SortKey::Name, "Name")}
                            {column(SortKey::Started, "Started")}
                            <th scope="col" class="wm-roster__num">"Day"</th>
                            <th scope="col">"Required steps"</th>
                            <th scope="col">"Last milestone"</th>
                            {column(SortKey::State, "State")}
                            <th scope="col">"Last change"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn Row(
    /// The person.
    person: PersonRow,
    /// The manager's day.
    today: Date,
    /// Whether the journey is said.
    several: bool,
) -> impl IntoView {
    let PersonRow { person, name, journey, journey_title, started, working_day, progress, milestone, state, last } =
        person;
    let (kind, word) = state_word(state);
    let href = format!("{}?journey={journey}", Route::Person(person).href());
    let text = format!("{} of {} required steps", progress.done, progress.total);
    let milestone = milestone.map(|title| {
        view! { <span class="wm-status wm-status--milestone wm-roster__milestone"><IconView icon=Icon::StatusMilestone/>{title}</span> }
    });
    // The day is enough: a minute would be watching somebody.
    let last = last.map(|at| dates::day_of_year(local_time(at).date(), today));
    view! {
        <tr>
            <th scope="row">
                <a class="wm-roster__link" href=href>{name}</a>
                {several.then(|| view! { <span class="wm-roster__note">{journey_title}</span> })}
            </th>
            <td class="wm-num">{dates::short(started)}</td>
            <td class="wm-roster__num wm-num">{working_day.max(0)}</td>
            <td>
                <span class="wm-roster__pair">
                    <span class="wm-roster__progress"><ProgressBar done=progress.done total=progress.total text thin=true/></span>
                    <span class="wm-num">{format!("{} of {}", progress.done, progress.total)}</span>
                </span>
            </td>
            <td>{milestone}</td>
            <td><Status kind>{word}</Status></td>
            <td class="wm-num">{last}</td>
        </tr>
    }
}
