//! What a manager does for somebody of their line: sign off, return, waive, move the start, remind.

use jiff::civil::Date;
use waymark_api::http::{
    envelope::Actor,
    feed::ChangeKind,
    journeys::{MoveStart, Nudge, Plan, Recorded, ReturnStep, SignOff, Waive},
    problem::ProblemKind,
};
use waymark_core::{
    event::Fact,
    id::{EventId, JourneyId, StepId},
    journey::{Role, Step, StepState, Template},
};

use super::{
    page::{run_of, visible},
    plan,
    project::{self, Run},
    record::record,
};
use crate::{
    auth::Caller,
    error::ApiError,
    state::State,
    store::{
        About as _, Tx,
        audit::{self, Act},
        feed,
        hire::{self, Hire},
        journey, view,
    },
};

/// Confirms a completion; confirming it again changes nothing.
///
/// # Errors
/// [`ProblemKind::Conflict`] where another completion counts by now, or none.
pub(crate) async fn sign_off(
    state: &State,
    caller: &Caller,
    journey: JourneyId,
    wish: SignOff,
) -> Result<Recorded, ApiError> {
    let open = Open::journey(state, caller, journey, Right::Confirm(&wish.step)).await?;
    open.completion(&wish.step, wish.completion)?;
    if open.run.history().is_verified(wish.completion) {
        return Ok(Recorded { events: Vec::new() });
    }
    let fact = Fact::StepVerified { journey, step: wish.step, completion: wish.completion };
    open.take(vec![fact], "step.signed-off").await
}

/// "Not yet", with a reason that the person reads.
///
/// # Errors
/// As [`sign_off`]; [`ProblemKind::BadRequest`] without a reason.
pub(crate) async fn return_step(
    state: &State,
    caller: &Caller,
    journey: JourneyId,
    wish: ReturnStep,
) -> Result<Recorded, ApiError> {
    let note = said(&wish.reason)?;
    let open = Open::journey(state, caller, journey, Right::Confirm(&wish.step)).await?;
    open.completion(&wish.step, wish.completion)?;
    let fact = Fact::StepReopened { journey, step: wish.step, completion: wish.completion, note };
    open.take(vec![fact], "step.returned").await
}

/// The step does not apply to this person.
///
/// # Errors
/// [`ProblemKind::Conflict`] where it is done or waived already; [`ProblemKind::BadRequest`] without a reason.
pub(crate) async fn waive(
    state: &State,
    caller: &Caller,
    journey: JourneyId,
    wish: Waive,
) -> Result<Recorded, ApiError> {
    let reason = said(&wish.reason)?;
    let open = Open::journey(state, caller, journey, Right::Lead).await?;
    open.step(&wish.step)?;
    if open.run.history().waiver(&wish.step).is_some() || open.is_done(&wish.step) {
        return Err(conflict("The step is done or waived by now."));
    }
    let fact = Fact::StepWaived { journey, step: wish.step, reason };
    open.take(vec![fact], "step.waived").await
}

/// Moves day 1, or says what would follow.
///
/// # Errors
/// [`ProblemKind::NotFound`] for a journey that is not there or not of the caller's line.
pub(crate) async fn move_start(
    state: &State,
    caller: &Caller,
    journey: JourneyId,
    wish: MoveStart,
) -> Result<Plan, ApiError> {
    let start = sensible(wish.start)?;
    if wish.preview {
        let row = journey::by_id(state.store().read(), &[journey]).await?.pop().ok_or_else(ApiError::not_found)?;
        let hire = led(state, caller, row.person).await?;
        let run = run_of(state, row).await?;
        return Ok(plan::moved(&run, &hire, start, state.now()));
    }
    let open = Open::journey(state, caller, journey, Right::Lead).await?;
    let mut plan = plan::moved(&open.run, &open.hire, start, state.now());
    if open.run.history().start() != Some(start) {
        let recorded = open.take(vec![Fact::StartMoved { journey, start }], "journey.start-moved").await?;
        plan.recorded = recorded.events.into_iter().next();
    }
    Ok(plan)
}

/// A reminder that the person sees; one in a day of the person for each step.
///
/// # Errors
/// [`ProblemKind::SlowDown`] for the second one of a day, [`ProblemKind::Conflict`] where the step is done.
pub(crate) async fn nudge(state: &State, caller: &Caller, journey: JourneyId, wish: Nudge) -> Result<(), ApiError> {
    let mut open = Open::journey(state, caller, journey, Right::Lead).await?;
    open.step(&wish.step)?;
    if open.is_done(&wish.step) || open.run.history().waiver(&wish.step).is_some() {
        return Err(conflict("The step is done or waived by now."));
    }
    let now = state.now();
    let last = view::last_nudge(&mut open.tx, journey, &wish.step).await?;
    let today = open.hire.calendar.first_working_day(open.hire.day(now));
    if last.is_some_and(|last| open.hire.calendar.first_working_day(open.hire.day(last)) >= today) {
        let detail = "The person was reminded of this step today. One reminder a working day is enough.";
        return Err(ApiError { retry_after: Some(6 * 3600), ..ApiError::new(ProblemKind::SlowDown, detail) });
    }
    view::add_nudge(&mut open.tx, journey, &wish.step, caller.person, now).await?;
    let by = hire::get(state.store(), caller.person).await?.map(|manager| manager.name).unwrap_or_default();
    let kind = ChangeKind::Nudge { by, at: now, subject: format!("journey/{journey}/step/{}", wish.step) };
    open.hire.feed_last += 1;
    feed::add(&mut open.tx, open.hire.id, open.hire.feed_last, &kind, now).await?;
    hire::set_feed_last(&mut open.tx, open.hire.id, open.hire.feed_last).await?;
    open.end("step.nudged").await?;
    Ok(())
}

