//! What the index found, as the palette shows it.

use waymark_api::ipc::{
    journey::StepItem,
    search::{Hit, HitKind, Segment},
};
use waymark_core::id::SiteId;
use waymark_search::{Found, Marked};

use super::documents::Named;
use crate::{
    App, AppError,
    journey::{Items, active},
    reader::route,
};

/// The hits in the order of the index. What is not in the library any more, or hidden from the
/// person, is left out.
pub(super) async fn of(app: &App, found: Found) -> Result<Vec<Hit>, AppError> {
    let library = Library::read(app, &found).await?;
    Ok(found.hits.iter().filter_map(|hit| library.hit(&found, hit)).collect())
}

/// What hits need to know beside the index.
#[derive(Default)]
struct Library {
    /// Titles of sites by id.
    sites: Vec<(SiteId, String)>,
    /// Steps with their journeys and their places: `First week · Day 1`.
    steps: Vec<(String, StepItem, String)>,
    /// Items with their packs and their places.
    items: Vec<(String, String, String)>,
}

impl Library {
    /// Reads no more than the hits need.
    async fn read(app: &App, found: &Found) -> Result<Self, AppError> {
        let has = |kind| found.hits.iter().any(|hit| hit.kind == kind);
        let mut library = Self::default();
        if has(waymark_search::Kind::Page) {
            let sites = app.db().await?.sites().list().await?;
            library.sites = sites.into_iter().map(|site| (site.id, site.title)).collect();
        }
        if has(waymark_search::Kind::Step) {
            for loaded in active(app).await? {
                let journey = loaded.values.plain(&loaded.template.title);
                for phase in Items::of(app, &loaded).phases() {
                    let place = format!("{journey} · {}", phase.title);
                    phase.steps.into_iter().for_each(|step| library.add_step(&loaded.id.to_string(), step, &place));
                }
            }
        }
        if has(waymark_search::Kind::Item) {
            for (pack, roadmap) in app.db().await?.roadmaps().list().await? {
                let place = |horizon: &str| format!("{} · {horizon}", roadmap.title);
                let items = roadmap.items.iter();
                library
                    .items
                    .extend(items.map(|item| (pack.to_string(), item.id.to_string(), place(item.horizon.title()))));
            }
        }
        Ok(library)
    }

    fn add_step(&mut self, journey: &str, mut step: StepItem, place: &str) {
        let children = std::mem::take(&mut step.children);
        self.steps.push((journey.to_owned(), step, place.to_owned()));
        children.into_iter().for_each(|child| self.add_step(journey, child, place));
    }

    fn hit(&self, found: &Found, hit: &waymark_search::Hit) -> Option<Hit> {
        let mark = |text: &str| segments(found.marker.mark(text));
        let is_marked = |pieces: &[Segment]| pieces.iter().any(|piece| piece.marked);
        match Named::read(&hit.key)? {
            Named::Page { site, path } => {
                let (id, context) = self.sites.iter().find(|(id, _)| id.as_str() == site)?;
                let title = match hit.headings.last() {
                    Some(heading) => format!("{} › {heading}", hit.title),
                    None => hit.title.clone(),
                };
                Some(Hit {
                    kind: HitKind::Page,
                    title: mark(&title),
                    context: context.clone(),
                    snippet: segments(hit.snippet.clone()),
                    route: route(id, path, hit.anchor.as_deref()),
                    status: None,
                    due: None,
                })
            }
            Named::Step { journey, step } => {
                let (_, item, context) =
                    self.steps.iter().find(|(of, item, _)| of == journey && item.id.as_str() == step)?;
                let title = mark(&item.title);
                Some(Hit {
                    kind: HitKind::Step,
                    snippet: if is_marked(&title) { Vec::new() } else { segments(hit.snippet.clone()) },
                    title,
                    context: context.clone(),
                    route: format!("/checklist/{journey}/{step}"),
                    status: Some(item.status.clone()),
                    due: item.due,
                })
            }
            Named::Item { pack, item } => {
                let (_, id, context) = self.items.iter().find(|(of, id, _)| of == pack && id == item)?;
                let title = mark(&hit.title);
                Some(Hit {
                    kind: HitKind::Item,
                    snippet: if is_marked(&title) { Vec::new() } else { segments(hit.snippet.clone()) },
                    title,
                    context: context.clone(),
                    route: format!("/roadmap/{id}"),
                    status: None,
                    due: None,
                })
            }
        }
    }
}

fn segments(marked: Marked) -> Vec<Segment> {
    marked.into_iter().map(|(text, marked)| Segment { text, marked }).collect()
}
