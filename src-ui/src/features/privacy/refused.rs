//! What the team's server did not take: seen, understood, set aside.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::ipc::privacy::{PrivacyView, RefusedLine, SetAside};

use crate::{
    backend::use_backend,
    kit::{Button, ButtonSize, Disclosure, Eyebrow, Icon, IconView, dates, keep_focus, sentence},
    state::{use_session, use_toasts},
};

/// The refusals; nothing where there is none. Those that were set aside lie folded below the others.
#[component]
pub(super) fn RefusedList(
    /// What is kept.
    #[prop(into)]
    view: Signal<PrivacyView>,
    /// Called when a choice is kept.
    #[prop(into)]
    on_changed: Callback<()>,
) -> impl IntoView {
    let of = move |aside: bool| {
        Memo::new(move |_| {
            view.with(|view| view.refused.iter().filter(|line| line.aside == aside).cloned().collect::<Vec<_>>())
        })
    };
    let (open, aside) = (of(false), of(true));
    let folded = RwSignal::new(false);
    // The row whose button was pressed goes elsewhere: what comes first now is next.
    Effect::new(move |before: Option<(usize, usize)>| {
        let now = (open.with(Vec::len), aside.with(Vec::len));
        if before.is_some_and(|before| before != now) {
            keep_focus(".wm-refused .wm-button, .wm-refused .wm-disclosure__button");
        }
        now
    });
    let rows = move |lines: Vec<RefusedLine>| {
        let rows = lines.into_iter().map(|line| view! { <Refused line on_changed/> }).collect_view();
        view! { <ul class="wm-rows">{rows}</ul> }
    };
    let some = Memo::new(move |_| open.with(|open| !open.is_empty()) || aside.with(|aside| !aside.is_empty()));
    let title = move || format!("Set aside ({})", aside.with(Vec::len));
    view! {
        {move || some.get().then(|| view! {
            <section class="wm-refused" aria-labelledby="privacy-refused">
                <Eyebrow id="privacy-refused">"Not taken by the server"</Eyebrow>
                {move || rows(open.get())}
                {move || aside.with(|aside| !aside.is_empty()).then(|| view! {
                    <Disclosure open=folded level=3 title=title>{move || rows(aside.get())}</Disclosure>
                })}
            </section>
        })}
    }
}

/// One refusal with what can be done.
#[component]
fn Refused(
    /// The refusal.
    line: RefusedLine,
    /// Called when a choice is kept.
    on_changed: Callback<()>,
) -> impl IntoView {
    let (backend, toasts, session) = (use_backend(), use_toasts(), use_session());
    let RefusedLine { fact, at, kind, title, why, advice, aside } = line;
    let busy = RwSignal::new(false);
    let change = move |()| {
        busy.set(true);
        spawn_local(async move {
            match backend.call(SetAside { fact, aside: !aside }).await {
                Ok(_) => drop(on_changed.try_run(())),
                Err(error) => toasts.failed(&error),
            }
            busy.try_set(false);
        });
    };
    let (label, icon) = if aside { ("Bring back", Icon::Undo) } else { ("Set aside", Icon::Check) };
    let name = format!(": {kind} {title}");
    let now = move || session.frame().with(|frame| frame.now);
    view! {
        <li class="wm-refused__row">
            <p class="wm-refused__what">
                <IconView icon=Icon::Warning/>
                <span class="wm-fact__kind">{kind}</span>
                <span class="wm-fact__title">{title}</span>
                <time class="wm-fact__time" datetime=at.to_string()>{move || dates::ago(at, now())}</time>
            </p>
            <p class="wm-refused__why">{sentence(&why)}</p>
            <p class="wm-refused__advice">{advice}</p>
            <Button size=ButtonSize::Small icon disabled=busy on_press=change>
                {label}<span class="wm-hidden">{name}</span>
            </Button>
        </li>
    }
}
