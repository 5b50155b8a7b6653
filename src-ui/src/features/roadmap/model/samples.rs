//! A small board for the tests of this folder.

use waymark_api::ipc::roadmap::{BoardView, Card, Column};
use waymark_core::{
    id::{ItemId, PackId, PersonaId},
    roadmap::{Horizon, Status},
};

/// An open item without anything that could be left out.
pub(super) fn card(title: &str, horizon: Horizon) -> Card {
    Card {
        id: ItemId::new(title.to_lowercase().replace(' ', "-")),
        title: title.into(),
        horizon,
        status: Status::Open,
        summary: String::new(),
        personas: Vec::new(),
        people: None,
        area: None,
        owner: None,
        impact: None,
        effort: None,
        missing: Vec::new(),
    }
}

fn item(title: &str, horizon: Horizon, persona: &str, area: &str) -> Card {
    Card {
        personas: vec![(PersonaId::new(persona), persona.to_owned())],
        area: Some(area.to_owned()),
        ..card(title, horizon)
    }
}

/// Two items under way, one next, one later, one shipped.
pub(super) fn board() -> BoardView {
    let column = |horizon, cards| Column { horizon, cards };
    BoardView {
        pack: "0190b5a0-0000-7000-8000-000000000001".parse::<PackId>().expect("a UUID"),
        title: "Developer platform".into(),
        owner: None,
        vision_html: String::new(),
        columns: vec![
            column(
                Horizon::Now,
                vec![
                    item("Self-service databases", Horizon::Now, "developer", "data"),
                    item("Faster CI", Horizon::Now, "developer", "delivery"),
                ],
            ),
            column(Horizon::Next, vec![item("Secrets rotation", Horizon::Next, "on-call", "security")]),
            column(Horizon::Later, vec![item("Multi-region", Horizon::Later, "on-call", "runtime")]),
        ],
        past: vec![Card { status: Status::Shipped, ..item("One build image", Horizon::Now, "developer", "delivery") }],
        personas: Vec::new(),
        areas: Vec::new(),
        boards: Vec::new(),
    }
}
