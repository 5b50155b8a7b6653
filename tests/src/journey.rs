//! What tests ask about a journey.

use anyhow::Context as _;
use waymark_api::ipc::journey::{JourneyView, ListJourneys, OpenJourney, StepItem};

use crate::Window;

/// The first journey of the person in this window.
///
/// # Errors
///
/// Where there is none, or the window does not answer.
pub async fn first_journey(window: &Window) -> anyhow::Result<JourneyView> {
    let list = window.call(ListJourneys {}).await?;
    let journey = list.journeys.first().context("no journey was started")?.id;
    window.call(OpenJourney { journey }).await
}

/// All steps of a journey, parents before parts.
pub fn all_steps(view: &JourneyView) -> Vec<&StepItem> {
    fn add<'a>(step: &'a StepItem, list: &mut Vec<&'a StepItem>) {
        list.push(step);
        step.children.iter().for_each(|child| add(child, list));
    }
    let mut list = Vec::new();
    view.phases.iter().flat_map(|phase| &phase.steps).for_each(|step| add(step, &mut list));
    list
}

/// Its steps without parts.
pub fn leaves(view: &JourneyView) -> Vec<&StepItem> {
    all_steps(view).into_iter().filter(|step| step.children.is_empty()).collect()
}
