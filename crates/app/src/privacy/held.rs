//! What the person holds back from the team's server.

use waymark_api::{
    ipc::privacy::{HeldClass, HoldBack, OpenPrivacy, PrivacyView},
    topic::Topic,
};
use waymark_core::{id::EventId, sharing::Class};
use waymark_store::Db;

use super::open;
use crate::{App, AppError};

/// Every class, whether it is held back, and how many facts of it are.
pub(super) async fn classes(db: &Db, facts: &[(EventId, Class)]) -> Result<Vec<HeldClass>, AppError> {
    let held = db.held_back().classes().await?;
    let count = |class| facts.iter().filter(|(_, of)| *of == class).count() as u32;
    let all = Class::ALL.into_iter();
    Ok(all.map(|class| HeldClass { class, held: held.contains(&class), facts: count(class) }).collect())
}

/// Holds a class of facts back from now on, with what waits and was not made ready to go; or lets it go again.
///
/// # Errors
///
/// Where the library cannot be written, or there is no team.
pub async fn hold_back(app: &App, request: HoldBack) -> Result<PrivacyView, AppError> {
    let db = app.db().await?;
    if db.membership().get().await?.is_none() {
        return Err(AppError::NoTeam);
    }
    let mut tx = db.begin().await?;
    if request.hold {
        tx.hold_back(request.class).await?;
    } else {
        tx.release(request.class).await?;
    }
    tx.commit().await?;
    // What was released waits now.
    app.team().recorded();
    app.publish(Topic::Account);
    open(app, OpenPrivacy {}).await
}
