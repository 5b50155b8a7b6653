//! Prerequisites as a graph: circles, and steps that wait for their own parts.

use std::collections::BTreeMap;

use super::step::Note;
use crate::{
    diagnostic::Findings,
    id::StepId,
    journey::{Need, Step, Template},
};

/// All steps of a journey with their parents and what they wait for.
pub(super) struct Graph<'t> {
    pub steps: Vec<&'t Step>,
    index: BTreeMap<&'t StepId, usize>,
    parents: Vec<Option<usize>>,
}

impl<'t> Graph<'t> {
    pub(super) fn of(template: &'t Template) -> Self {
        let mut graph = Self { steps: Vec::new(), index: BTreeMap::new(), parents: Vec::new() };
        template.phases.iter().flat_map(|phase| &phase.steps).for_each(|step| graph.add(step, None));
        graph
    }

    fn add(&mut self, step: &'t Step, parent: Option<usize>) {
        let number = self.steps.len();
        self.steps.push(step);
        self.parents.push(parent);
        self.index.insert(&step.id, number);
        step.children.iter().for_each(|child| self.add(child, Some(number)));
    }

    pub(super) fn step(&self, id: &StepId) -> Option<&'t Step> {
        self.index.get(id).map(|number| self.steps[*number])
    }

    /// The parents of a step, nearest first.
    pub(super) fn above(&self, id: &StepId) -> impl Iterator<Item = &'t Step> {
        let mut at = self.index.get(id).and_then(|number| self.parents[*number]);
        std::iter::from_fn(move || {
            let number = at?;
            at = self.parents[number];
            Some(self.steps[number])
        })
    }

    /// Whether one of the two is a part of the other, or they are the same.
    fn related(&self, a: &StepId, b: &StepId) -> bool {
        a == b || self.above(a).any(|step| step.id == *b) || self.above(b).any(|step| step.id == *a)
    }

    pub(super) fn check(&self, notes: &BTreeMap<StepId, Note>, findings: &mut Findings) {
        for step in &self.steps {
            for (need, at) in notes.get(&step.id).into_iter().flat_map(|note| &note.needs) {
                if self.index.contains_key(need) && self.related(&step.id, need) {
                    let what = if *need == step.id { "itself" } else { "its own part or parent" };
                    findings
                        .error("J022", *at, format!("`{}` needs `{need}`, which is {what}", step.id))
                        .help("Remove the prerequisite; a step with parts is done when its parts are.");
                }
            }
        }
        for circle in self.circles() {
            let path: Vec<&str> = circle.iter().map(|number| self.steps[*number].id.as_str()).collect();
            let first = circle.iter().find_map(|number| notes.get(&self.steps[*number].id)?.needs.first());
            let Some((_, at)) = first else { continue };
            findings
                .error("J021", *at, format!("these steps wait for each other: {} → {}", path.join(" → "), path[0]))
                .help("Remove one of the prerequisites; nobody can begin otherwise.");
        }
    }

    /// What a step waits for: its prerequisites and, where it is done by its parts, those.
    fn waits_for(&self, number: usize) -> Vec<usize> {
        let step = self.steps[number];
        let mut ids = Vec::new();
        step.needs.iter().for_each(|need| inevitable(need, &mut ids));
        let needs = ids.into_iter().filter(|id| !self.related(&step.id, id));
        let parts = step.children.iter().filter(|child| child.required && !step.has_own_box()).map(|child| &child.id);
        needs.chain(parts).filter_map(|id| self.index.get(id).copied()).collect()
    }

    /// One circle for each way back that a walk through all steps meets.
    fn circles(&self) -> Vec<Vec<usize>> {
        let mut circles = Vec::new();
        let mut finished = vec![false; self.steps.len()];
        let mut on_path = vec![false; self.steps.len()];
        for start in 0..self.steps.len() {
            if finished[start] {
                continue;
            }
            let mut path = vec![(start, self.waits_for(start))];
            on_path[start] = true;
            while let Some((number, next)) = path.last_mut() {
                match next.pop() {
                    None => {
                        finished[*number] = true;
                        on_path[*number] = false;
                        path.pop();
                    }
                    Some(next) if on_path[next] => {
                        let from = path.iter().position(|(number, _)| *number == next).unwrap_or(0);
                        circles.push(path[from..].iter().map(|(number, _)| *number).collect());
                    }
                    Some(next) if finished[next] => {}
                    Some(next) => {
                        on_path[next] = true;
                        path.push((next, self.waits_for(next)));
                    }
                }
            }
        }
        circles
    }
}

/// The steps without which a need is never met. One of several alternatives is not among them.
fn inevitable<'n>(need: &'n Need, ids: &mut Vec<&'n StepId>) {
    match need {
        Need::Step(id) => ids.push(id),
        Need::All(all) => all.iter().for_each(|one| inevitable(one, ids)),
        Need::Any(any) => {
            if let [only] = any.as_slice() {
                inevitable(only, ids);
            }
        }
    }
}
