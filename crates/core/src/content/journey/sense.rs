//! Conditions that never hold, proofs that a check could give, roles that nobody has (`J041`, `J072`,
//! `J085`).

use std::collections::BTreeMap;

use super::{
    condition::joined,
    graph::Graph,
    logic::{Holds, holds},
    step::Note,
};
use crate::{
    diagnostic::Findings,
    id::StepId,
    journey::{Condition, Role, Step, Template},
};

pub(super) fn check(template: &Template, graph: &Graph<'_>, notes: &BTreeMap<StepId, Note>, findings: &mut Findings) {
    let mut judge = Judge { template, graph, known: BTreeMap::new() };
    for step in &graph.steps {
        let Some(note) = notes.get(&step.id) else { continue };
        judge.never(step, note, findings);
        if let Some(at) = note.text.picture.filter(|_| !note.verify.proves) {
            findings
                .warning("J072", at, format!("`{}` asks for a picture or copied output as proof", step.id))
                .help("Let a probe look: add `verify:` with for instance {probe: tool-version, tool: …}.");
        }
        let owner = step.owner.as_ref().or(template.owner.as_ref());
        if step.role == Role::Owner && owner.is_none() {
            findings
                .warning("J085", note.at, format!("`{}` is the owner's to do, and nobody is named as owner", step.id))
                .help("Add `owner:` to its step block or to the front matter.");
        }
    }
    judge.alternatives(notes, findings);
}

struct Judge<'j> {
    template: &'j Template,
    graph: &'j Graph<'j>,
    /// Many steps share one condition.
    known: BTreeMap<String, Option<Holds>>,
}

impl Judge<'_> {
    fn holds(&mut self, condition: &Condition) -> Option<Holds> {
        let words = condition.in_words();
        if let Some(known) = self.known.get(&words) {
            return *known;
        }
        let judged = holds(condition, &self.template.variables);
        self.known.insert(words, judged);
        judged
    }

    /// The conditions of everything above a step; each of them has to hold as well.
    fn above(&self, step: &Step) -> Vec<Condition> {
        self.graph.above(&step.id).filter_map(|parent| parent.when.clone()).collect()
    }

    fn never(&mut self, step: &Step, note: &Note, findings: &mut Findings) {
        let (Some(at), Some(own)) = (note.when_at, &step.when) else { return };
        let mut above = self.above(step);
        let heading = note.above.clone();
        let around = joined(above.iter().cloned().chain(heading).collect());
        // What stands above was reported there.
        if around.as_ref().is_some_and(|around| self.holds(around) == Some(Holds::Never)) {
            return;
        }
        above.push(own.clone());
        let Some(all) = joined(above) else { return };
        if self.holds(&all) == Some(Holds::Never) {
            let message = format!("`{}` is never shown: nobody fits {}", step.id, all.in_words());
            let help = match around {
                Some(_) => "Change `when`, or what stands above the step; all of it has to hold at once.",
                None => "Change `when`; a list means any of its values, several keys mean all of them.",
            };
            findings.warning("J041", at, message).help(help);
        }
    }

    /// Two alternatives that were given conditions to keep them apart, and both always hold.
    fn alternatives(&mut self, notes: &BTreeMap<StepId, Note>, findings: &mut Findings) {
        let mut groups: BTreeMap<&str, Vec<&Step>> = BTreeMap::new();
        for step in &self.graph.steps {
            if let Some(group) = &step.alternatives {
                groups.entry(group).or_default().push(step);
            }
        }
        for (group, steps) in groups {
            // Without any condition it is a choice, which alternatives are for.
            if steps.iter().all(|step| step.when.is_none()) {
                continue;
            }
            let mut always = Vec::new();
            for step in steps {
                let holds = step.when.as_ref().map_or(Some(Holds::Always), |when| self.holds(when));
                always.extend((holds == Some(Holds::Always)).then_some(step));
            }
            if let [first, second, ..] = always[..]
                && let Some(note) = notes.get(&second.id)
            {
                let at = note.when_at.unwrap_or(note.alternatives_at);
                findings
                    .warning(
                        "J041",
                        at,
                        format!(
                            "`{}` and `{}` are alternatives in `{group}` and hold for everybody",
                            first.id, second.id
                        ),
                    )
                    .help("Give each its own `when`, so that one person sees one of them.");
            }
        }
    }
}
