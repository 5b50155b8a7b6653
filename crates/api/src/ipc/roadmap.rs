//! The platform's roadmap.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use waymark_core::{
    id::{ItemId, PackId, PersonaId},
    roadmap::{Confidence, Horizon, Outcome, Status},
};

use super::journey::DocLink;
use crate::request::requests;

requests! {
    /// The board of one pack; of the first one that has a roadmap where none is named.
    OpenBoard { /** Which pack's. */ pack: Option<PackId> } = "open_board" -> Option<BoardView>;
    /// One item in full.
    OpenItem { /** Which. */ item: ItemId, /** Which pack's, where several have it. */ pack: Option<PackId> } = "open_item" -> ItemView;
}

/// The board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BoardView {
    /// Whose board.
    pub pack: PackId,
    /// Name of the platform.
    pub title: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Sanitised HTML: vision, rhythm, office hours.
    pub vision_html: String,
    /// Now, Next, Later: open items in the owner's order.
    pub columns: Vec<Column>,
    /// Items that are over: shipped, reviewed, declined, merged.
    pub past: Vec<Card>,
    /// Personas that occur, for the filter.
    pub personas: Vec<(PersonaId, String)>,
    /// Areas that occur, for the filter.
    pub areas: Vec<String>,
    /// Packs that have a roadmap, for the switch.
    pub boards: Vec<(PackId, String)>,
}

/// One horizon.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Which.
    pub horizon: Horizon,
    /// Its items.
    pub cards: Vec<Card>,
}

/// An item on the board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Which.
    pub id: ItemId,
    /// Its title.
    pub title: String,
    /// When it may happen.
    pub horizon: Horizon,
    /// How far it is.
    pub status: Status,
    /// One sentence: the job it serves, without its "When I …, I want".
    pub summary: String,
    /// Whom it is for.
    pub personas: Vec<(PersonaId, String)>,
    /// How many people gain.
    pub people: Option<u32>,
    /// Part of the platform.
    pub area: Option<String>,
    /// Team or person.
    pub owner: Option<String>,
    /// What it should change, in words, with one to five marks by its rank on the board.
    pub impact: Option<Marked>,
    /// What it costs, likewise.
    pub effort: Option<Marked>,
    /// What readers need and the item lacks.
    pub missing: Vec<String>,
}

/// A figure in words, with its rank on the board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Marked {
    /// For instance "3 hours saved per new colleague".
    pub words: String,
    /// 1 to 5.
    pub marks: u8,
    /// How sure the owner is.
    pub confidence: Option<Confidence>,
}

/// One item in full.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ItemView {
    /// Whose board.
    pub pack: PackId,
    /// The item as on the board.
    pub card: Card,
    /// The whole job: "When … I want … so that …".
    pub job: Option<String>,
    /// How its success is measured.
    pub outcome: Option<Outcome>,
    /// Sanitised HTML.
    pub body_html: String,
    /// Moves and status changes, newest first: day, where to, why.
    pub history: Vec<(Date, String, String)>,
    /// Pages and steps.
    pub links: Vec<DocLink>,
}
