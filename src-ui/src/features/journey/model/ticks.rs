//! What a tick changes on screen before the device has answered.
//!
//! The device decides; this only paints the likely answer, so that a click is seen at once. It follows
//! the counting of `waymark_core::journey::resolve`: a phase counts its required top-level steps, a step
//! with parts counts its required parts.

use waymark_api::ipc::journey::{JourneyView, StepItem, StepStatus, StepView};
use waymark_core::{
    event::Evidence,
    id::{JourneyId, StepId},
    journey::Progress,
};

/// A tick that is under way, or on disk but not yet in the loaded data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tick {
    /// Which journey.
    pub(crate) journey: JourneyId,
    /// Which step.
    pub(crate) step: StepId,
    /// Ticked, or the tick taken back.
    pub(crate) done: bool,
}

/// The journey as it will look once all ticks are on disk.
pub(crate) fn on_journey(mut view: JourneyView, ticks: &[Tick]) -> JourneyView {
    for tick in ticks.iter().filter(|tick| tick.journey == view.id) {
        for phase in &mut view.phases {
            let before = phase.progress;
            if on_steps(&mut phase.steps, tick) {
                phase.progress = count(&phase.steps);
                view.progress.done = view.progress.done + phase.progress.done - before.done.min(view.progress.done);
            }
        }
    }
    view
}

/// The step as it will look once all ticks are on disk.
pub(crate) fn on_step(mut view: StepView, ticks: &[Tick]) -> StepView {
    for tick in ticks.iter().filter(|tick| tick.journey == view.journey) {
        // The parts stand in the item and once more in full; both follow the item.
        if on_item(&mut view.item, tick) {
            for part in &mut view.parts {
                if let Some(item) = view.item.children.iter().find(|child| child.id == part.item.id) {
                    part.item = item.clone();
                }
            }
        }
    }
    view
}

fn on_steps(steps: &mut [StepItem], tick: &Tick) -> bool {
    let mut changed = false;
    for step in steps {
        changed |= on_item(step, tick);
    }
    changed
}

fn on_item(item: &mut StepItem, tick: &Tick) -> bool {
    if item.id == tick.step {
        set(item, tick.done);
        return true;
    }
    let changed = on_steps(&mut item.children, tick);
    if changed {
        recount(item);
    }
    changed
}

fn set(item: &mut StepItem, done: bool) {
    if item.children.is_empty() {
        item.status = if done { just_done() } else { StepStatus::Open };
        return;
    }
    if done {
        // Ticking one part may unlock the next, so it goes on until nothing opens any more.
        while tick_parts(&mut item.children) {}
    } else {
        item.children.iter_mut().filter(|child| child.status.is_done()).for_each(|child| set(child, false));
    }
    recount(item);
}

/// Ticks the person's parts that can be done; whether one of them became done.
fn tick_parts(parts: &mut [StepItem]) -> bool {
    let finished: Vec<StepId> = parts.iter().filter(|part| part.status.is_done()).map(|part| part.id.clone()).collect();
    let mut some = false;
    for part in parts.iter_mut().filter(|part| part.role.is_hire()) {
        let open = match &part.status {
            StepStatus::Open | StepStatus::Started | StepStatus::Blocked { .. } => true,
            StepStatus::Locked { by } => by.iter().all(|step| finished.contains(&step.id)),
            StepStatus::Done { .. } | StepStatus::Waived { .. } | StepStatus::NotApplicable => false,
        };
        if open {
            set(part, true);
            some |= part.status.is_done();
        }
    }
    some
}

/// A step with parts follows its parts.
fn recount(item: &mut StepItem) {
    let parts = count(&item.children);
    let some = item.children.iter().any(|child| child.status.is_done() || child.status == StepStatus::Started);
    item.parts = Some(parts);
    if parts.complete() && item.children.iter().any(|child| child.status.is_done()) {
        if !item.status.is_done() {
            item.status = just_done();
        }
    } else if item.status.is_done() || matches!(item.status, StepStatus::Open | StepStatus::Started) {
        item.status = if some { StepStatus::Started } else { StepStatus::Open };
    }
}

fn just_done() -> StepStatus {
    StepStatus::Done { at: None, evidence: Evidence::Attested }
}

