//! A journey as the list shows it: phases with lines, and every row by its id.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use waymark_api::ipc::journey::{JourneyView, MilestoneItem, PhaseView, StepItem, StepStatus};
use waymark_core::{
    id::{MilestoneId, PhaseId, StepId},
    journey::Progress,
};

/// Which steps the list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Filter {
    /// All of them.
    #[default]
    All,
    /// Those that are left.
    Open,
    /// Those that are blocked.
    Blocked,
}

/// One line of a phase.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Line {
    /// The author's group; the number tells two groups of one name apart.
    Group(usize, String),
    /// A step; its parts stand below it.
    Step(StepId),
    /// A milestone.
    Milestone(MilestoneId),
}

/// A step without its parts, which are named by their ids.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    /// The step; its `children` are empty.
    pub(crate) item: StepItem,
    /// Parts that the filter shows, in order.
    pub(crate) parts: Vec<StepId>,
}

impl Default for PhaseLines {
    /// A phase that is not there.
    fn default() -> Self {
        Self {
            id: PhaseId::new(""),
            title: String::new(),
            goal: None,
            intro_html: String::new(),
            progress: Progress::default(),
            open: false,
            lines: Vec::new(),
            rows: Vec::new(),
        }
    }
}

impl Row {
    /// Whether the box shows a dash: some parts are done, but not all that count.
    pub(crate) fn mixed(&self) -> bool {
        !self.item.status.is_done()
            && (self.item.status == StepStatus::Started || self.item.parts.is_some_and(|parts| parts.done > 0))
    }
}

/// One phase of the list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PhaseLines {
    /// Which.
    pub(crate) id: PhaseId,
    /// Its title.
    pub(crate) title: String,
    /// What is true when it is over.
    pub(crate) goal: Option<String>,
    /// Sanitised HTML, possibly empty.
    pub(crate) intro_html: String,
    /// Required steps.
    pub(crate) progress: Progress,
    /// Whether it is open until the person says otherwise.
    pub(crate) open: bool,
    /// Its lines in order.
    pub(crate) lines: Vec<Line>,
    /// Its rows from top to bottom, parts included: the way of the arrow keys.
    pub(crate) rows: Vec<StepId>,
}

/// The list.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Outline {
    /// Phases that have a line to show.
    pub(crate) phases: Vec<PhaseLines>,
    /// Every step of the journey, whether shown or not.
    pub(crate) rows: HashMap<StepId, Arc<Row>>,
    /// Every milestone.
    pub(crate) milestones: HashMap<MilestoneId, Arc<MilestoneItem>>,
    /// Steps that are left; a step with parts counts once.
    pub(crate) open: u32,
    /// Steps that are blocked.
    pub(crate) blocked: u32,
}

/// Lays a journey out. Steps in `kept` stay in the list whatever the filter says, so that a step does not
/// vanish under the pointer when it is ticked.
pub(crate) fn outline(view: &JourneyView, filter: Filter, kept: &HashSet<StepId>) -> Outline {
    let mut build = Build { filter, kept, outline: Outline::default() };
    let fallback = view.phases.iter().position(|phase| phase.current).or_else(|| first_unfinished(view)).unwrap_or(0);
    for (at, phase) in view.phases.iter().enumerate() {
        // While something is left out, every phase that has something to show shows it.
        let open = filter != Filter::All || phase.current || at == fallback;
        build.phase(phase, open);
    }
    build.outline
}

fn first_unfinished(view: &JourneyView) -> Option<usize> {
    view.phases.iter().position(|phase| !phase.progress.complete())
}

struct Build<'a> {
    filter: Filter,
    kept: &'a HashSet<StepId>,
    outline: Outline,
}

