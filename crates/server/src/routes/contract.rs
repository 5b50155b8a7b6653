//! The operations of facts, content and teams, as the router and the description take them.

use std::time::Duration;

use waymark_api::http::{
    BATCH_TYPE, MAX_BATCH_BYTES,
    events::{BatchAnswer, CursorAnswer},
    feed::{BundleList, BundleRow, Feed},
    journeys::{Assign, MoveStart, Nudge, Plan, ReturnStep, SignOff, TemplateRow, Waive},
    problem::ProblemKind::{BadRange, Conflict, Forbidden, NotFound, TooLarge},
};

use super::{bundles, events, me, team};
use crate::{
    guard::{Place, Rate, Rules},
    operation::{Operation, Who},
};

/// A batch of facts.
const FACTS: Rules = Rules { body: MAX_BATCH_BYTES, rate: Rate::EVENTS, ..Rules::USUAL };
/// Waiting for news, 25 s at most.
const NEWS: Rules = Rules { place: Place::Waiting, time: Duration::from_secs(40), ..Rules::USUAL };
/// An archive on its way up, which its own handler reads and bounds.
const UPLOAD: Rules = Rules { place: Place::Streaming, time: Duration::from_secs(300), ..Rules::USUAL };

/// Facts, content and teams.
pub(crate) fn operations() -> Vec<Operation> {
    let mut all = facts();
    all.extend(content());
    all.extend(teams());
    all
}

fn facts() -> Vec<Operation> {
    vec![
        Operation::post("/v1/events", events::post)
            .about("Facts of the caller's device, in the order of their numbers.", Who::SignedIn)
            .takes_as(BATCH_TYPE, None)
            .gives::<BatchAnswer>(200)
            .fails(&[Conflict, Forbidden])
            .rules(FACTS),
        Operation::get("/v1/events/cursor", events::cursor)
            .about("Where the caller's device stands.", Who::SignedIn)
            .gives::<CursorAnswer>(200)
            .fails(&[Forbidden]),
        Operation::get("/v1/feed", events::feed)
            .about("What changed for the caller.", Who::SignedIn)
            .query(&[
                ("after", "what comes after this number"),
                ("wait", "seconds to wait for news, 25 at most"),
                ("own", "also what this device recorded itself"),
            ])
            .gives::<Feed>(200)
            .rules(NEWS),
        Operation::get("/v1/export/me", me::export)
            .about("Everything that the server has of the caller.", Who::SignedIn)
            .gives_as(200, "application/json"),
        Operation::delete("/v1/me", me::erase)
            .about("Forgets the caller.", Who::SignedIn)
            .gives_as(202, "application/json"),
        Operation::get("/dashboard", me::dashboard)
            .about(
                "Small numbers of the whole organisation, as a page, for whoever has a link that holds.",
                Who::Anyone,
            )
            .query(&[("until", "until when the link holds"), ("key", "its signature")])
            .gives_as(200, "text/html")
            .fails(&[NotFound]),
    ]
}

fn content() -> Vec<Operation> {
    vec![
        Operation::get("/v1/bundles", bundles::list)
            .about("Published content, the newest version of each.", Who::SignedIn)
            .gives::<BundleList>(200),
        Operation::get("/v1/bundles/{digest}", bundles::archive)
            .about("An archive, or a range of it.", Who::SignedIn)
            .gives_as(200, "application/zstd")
            .fails(&[BadRange]),
        Operation::put("/v1/bundles/{name}/{version}", bundles::put)
            .about("Publishes an archive.", Who::Author)
            .takes_as("application/octet-stream", None)
            .gives::<BundleRow>(201)
            .fails(&[Conflict, TooLarge])
            .rules(UPLOAD),
        Operation::get("/v1/templates", team::templates)
            .about("What can be assigned.", Who::ManagerOrAdmin)
            .gives::<Vec<TemplateRow>>(200),
    ]
}

fn teams() -> Vec<Operation> {
    vec![
        Operation::get("/v1/team/overview", team::overview)
            .about("The page of the caller's line.", Who::ManagerOrAdmin)
            .gives_as(200, "application/json"),
        Operation::get("/v1/people/{id}/page", team::person)
            .about("A person's page: one's own, or of the own line.", Who::SignedIn)
            .query(&[("journey", "which journey")])
            .gives_as(200, "application/json"),
        Operation::get("/v1/people/{id}/journeys", team::journeys)
            .about("A person's journeys: one's own, or of the own line.", Who::SignedIn)
            .gives_as(200, "application/json"),
        Operation::post("/v1/journeys", team::assign)
            .about("Gives somebody a journey; with `preview`, says what would follow.", Who::ManagerOrAdmin)
            .takes::<Assign>()
            .gives::<Plan>(201)
            .fails(&[NotFound, Conflict]),
        Operation::post("/v1/journeys/{id}/signoff", team::sign_off)
            .about("Confirms a completion.", Who::ManagerOrAdmin)
            .takes::<SignOff>()
            .gives_as(200, "application/json")
            .fails(&[Conflict]),
        Operation::post("/v1/journeys/{id}/return", team::return_step)
            .about("Not yet, with a reason.", Who::ManagerOrAdmin)
            .takes::<ReturnStep>()
            .gives_as(200, "application/json")
            .fails(&[Conflict]),
        Operation::post("/v1/journeys/{id}/waive", team::waive)
            .about("A step does not apply to this person.", Who::ManagerOrAdmin)
            .takes::<Waive>()
            .gives_as(200, "application/json")
            .fails(&[Conflict]),
        Operation::post("/v1/journeys/{id}/start", team::move_start)
            .about("Moves day 1; with `preview`, says what would follow.", Who::ManagerOrAdmin)
            .takes::<MoveStart>()
            .gives::<Plan>(200)
            .fails(&[Conflict]),
        Operation::post("/v1/journeys/{id}/nudge", team::nudge)
            .about("A reminder that the person sees.", Who::ManagerOrAdmin)
            .takes::<Nudge>()
            .fails(&[Conflict]),
    ]
}
