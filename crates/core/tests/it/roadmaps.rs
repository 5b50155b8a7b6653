//! Roadmap folders and plain lists.

use serde_json::Value;
use waymark_core::{
    content::{Kind, classify, parse_roadmap},
    roadmap::{Horizon, Roadmap, Status},
};

use crate::{golden, support};

fn outline(roadmap: &Roadmap) -> String {
    let mut text = format!("{} ({:?})\n{}\n", roadmap.title, roadmap.owner, roadmap.vision);
    for item in &roadmap.items {
        text.push_str(&format!("\n{:?} {:?} {} #{}\n  {:?}\n", item.horizon, item.status, item.title, item.id, item.body));
        text.push_str(&format!("  missing: {}; links: {}\n", item.missing().join(", "), item.links.len()));
    }
    text
}

#[test]
fn a_folder_is_read_whole_and_in_its_owners_order() {
    let files = support::fixtures("roadmaps/folder");
    let (roadmap, findings) = parse_roadmap(&files);
    assert_eq!(support::lines(&findings), "");
    let ids: Vec<&str> = roadmap.items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["lamps", "a-map", "quiet-bells"], "by horizon, then as the index says, then by name");
    assert_eq!(roadmap.personas[0].people, Some(40));
    let lamps = &roadmap.items[0];
    let impact = lamps.impact.as_ref().expect("an impact");
    assert_eq!((impact.value, impact.people, impact.per.as_deref()), (2.5, Some(40), Some("month")));
    let outcome = lamps.outcome.as_ref().expect("an outcome");
    assert_eq!(outcome.baseline.as_ref().expect("a baseline").n, Some(200));
    assert_eq!(outcome.target.as_ref().expect("a target").by.as_deref(), Some("2027-Q1"));
    assert_eq!(lamps.missing(), Vec::<&str>::new());
    golden!("roadmap-folder", outline(&roadmap));
}

#[test]
fn a_plain_list_becomes_drafts() {
    for name in ["now-next-later.md", "boxes-roadmap.md"] {
        let source = support::fixture(&format!("roadmaps/{name}"));
        let path = format!("docs/{name}").replace("now-next-later", "roadmap");
        assert_eq!(classify(&path, &source), Kind::RoadmapList);
        let (roadmap, findings) = parse_roadmap(&[(path, source)]);
        golden!(format!("roadmap-{}", name.trim_end_matches(".md")), format!("{}\n{}", outline(&roadmap), support::lines(&findings)));
    }
}

#[test]
fn public_roadmaps_have_the_items_that_readers_found() {
    for (set, name) in [("platformspec", "platformspec-now-next-future.md"), ("backstage-2020", "backstage-roadmap-2020.md")] {
        let Some(root) = support::corpus(&format!("roadmaps/{set}")) else { return };
        let source = std::fs::read_to_string(root.join(name)).expect("a roadmap");
        let expected = std::fs::read_to_string(root.join("expected.json")).expect("expected.json");
        let expected: Value = serde_json::from_str(&expected).expect("JSON");
        let expected = &expected["files"][name];
        let (roadmap, findings) = parse_roadmap(&[(format!("docs/{name}"), source)]);
        let count = |test: &dyn Fn(&waymark_core::roadmap::Item) -> bool| roadmap.items.iter().filter(|item| test(item)).count() as u64;
        let shipped = |item: &waymark_core::roadmap::Item| item.status == Status::Shipped;
        assert_eq!(count(&|_| true), expected["items"].as_u64().expect("items"), "{}", support::lines(&findings));
        for (word, horizon) in [("now", Horizon::Now), ("next", Horizon::Next), ("later", Horizon::Later)] {
            let wanted = expected["horizons"][word].as_u64().unwrap_or(0);
            assert_eq!(count(&|item| item.horizon == horizon && !shipped(item)), wanted, "{set}: {word}");
        }
        assert_eq!(count(&shipped), expected["horizons"]["shipped"].as_u64().unwrap_or(0), "{set}: shipped");
        assert_eq!(count(&|item| item.status == Status::Draft), expected["drafts"].as_u64().expect("drafts"), "{set}: drafts");
    }
}
