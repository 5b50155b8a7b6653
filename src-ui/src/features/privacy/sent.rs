//! What was sent to the team's server: the exact bytes, to be searched and opened.

use jiff::civil::DateTime;
use leptos::prelude::*;
use waymark_api::{
    ipc::privacy::{ListSent, SentLine},
    topic::Topic,
};

use super::{fact_row::FactRow, model::indented, payload::Payload};
use crate::{
    backend::use_backend,
    kit::{Button, ButtonKind, ButtonSize, ErrorPanel, Eyebrow, FieldKind, Icon, Skeleton, TextField},
    state::{use_session, use_topics},
};

/// How many are listed before the person asks for more.
const SHOWN: usize = 8;
/// The server's word for what it took.
const ACCEPTED: &str = "accepted";

/// The list with its search.
#[component]
pub(super) fn SentList(
    /// How many facts wait.
    #[prop(into)]
    waiting: Signal<u32>,
) -> impl IntoView {
    let (backend, session) = (use_backend(), use_session());
    let changed = use_topics().track(|topic| matches!(topic, Topic::Account | Topic::Journey(_) | Topic::Journeys));
    let search = RwSignal::new(String::new());
    let all = RwSignal::new(false);
    let loaded = LocalResource::new(move || {
        changed.track();
        backend.call(ListSent { search: search.get().trim().to_owned() })
    });
    // A memo keeps the list on screen while it loads again.
    let lines = Memo::new(move |_| loaded.get());
    let now = Signal::derive(move || session.frame().with(|frame| frame.now));
    let body = move || match lines.get() {
        None => view! { <Skeleton lines=4/> }.into_any(),
        Some(Err(error)) => view! { <ErrorPanel error on_retry=move || loaded.refetch()/> }.into_any(),
        Some(Ok(list)) if list.is_empty() => {
            let text = if search.with(|search| search.trim().is_empty()) {
                "Nothing was sent yet. Each event stands here once it was, byte for byte."
            } else {
                "Nothing that was sent contains this."
            };
            view! { <p class="wm-privacy__none">{text}</p> }.into_any()
        }
        Some(Ok(list)) => {
            let count = list.len();
            let limit = if all.get() { usize::MAX } else { SHOWN };
            let rows = list.into_iter().take(limit).map(|line| row(line, now)).collect::<Vec<_>>();
            let more = (count > limit).then(|| {
                view! {
                    <Button size=ButtonSize::Small kind=ButtonKind::Ghost icon=Icon::Down on_press=move || all.set(true)>
                        {format!("Show the last {count}")}
                    </Button>
                }
            });
            view! { <ul class="wm-rows">{rows}</ul>{more} }.into_any()
        }
    };
    let waits = move || match waiting.get() {
        0 => "Nothing waits".to_owned(),
        1 => "1 waits to be sent".to_owned(),
        many => format!("{many} wait to be sent"),
    };
    view! {
        <section aria-labelledby="privacy-sent">
            <div class="wm-privacy__row">
                <Eyebrow id="privacy-sent">"Last sent"</Eyebrow>
                <span class="wm-privacy__count wm-num">{waits}</span>
            </div>
            <div class="wm-privacy__search">
                <TextField
                    label="Find in what was sent"
                    hide_label=true
                    placeholder="Find in what was sent"
                    kind=FieldKind::Search
                    value=search
                    on_change=move |text| search.set(text)
                />
            </div>
            {body}
        </section>
    }
}

/// One event, and whether the server did not take it; why stands with the refusals.
fn row(SentLine { at, kind, title, answer, bytes }: SentLine, now: Signal<DateTime>) -> impl IntoView {
    let refused = (answer != ACCEPTED).then(|| answer.split(':').next().unwrap_or_default().to_owned());
    view! {
        <FactRow kind title refused at now><Payload json=indented(&bytes) sent=bytes.clone()/></FactRow>
    }
}
