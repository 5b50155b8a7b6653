//! What commands ask of the page on screen: the frame asks, a docs page answers.

use leptos::prelude::*;

/// Something to do with the page that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageAct {
    /// Sets its bookmark or takes it off.
    Bookmark,
    /// Prints it.
    Print,
    /// Prints its whole site.
    PrintSite,
}

/// The last wish and how many there were.
#[derive(Clone, Copy)]
pub(crate) struct PageActs(RwSignal<(u32, Option<PageAct>)>);

impl PageActs {
    /// Nothing was asked. Made once, at the root.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new((0, None)))
    }

    /// Asks the page.
    pub(crate) fn ask(self, act: PageAct) {
        self.0.update(|(count, wish)| (*count, *wish) = (*count + 1, Some(act)));
    }

    /// Calls `answer` for every wish from now on, while the current owner lives.
    pub(crate) fn answer(self, answer: impl Fn(PageAct) + 'static) {
        let wishes = self.0;
        Effect::new(move |before: Option<u32>| {
            let (count, wish) = wishes.get();
            if let (Some(wish), Some(before)) = (wish, before)
                && before != count
            {
                untrack(|| answer(wish));
            }
            count
        });
    }
}

/// What commands ask of the page on screen.
pub(crate) fn use_page_acts() -> PageActs {
    expect_context()
}
