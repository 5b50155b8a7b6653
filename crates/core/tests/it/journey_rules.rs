//! One rule about journeys at a time: a text that breaks it, and one that does not.

use jiff::civil::date;
use waymark_core::content::{KnownPage, Library, Surroundings, check_translations, import_checklist, parse_journey_in};

use crate::support;

/// A library of two pages and one file.
pub(crate) struct Shelf;

impl Library for Shelf {
    fn page(&self, from: &str, address: &str) -> Option<KnownPage> {
        assert!(from.ends_with(".md"), "links are resolved from a file: {from}");
        let headings = |ids: &[&str]| Some(ids.iter().map(|id| (*id).to_owned()).collect());
        match address.trim_start_matches("../") {
            "docs/setup.md" => Some(KnownPage { headings: headings(&["install-the-tools", "run"]) }),
            "docs/far.md" => Some(KnownPage { headings: None }),
            "https://forge.example/acme/x/blob/main/docs/setup.md" => Some(KnownPage { headings: headings(&[]) }),
            _ => None,
        }
    }

    fn file(&self, _: &str, address: &str) -> bool {
        address == "picture.png"
    }

    fn step(&self, id: &str) -> bool {
        matches!(id, "start" | "start/tools")
    }

    fn pages(&self) -> Vec<String> {
        vec!["docs/setup.md".to_owned(), "docs/far.md".to_owned()]
    }
}

const PHASES: &str = "phases:\n  - {id: p, title: P, from: 1wd, to: 5wd}\n  - {id: q, title: Q, from: 6wd, to: 10wd}\n";

/// All findings about a journey with this addition to the front matter and these steps.
fn findings(front: &str, steps: &str) -> Vec<String> {
    let source = format!(
        "---\nschema: waymark.journey/1\nid: t\ntitle: T\nversion: 1.0.0\nowner: team:t\n{front}---\n\n{steps}"
    );
    let around = Surroundings { today: Some(date(2026, 11, 21)), library: Some(&Shelf) };
    let (_, findings) = parse_journey_in("journeys/t.md", &source, around);
    for one in &findings {
        let line = source.lines().nth(one.line as usize - 1).unwrap_or_else(|| panic!("no line {}", one.line));
        assert!(one.column as usize <= line.chars().count() + 1, "{one:?} stands outside of {line:?}");
        assert!(one.help.is_some() || one.code == "J020", "{one:?} does not say what to do");
    }
    findings.iter().map(|one| format!("{}:{} {}", one.line, one.column, one.code)).collect()
}

/// A phase with one step that has these attributes and this body.
fn step(attributes: &str, body: &str) -> String {
    format!(
        "## P {{#p}}\n\n- [ ] **A** {{#a}}\n\n  ```yaml step\n  why: x\n  estimate: PT5M\n{attributes}  ```\n\n{body}\n## Q {{#q}}\n"
    )
}

/// Checks that each text has exactly this finding, and none where the place is empty.
fn attributes(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let indented: String = text.lines().map(|line| format!("  {line}\n")).collect();
        let expected: Vec<String> = if expected.is_empty() { Vec::new() } else { vec![(*expected).to_owned()] };
        assert_eq!(findings(PHASES, &step(&indented, "")), expected, "{text}");
    }
}

#[test]
fn due_days_lie_in_their_phase() {
    attributes(&[
        ("due: 3wd", ""),
        ("due: 6wd", "19:8 J032"),
        ("due: -1wd", "19:8 J032"),
        ("due: P5D", ""),
        ("due: P30D", "19:8 J032"),
        ("due: b+2wd", "19:8 J020"),
    ]);
}

#[test]
fn periods_go_forward() {
    attributes(&[
        ("every: P1Y", ""),
        ("expires: P60D", ""),
        ("every: P0D", "19:10 J034"),
        ("expires: -P1M", "19:12 J034"),
        ("every: 0", "19:10 J034"),
        ("every: yearly", "19:10 J030"),
    ]);
    assert_eq!(findings(&format!("{PHASES}stale_after: P0D\n"), &step("", "")), ["10:14 J034"]);
}

