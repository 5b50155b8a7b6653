//! The platform's roadmap as people read it.

use waymark_api::ipc::{
    journey::DocLink,
    roadmap::{BoardView, Card, Column, ItemView, Marked, OpenBoard, OpenItem},
};
use waymark_core::{
    id::{ItemId, PackId, StepId},
    journey::DocRef,
    roadmap::{Horizon, Item, ItemLink, Roadmap, Status, marks},
};

use crate::{
    App, AppError,
    journey::{self, Loaded},
    reader::Reader,
};

/// Opens the board of a pack, or of the first one that has one.
///
/// # Errors
///
/// Where the library cannot be read.
pub async fn open_board(app: &App, request: OpenBoard) -> Result<Option<BoardView>, AppError> {
    let db = app.db().await?;
    let all = db.roadmaps().list().await?;
    let Some((pack, roadmap)) = all.iter().find(|(pack, _)| request.pack.is_none_or(|wanted| wanted == *pack)) else {
        return Ok(None);
    };
    let reader = app.reader(*pack, "roadmap/index.md").await?;
    let board = Board::new(roadmap);
    let packs = db.packs().list().await?;
    let cards = || roadmap.items.iter().map(|item| board.card(item));
    let open = |card: &Card| !is_past(card.status);
    let mut areas: Vec<String> = roadmap.items.iter().filter_map(|item| item.area.clone()).collect();
    areas.sort();
    areas.dedup();
    Ok(Some(BoardView {
        pack: *pack,
        title: roadmap.title.clone(),
        owner: roadmap.owner.clone(),
        vision_html: reader.html(&roadmap.vision),
        columns: Horizon::ALL
            .map(|horizon| Column {
                horizon,
                cards: cards().filter(|card| card.horizon == horizon && open(card)).collect(),
            })
            .into(),
        past: cards().filter(|card| !open(card)).collect(),
        personas: roadmap
            .personas
            .iter()
            .filter(|persona| roadmap.items.iter().any(|item| item.personas.contains(&persona.id)))
            .map(|persona| (persona.id.clone(), persona.name.clone()))
            .collect(),
        areas,
        boards: all.iter().map(|(pack, roadmap)| (*pack, board_title(&packs, *pack, roadmap))).collect(),
    }))
}

fn board_title(packs: &[waymark_store::Pack], pack: PackId, roadmap: &Roadmap) -> String {
    if !roadmap.title.is_empty() {
        return roadmap.title.clone();
    }
    packs.iter().find(|known| known.id == pack).map_or_else(String::new, |pack| pack.title.clone())
}

/// Opens an item.
///
/// # Errors
///
/// Where the item is not on this device or the library cannot be read.
pub async fn open_item(app: &App, request: OpenItem) -> Result<ItemView, AppError> {
    let all = app.db().await?.roadmaps().list().await?;
    let (pack, roadmap, item) = find(&all, &request.item, request.pack).ok_or(AppError::NotFound { what: "item" })?;
    let reader = app.reader(pack, &item.path).await?;
    let mut history: Vec<_> =
        item.history.iter().map(|entry| (entry.at, in_words(&entry.to), entry.reason.clone())).collect();
    history.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
    let job = item.job.as_ref().and_then(|id| roadmap.jobs.iter().find(|job| job.id == *id));
    Ok(ItemView {
        pack,
        card: Board::new(roadmap).card(item),
        job: job.map(|job| job.statement.clone()),
        outcome: item.outcome.clone(),
        body_html: reader.html(&item.body),
        history,
        links: links(app, &reader, item).await?,
    })
}

fn find<'a>(
    all: &'a [(PackId, Roadmap)],
    id: &ItemId,
    pack: Option<PackId>,
) -> Option<(PackId, &'a Roadmap, &'a Item)> {
    all.iter()
        .filter(|(of, _)| pack.is_none_or(|wanted| wanted == *of))
        .find_map(|(of, roadmap)| roadmap.items.iter().find(|item| item.id == *id).map(|item| (*of, roadmap, item)))
}

async fn links(app: &App, reader: &Reader, item: &Item) -> Result<Vec<DocLink>, AppError> {
    let journeys = journey::active(app).await?;
    let link = |link: &ItemLink| match link.kind.as_str() {
        "docs" => reader.links(&[DocRef::parse(&link.to)]).pop(),
        "step" => step_link(&journeys, &link.to),
        _ if link.to.starts_with("https://") => Some(DocLink { title: link.to.clone(), route: Some(link.to.clone()) }),
        _ => None,
    };
    Ok(item.links.iter().filter_map(link).collect())
}

