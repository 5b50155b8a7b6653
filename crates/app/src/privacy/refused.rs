//! What the server did not take: why, what that means, and setting it aside.

use waymark_api::{
    ipc::privacy::{OpenPrivacy, PrivacyView, RefusedLine, SetAside},
    topic::Topic,
};
use waymark_store::{Answer, Db, Journey};

use super::{kind, open, title_of};
use crate::{App, AppError};

/// Everything that the server did not take, newest first.
pub(super) async fn list(app: &App, db: &Db, journeys: &[Journey]) -> Result<Vec<RefusedLine>, AppError> {
    let mut list = Vec::new();
    for entry in db.outbox().sent().await? {
        let Some((answer, at)) = entry.answer else { continue };
        let (why, advice) = match &answer {
            Answer::Accepted | Answer::Duplicate => continue,
            Answer::Quarantined => (FAILS, FAILS_ADVICE),
            Answer::Refused(reason) => explain(reason),
        };
        let template = journeys.iter().find(|journey| journey.id == entry.event.fact.journey());
        list.push(RefusedLine {
            fact: entry.event.id,
            at: app.local(at),
            kind: kind(&entry.event.fact).to_owned(),
            title: title_of(&entry.event.fact, template.map(|journey| &journey.template)),
            why: why.to_owned(),
            advice: advice.to_owned(),
            aside: entry.set_aside,
        });
    }
    Ok(list)
}

/// Sets a refusal aside, or brings it back.
///
/// # Errors
///
/// Where the server took that fact, or the library cannot be written.
pub async fn set_aside(app: &App, request: SetAside) -> Result<PrivacyView, AppError> {
    let at = request.aside.then(|| app.now().timestamp());
    let mut tx = app.db().await?.begin().await?;
    if !tx.outbox().set_aside(request.fact, at).await? {
        return Err(AppError::NotFound { what: "refusal" });
    }
    tx.commit().await?;
    app.publish(Topic::Account);
    open(app, OpenPrivacy {}).await
}

const FAILS: &str = "the server fails at it, so an empty record went in its place";
const FAILS_ADVICE: &str = "It counts on this computer and your manager does not see it. Tell whoever runs the server.";

/// The server's word: why in words, and what that means.
pub(super) fn explain(reason: &str) -> (&'static str, &'static str) {
    match reason {
        "not-your-journey" => (
            "the journey is not yours there",
            "It counts on this computer. Ask your manager to give you the journey again if it should count there.",
        ),
        "not-yours" => (
            "only your manager may record that",
            "Ask your manager to do it on their side; you have nothing to mend here.",
        ),
        "unknown-step" => (
            "the journey has no such step there",
            "The journey that your team published has changed. It counts on this computer; you have nothing to mend.",
        ),
        "unknown-template" => (
            "this journey was never published there",
            "It counts on this computer. Tell whoever publishes your team’s journeys.",
        ),
        "malformed" => (
            "the server cannot read it",
            "It counts on this computer. A newer version of Waymark, or of the server, may take such records.",
        ),
        "too-large" => ("it is too large", "It counts on this computer. A shorter text next time will go."),
        _ => (
            "this version of Waymark does not know the reason",
            "It counts on this computer. A newer version of Waymark can say more.",
        ),
    }
}
