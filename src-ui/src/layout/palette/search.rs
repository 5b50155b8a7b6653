//! The palette's questions to the library, and what is said beside the rows about the answer.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::{
    ipc::{
        docs::{BookmarkRow, OpenLibrary},
        search::Search,
    },
    topic::Topic,
};

use super::{answers::Answers, model::Wish};
use crate::{backend::use_backend, state::use_topics};

/// This many hits a kind at first; the row at the end of a full list asks for more.
pub(super) const LIMIT: u32 = 8;

/// The library's side of the palette.
#[derive(Clone, Copy)]
pub(super) struct Asking {
    answers: RwSignal<Answers>,
    again: RwSignal<u32>,
}

impl Asking {
    /// Asks whenever the wish changes, and again where the library changed meanwhile: an answer that was
    /// given just before a folder was added would else be shown as if it were the newest.
    pub(super) fn about(wish: Memo<Wish>, limit: Signal<u32>) -> Self {
        let (answers, again) = (RwSignal::new(Answers::default()), RwSignal::new(0_u32));
        let backend = use_backend();
        let changed = use_topics().track(|topic| !matches!(topic, Topic::Navigate(_) | Topic::Job(_)));
        Effect::new(move |_| {
            changed.track();
            again.track();
            let limit = limit.get();
            let Some(query) = wish.with(|wish| wish.query().map(str::to_owned)) else {
                answers.update(Answers::stop);
                return;
            };
            let Some(number) = answers.try_update(Answers::ask) else { return };
            spawn_local(async move {
                let reply = backend.call(Search { query, limit }).await;
                // The palette may have been closed meanwhile.
                answers.try_update(|answers| answers.reply(number, reply));
            });
        });
        Self { answers, again }
    }

    /// The newest answer.
    pub(super) fn answers(self) -> Signal<Answers> {
        self.answers.into()
    }

    /// Asks the same once more.
    fn once_more(self) {
        self.again.update(|again| *again = again.wrapping_add(1));
    }
}

/// The person's bookmarks. Where they cannot be read, the rest of the palette works.
pub(super) fn bookmarks() -> RwSignal<Vec<BookmarkRow>> {
    let (backend, bookmarks) = (use_backend(), RwSignal::new(Vec::new()));
    spawn_local(async move {
        if let Ok(library) = backend.call(OpenLibrary {}).await {
            // The palette may be closed by now.
            bookmarks.try_set(library.bookmarks);
        }
    });
    bookmarks
}

/// What the library did not answer, or answers to another spelling.
#[component]
pub(super) fn Remarks(
    /// The library's side.
    asking: Asking,
    /// Called with the better spelling when the person takes it.
    take: Callback<String>,
) -> impl IntoView {
    let answers = asking.answers();
    let failure = Memo::new(move |_| answers.with(|answers| answers.failure().map(str::to_owned)));
    let better = Memo::new(move |_| answers.with(|answers| answers.better().map(str::to_owned)));
    let failed = move || {
        failure.get().map(|why| {
            view! {
                <p class="wm-palette__mean" role="alert">
                    {format!("The library could not be searched: {why}. ")}
                    <button class="wm-link" type="button" on:click=move |_| asking.once_more()>"Try again"</button>
                </p>
            }
        })
    };
    let mended = move || {
        better.get().map(|better| {
            let word = better.clone();
            view! {
                <p class="wm-palette__mean">
                    "Did you mean "
                    <button class="wm-link" type="button" on:click=move |_| take.run(word.clone())>{better}</button>
                    "?"
                </p>
            }
        })
    };
    view! {
        {failed}
        {mended}
    }
}
