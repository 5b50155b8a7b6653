//! Time to a milestone, and how many reached each.

use leptos::prelude::*;
use waymark_core::{
    id::MilestoneId,
    team::{MilestoneBar, MilestoneChart},
};

use crate::{
    charts::{DrawingView, Plot, bars},
    features::team::model::{Reached, Trend, first_choice, reached, trend},
    kit::SelectField,
};

/// Both charts beside each other.
#[component]
pub(super) fn Charts(
    /// A chart for each milestone.
    curves: Vec<MilestoneChart>,
    /// How many of the newest cohort reached each.
    reached: Vec<MilestoneBar>,
    /// Which milestone the person chose.
    milestone: RwSignal<Option<MilestoneId>>,
) -> impl IntoView {
    let cohort = curves.first().and_then(|chart| chart.cohorts.first()).map(|cohort| cohort.label.clone());
    let curve = (!curves.is_empty()).then(|| view! { <Curve curves milestone/> });
    let bars = (!reached.is_empty()).then(|| view! { <Bars list=reached cohort=cohort.unwrap_or_default()/> });
    view! { <div class="wm-team__charts">{curve}{bars}</div> }
}

#[component]
fn Curve(
    /// A chart for each milestone.
    curves: Vec<MilestoneChart>,
    /// Which milestone the person chose.
    milestone: RwSignal<Option<MilestoneId>>,
) -> impl IntoView {
    let first = first_choice(&curves).cloned();
    let options: Vec<(String, String)> =
        curves.iter().map(|chart| (chart.milestone.to_string(), chart.title.clone())).collect();
    let curves = StoredValue::new(curves);
    // A choice that a new copy no longer has falls back to the first one.
    let chosen = Memo::new(move |_| {
        let wanted = milestone.get();
        curves.with_value(|curves| {
            let find = |id: &Option<MilestoneId>| curves.iter().find(|chart| Some(&chart.milestone) == id.as_ref());
            find(&wanted).or_else(|| find(&first)).cloned()
        })
    });
    let several = options.len() > 1;
    let value = Signal::derive(move || {
        chosen.with(|chart| chart.as_ref().map(|chart| chart.milestone.to_string()).unwrap_or_default())
    });
    let picker = move || {
        let options = options.clone();
        several.then(|| {
            view! {
                <SelectField
                    label="Milestone" hide_label=true options value
                    on_select=move |id: String| milestone.set(Some(MilestoneId::new(id)))
                />
            }
        })
    };
    move || {
        let picker = picker.clone();
        chosen.get().map(|chart| {
            let Trend { chart: drawn, table, description, note } = trend(&chart);
            let label = format!("Share that reached {}, by working day since start", chart.title);
            let body = match drawn {
                Some(drawn) => view! { <DrawingView drawing=drawn.draw() label description/> }.into_any(),
                None => view! {
                    <p class="wm-plot__none">"No group has five people yet; a curve begins there, so that it says nothing about one of them."</p>
                }
                .into_any(),
            };
            view! {
                <Plot heading=format!("Time to {}", chart.title) sentence=chart.sentence.clone() note=format!("{note} {}", chart.definition) table extra=picker>
                    {body}
                </Plot>
            }
        })
    }
}

#[component]
fn Bars(
    /// How many reached each.
    list: Vec<MilestoneBar>,
    /// Of which cohort, possibly empty.
    cohort: String,
) -> impl IntoView {
    let Reached { bars: drawn, sentence, table } = reached(&list);
    let heading =
        if cohort.is_empty() { "Milestones reached".to_owned() } else { format!("Milestones reached, {cohort}") };
    let label = format!("People for each milestone: {sentence}");
    view! {
        <Plot heading sentence note="Of those who could have, how many reached each." table>
            <DrawingView drawing=bars(&drawn) label/>
        </Plot>
    }
}
