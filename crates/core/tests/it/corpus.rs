//! Real checklists and roadmaps of public repositories, against what careful readers found in them.

use std::collections::BTreeSet;

use serde_json::Value;
use waymark_core::{
    content::{import_checklist, import_checklists},
    journey::{Role, Step, Template},
};

use crate::support;

/// What an importer and a reader may differ in, for one file.
struct Score {
    items: usize,
    roles: usize,
    conditions: usize,
    misses: Vec<String>,
}

#[test]
fn public_checklists_import_without_loss() {
    let Some(root) = support::corpus("onboarding") else { return };
    let mut total = Score { items: 0, roles: 0, conditions: 0, misses: Vec::new() };
    for set in ["hypothesis", "cloud-gov", "gsa-fac"] {
        let expected = std::fs::read_to_string(root.join(set).join("expected.json")).expect("expected.json");
        let expected: Value = serde_json::from_str(&expected).expect("JSON");
        for (name, file) in expected["files"].as_object().expect("files") {
            let source = std::fs::read_to_string(root.join(set).join(name)).expect("a checklist");
            let (template, report, findings) = import_checklist(name, &source);
            let boxes = file["checkbox_items"].as_u64().expect("a count") as u32;
            assert_eq!((report.boxes, report.steps), (boxes, boxes), "{set}/{name}: every box is a step");
            let template = template.expect("a checklist with boxes");
            if file["kind"] == "roadmap" {
                assert!(findings.iter().any(|one| one.code == "I102"), "{name}: a roadmap is called one");
                continue;
            }
            compare(&format!("{set}/{name}"), file, &template, &mut total);
        }
    }
    eprintln!("{}", total.misses.join("\n"));
    let share = |part: usize| part as f64 * 100.0 / total.items as f64;
    eprintln!("{} boxes; roles {:.1} %, conditions {:.1} %", total.items, share(total.roles), share(total.conditions));
    assert!(share(total.roles) >= 95.0, "roles");
    assert!(share(total.conditions) >= 95.0, "conditions");
}

fn compare(name: &str, file: &Value, template: &Template, total: &mut Score) {
    let mut steps = Vec::new();
    for step in template.phases.iter().flat_map(|phase| &phase.steps) {
        flatten(step, 1, &mut steps);
    }
    steps.sort_by_key(|(step, _)| step.line);
    let items = file["items"].as_array().expect("items");
    let places = |item: &Value| (item["line"].as_u64().expect("line") as u32, item["depth"].as_u64().expect("depth"));
    let wanted: Vec<_> = items.iter().map(places).collect();
    let found: Vec<_> = steps.iter().map(|(step, depth)| (step.line, *depth)).collect();
    assert_eq!(found, wanted, "{name}: lines and depths");
    let optional = steps.iter().filter(|(step, _)| !step.required).count() as u64;
    assert_eq!(optional, file["optional"].as_u64().expect("optional"), "{name}: optional boxes");

    let (free_roles, free_conditions) = (uncertain(file, "role"), uncertain(file, "condition"));
    for (item, (step, _)) in items.iter().zip(&steps) {
        let line = step.line;
        total.items += 1;
        let role = role_word(step.role);
        if item["role"] == role || free_roles.contains(&line) {
            total.roles += 1;
        } else {
            total.misses.push(format!("{name}:{line} role {role}, a reader says {}: {}", item["role"], step.title));
        }
        if step.when.is_some() == item.get("condition").is_some() || free_conditions.contains(&line) {
            total.conditions += 1;
        } else {
            let condition = step.when.as_ref().map(|when| when.in_words());
            total.misses.push(format!("{name}:{line} {condition:?}, a reader says {:?}", item.get("condition")));
        }
    }
}

fn flatten<'s>(step: &'s Step, depth: u64, steps: &mut Vec<(&'s Step, u64)>) {
    steps.push((step, depth));
    step.children.iter().for_each(|child| flatten(child, depth + 1, steps));
}

fn uncertain(file: &Value, field: &str) -> BTreeSet<u32> {
    let entries = file["uncertain"].as_array().expect("uncertain").iter().filter(|entry| entry["field"] == field);
    entries
        .flat_map(|entry| entry["lines"].as_array().expect("lines"))
        .map(|line| line.as_u64().expect("a line") as u32)
        .collect()
}

fn role_word(role: Role) -> &'static str {
    match role {
        Role::Hire => "hire",
        Role::Buddy => "buddy",
        Role::Manager => "manager",
        Role::It => "it",
        Role::Owner => "owner",
    }
}

#[test]
fn a_numbered_series_is_one_journey() {
    let Some(root) = support::corpus("onboarding/hypothesis") else { return };
    let files = support::markdown_files(&root);
    let (templates, report, findings) = import_checklists("Onboarding", &files);
    assert_eq!((report.boxes, report.steps), (30, 30));
    assert_eq!(templates.len(), 1, "{}", support::lines(&findings));
    assert_eq!(templates[0].phases.len(), 7);
    assert_eq!(templates[0].phases[3].title, "Make your first pull request");
    let unique: BTreeSet<_> = templates[0].steps().map(|step| &step.id).collect();
    assert_eq!(unique.len(), 30, "ids differ over all files");
    let pr =
        templates[0].steps().find(|step| step.title.contains("guidelines for how to make a good PR")).expect("a step");
    assert!(pr.body.contains("[1]: https://github.com/"), "reference links go with their step: {}", pr.body);
}
