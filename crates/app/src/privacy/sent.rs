//! What went to the team's server, and what goes along with it.

use waymark_api::ipc::privacy::{EraseOnServer, ListSent, OpenPrivacy, PrivacyView, SentLine, ShareNotes};
use waymark_store::Answer;

use super::{kind, open, refused::explain, title_of};
use crate::{App, AppError};

/// How many are listed.
const LISTED: usize = 50;

/// What was sent, newest first: the very bytes, which were kept before they went.
///
/// # Errors
///
/// Where the library cannot be read.
pub async fn list_sent(app: &App, request: ListSent) -> Result<Vec<SentLine>, AppError> {
    let db = app.db().await?;
    let journeys = db.journeys().list().await?;
    let wanted = request.search.trim().to_lowercase();
    let mut list = Vec::new();
    for entry in db.outbox().sent().await? {
        let template = journeys.iter().find(|journey| journey.id == entry.event.fact.journey());
        let (answer, at) = match entry.answer {
            Some((answer, at)) => (in_words(&answer), at),
            None => ("no answer yet".to_owned(), entry.event.time),
        };
        let line = SentLine {
            at: app.local(at),
            kind: kind(&entry.event.fact).to_owned(),
            title: title_of(&entry.event.fact, template.map(|journey| &journey.template)),
            answer,
            bytes: String::from_utf8_lossy(&entry.bytes).into_owned(),
        };
        let found = [&line.kind, &line.title, &line.answer, &line.bytes]
            .into_iter()
            .any(|text| wanted.is_empty() || text.to_lowercase().contains(&wanted));
        if found {
            list.push(line);
        }
        if list.len() == LISTED {
            break;
        }
    }
    Ok(list)
}

/// The server's answer; a refusal in words that its author can act on.
fn in_words(answer: &Answer) -> String {
    match answer {
        Answer::Accepted | Answer::Duplicate => "accepted".to_owned(),
        Answer::Quarantined => "not delivered: the server fails at it; an empty record went in its place".to_owned(),
        Answer::Refused(reason) => format!("refused: {}", explain(reason).0),
    }
}

/// Chooses whether the person's words about a block go along with it, from the next fact on. What was made ready
/// to go stays as it was shown.
///
/// # Errors
///
/// Where the library cannot be written, or there is no team.
pub async fn share_notes(app: &App, request: ShareNotes) -> Result<PrivacyView, AppError> {
    let db = app.db().await?;
    if db.membership().get().await?.is_none() {
        return Err(AppError::NoTeam);
    }
    let mut tx = db.begin().await?;
    tx.membership().set_share_notes(request.share).await?;
    tx.commit().await?;
    open(app, OpenPrivacy {}).await
}

/// Asks the server to forget the person, and leaves it. The shell has asked the person by then.
///
/// # Errors
///
/// Where the server cannot be reached: nothing is forgotten then.
pub async fn erase_on_server(app: &App, _: EraseOnServer) -> Result<(), AppError> {
    crate::team::erase_on_server(app).await
}
