//! The board's page: loads a board, keeps the filters in the address, arranges.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use waymark_api::{
    ipc::roadmap::{BoardView, OpenBoard},
    topic::Topic,
};

use super::{
    head::BoardHead,
    lanes::{Lanes, Past},
    list::ItemTable,
    model::{Filter, Layout, filtered},
};
use crate::{
    backend::use_backend,
    kit::{Button, ButtonKind, Disclosure, EmptyState, ErrorPanel, Icon, LinkButton, Page, Prose, Skeleton},
    routes::{Route, Section},
    state::{mark_ready, use_navigator, use_topics},
};

/// The platform's roadmap.
#[component]
pub(crate) fn BoardPage() -> impl IntoView {
    let backend = use_backend();
    let navigator = use_navigator();
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(|query| Filter::from_query(|key| query.get(key))));
    let pack = Memo::new(move |_| filter.with(|filter| filter.pack.as_deref().and_then(|pack| pack.parse().ok())));
    let changed = use_topics().track(|topic| matches!(topic, Topic::Pack(_) | Topic::Packs));
    let loaded = LocalResource::new(move || {
        changed.track();
        backend.call(OpenBoard { pack: pack.get() })
    });
    // A memo keeps the board on screen while it loads again, and redraws nothing that did not change.
    let board = Memo::new(move |_| loaded.get());
    let shown = Memo::new(move |_| board.with(|board| board.as_ref().and_then(|board| board.clone().ok().flatten())));
    let change = move |wanted: Filter| navigator.replace_href(&address(&wanted));
    let main = move || match board.get() {
        None => view! { <Skeleton lines=8/> }.into_any(),
        Some(Err(error)) => view! { <ErrorPanel error on_retry=move || loaded.refetch()/> }.into_any(),
        Some(Ok(None)) => view! { <NoRoadmap/> }.into_any(),
        Some(Ok(Some(board))) => view! { <Board board filter on_change=change/> }.into_any(),
    };
    view! {
        <Page title="Roadmap">
            <div class="wm-panes">
                <main class="wm-main wm-roadmap" id="main" tabindex="-1">
                    <BoardHead board=shown filter on_change=change/>
                    {main}
                </main>
            </div>
        </Page>
    }
}

/// The board's address with its filters.
fn address(filter: &Filter) -> String {
    let query: Vec<String> = filter
        .to_query()
        .into_iter()
        .map(|(key, value)| format!("{key}={}", String::from(js_sys::encode_uri_component(&value))))
        .collect();
    let path = Route::Roadmap.href();
    if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
}

#[component]
fn Board(
    /// The board.
    board: BoardView,
    /// What is chosen.
    filter: Memo<Filter>,
    /// Called with what the person wants instead.
    #[prop(into)]
    on_change: Callback<Filter>,
) -> impl IntoView {
    mark_ready();
    let vision = board.vision_html.clone();
    let items = move || {
        let chosen = filter.get();
        let (columns, past) = filtered(&board, &chosen);
        let left = columns.iter().map(|column| column.cards.len()).sum::<usize>();
        if left == 0 && past.is_empty() && chosen.is_narrow() {
            let widen = move || on_change.run(filter.get_untracked().widened());
            return view! {
                <EmptyState
                    icon=Icon::Filter
                    title="No item matches this choice"
                    text="The roadmap has items for other people or other areas."
                >
                    <Button on_press=widen>"Show everything"</Button>
                </EmptyState>
            }
            .into_any();
        }
        let narrow = chosen.is_narrow();
        let body = match chosen.layout {
            Layout::Board => view! { <Lanes columns past=past.clone() narrow/> }.into_any(),
            Layout::List => view! { <ItemTable columns/> }.into_any(),
        };
        view! { {body} <Past cards=past/> }.into_any()
    };
    view! {
        {items}
        {(!vision.trim().is_empty()).then(|| view! { <Vision html=vision/> })}
    }
}

/// What the platform is for, how its plan is made, when somebody answers questions: for those who ask.
#[component]
fn Vision(
    /// Sanitised HTML.
    html: String,
) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <div class="wm-roadmap__vision">
            <Disclosure open title=|| "How this roadmap works" level=2>
                <Prose html=html.clone() compact=true/>
            </Disclosure>
        </div>
    }
}

/// No pack has a roadmap.
#[component]
fn NoRoadmap() -> impl IntoView {
    mark_ready();
    view! {
        <EmptyState
            icon=Icon::Roadmap
            title="No roadmap yet"
            text="A folder with a “roadmap” directory shows here what the platform team builds now, what comes next and where it is going."
        >
            <LinkButton href=Route::Settings(Section::Sources).href() kind=ButtonKind::Primary icon=Icon::Folder>
                "Open a folder…"
            </LinkButton>
        </EmptyState>
    }
}