impl Build<'_> {
    fn phase(&mut self, phase: &PhaseView, open: bool) {
        let (mut lines, mut rows) = (Vec::new(), Vec::new());
        let mut group: Option<&str> = None;
        for step in &phase.steps {
            let shown = self.step(step, None, &mut rows);
            if shown {
                if step.group.as_deref() != group
                    && let Some(name) = &step.group
                {
                    lines.push(Line::Group(lines.len(), name.clone()));
                }
                group = step.group.as_deref();
                lines.push(Line::Step(step.id.clone()));
            }
            self.milestones(phase, Some(&step.id), &mut lines);
        }
        self.milestones(phase, None, &mut lines);
        if lines.is_empty() && self.filter != Filter::All {
            return;
        }
        self.outline.phases.push(PhaseLines {
            id: phase.id.clone(),
            title: phase.title.clone(),
            goal: phase.goal.clone(),
            intro_html: phase.intro_html.clone(),
            progress: phase.progress,
            open,
            lines,
            rows,
        });
    }

    /// Adds a step and its parts to the table; answers whether the filter shows it.
    fn step(&mut self, step: &StepItem, whole: Option<&StepItem>, rows: &mut Vec<StepId>) -> bool {
        let place = rows.len();
        let mut parts = Vec::new();
        for child in &step.children {
            if self.step(child, Some(step), rows) {
                parts.push(child.id.clone());
            }
        }
        if step.status.is_open() && whole.is_none() {
            self.outline.open += 1;
        }
        if matches!(step.status, StepStatus::Blocked { .. }) {
            self.outline.blocked += 1;
        }
        let shown = !parts.is_empty() || self.kept.contains(&step.id) || self.matches(step);
        if shown {
            rows.insert(place, step.id.clone());
        }
        // A part that is due with its whole does not say so again.
        let due = step.due.filter(|_| whole.is_none_or(|whole| whole.due != step.due));
        let item = StepItem { children: Vec::new(), due, ..step.clone() };
        self.outline.rows.insert(step.id.clone(), Arc::new(Row { item, parts }));
        shown
    }

    fn matches(&self, step: &StepItem) -> bool {
        match self.filter {
            Filter::All => true,
            Filter::Open => step.status.is_open(),
            Filter::Blocked => matches!(step.status, StepStatus::Blocked { .. }),
        }
    }

    /// Milestones are landmarks of the whole way; a filtered list goes without them.
    fn milestones(&mut self, phase: &PhaseView, after: Option<&StepId>, lines: &mut Vec<Line>) {
        for milestone in phase.milestones.iter().filter(|milestone| milestone.after.as_ref() == after) {
            self.outline.milestones.insert(milestone.id.clone(), Arc::new(milestone.clone()));
            if self.filter == Filter::All {
                lines.push(Line::Milestone(milestone.id.clone()));
            }
        }
    }
}

/// The step that the detail shows when the address names none: the suggested one, the first that is left,
/// or the first.
pub(crate) fn opening_step(view: &JourneyView) -> Option<StepId> {
    let steps = || view.phases.iter().flat_map(|phase| &phase.steps);
    view.suggested
        .clone()
        .or_else(|| steps().find(|step| step.status.is_open()).map(|step| step.id.clone()))
        .or_else(|| steps().next().map(|step| step.id.clone()))
}

