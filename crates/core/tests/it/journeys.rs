//! Journey files that authors write.

use std::collections::BTreeMap;

use waymark_core::{
    content::{Kind, classify, front_matter, parse_journey},
    id::{StepId, TemplateId},
    journey::{Clock, Completes, Condition, JourneyKind, Need, Offset, Origin, Role, Step, Template},
};

use crate::support;

const PATH: &str = "journeys/lantern-backend.md";

fn lantern() -> Template {
    let (template, findings) = parse_journey(PATH, &support::fixture(PATH));
    assert_eq!(support::lines(&findings), "", "the worked example has no findings");
    template.expect("a template")
}

#[test]
fn the_worked_example_has_the_counts_of_the_design() {
    let template = lantern();
    assert_eq!(template.phases.len(), 4);
    assert_eq!(template.steps().count(), 15);
    assert_eq!(template.phases.iter().map(|phase| phase.steps.len()).sum::<usize>(), 12, "top-level steps");
    let mut roles = BTreeMap::new();
    template.steps().for_each(|step| *roles.entry(step.role).or_insert(0) += 1);
    assert_eq!(roles, BTreeMap::from([(Role::Hire, 11), (Role::It, 2), (Role::Manager, 1), (Role::Buddy, 1)]));
    assert_eq!(template.steps().filter(|step| !step.required).count(), 1, "optional");
    assert_eq!(template.steps().filter(|step| step.when.is_some()).count(), 2, "conditional");
    assert_eq!(template.milestones.len(), 3);
}

#[test]
fn the_worked_example_keeps_what_its_author_wrote() {
    let template = lantern();
    assert_eq!(template.id, TemplateId::new("lantern-backend"));
    assert_eq!(
        (template.version.as_str(), template.kind, &template.clock),
        ("2.3.0", JourneyKind::Team, &Clock::StartDate)
    );
    assert_eq!((template.origin, template.owner.as_deref()), (Origin::JourneyFile, Some("team:lantern")));
    assert!(template.intro.starts_with("Hello {{hire.first_name}}."), "{}", template.intro);
    assert_eq!(template.phases[2].goal.as_deref(), Some("The service runs on your machine"));
    assert_eq!(template.phases[2].to, Some(Offset::WorkingDay(5)));
    assert_eq!(template.variables["region"].options, ["eu", "us"]);

    let step = |id: &str| template.step(&StepId::new(id)).unwrap_or_else(|| panic!("no step {id}"));
    assert_eq!(step("signing").needs, [Need::Step(StepId::new("tool-git"))]);
    assert_eq!(step("signing").group.as_deref(), Some("Your machine"));
    assert_eq!(step("signing").estimate_minutes, Some(30));
    let body = "One way, with an existing SSH key:\n\n```sh\ngit config --global gpg.format ssh\ngit config --global commit.gpgsign true\n```";
    assert_eq!(step("signing").body, body, "the body is dedented and otherwise unchanged");
    let docs = &step("run-service").docs[0];
    assert_eq!((docs.page.as_str(), docs.heading.as_deref()), ("lantern/setup.md", Some("run")));
    assert_eq!(step("tools").children.len(), 3);
    assert_eq!(step("tools").complete, Completes::Derived);
    let windows = Condition::Is { key: "os".into(), values: vec!["windows".into()] };
    assert_eq!(step("long-paths").when, Some(windows));
    assert_eq!(step("data-training").due, Some(Offset::CalendarDays(60)));
    assert_eq!(step("first-change").milestone.as_ref().map(|id| id.as_str()), Some("first-merge"));
    assert_eq!(step("cluster-access").title, "Give access to the {{region}} cluster");
    assert_eq!(step("order-laptop").line, 34);
}

#[test]
fn a_template_survives_json() {
    let template = lantern();
    let json = serde_json::to_string(&template).expect("a template can be written");
    let back: Template = serde_json::from_str(&json).expect("and read back");
    assert_eq!(back, template);
}

/// Wraps steps into a journey without findings of its own.
fn parse(body: &str) -> (Template, String) {
    let head = "---\nschema: waymark.journey/1\nid: t\ntitle: T\nversion: 1.0.0\nowner: team:t\nphases: [{id: p, to: 5wd}]\n---\n\n## P {#p}\n\n";
    let (template, findings) = parse_journey("t.md", &format!("{head}{body}"));
    (template.expect("a template"), support::lines(&findings))
}

