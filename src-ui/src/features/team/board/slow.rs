//! The slowest steps as a table with small bars.

use leptos::prelude::*;
use waymark_core::team::SlowStep;

use crate::{
    charts::{DrawingView, duration_spark, share_spark},
    features::team::model::{Slow, SlowRow, slow},
    kit::Eyebrow,
};

/// The steps that cost most.
#[component]
pub(super) fn SlowSteps(
    /// The steps, the slowest first.
    steps: Vec<SlowStep>,
    /// Of which cohort, possibly empty.
    cohort: String,
) -> impl IntoView {
    if steps.is_empty() {
        return ().into_any();
    }
    let Slow { rows, sentence, max, axis } = slow(&steps);
    let heading = if cohort.is_empty() { "Slowest steps".to_owned() } else { format!("Slowest steps, {cohort}") };
    let rows = rows.into_iter().map(|row| view! { <Row row max/> }).collect::<Vec<_>>();
    view! {
        <section class="wm-team__block" aria-labelledby="team-slow">
            <div class="wm-plot__head">
                <Eyebrow id="team-slow">{heading}</Eyebrow>
                <p class="wm-plot__takeaway">{sentence}</p>
            </div>
            <div class="wm-roster__scroll" role="group" aria-labelledby="team-slow" tabindex="0">
                <table class="wm-roster wm-roster--slow">
                    <thead>
                        <tr>
                            <th scope="col">"Step"</th>
                            <th scope="col" class="wm-roster__num">"Median"</th>
                            <th scope="col" class="wm-roster__num">"p90"</th>
                            <th scope="col">
                                <span class="wm-legend">
                                    <span class="wm-legend__swatch"></span>
                                    "Median"
                                    <span class="wm-legend__swatch wm-legend__swatch--soft"></span>
                                    {format!("to p90, {axis}")}
                                </span>
                            </th>
                            <th scope="col">"Blocked share"</th>
                            <th scope="col">"Unclear"</th>
                            <th scope="col" class="wm-roster__num">"n"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Row(
    /// The step.
    row: SlowRow,
    /// End of the axis in working days.
    max: f64,
) -> impl IntoView {
    let SlowRow { title, place, figures: (median, p90), days, blocked, unclear, people } = row;
    let bar =
        days.map(|(median, p90)| view! { <DrawingView drawing=duration_spark(median, p90, max) label="" fixed=true/> });
    let blocked = match blocked {
        Some((text, share)) => view! {
            <span class="wm-roster__pair">
                <DrawingView drawing=share_spark(share) label="" fixed=true/>
                <span class="wm-num">{text}</span>
            </span>
        }
        .into_any(),
        None => "–".into_any(),
    };
    view! {
        <tr>
            <th scope="row">{title}<span class="wm-roster__note">{place}</span></th>
            <td class="wm-roster__num wm-num">{median}</td>
            <td class="wm-roster__num wm-num">{p90}</td>
            <td>{bar}</td>
            <td>{blocked}</td>
            <td>{unclear}</td>
            <td class="wm-roster__num wm-num">{people}</td>
        </tr>
    }
}