#[test]
fn conditions_can_hold() {
    attributes(&[
        ("when: {os: [linux, macos]}", ""),
        ("when: \"role=engineer & team=a\"", ""),
        ("when: \"os=linux & os!=linux\"", "19:9 J041"),
        ("when: {all: [{os: linux}, {os: windows}]}", "19:9 J041"),
        ("when: {not: {os: [linux, macos, windows]}}", "19:9 J041"),
        ("when: {any: []}", "19:9 J041"),
    ]);
    let group = |heading: &str, own: &str| {
        format!(
            "## P {{#p}}\n\n### G {{when=\"{heading}\"}}\n\n- [ ] **A** {{#a}}\n\n  ```yaml step\n  role: it\n  {own}\n  ```\n\n## Q {{#q}}\n"
        )
    };
    assert_eq!(findings(PHASES, &group("role=designer", "when: {role: engineer}")), ["20:9 J041"]);
    assert_eq!(findings(PHASES, &group("os=linux & os=macos", "when: {role: engineer}")), ["14:14 J041"], "said once");
    assert_eq!(findings(PHASES, &group("role=designer", "when: {team: a}")), Vec::<String>::new());
}

#[test]
fn alternatives_are_kept_apart() {
    let two = |first: &str, second: &str| {
        let one = |id: &str, when: &str| {
            format!("- [ ] **A** {{#{id}}}\n\n  ```yaml step\n  role: it\n  alternatives: way\n{when}  ```\n\n")
        };
        format!("## P {{#p}}\n\n{}{}## Q {{#q}}\n", one("a", first), one("b", second))
    };
    let always = "  when: {any: [{os: windows}, {not: {os: windows}}]}\n";
    assert_eq!(findings(PHASES, &two(always, always)), ["27:9 J041"]);
    assert_eq!(findings(PHASES, &two("", "")), Vec::<String>::new(), "a choice needs no condition");
    assert_eq!(findings(PHASES, &two("  when: {os: windows}\n", "")), Vec::<String>::new());
}

#[test]
fn pages_and_headings_exist() {
    attributes(&[
        ("docs: docs/setup.md#run", ""),
        ("docs: docs/far.md#anything", ""),
        ("docs: [docs/setup.md, docs/setpu.md]", "19:25 J060"),
        ("docs: https://example.com/setup", "19:9 J060"),
        ("docs: docs/setup.md#install-the-tool", "19:9 J061"),
        ("verify: {doc: docs/gone.md, acknowledge: true}", "19:17 J060"),
    ]);
    let source = "---\nschema: waymark.journey/1\nid: t\ntitle: T\nversion: 1.0.0\nowner: x\n---\n\n## P {#p}\n\n- [ ] A {#a}\n\n  ```yaml step\n  role: it\n  docs: [x/setup.md, docs/setup.md#tools]\n  ```\n";
    let around = Surroundings { today: None, library: Some(&Shelf) };
    let (_, findings) = parse_journey_in("t.md", source, around);
    let helps: Vec<_> = findings.iter().filter_map(|one| one.help.as_deref()).collect();
    assert_eq!(helps, ["Did you mean `docs/setup.md`?", "Did you mean `#install-the-tools`?"]);
}

#[test]
fn links_in_the_text_of_a_step_lead_somewhere() {
    for (body, expected) in [
        ("  See [this](../docs/setup.md#run), ![that](picture.png) and [here](#here).\n", None),
        ("  See [this](docs/setpu.md#run).\n", Some("21:7 J064")),
        ("  ![a picture](gone.png)\n", Some("21:3 J064")),
        ("  Write [to us](mailto:a@b.example), see [the app](waymark://today) or [it]({{ site }}/x.md).\n", None),
        ("  - [ ] Part {#b}\n\n    Read [that](gone.md).\n", Some("23:10 J064")),
    ] {
        let found = findings(PHASES, &step("", body));
        let found = found.iter().find(|one| one.ends_with("J064"));
        assert_eq!(found.map(String::as_str), expected, "{body}");
    }
}

