//! Catalogs as companies write them, and as a real Backstage answered.

use super::{people::Catalog, *};
use crate::usecase::org::people as judge_together;

const COMPANY: &str = "\
apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: corvane
  title: Corvane
  annotations:
    waymark.dev/manager: dora
spec:
  type: organization
  children: [backend]
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: backend}
spec:
  type: team
  profile: {displayName: Backend}
  parent: corvane
  owner: user:default/petra
  members: [ben]
---
kind: User
metadata: {name: dora, annotations: {waymark.dev/roles: admin}}
spec:
  profile: {displayName: Dora Lind, email: Dora@corvane.example}
  memberOf: [corvane]
---
kind: User
metadata: {name: petra}
spec:
  profile: {displayName: Petra Novak, email: petra@corvane.example}
  memberOf: [group:default/backend]
---
kind: User
metadata:
  name: ada
  annotations:
    waymark.dev/buddy: petra
    waymark.dev/start-date: 2026-01-19
    waymark.dev/last-day: 2027-06-30
    waymark.dev/zone: Europe/Berlin
    waymark.dev/site: Berlin
spec:
  profile: {displayName: Ada Osei, email: ada@corvane.example}
  memberOf: [backend]
---
kind: User
metadata: {name: ben, annotations: {waymark.dev/manager: dora@corvane.example}}
spec:
  profile: {email: ben@corvane.example}
---
kind: Component
metadata: {name: billing}
spec: {owner: backend, type: service}
";

fn options() -> Options {
    Options { manager: MANAGER.to_owned(), key: KeyFrom::Email }
}

/// What is read, judged and brought together, in one text.
fn told(entities: &[Sourced], options: &Options) -> String {
    let Catalog { entries, teams, problems, remarks } = judge(entities, options);
    let remarks: String = remarks.iter().map(|one| format!("remark: {one}\n")).collect();
    let told = match judge_together(entries, problems) {
        Err(problems) => problems.iter().map(|problem| format!("{problem}\n")).collect::<String>(),
        Ok(entries) => {
            let person = |one: &crate::usecase::org::Entry| {
                let roles: Vec<&str> = one.roles.iter().map(|role| role.word()).collect();
                let [team, manager] = [&one.team, &one.manager];
                format!("{} {} in {team:?} < {manager:?} [{}]\n", one.key, one.name, roles.join(" "))
            };
            let team = |(name, parent): &(String, Option<String>)| format!("team {name} in {parent:?}\n");
            entries.iter().map(person).chain(teams.iter().map(team)).collect()
        }
    };
    remarks + &told
}

fn of_text(text: &str) -> String {
    match read_file(text) {
        Ok(entities) => told(&entities, &options()),
        Err(problem) => format!("{problem}\n"),
    }
}

#[test]
fn people_report_to_who_is_named_else_to_the_leader_of_their_group() {
    assert_eq!(
        of_text(COMPANY),
        "ada@corvane.example Ada Osei in \"Backend\" < \"petra@corvane.example\" [hire]\n\
         ben@corvane.example ben in \"Backend\" < \"dora@corvane.example\" [hire]\n\
         dora@corvane.example Dora Lind in \"Corvane\" < \"\" [admin manager]\n\
         petra@corvane.example Petra Novak in \"Backend\" < \"dora@corvane.example\" [buddy hire manager]\n\
         team Backend in Some(\"Corvane\")\n\
         team Corvane in None\n"
    );
    let entities = read_file(COMPANY).expect("it is YAML");
    let entries = judge(&entities, &options()).entries;
    let ada = entries.iter().find(|one| one.key == "ada@corvane.example").expect("Ada");
    assert_eq!((ada.buddy.as_str(), ada.zone.as_str()), ("petra@corvane.example", "Europe/Berlin"));
    assert_eq!(ada.start.map(|day| day.to_string()).as_deref(), Some("2026-01-19"));
    assert_eq!(ada.leave.map(|day| day.to_string()).as_deref(), Some("2027-06-30"));
    assert_eq!(ada.profile["site"], ["Berlin"]);
}

#[test]
fn an_annotation_of_ones_own_names_the_manager_and_the_entity_can_be_the_key() {
    let text = COMPANY.replace("waymark.dev/manager", "corvane.example/boss");
    let entities = read_file(&text).expect("it is YAML");
    let own = Options { manager: "corvane.example/boss".to_owned(), key: KeyFrom::Entity };
    let by_entity = told(&entities, &own);
    assert!(by_entity.contains("user:default/ben ben in \"Backend\" < \"user:default/dora\" [hire]\n"), "{by_entity}");
    // Without it, groups alone say who manages whom, and nobody leads the company.
    let told = told(&entities, &options());
    assert!(told.contains("ben@corvane.example ben in \"Backend\" < \"petra@corvane.example\" [hire]\n"), "{told}");
    assert!(told.contains("petra@corvane.example Petra Novak in \"Backend\" < \"\" [buddy hire manager]\n"), "{told}");
}