/// `journey/step` → the step in the person's own journey; nothing where they do not have it.
fn step_link(journeys: &[Loaded], to: &str) -> Option<DocLink> {
    let (template, step) = to.split_once('/')?;
    let loaded = journeys.iter().find(|loaded| loaded.template.id.as_str() == template)?;
    let step = loaded.template.step(&StepId::new(step))?;
    Some(DocLink {
        title: loaded.values.plain(&step.title),
        route: Some(format!("/checklist/{}/{}", loaded.id, step.id)),
    })
}

/// A roadmap with what its cards are compared with.
struct Board<'a> {
    roadmap: &'a Roadmap,
}

impl<'a> Board<'a> {
    fn new(roadmap: &'a Roadmap) -> Self {
        Self { roadmap }
    }

    fn card(&self, item: &Item) -> Card {
        let personas = item
            .personas
            .iter()
            .map(|id| {
                let name = self.roadmap.personas.iter().find(|persona| persona.id == *id);
                (id.clone(), name.map_or_else(|| id.to_string(), |persona| persona.name.clone()))
            })
            .collect();
        Card {
            id: item.id.clone(),
            title: item.title.clone(),
            horizon: item.horizon,
            status: item.status,
            summary: self.summary(item),
            personas,
            people: item.impact.as_ref().and_then(|impact| impact.people),
            area: item.area.clone(),
            owner: item.owner.as_deref().map(owner_name),
            impact: self.impact(item),
            effort: self.effort(item),
            missing: item.missing().into_iter().map(str::to_owned).collect(),
        }
    }

    /// What the person wants, out of the job's "When …, I want …, so that …"; else the item's first sentence.
    fn summary(&self, item: &Item) -> String {
        let job = item.job.as_ref().and_then(|id| self.roadmap.jobs.iter().find(|job| job.id == *id));
        job.and_then(|job| want(&job.statement)).unwrap_or_else(|| first_sentence(&item.body))
    }

    /// Units are never converted into each other: an item is ranked among those of its own unit.
    fn impact(&self, item: &Item) -> Option<Marked> {
        let impact = item.impact.as_ref()?;
        let same: Vec<f64> = self
            .roadmap
            .items
            .iter()
            .filter_map(|item| item.impact.as_ref())
            .filter(|other| other.unit == impact.unit)
            .map(waymark_core::roadmap::Impact::weight)
            .collect();
        Some(Marked {
            words: format!("{} {}", number(impact.value), impact.unit),
            marks: marks(impact.weight(), &same),
            confidence: impact.confidence,
        })
    }

    fn effort(&self, item: &Item) -> Option<Marked> {
        let effort = item.effort.as_ref()?;
        let same: Vec<f64> = self
            .roadmap
            .items
            .iter()
            .filter_map(|item| item.effort.as_ref())
            .filter(|other| other.unit == effort.unit)
            .map(|effort| effort.value)
            .collect();
        Some(Marked {
            words: format!("{} {}", number(effort.value), effort.unit),
            marks: marks(effort.value, &same),
            confidence: effort.confidence,
        })
    }
}

fn is_past(status: Status) -> bool {
    match status {
        Status::Draft | Status::Open | Status::Validating | Status::Building | Status::Trial => false,
        Status::Shipped | Status::Reviewed | Status::Declined | Status::Merged => true,
    }
}

/// `team:platform-tools` → `platform-tools`.
fn owner_name(owner: &str) -> String {
    owner.split_once(':').map_or(owner, |(_, name)| name).to_owned()
}

fn in_words(to: &str) -> String {
    let mut words = to.replace('-', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// 3 → "3", 2.5 → "2.5".
fn number(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}

fn want(statement: &str) -> Option<String> {
    let lower = statement.to_ascii_lowercase();
    let at = lower.find("i want ")?;
    let wanted = statement[at + "i want ".len()..].trim_start_matches("to ").trim_end_matches(['.', ' ']);
    let mut sentence = wanted.to_owned();
    sentence.get_mut(..1)?.make_ascii_uppercase();
    sentence.push('.');
    Some(sentence)
}

fn first_sentence(body: &str) -> String {
    let line = body.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default();
    let text = waymark_docs::plain_text(line);
    match text.find(". ") {
        Some(end) => text[..=end].to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_says_what_the_person_wants() {
        assert_eq!(
            want("When I start a service, I want a database without a ticket, so that I ship the same day."),
            Some("A database without a ticket, so that I ship the same day.".to_owned())
        );
        assert_eq!(want("I want to know who owns it"), Some("Know who owns it.".to_owned()));
        assert_eq!(want("Something else"), None);
    }

    #[test]
    fn figures_are_printed_without_false_precision() {
        assert_eq!((number(3.0).as_str(), number(2.5).as_str()), ("3", "2.5"));
    }
}
