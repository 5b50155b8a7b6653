//! Somebody of the line is given a journey.

use sha2::{Digest as _, Sha256};
use uuid::Uuid;
use waymark_api::http::{
    envelope::Actor,
    journeys::{Assign, Plan, TemplateRow},
};
use waymark_core::{
    event::Fact,
    id::{JourneyId, PackId, PersonId, TemplateId},
};

use super::{
    manage::{conflict, sensible},
    page::visible,
    plan,
    project::Run,
    record::{new_id, record},
};
use crate::{
    auth::{Caller, Role},
    error::ApiError,
    state::State,
    store::{
        About as _,
        audit::{self, Act},
        bundle,
        hire::{self, Hire},
        journey, org,
    },
};

/// What can be assigned: templates of the newest version of each bundle.
///
/// # Errors
/// For callers who assign nothing.
pub(crate) async fn templates(state: &State, caller: &Caller) -> Result<Vec<TemplateRow>, ApiError> {
    if !caller.is(Role::Admin) {
        caller.must_be(Role::Manager)?;
    }
    let mut rows = Vec::new();
    for offered in bundle::offered(state.store()).await? {
        let Some(known) = state.facts().templates.get(state.store().read(), &offered.hash).await? else { continue };
        rows.push(TemplateRow {
            bundle: offered.bundle,
            template: TemplateId::new(offered.template),
            title: known.template.title.clone(),
            version: known.template.version.clone(),
            steps: known.steps.len() as u32,
        });
    }
    Ok(rows)
}

/// Gives somebody a journey, or says what would follow.
///
/// # Errors
/// [`waymark_api::http::problem::ProblemKind::NotFound`] for a person or template that is not there or not the
/// caller's to use; a conflict where the person is in that journey already.
pub(crate) async fn assign(state: &State, caller: &Caller, wish: Assign) -> Result<Plan, ApiError> {
    let start = sensible(wish.start)?;
    let hire = assignable(state, caller, wish.person).await?;
    if hire.id == caller.person {
        return Err(ApiError::not_found());
    }
    let offered = bundle::offered(state.store()).await?;
    let offered = offered.into_iter().find(|one| one.bundle == wish.bundle && one.template == wish.template.as_str());
    let offered = offered.ok_or_else(ApiError::not_found)?;
    let known = state.facts().templates.get(state.store().read(), &offered.hash).await?;
    let template = known.ok_or_else(ApiError::not_found)?;
    let mut plan = plan::assigned(template.clone(), &hire, start);
    if wish.preview {
        return Ok(plan);
    }
    let now = state.now();
    let mut tx = state.store().begin().await?;
    let mut hire = hire::lock(&mut tx, wish.person).await?.ok_or_else(ApiError::not_found)?;
    for row in journey::of_person(&mut *tx, hire.id).await? {
        let known = state.facts().templates.get(&mut *tx, &row.hash).await?;
        let same = known.is_some_and(|known| known.template.id == template.template.id);
        if same && row.withdrawn.is_none() && row.finished.is_none() {
            return Err(conflict("The person is in this journey already."));
        }
    }
    let id = JourneyId::new(new_id(now));
    let fact = Fact::JourneyAssigned {
        journey: id,
        template: template.template.id.clone(),
        version: template.template.version.clone(),
        hash: template.hash.clone(),
        pack: pack_of(state, &wish.bundle),
        start,
    };
    let mut run = Run::opened(id, hire.id, template, start);
    run.row.bundle = wish.bundle;
    let actor = Actor::Person(caller.person);
    let events = record(&mut tx, state, &mut hire, &mut run, actor, vec![fact]).await?;
    let (actor, object) = (format!("p:{}", caller.person), format!("journey/{id}"));
    let act = Act { actor: &actor, action: "journey.assigned", object: &object, outcome: "done" };
    audit::append(&mut tx, now, &act).await?;
    tx.commit().await.about("an assignment")?;
    state.facts().folds.keep(std::iter::once(run));
    state.facts().wakes.wake(hire.id);
    plan.journey = Some(id);
    plan.recorded = events.into_iter().next();
    Ok(plan)
}

/// The person, where the caller may give them a journey: somebody of the caller's line; for an admin, everybody who
/// works here. An admin sees no page for it.
async fn assignable(state: &State, caller: &Caller, person: PersonId) -> Result<Hire, ApiError> {
    if !caller.is(Role::Admin) {
        return visible(state, caller, person).await;
    }
    let row = org::find(state.store().read(), &person.to_string()).await?;
    if !row.is_some_and(|row| row.active) {
        return Err(ApiError::not_found());
    }
    hire::get(state.store(), person).await?.ok_or_else(ApiError::not_found)
}

/// The id of a published bundle as facts name it: the same for every server of this database, made of the
/// server's id and the bundle's name. A device finds the template by its hash.
fn pack_of(state: &State, bundle: &str) -> PackId {
    let digest = Sha256::digest(format!("waymark-pack:{}:{bundle}", state.identity().id));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    PackId::new(Uuid::from_bytes(bytes))
}