fn count(steps: &[StepItem]) -> Progress {
    steps.iter().filter(|step| step.required).fold(Progress::default(), |sum, step| match step.status {
        StepStatus::Waived { .. } | StepStatus::NotApplicable => sum,
        StepStatus::Done { .. } => Progress { done: sum.done + 1, total: sum.total + 1 },
        StepStatus::Locked { .. } | StepStatus::Open | StepStatus::Started | StepStatus::Blocked { .. } => {
            Progress { done: sum.done, total: sum.total + 1 }
        }
    })
}

#[cfg(test)]
mod tests {
    use waymark_api::ipc::journey::StepRef;
    use waymark_core::journey::Role;

    use super::*;
    use crate::features::journey::model::samples::{done, id, journey, parent, phase, step};

    fn tick(step: &str, done: bool) -> Tick {
        Tick { journey: id(), step: step.into(), done }
    }

    #[test]
    fn a_tick_moves_the_counts_of_its_phase_and_journey() {
        let view = journey(vec![phase("day-1", vec![done("a"), step("b")]), phase("week-1", vec![step("c")])]);
        let after = on_journey(view, &[tick("b", true)]);
        assert_eq!(after.progress, Progress { done: 2, total: 3 });
        assert_eq!(after.phases[0].progress, Progress { done: 2, total: 2 });
        assert_eq!(after.phases[1].progress, Progress { done: 0, total: 1 });
    }

    #[test]
    fn taking_a_tick_back_moves_them_back() {
        let view = journey(vec![phase("day-1", vec![done("a"), step("b")])]);
        let after = on_journey(view, &[tick("a", false)]);
        assert_eq!(after.progress.done, 0);
        assert_eq!(after.phases[0].steps[0].status, StepStatus::Open);
    }

    #[test]
    fn the_last_part_finishes_its_parent() {
        let view = journey(vec![phase("week-1", vec![parent("vpn", vec![done("install"), step("import")])])]);
        let after = on_journey(view, &[tick("import", true)]);
        let vpn = &after.phases[0].steps[0];
        assert!(vpn.status.is_done());
        assert_eq!(vpn.parts, Some(Progress { done: 2, total: 2 }));
        assert_eq!(after.progress.done, 1, "a parent counts once");
    }

    #[test]
    fn one_part_starts_its_parent() {
        let view = journey(vec![phase("week-1", vec![parent("vpn", vec![step("install"), step("import")])])]);
        let after = on_journey(view, &[tick("install", true)]);
        assert_eq!(after.phases[0].steps[0].status, StepStatus::Started);
        assert_eq!(after.progress.done, 0);
    }

    #[test]
    fn ticking_a_parent_ticks_the_persons_open_parts() {
        let mut asked = step("asked-of-it");
        asked.role = Role::It;
        let view = journey(vec![phase("week-1", vec![parent("vpn", vec![done("install"), step("import"), asked])])]);
        let after = on_journey(view, &[tick("vpn", true)]);
        let vpn = &after.phases[0].steps[0];
        assert!(vpn.children[1].status.is_done());
        assert_eq!(vpn.children[2].status, StepStatus::Open, "IT's part is IT's to do");
        assert_eq!(vpn.status, StepStatus::Started);
    }

    #[test]
    fn ticking_a_parent_ticks_parts_that_wait_for_its_other_parts() {
        let waits = |name: &str, after: &str| {
            let by = vec![StepRef { id: after.into(), title: after.into() }];
            StepItem { status: StepStatus::Locked { by }, ..step(name) }
        };
        let parts = vec![waits("third", "second"), step("first"), waits("second", "first"), waits("far", "elsewhere")];
        let view = journey(vec![phase("week-1", vec![parent("vpn", parts.clone())])]);
        let after = on_journey(view, &[tick("vpn", true)]);
        let vpn = &after.phases[0].steps[0];
        assert!(vpn.children[..3].iter().all(|part| part.status.is_done()));
        assert_eq!(vpn.children[3], parts[3], "what waits for another step still waits");
        assert_eq!(vpn.status, StepStatus::Started);
    }

    #[test]
    fn ticks_of_other_journeys_change_nothing() {
        let view = journey(vec![phase("day-1", vec![step("a")])]);
        let other =
            Tick { journey: "0192f0c1-2345-7abc-8def-0123456789ff".parse().expect("a UUID"), ..tick("a", true) };
        assert_eq!(on_journey(view.clone(), &[other]), view);
    }
}