fn only(body: &str) -> Step {
    let (template, findings) = parse(body);
    assert_eq!(findings, "");
    template.phases[0].steps[0].clone()
}

#[test]
fn needs_and_conditions_have_long_and_short_forms() {
    let step = only(
        "- [ ] **A** {#a}\n\n  ```yaml step\n  role: it\n  needs: [b, {any: [c, other/step]}]\n  when: \"role=engineer & os!=windows\"\n  docs: [a.md, b.md#c]\n  ```\n\n- [ ] B {#b}\n\n  ```yaml step\n  role: it\n  ```\n\n- [ ] C {#c}\n\n  ```yaml step\n  role: it\n  ```\n",
    );
    let id = |id: &str| Need::Step(StepId::new(id));
    assert_eq!(step.needs, [id("b"), Need::Any(vec![id("c"), id("other/step")])]);
    assert_eq!(step.when.expect("a condition").in_words(), "role is engineer and not (os is windows)");
    assert_eq!(step.docs.len(), 2);
}

#[test]
fn a_group_heading_gives_its_condition_to_the_steps_below() {
    let (template, findings) = parse(
        "### Designers {when=\"role=designer\"}\n\nSome words.\n\n- [ ] **A** {#a}\n\n  ```yaml step\n  role: it\n  when: {not: {contract: intern}}\n  ```\n\n### Everybody\n\n- [ ] **B** {#b}\n\n  ```yaml step\n  role: it\n  ```\n",
    );
    assert_eq!(findings, "");
    let steps = &template.phases[0].steps;
    assert_eq!(
        steps[0].when.as_ref().expect("both conditions").in_words(),
        "role is designer and not (contract is intern)"
    );
    assert_eq!(steps[0].group.as_deref(), Some("Designers"));
    assert_eq!((steps[1].when.as_ref(), steps[1].group.as_deref()), (None, Some("Everybody")));
    assert_eq!(template.phases[0].intro, "### Designers\n\nSome words.");
}

#[test]
fn plain_bullets_are_body_and_boxes_are_parts() {
    let step = only(
        "1. [ ] Set *up* `git` {#a}\n   and read this line too.\n\n   ```yaml step\n   role: it\n   offline: false\n   ```\n\n   - a plain bullet\n   - [ ] A part {#b}\n     - its own bullet\n   - another bullet, see [this][x]\n\n   | a | b |\n   |---|---|\n   | 1 | 2 |\n\n[x]: https://x.example\n",
    );
    assert_eq!(step.title, "Set up git");
    assert_eq!(
        step.body,
        "and read this line too.\n\n- a plain bullet\n- another bullet, see [this][x]\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[x]: https://x.example"
    );
    assert_eq!(step.children[0].title, "A part");
    assert_eq!(step.children[0].body, "- its own bullet");
}

#[test]
fn windows_line_ends_make_no_difference() {
    let unix = support::fixture(PATH);
    let (template, findings) = parse_journey(PATH, &unix.replace('\n', "\r\n"));
    assert_eq!(support::lines(&findings), "");
    assert_eq!(template.expect("a template"), lantern());
}

#[test]
fn files_over_the_limits_are_named() {
    let (template, findings) = parse_journey("big.md", &"x".repeat(3 * 1024 * 1024));
    assert!(template.is_none());
    assert!(support::lines(&findings).starts_with("big.md:1:1 J091 Error: the file has 3145728 bytes"));
    let many: String = (0..10_001).map(|n| format!("- [ ] S {{#s{n}}}\n")).collect();
    let (_, findings) = parse(&many);
    assert!(findings.contains("J091 Error: the journey has 10001 steps"));
}

#[test]
fn the_front_matter_helper_is_public() {
    let source = support::fixture(PATH);
    let split = front_matter(&source);
    assert!(split.yaml.expect("front matter").starts_with("schema: waymark.journey/1"));
    assert!(split.body.starts_with("\nHello"));
    assert_eq!(classify(PATH, &source), Kind::Journey);
}
