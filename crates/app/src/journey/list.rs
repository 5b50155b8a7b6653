//! The person's journeys and what could be started.

use waymark_api::ipc::journey::{JourneyList, JourneySummary, ListJourneys, TemplateSummary};
use waymark_core::{id::PackId, journey::Template};

use super::{Items, active};
use crate::{App, AppError};

/// Lists journeys: under way first, finished ones after them; none ever disappears by being finished.
///
/// # Errors
///
/// Where the library cannot be read.
pub async fn list(app: &App, _: ListJourneys) -> Result<JourneyList, AppError> {
    let db = app.db().await?;
    let packs = db.packs().list().await?;
    let title_of =
        |id: PackId| packs.iter().find(|pack| pack.id == id).map_or_else(String::new, |pack| pack.title.clone());
    let journeys = active(app).await?;
    let available = db
        .templates()
        .list()
        .await?
        .into_iter()
        .filter(|row| {
            !journeys.iter().any(|journey| journey.pack == row.pack && journey.template.id == row.template.id)
        })
        .map(|row| TemplateSummary {
            pack: row.pack,
            pack_title: title_of(row.pack),
            title: row.template.title.clone(),
            kind: row.template.kind,
            steps: row.template.steps().count() as u32,
            minutes: minutes(&row.template),
            template: row.template.id,
        })
        .collect();
    let mut summaries: Vec<(bool, JourneySummary)> = journeys
        .iter()
        .map(|loaded| {
            let items = Items::of(app, loaded);
            let counts = items.counts(&items.phases());
            let summary = JourneySummary {
                id: loaded.id,
                title: loaded.values.plain(&loaded.template.title),
                kind: loaded.template.kind,
                progress: loaded.resolved.progress,
                start: loaded.start,
                open: counts.open,
                blocked: counts.blocked,
                pack: title_of(loaded.pack),
            };
            (loaded.is_finished(), summary)
        })
        .collect();
    summaries.sort_by_key(|(finished, _)| *finished);
    Ok(JourneyList { journeys: summaries.into_iter().map(|(_, summary)| summary).collect(), available })
}

/// What the authors expect the person's own steps to take. Parts count where their step says nothing.
fn minutes(template: &Template) -> u32 {
    fn of(step: &waymark_core::journey::Step) -> u32 {
        step.estimate_minutes.unwrap_or_else(|| step.children.iter().map(of).sum())
    }
    template.phases.iter().flat_map(|phase| &phase.steps).filter(|step| step.role.is_hire()).map(of).sum()
}
