//! The manager's way to a person's page.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use waymark_api::{
    Code, IpcError,
    ipc::team::{OpenPerson, PersonView},
    topic::Topic,
};
use waymark_core::id::{JourneyId, PersonId};

use super::{Eyes, sheet::Sheet};
use crate::{
    backend::use_backend,
    features::team::{dialogs::Dialogs, hands::Hands, model::age},
    kit::{Absent, Icon, LinkButton, Notice, Page, SelectField, Skeleton, Tone, sentence},
    routes::{Route, use_route},
    state::{mark_ready, use_navigator, use_session, use_topics},
};

/// One person of the manager's line.
#[component]
pub(crate) fn PersonPage() -> impl IntoView {
    let backend = use_backend();
    let hands = Hands::new();
    provide_context(hands);
    let (route, query) = (use_route(), use_query_map());
    let person = Memo::new(move |before: Option<&Option<PersonId>>| match route.get() {
        Some(Route::Person(person)) => Some(person),
        // The address already names another screen while this one is still on its way out.
        _ => before.copied().flatten(),
    });
    let journey =
        Memo::new(move |_| query.with(|query| query.get("journey").and_then(|id| id.parse::<JourneyId>().ok())));
    let changed = use_topics().track(|topic| matches!(topic, Topic::Team));
    let loaded = LocalResource::new(move || {
        changed.track();
        hands.done.track();
        let (person, journey) = (person.get(), journey.get());
        async move {
            match person {
                Some(person) => backend.call(OpenPerson { person, journey }).await,
                None => Err(IpcError::new(Code::NotFound, "open this page: nobody is named")),
            }
        }
    });
    // A memo keeps the page on screen while it loads again, and redraws nothing that did not change.
    let view = Memo::new(move |_| loaded.get());
    let title = Signal::derive(move || {
        view.with(|view| match view {
            None => String::new(),
            Some(Ok(view)) => view.page.name.clone(),
            Some(Err(_)) => "Onboarding".to_owned(),
        })
    });
    let body = move || match view.get() {
        None => view! { <Skeleton lines=10/> }.into_any(),
        Some(Ok(view)) => view! { <Known view/> }.into_any(),
        Some(Err(error)) => view! { <Trouble error on_retry=move || loaded.refetch()/> }.into_any(),
    };
    view! {
        <Page title>
            <div class="wm-panes">
                <main class="wm-main wm-person" id="main" tabindex="-1">{body}</main>
            </div>
            <Dialogs/>
        </Page>
    }
}

/// The page, its age, and the way to the person's other journeys.
#[component]
fn Known(
    /// The page.
    view: PersonView,
) -> impl IntoView {
    mark_ready();
    let (session, navigator) = (use_session(), use_navigator());
    let PersonView { page, fetched, stale, others } = view;
    let stale = stale.map(|why| {
        let now = session.frame().with_untracked(|frame| frame.now);
        let text = format!("This is the last copy, {}. {}", age(fetched, now), sentence(&why));
        view! { <Notice tone=Tone::Warning icon=Icon::Offline><p role="status">{text}</p></Notice> }
    });
    let (person, shown) = (page.person, page.journey);
    let choice = (!others.is_empty()).then(|| {
        let mut options = vec![(shown.to_string(), page.journey_title.clone())];
        options.extend(others.iter().filter(|(id, _)| *id != shown).map(|(id, title)| (id.to_string(), title.clone())));
        let go = move |id: String| {
            navigator.replace_href(&format!("{}?journey={id}", Route::Person(person).href()));
        };
        ViewFn::from(move || {
            view! {
                <span class="wm-person__journey">
                    <SelectField label="Journey" hide_label=true options=options.clone() value=shown.to_string() on_select=go/>
                </span>
            }
        })
    });
    view! { {stale}<Sheet page eyes=Eyes::Manager choice/> }
}

#[component]
fn Trouble(
    /// Why there is no page.
    error: IpcError,
    /// Called when the person wants to try again.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    mark_ready();
    view! {
        <Absent
            error
            on_retry
            screen="Onboarding"
            icon=Icon::Person
            title="This page is not here"
            text="The person is not in your line, or has no journey that is shared with you."
        >
            <LinkButton href=Route::Team.href() icon=Icon::Back>"Go to the team"</LinkButton>
        </Absent>
    }
}