/// What somebody must be to act.
pub(super) enum Right<'a> {
    /// Lead the person.
    Lead,
    /// Lead the person, or be the buddy whom the step asks to confirm it.
    Confirm(&'a StepId),
    /// Lead the person, or be the buddy who performs the step.
    Perform(&'a StepId),
}

/// The person of a journey, where the caller leads them now. One's own journey is not one's own to sign off.
async fn led(state: &State, caller: &Caller, person: waymark_core::id::PersonId) -> Result<Hire, ApiError> {
    let hire = visible(state, caller, person).await?;
    if hire.id == caller.person { Err(ApiError::not_found()) } else { Ok(hire) }
}

/// A journey that is locked until the commit.
pub(super) struct Open<'a> {
    state: &'a State,
    caller: &'a Caller,
    pub(super) tx: Tx,
    pub(super) hire: Hire,
    pub(super) run: Run,
}

impl<'a> Open<'a> {
    /// Locks a journey that the caller may act on.
    pub(super) async fn journey(
        state: &'a State,
        caller: &'a Caller,
        journey: JourneyId,
        right: Right<'_>,
    ) -> Result<Self, ApiError> {
        let row = journey::by_id(state.store().read(), &[journey]).await?.pop().ok_or_else(ApiError::not_found)?;
        let person = row.person;
        let may = match right {
            Right::Lead => led(state, caller, person).await.is_ok(),
            Right::Confirm(step) => {
                let asks =
                    |template: &Template| template.step(step).is_some_and(|step| step.confirm_by == Some(Role::Buddy));
                led(state, caller, person).await.is_ok() || is_named_buddy(state, caller, row, asks).await?
            }
            Right::Perform(step) => {
                let asks = |template: &Template| template.performer(step) == Some(Role::Buddy);
                led(state, caller, person).await.is_ok() || is_named_buddy(state, caller, row, asks).await?
            }
        };
        if !may {
            return Err(ApiError::not_found());
        }
        let mut tx = state.store().begin().await?;
        let hire = hire::lock(&mut tx, person).await?.ok_or_else(ApiError::not_found)?;
        let run = project::load(&mut tx, state.facts(), &[journey]).await?.into_values().next();
        let run = run.ok_or_else(ApiError::not_found)?;
        Ok(Self { state, caller, tx, hire, run })
    }

    /// The step, where the journey has it.
    pub(super) fn step(&self, step: &StepId) -> Result<&Step, ApiError> {
        self.run.template.template.step(step).ok_or_else(ApiError::not_found)
    }

    /// Whether the step is done, by its own box or by its parts.
    fn is_done(&self, step: &StepId) -> bool {
        let resolved = self.run.resolved(&self.hire);
        resolved.steps().iter().any(|one| one.id == *step && matches!(one.state, StepState::Done { .. }))
    }

    /// Says that `completion` is the one that counts.
    pub(super) fn completion(&self, step: &StepId, completion: EventId) -> Result<(), ApiError> {
        self.step(step)?;
        match self.run.history().completion(step) {
            Some(standing) if standing.event == completion => Ok(()),
            Some(_) => Err(conflict("Another completion counts by now; look at the page again.")),
            None => Err(conflict("The step is not done any more; look at the page again.")),
        }
    }

    /// Records facts and commits.
    pub(super) async fn take(mut self, facts: Vec<Fact>, action: &str) -> Result<Recorded, ApiError> {
        let actor = Actor::Person(self.caller.person);
        let events = record(&mut self.tx, self.state, &mut self.hire, &mut self.run, actor, facts).await?;
        self.end(action).await?;
        Ok(Recorded { events })
    }

    /// Writes down what was done, commits and tells the person's devices.
    async fn end(mut self, action: &str) -> Result<(), ApiError> {
        let (actor, object) = (format!("p:{}", self.caller.person), format!("journey/{}", self.run.row.id));
        let act = Act { actor: &actor, action, object: &object, outcome: "done" };
        audit::append(&mut self.tx, self.state.now(), &act).await?;
        self.tx.commit().await.about("a manager's act")?;
        self.state.facts().folds.keep(std::iter::once(self.run));
        self.state.facts().wakes.wake(self.hire.id);
        Ok(())
    }
}

/// Whether the caller is the person's buddy, and the journey's template asks for the buddy.
async fn is_named_buddy(
    state: &State,
    caller: &Caller,
    row: journey::JourneyRow,
    asks: impl FnOnce(&Template) -> bool,
) -> Result<bool, ApiError> {
    let Some(hire) = hire::get(state.store(), row.person).await? else { return Ok(false) };
    if hire.buddy != Some(caller.person) || hire.id == caller.person {
        return Ok(false);
    }
    let known = state.facts().templates.get(state.store().read(), &row.hash).await?;
    Ok(known.is_some_and(|known| asks(&known.template)))
}

/// A reason in words: it must not be empty, and no novel.
fn said(reason: &str) -> Result<String, ApiError> {
    let reason: String = reason.trim().chars().filter(|c| !c.is_control() || *c == '\n').take(500).collect();
    if reason.is_empty() {
        return Err(ApiError::new(ProblemKind::BadRequest, "Say why: the person reads it."));
    }
    Ok(reason)
}

/// A day on which a journey can begin.
pub(super) fn sensible(start: Date) -> Result<Date, ApiError> {
    if (2000..2200).contains(&start.year()) {
        return Ok(start);
    }
    Err(ApiError::new(ProblemKind::BadRequest, "Day 1 is a day of this century."))
}

pub(super) fn conflict(detail: &str) -> ApiError {
    ApiError::new(ProblemKind::Conflict, detail)
}