#[test]
fn steps_that_work_offline_do_not_link_to_the_web() {
    for (attributes, body, expected) in [
        ("", "  See [the page](https://example.com/a).\n", Some("21:7 J062")),
        ("", "  ![a picture](https://example.com/a.png)\n", Some("21:3 J062")),
        ("  offline: false\n", "  See [the page](https://example.com/a).\n", None),
        ("  verify: {forge: pr-merged}\n", "  See [the page](https://example.com/a).\n", None),
        ("", "  See [it](https://forge.example/acme/x/blob/main/docs/setup.md#run).\n", None),
        ("", "  Open <http://127.0.0.1:8080/> and [mail us](mailto:a@b.example).\n", None),
        ("  offline: false\n", "  - [ ] Part {#b}\n\n    [web](https://example.com/a)\n", None),
    ] {
        let found = findings(PHASES, &step(attributes, body));
        assert_eq!(found.first().map(String::as_str), expected, "{attributes}{body}");
    }
}

#[test]
fn checks_are_ones_that_waymark_has() {
    attributes(&[
        ("verify: attest", ""),
        ("verify: {probe: tool-version, tool: git, req: \">=2.40\"}", ""),
        ("verify: {any: [{probe: service-running, service: docker}, {git: first-clone, org: acme}]}", ""),
        ("verify: {probe: http, url: \"http://127.0.0.1:8080/health\", expect: 200}", ""),
        ("verify: {server: account-exists, attest: false}", ""),
        ("verify: {probe: tool-versoin, tool: git}", "19:19 J070"),
        ("verify: {probe: tool-version, tool: git, version: 2}", "19:44 J070"),
        ("verify: {probe: tool-version}", "19:19 J070"),
        ("verify: {probe: http, url: \"https://example.com\"}", "19:30 J070"),
        ("verify: {all: [{look: here}]}", "19:19 J070"),
        ("verify: {git: pushed}", "19:17 J070"),
        ("verify: screenshot", "19:11 J070"),
        ("verify: {probe: command, argv: [make, test]}", "19:19 J071"),
        ("verify: {command: make test}", "19:12 J071"),
        ("verify: {confirm_by: buddy}", ""),
        ("verify: {confirm_by: hire}", "19:24 J073"),
        ("role: buddy\nverify: {any: [{confirm_by: buddy}]}", "20:31 J073"),
        ("verify: {confirm_by: boss}", "19:24 J070"),
    ]);
}

#[test]
fn pictures_are_no_proof_where_a_check_is() {
    for (attributes, body, expected) in [
        ("", "  Run `make audit` and paste a screenshot here.\n", vec!["21:3 J072"]),
        ("", "  ```sh\n  make audit\n  ```\n\n  Then post the output in the channel.\n", vec!["25:3 J072"]),
        ("  verify: {probe: tool-present, tool: git}\n", "  Run `make audit` and paste a screenshot here.\n", vec![]),
        ("", "  Share a screenshot of your desk.\n", vec![]),
        ("", "  Run `make audit`; there is a screenshot in the docs.\n", vec![]),
    ] {
        assert_eq!(findings(PHASES, &step(attributes, body)), expected, "{body}");
    }
}

#[test]
fn reviews_do_not_hold_for_ever() {
    for (front, expected) in [
        ("reviewed: 2026-10-05\n", vec![]),
        ("reviewed: 2026-05-01\n", vec!["10:11 J082"]),
        ("reviewed: 2026-05-01\nstale_after: P1Y\n", vec![]),
        ("reviewed: 2026-10-05\nstale_after: P30D\n", vec!["10:11 J082"]),
    ] {
        assert_eq!(findings(&format!("{PHASES}{front}"), &step("", "")), expected, "{front}");
    }
}

