//! What stands around every chart: a heading, the sentence to take away, and the same numbers as a table.

use leptos::prelude::*;

use crate::kit::unique_id;

/// A cell of no more letters than this is not broken.
const SHORT: usize = 24;

/// Numbers in rows; the first column names the row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Table {
    /// Names of the columns.
    pub(crate) head: Vec<String>,
    /// The rows, each as long as the head.
    pub(crate) rows: Vec<Vec<String>>,
}

/// A chart with its words.
#[component]
pub(crate) fn Plot(
    /// What is measured.
    #[prop(into)]
    heading: String,
    /// What the numbers say, one sentence.
    #[prop(into)]
    sentence: String,
    /// How to read the chart, a few words under it.
    #[prop(into)]
    note: String,
    /// The same numbers.
    table: Table,
    /// What stands at the end of the heading's line, for instance a choice.
    #[prop(optional, into)]
    extra: ViewFn,
    /// The drawing.
    children: Children,
) -> impl IntoView {
    let (heading_id, table_id) = (unique_id("plot"), unique_id("plot-table"));
    let (labelled_by, controls) = (heading_id.clone(), table_id.clone());
    let open = RwSignal::new(false);
    view! {
        <figure class="wm-plot" aria-labelledby=labelled_by>
            <figcaption class="wm-plot__head">
                <div class="wm-plot__line">
                    <h2 class="wm-eyebrow" id=heading_id>{heading.clone()}</h2>
                    {extra.run()}
                </div>
                <p class="wm-plot__takeaway">{sentence}</p>
            </figcaption>
            {children()}
            <div class="wm-plot__foot">
                <span>{note}</span>
                <button
                    class="wm-plot__toggle"
                    type="button"
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    aria-controls=controls
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    {move || if open.get() { "Hide table" } else { "Table" }}
                    <span class="wm-hidden">{format!(": {heading}")}</span>
                </button>
            </div>
            <div class="wm-plot__table" class:wm-plot__table--closed=move || !open.get() id=table_id>
                <TableView table/>
            </div>
        </figure>
    }
}

/// A table of numbers.
#[component]
pub(crate) fn TableView(
    /// The numbers.
    table: Table,
) -> impl IntoView {
    let head = table.head.into_iter().map(|name| view! { <th scope="col">{name}</th> }).collect::<Vec<_>>();
    let row = |cells: Vec<String>| {
        let mut cells = cells.into_iter();
        let name = cells.next().unwrap_or_default();
        // A number stays on its line; a sentence may go on in the next one.
        let cell = |cell: String| {
            let class = if cell.chars().count() <= SHORT { "wm-num" } else { "wm-roster__text" };
            view! { <td class=class>{cell}</td> }
        };
        let rest = cells.map(cell).collect::<Vec<_>>();
        view! { <tr><th scope="row" class="wm-num">{name}</th>{rest}</tr> }
    };
    view! {
        <table class="wm-roster wm-roster--plain">
            <thead><tr>{head}</tr></thead>
            <tbody>{table.rows.into_iter().map(row).collect::<Vec<_>>()}</tbody>
        </table>
    }
}