/// When the last step was done; `None` while something required is left.
pub(crate) fn finished_on(view: &JourneyView) -> Option<jiff::civil::DateTime> {
    fn latest(steps: &[StepItem]) -> Option<jiff::civil::DateTime> {
        let own = |step: &StepItem| match &step.status {
            StepStatus::Done { at, .. } => *at,
            _ => None,
        };
        steps.iter().flat_map(|step| [own(step), latest(&step.children)]).flatten().max()
    }
    view.progress.complete().then(|| view.phases.iter().filter_map(|phase| latest(&phase.steps)).max()).flatten()
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;
    use waymark_api::ipc::journey::{Due, DueMark};
    use waymark_core::event::{BlockReason, Evidence};

    use super::*;
    use crate::features::journey::model::samples::{self, done, journey, milestone, parent, phase, step};

    fn blocked(id: &str) -> StepItem {
        let status = StepStatus::Blocked {
            since: datetime(2026, 1, 19, 9, 0, 0, 0),
            reason: BlockReason::MissingAccess,
            note: String::new(),
        };
        StepItem { status, ..step(id) }
    }

    fn sample() -> JourneyView {
        let mut first = phase("day-1", vec![done("badge")]);
        let mut second = phase(
            "week-1",
            vec![done("accounts"), parent("vpn", vec![done("install"), step("import")]), blocked("laptop")],
        );
        first.milestones.push(milestone("settled", None));
        second.milestones.push(milestone("first-pr", Some("vpn")));
        second.current = true;
        journey(vec![first, second, phase("month-1", vec![step("shadow")])])
    }

    fn shown(filter: Filter, kept: &[&str]) -> Vec<String> {
        let kept = kept.iter().map(|id| StepId::from(*id)).collect();
        outline(&sample(), filter, &kept)
            .phases
            .iter()
            .map(|phase| {
                let rows: Vec<&str> = phase.rows.iter().map(StepId::as_str).collect();
                format!("{}: {}", phase.title, rows.join(" "))
            })
            .collect()
    }

    #[test]
    fn a_filter_keeps_parents_of_what_it_shows_and_drops_empty_phases() {
        assert_eq!(
            shown(Filter::All, &[]),
            ["day-1: badge", "week-1: accounts vpn install import laptop", "month-1: shadow"]
        );
        assert_eq!(shown(Filter::Open, &[]), ["week-1: vpn import laptop", "month-1: shadow"]);
        assert_eq!(shown(Filter::Blocked, &[]), ["week-1: laptop"]);
    }

    #[test]
    fn a_step_that_was_just_ticked_stays_where_it_is() {
        assert_eq!(shown(Filter::Open, &["accounts"]), ["week-1: accounts vpn import laptop", "month-1: shadow"]);
    }

    #[test]
    fn the_counts_say_what_the_filters_show() {
        let outline = outline(&sample(), Filter::All, &HashSet::new());
        assert_eq!((outline.open, outline.blocked), (3, 1), "vpn, laptop and shadow are left");
    }

    #[test]
    fn a_part_does_not_repeat_the_day_of_its_whole() {
        let due = |day: i8| Some(Due { date: samples::day(day), mark: DueMark::Today });
        let with = |item: StepItem, due| StepItem { due, ..item };
        let vpn = with(parent("vpn", vec![with(step("install"), due(21)), with(step("import"), due(22))]), due(21));
        let outline = outline(&journey(vec![phase("p", vec![vpn])]), Filter::All, &HashSet::new());
        let said = |id: &str| outline.rows[&StepId::from(id)].item.due;
        assert_eq!(said("vpn"), due(21));
        assert_eq!(said("install"), None, "due with the whole");
        assert_eq!(said("import"), due(22), "due on another day");
    }

    #[test]
    fn milestones_stand_after_their_step() {
        let outline = outline(&sample(), Filter::All, &HashSet::new());
        let lines: Vec<String> = outline.phases[1].lines.iter().map(|line| format!("{line:?}")).collect();
        assert_eq!(lines, [r#"Step("accounts")"#, r#"Step("vpn")"#, r#"Milestone("first-pr")"#, r#"Step("laptop")"#]);
    }

    #[test]
    fn groups_are_named_where_they_change() {
        let group = |id: &str, name: Option<&str>| StepItem { group: name.map(str::to_owned), ..step(id) };
        let view = journey(vec![phase(
            "p",
            vec![
                group("a", Some("Accounts")),
                group("b", Some("Accounts")),
                group("c", None),
                group("d", Some("Tools")),
            ],
        )]);
        let outline = outline(&view, Filter::All, &HashSet::new());
        let lines: Vec<String> = outline.phases[0].lines.iter().map(|line| format!("{line:?}")).collect();
        assert_eq!(
            lines,
            [
                r#"Group(0, "Accounts")"#,
                r#"Step("a")"#,
                r#"Step("b")"#,
                r#"Step("c")"#,
                r#"Group(4, "Tools")"#,
                r#"Step("d")"#,
            ]
        );
    }

    #[test]
    fn the_current_phase_is_open_and_a_filter_opens_all() {
        let open = |filter| -> Vec<bool> {
            outline(&sample(), filter, &HashSet::new()).phases.iter().map(|phase| phase.open).collect()
        };
        assert_eq!(open(Filter::All), [false, true, false]);
        assert_eq!(open(Filter::Open), [true, true]);
    }

    #[test]
    fn a_parent_is_mixed_while_some_parts_are_done() {
        let outline = outline(&sample(), Filter::All, &HashSet::new());
        assert!(outline.rows[&StepId::from("vpn")].mixed());
        assert!(!outline.rows[&StepId::from("accounts")].mixed());
    }

    #[test]
    fn the_opening_step_is_the_suggested_one_or_the_first_that_is_left() {
        let mut view = sample();
        assert_eq!(opening_step(&view), Some("vpn".into()));
        view.suggested = Some("shadow".into());
        assert_eq!(opening_step(&view), Some("shadow".into()));
        assert_eq!(opening_step(&journey(vec![])), None);
    }

    #[test]
    fn a_journey_is_finished_when_nothing_required_is_left() {
        let at = datetime(2026, 1, 23, 16, 40, 0, 0);
        let last = StepItem { status: StepStatus::Done { at: Some(at), evidence: Evidence::Attested }, ..step("b") };
        assert_eq!(finished_on(&journey(vec![phase("p", vec![done("a"), last])])), Some(at));
        assert_eq!(finished_on(&sample()), None);
    }
}
