//! Buddy, week, and what was read lately.

use leptos::prelude::*;
use waymark_api::ipc::{
    docs::ReadingRow,
    settings::Contact,
    today::{TodayView, WeekDay},
};

use super::model::{
    greeting::read_at,
    week::{DayMark, day, tells_something},
};
use crate::{
    kit::{Avatar, ButtonSize, CopyButton, IconView, StatusKind, TextLink, dates},
    routes::{Route, Section},
};

/// The pane at the right.
#[component]
pub(crate) fn Aside(
    /// What Today shows.
    #[prop(into)]
    view: Signal<TodayView>,
) -> impl IntoView {
    let buddy = Memo::new(move |_| view.with(|view| view.buddy.clone()));
    let week = Memo::new(move |_| view.with(|view| view.week.clone()));
    let recent = Memo::new(move |_| view.with(|view| view.recent.clone()));
    let line = move || {
        let week = week.get();
        tells_something(&week).then(|| {
            view! {
                <section class="wm-aside__group" aria-labelledby="today-week">
                    <h2 class="wm-eyebrow" id="today-week">"This week"</h2>
                    <ol>{week.iter().map(week_day).collect_view()}</ol>
                </section>
            }
        })
    };
    let read =
        move || {
            let recent = recent.get();
            let now = view.with_untracked(|view| view.now);
            (!recent.is_empty()).then(|| view! {
            <section class="wm-aside__group" aria-labelledby="today-recent">
                <h2 class="wm-eyebrow" id="today-recent">"Read lately"</h2>
                <ul class="wm-recent">{recent.into_iter().map(|page| recent_page(page, now)).collect_view()}</ul>
            </section>
        })
        };
    view! {
        <aside class="wm-aside" aria-label="Your week">
            <section class="wm-aside__group" aria-labelledby="today-buddy">
                <h2 class="wm-eyebrow" id="today-buddy">"Your buddy"</h2>
                {move || buddy_card(buddy.get())}
            </section>
            {line}
            {read}
        </aside>
    }
}

fn buddy_card(buddy: Option<Contact>) -> AnyView {
    let Some(buddy) = buddy.filter(|buddy| !buddy.name.trim().is_empty()) else {
        return view! {
            <p class="wm-buddy__none">
                "Nobody is named yet. "
                <TextLink href=Route::Settings(Section::General).href()>"Name your buddy"</TextLink>
            </p>
        }
        .into_any();
    };
    let link = buddy.link.trim().to_owned();
    view! {
        <div class="wm-buddy">
            <Avatar name=buddy.name.clone()/>
            <p class="wm-buddy__name">{buddy.name.clone()}</p>
            <p class="wm-buddy__where">{buddy.place}</p>
            {(!link.is_empty()).then(|| view! {
                <div class="wm-buddy__act">
                    <CopyButton size=ButtonSize::Small text=link label="Copy message link"/>
                </div>
            })}
        </div>
    }
    .into_any()
}

fn week_day(given: &WeekDay) -> impl IntoView + use<> {
    let day = day(given);
    let (class, icon) = match day.mark {
        DayMark::Done => ("wm-weekline__day wm-weekline__day--done", StatusKind::Done),
        DayMark::Late => ("wm-weekline__day wm-weekline__day--late", StatusKind::Due),
        DayMark::Today => ("wm-weekline__day wm-weekline__day--today", StatusKind::Progress),
        DayMark::Milestone => ("wm-weekline__day wm-weekline__day--milestone", StatusKind::Milestone),
        DayMark::Ahead => ("wm-weekline__day", StatusKind::Todo),
        DayMark::Off => ("wm-weekline__day wm-weekline__day--off", StatusKind::Skipped),
    };
    let titles = given.titles.join("\n");
    view! {
        <li class=class aria-current=day.today.then_some("date")>
            <span class="wm-weekline__name">{day.name}</span>
            <IconView icon=icon.icon()/>
            <span class="wm-weekline__text" title=titles>{day.text}<span class="wm-hidden">{format!(", {}", day.meaning)}</span></span>
        </li>
    }
}

fn recent_page(page: ReadingRow, now: jiff::civil::DateTime) -> impl IntoView {
    let at = dates::full_time(page.at);
    view! {
        <li>
            <a class="wm-recent__item" href=page.route>
                <span class="wm-recent__title">{page.title}</span>
                <time datetime=page.at.to_string() title=at>{read_at(page.at, now)}</time>
            </a>
        </li>
    }
}
