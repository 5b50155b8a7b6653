//! Impact, effort and outcome of an item: figures that must be there and must be finite.

use super::item::CONFIDENCES;
use crate::{
    content::fields::Fields,
    diagnostic::{Findings, Position},
    roadmap::{Effort, Impact, Measured, Outcome, Target},
};

/// Where the parts of an item's figures stand, for the checks.
#[derive(Clone, Copy, Debug)]
pub(super) struct FigurePlaces {
    pub impact: Position,
    pub confidence: Position,
    /// Whether something is named that the confidence rests on.
    pub basis: bool,
    pub outcome: Position,
    pub objective: Position,
    pub metric: Position,
    pub target: Position,
}

impl FigurePlaces {
    /// Of an item that has no front matter of its own.
    pub(super) const NONE: Self = Self {
        impact: Position::START,
        confidence: Position::START,
        basis: false,
        outcome: Position::START,
        objective: Position::START,
        metric: Position::START,
        target: Position::START,
    };

    /// What is wrong with the values is reported by the functions below.
    pub(super) fn of(fields: &Fields<'_>) -> Self {
        let quiet = &mut Findings::new("");
        let mut places = Self { impact: fields.place("impact"), outcome: fields.place("outcome"), ..Self::NONE };
        if let Some(impact) = fields.get("impact").and_then(|node| Fields::of(node, "R001", "", quiet)) {
            places.confidence = impact.place("confidence");
            places.basis = impact.get("basis").is_some_and(|node| {
                node.items().iter().any(|item| item.text().is_none_or(|text| !text.trim().is_empty()))
            });
        }
        if let Some(outcome) = fields.get("outcome").and_then(|node| Fields::of(node, "R001", "", quiet)) {
            places.objective = outcome.place("objective");
            places.metric = outcome.place("metric");
            places.target = outcome.place("target");
        }
        places
    }
}

pub(super) fn impact(fields: &Fields<'_>, findings: &mut Findings) -> Option<Impact> {
    let impact = fields.map("impact", findings)?;
    impact.only(&["value", "unit", "reach", "confidence", "basis"], "R001", findings);
    let reach = impact.map("reach", findings);
    if let Some(reach) = &reach {
        reach.only(&["people", "per"], "R001", findings);
    }
    Some(Impact {
        value: number(&impact, "value", findings)?,
        unit: impact.text("unit", findings).unwrap_or_default(),
        people: reach.and_then(|reach| reach.number("people", findings)),
        per: reach.and_then(|reach| reach.text("per", findings)),
        confidence: impact.choice("confidence", &CONFIDENCES, findings),
    })
}

pub(super) fn effort(fields: &Fields<'_>, findings: &mut Findings) -> Option<Effort> {
    let effort = fields.map("effort", findings)?;
    effort.only(&["value", "unit", "confidence"], "R001", findings);
    Some(Effort {
        value: number(&effort, "value", findings)?,
        unit: effort.text("unit", findings).unwrap_or_else(|| "person-weeks".to_owned()),
        confidence: effort.choice("confidence", &CONFIDENCES, findings),
    })
}

pub(super) fn outcome(fields: &Fields<'_>, findings: &mut Findings) -> Option<Outcome> {
    let outcome = fields.map("outcome", findings)?;
    outcome.only(&["objective", "metric", "baseline", "target", "parent"], "R001", findings);
    let baseline = outcome.map("baseline", findings).and_then(|baseline| {
        baseline.only(&["value", "at", "n", "unit", "source"], "R001", findings);
        Some(Measured {
            value: number(&baseline, "value", findings)?,
            at: baseline.date("at", findings),
            n: baseline.number("n", findings),
        })
    });
    let target = outcome.map("target", findings).and_then(|target| {
        target.only(&["value", "by", "unit"], "R001", findings);
        Some(Target { value: number(&target, "value", findings)?, by: target.text("by", findings) })
    });
    Some(Outcome {
        objective: outcome.text("objective", findings).unwrap_or_default(),
        metric: outcome.text("metric", findings),
        baseline,
        target,
    })
}

/// A figure that must be there and must be finite.
fn number(fields: &Fields<'_>, key: &str, findings: &mut Findings) -> Option<f64> {
    if fields.get(key).is_none() {
        findings.error("R001", fields.at, format!("`{key}` is missing"));
        return None;
    }
    let number: f64 = fields.number(key, findings)?;
    if !number.is_finite() {
        findings.error("R001", fields.place(key), format!("`{key}` must be a finite number"));
    }
    number.is_finite().then_some(number)
}