#[test]
fn json_is_read_as_a_list_as_one_entity_and_as_an_answer() {
    let one = r#"{"kind": "User", "metadata": {"name": "ada"}, "spec": {"profile": {"email": "ada@x.org"}}}"#;
    let ada = "ada@x.org ada in \"\" < \"\" [hire]\n";
    for text in [one.to_owned(), format!("[{one}]"), format!("{{\"items\": [{one}], \"totalItems\": 1}}")] {
        assert_eq!(of_text(&text), ada, "{text}");
    }
}

#[test]
fn every_problem_is_told_with_its_line_and_column() {
    let text = "\
kind: Group
metadata: {name: a, annotations: {waymark.dev/manager: user:default/zoe}}
spec: {parent: b, members: [mona]}
---
kind: Group
metadata: {name: b}
spec: {parent: a}
---
kind: User
metadata:
  name: ada
  annotations:
    waymark.dev/manager: nobody@x.org
    waymark.dev/start: 31.01.2026
    waymark.dev/colour: red
spec: {profile: {email: ada@x.org}, memberOf: [c]}
---
kind: User
metadata: {name: Ada}
spec: {profile: {email: other@x.org}}
---
kind: User
metadata: {name: ben}
spec: {profile: {email: ADA@x.org}, memberOf: [a]}
---
kind: User
metadata: {name: cleo}
spec: {memberOf: [b]}
---
kind: User
metadata: {name: \"two words\"}
";
    let told = of_text(text);
    for line in [
        "remark: line 3, column 29: group:default/a names user:default/mona, who is not in the catalog",
        "remark: line 16, column 48: group:default/c is no group of the catalog",
        "line 2, column 18: these groups are parts of each other in a circle: group:default/a → group:default/b",
        "line 2, column 56: the manager user:default/zoe is not in the catalog",
        "line 13, column 26: the manager \"nobody@x.org\" is not in the catalog",
        "line 14, column 24: \"31.01.2026\" is no day; write it as 2026-01-31",
        "line 15, column 25: waymark.dev/colour is no annotation of Waymark's",
        "line 19, column 18: user:default/ada is in line 11, column 9 already",
        "line 24, column 25: \"ada@x.org\" is in line 11, column 9 already",
        "line 27, column 18: user:default/cleo has no e-mail address in spec.profile",
        "line 31, column 18: the user has no usable name",
    ] {
        assert!(told.contains(line), "{line}\nis not in\n{told}");
    }
    assert_eq!(told.lines().count(), 11, "{told}");
}

#[test]
fn what_cannot_be_read_says_where() {
    let told = of_text("kind: User\nmetadata: {name: [ada]}\n");
    assert!(told.starts_with("line 2, column "), "{told}");
    assert!(of_text("kind: User\n\tbad: [\n").starts_with("line "), "a tab is no indentation");
    assert_eq!(of_text("kind: Component\nmetadata: {name: x}\n"), "line 1: there is nobody in it\n");
}

#[test]
fn managers_in_a_circle_are_named_once() {
    let user = |name: &str, manager: &str| {
        format!(
            "kind: User\nmetadata:\n  name: {name}\n  annotations: {{waymark.dev/manager: {manager}}}\n\
             spec: {{profile: {{email: {name}@x.org}}}}\n---\n"
        )
    };
    let told = of_text(&format!("{}{}{}", user("a", "b"), user("b", "c"), user("c", "a")));
    assert_eq!(told, "line 4, column 38: these manage each other in a circle: a@x.org → b@x.org → c@x.org\n");
}

#[test]
fn a_large_company_is_read_as_a_whole() {
    let text: String = (0..3_000)
        .map(|n| {
            format!(
                "kind: User\nmetadata: {{name: p{n}}}\nspec: {{profile: {{email: p{n}@x.org}}, memberOf: []}}\n---\n"
            )
        })
        .collect();
    assert_eq!(read_file(&text).expect("it is read").len(), 3_000);
}

/// Entities as a real Backstage gave them (`cargo xtask backstage --record`).
#[test]
fn the_entities_of_a_real_backstage_are_understood() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/backstage/answers.json");
    let answers: Vec<serde_json::Value> =
        serde_json::from_slice(&std::fs::read(path).expect("the recorded answers")).expect("JSON");
    let people = answers.iter().filter(|answer| {
        let path = answer["path"].as_str().unwrap_or_default();
        answer["status"] == 200 && path.starts_with("/api/catalog/entities/by-name/")
    });
    let (entities, problems) = read_answers(people.map(|answer| answer["json"].clone()).collect());
    assert_eq!((entities.len(), problems), (3, Vec::new()));
    assert_eq!(
        told(&entities, &options()),
        "ines@ferry.example Ines Falk in \"Team Tides\" < \"\" [hire]\n\
         team Fleet in None\n\
         team Team Tides in Some(\"Fleet\")\n"
    );
    let (_, problems) = read_answers(vec![serde_json::json!({"kind": 3, "metadata": {"name": "x"}})]);
    assert!(problems[0].to_string().starts_with("x: cannot be read: "), "{problems:?}");
}