#[test]
fn a_day_has_an_end() {
    let steps = |count: usize, attributes: &str| -> String {
        let one = |n| format!("- [ ] **S** {{#s{n}}}\n\n  ```yaml step\n  why: x\n{attributes}  ```\n\n");
        format!("## P {{#p}}\n\n{}", (0..count).map(one).collect::<String>())
    };
    let week = "phases: [{id: p, title: P, from: 1wd, to: 5wd}]\n";
    let day = "phases: [{id: p, title: P, from: 1wd, to: 1wd}]\n";
    for (front, count, attributes, expected) in [
        (day, 12, "  estimate: PT30M\n", 0),
        (day, 13, "  estimate: PT5M\n", 1),
        (day, 7, "  estimate: PT1H\n", 1),
        (week, 13, "  estimate: PT5M\n", 0),
        (week, 13, "  estimate: PT5M\n  due: 3wd\n", 1),
        (week, 8, "  estimate: PT2H\n", 0),
        (week, 16, "  estimate: PT2H\n", 1),
        (day, 13, "  estimate: PT5M\n  required: false\n", 0),
        (day, 13, "  role: it\n", 0),
    ] {
        let found = findings(front, &steps(count, attributes));
        assert_eq!(found.iter().filter(|one| one.ends_with("J084")).count(), expected, "{count} {attributes}{found:?}");
    }
    // Nobody has both halves.
    let half = |when: &str| steps(7, &format!("  estimate: PT5M\n  when: {{os: {when}}}\n"));
    let both = format!("{}{}", half("linux"), half("windows").replace("{#s", "{#w").replace("## P {#p}\n", ""));
    assert_eq!(findings(day, &both), Vec::<String>::new());
}

#[test]
fn the_owner_has_a_name() {
    let source = |owner: &str| {
        format!(
            "---\nschema: waymark.journey/1\nid: t\ntitle: T\nversion: 1.0.0\n---\n\n## P {{#p}}\n\n- [ ] A {{#a}}\n\n  ```yaml step\n  role: owner\n{owner}  ```\n"
        )
    };
    let codes = |owner: &str| -> Vec<String> {
        let (_, findings) = parse_journey_in("t.md", &source(owner), Surroundings::UNKNOWN);
        findings.iter().map(|one| one.code.clone()).collect()
    };
    assert_eq!(codes(""), ["J081", "J085"]);
    assert_eq!(codes("  owner: team:t\n"), ["J081"]);
}

#[test]
fn secrets_are_not_written_down_and_not_repeated() {
    let secret = format!("ghp_{}", "Zk3Vq9Lm2Xt7Rb5Wn8Ys4Pd6Hf1Jc0GaUe");
    let found = findings(PHASES, &step("", &format!("  ```sh\n  export TOKEN={secret}\n  ```\n")));
    assert_eq!(found, ["22:16 J090"]);
    let (_, _, findings) = import_checklist("onboarding.md", &format!("- [ ] Sign in with {secret}\n"));
    let text = support::lines(&findings);
    assert!(text.contains("onboarding.md:1:20 J090"), "{text}");
    assert!(!text.contains(&secret[..12]), "{text}");
    assert_eq!(self::findings(PHASES, &step("", "  Choose a password: at least 12 letters.\n")), Vec::<String>::new());
}

#[test]
fn translations_follow_their_original() {
    let file = |path: &str, head: &str| {
        (path.to_owned(), format!("---\nschema: waymark.journey/1\nid: t\ntitle: T\n{head}---\n\n## P {{#p}}\n"))
    };
    let check = |original: &str, translation: &str| {
        let files = [file("journeys/t.md", original), file("journeys/de/t.md", translation)];
        let result = check_translations(&files);
        assert_eq!(result.files.len(), 1, "{result:?}");
        support::lines(&result.findings)
            .lines()
            .next()
            .unwrap_or_default()
            .split(' ')
            .take(2)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let original = "version: 2.10.0\nreviewed: 2026-10-05\ntranslations: {de: de/t.md}\n";
    assert_eq!(check(original, "version: 2.9.1\n"), "journeys/de/t.md:5:10 J092");
    assert_eq!(check(original, "version: 2.10.0\nreviewed: 2026-01-01\n"), "");
    assert_eq!(check(original, ""), "journeys/de/t.md:2:1 J092");
    let undated = "reviewed: 2026-10-05\ntranslations: {de: ./de/t.md}\n";
    assert_eq!(check(undated, "reviewed: 2026-10-04\n"), "journeys/de/t.md:5:11 J092");
    assert_eq!(check(undated, "reviewed: 2026-10-05\n"), "");
    let missing = check_translations(&[file("t.md", "translations: {de: gone.md, fr: ../../x.md, en: t.md}\n")]);
    assert_eq!(missing.files.len(), 0);
    assert_eq!(missing.findings.iter().filter(|one| one.code == "J092").count(), 3, "{missing:?}");
}
