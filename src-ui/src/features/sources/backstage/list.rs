//! What a Backstage has: looked through, ticked, added.

use std::collections::BTreeSet;

use leptos::prelude::*;
use waymark_api::{
    IpcError,
    ipc::sources::{BackstageEntity, BackstageList},
};

use super::{
    form::Trouble,
    model::{action, detail, first_choice, fits},
};
use crate::kit::{Button, ButtonKind, Checkbox, FieldKind, Icon, Notice, Switch, TextField, Tone, sentence, unique_id};

/// Rows that are drawn at once; a longer list is looked through by typing.
const MOST_ROWS: usize = 200;

/// The documentation of a server, to choose from.
#[component]
pub(super) fn SiteList(
    /// What the server has.
    found: BackstageList,
    /// Why the choice could not be fetched.
    #[prop(into)]
    refused: Signal<Option<IpcError>>,
    /// Whether the choice is being fetched.
    #[prop(into)]
    busy: Signal<bool>,
    /// Called with the names of the chosen entities.
    #[prop(into)]
    on_add: Callback<Vec<String>>,
    /// Called when the person wants to change address, token or name.
    #[prop(into)]
    on_back: Callback<()>,
) -> impl IntoView {
    let (query, only_mine) = (RwSignal::new(String::new()), RwSignal::new(false));
    let chosen = RwSignal::new(first_choice(&found));
    let (known, has_mine) = (found.known.is_some(), found.entities.iter().any(|one| one.mine));
    let nothing = found.entities.is_empty();
    let no_team = found.no_team.map(|why| {
        view! { <Notice tone=Tone::Neutral icon=Icon::Info><p>{sentence(&why)}</p></Notice> }
    });
    let entities = StoredValue::new(found.entities);
    let shown = Memo::new(move |_| {
        let (query, only_mine) = (query.get(), only_mine.get());
        entities.with_value(|list| list.iter().filter(|one| fits(one, &query, only_mine)).cloned().collect::<Vec<_>>())
    });
    let rows = move || shown.with(|list| list.iter().take(MOST_ROWS).cloned().collect::<Vec<BackstageEntity>>());
    let rest = move || {
        let count = shown.with(Vec::len);
        (count > MOST_ROWS).then(|| format!("and {} more; type to find them", count - MOST_ROWS))
    };
    let cannot_add = Signal::derive(move || busy.get() || chosen.with(BTreeSet::is_empty));
    let add = move |()| on_add.run(chosen.with_untracked(|chosen| chosen.iter().cloned().collect()));
    view! {
        <div class="wm-backstage">
            {no_team}
            <TextField
                label="Find documentation"
                hide_label=true
                placeholder="Find by title, name or team"
                kind=FieldKind::Search
                value=query
                on_change=move |text| query.set(text)
            />
            {has_mine.then(|| view! {
                <Switch label="Only my team’s" checked=only_mine on_toggle=move |on| only_mine.set(on)/>
            })}
            {nothing.then(|| view! { <p class="wm-found__hint">"This Backstage has no documentation."</p> })}
            <ul class="wm-backstage__rows">
                <For each=rows key=|one| one.id.clone() children=move |entity| view! { <SiteRow entity chosen busy/> }/>
            </ul>
            {move || rest().map(|text| view! { <p class="wm-found__hint">{text}</p> })}
            <Trouble refused/>
            <div class="wm-report__actions">
                <Button kind=ButtonKind::Primary disabled=cannot_add on_press=add>
                    {move || action(chosen.with(BTreeSet::len), known)}
                </Button>
                <Button disabled=busy on_press=on_back>"Address and token"</Button>
            </div>
        </div>
    }
}

/// One entity.
#[component]
fn SiteRow(
    /// Which.
    entity: BackstageEntity,
    /// The names that are ticked.
    chosen: RwSignal<BTreeSet<String>>,
    /// Whether the choice is being fetched.
    busy: Signal<bool>,
) -> impl IntoView {
    let (input, id) = (unique_id("site"), entity.id.clone());
    let ticked = {
        let id = id.clone();
        Signal::derive(move || chosen.with(|chosen| chosen.contains(&id)))
    };
    let toggle = move |on: bool| {
        chosen.update(|chosen| {
            if on {
                chosen.insert(id.clone());
            } else {
                chosen.remove(&id);
            }
        });
    };
    let about = detail(&entity);
    let label = format!("{}, {about}", entity.title);
    view! {
        <li class="wm-found__row">
            <Checkbox id=input.clone() label checked=ticked disabled=busy on_toggle=toggle/>
            <label class="wm-found__what" for=input>
                <span class="wm-found__name">{entity.title}</span>
                <span class="wm-found__path">{entity.description.unwrap_or_default()}</span>
            </label>
            <span class="wm-found__detail">{about}</span>
        </li>
    }
}
