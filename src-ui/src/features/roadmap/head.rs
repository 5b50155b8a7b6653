//! The board's title, filters and views.

use leptos::prelude::*;
use waymark_api::ipc::roadmap::BoardView;

use super::model::{Filter, Layout};
use crate::kit::{Segmented, SelectField};

/// Title, platform, filters.
#[component]
pub(super) fn BoardHead(
    /// The board, once it is loaded.
    #[prop(into)]
    board: Signal<Option<BoardView>>,
    /// What is chosen now.
    #[prop(into)]
    filter: Signal<Filter>,
    /// Called with what the person wants instead.
    #[prop(into)]
    on_change: Callback<Filter>,
) -> impl IntoView {
    let choices = move |all: &str, list: fn(&BoardView) -> Vec<(String, String)>| {
        let mut options = vec![(String::new(), all.to_owned())];
        board.with(|board| options.extend(board.iter().flat_map(list)));
        options
    };
    let personas = Memo::new(move |_| {
        choices("For everyone", |board| {
            board.personas.iter().map(|(id, name)| (id.as_str().to_owned(), format!("For {name}"))).collect()
        })
    });
    let areas = Memo::new(move |_| {
        choices("All areas", |board| board.areas.iter().map(|area| (area.clone(), area.clone())).collect())
    });
    let boards = Memo::new(move |_| {
        let named = |board: &BoardView| {
            board.boards.iter().map(|(id, title)| (id.to_string(), title.clone())).collect::<Vec<_>>()
        };
        board.with(|board| board.as_ref().map(named).unwrap_or_default())
    });
    let change = move |edit: &dyn Fn(&mut Filter)| {
        let mut wanted = filter.get_untracked();
        edit(&mut wanted);
        on_change.run(wanted);
    };
    let chosen = |value: String| (!value.is_empty()).then_some(value);
    let persona = Signal::derive(move || filter.with(|filter| filter.persona.clone().unwrap_or_default()));
    let area = Signal::derive(move || filter.with(|filter| filter.area.clone().unwrap_or_default()));
    let pack = Signal::derive(move || {
        board.with(|board| board.as_ref().map(|board| board.pack.to_string()).unwrap_or_default())
    });
    let layout = Signal::derive(move || filter.with(|filter| filter.layout));
    let platform = move || board.with(|board| board.as_ref().map(|board| board.title.clone()));
    let several_boards = Memo::new(move |_| boards.with(|boards| boards.len() > 1));
    view! {
        <header class="wm-roadmap__head">
            <h1 class="wm-roadmap__title" tabindex="-1">"Roadmap"</h1>
            {move || {
                if several_boards.get() {
                    let select = move |id: String| change(&|filter| *filter = Filter { pack: Some(id.clone()), layout: filter.layout, ..Filter::default() });
                    view! {
                        <div class="wm-roadmap__boards">
                            <SelectField label="Platform" hide_label=true options=boards value=pack on_select=select/>
                        </div>
                    }.into_any()
                } else {
                    view! { <p class="wm-roadmap__platform">{platform}</p> }.into_any()
                }
            }}
            <div class="wm-roadmap__filters" role="group" aria-label="Filters">
                <SelectField
                    label="For whom" hide_label=true options=personas value=persona
                    on_select=move |value: String| change(&|filter| filter.persona = chosen(value.clone()))
                />
                <SelectField
                    label="Area" hide_label=true options=areas value=area
                    on_select=move |value: String| change(&|filter| filter.area = chosen(value.clone()))
                />
                <Segmented
                    label="View" options=vec![(Layout::Board, "Board".to_owned()), (Layout::List, "List".to_owned())] value=layout
                    on_select=move |layout| change(&|filter| filter.layout = layout)
                />
            </div>
        </header>
    }
}
