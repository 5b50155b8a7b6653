//! Roadmap folders and plain lists.

use waymark_core::{
    content::{Kind, classify, parse_roadmap},
    roadmap::{Horizon, Item, Roadmap, Status},
};

use crate::{golden, support};

fn outline(roadmap: &Roadmap) -> String {
    let mut text = format!("{} ({:?})\n{}\n", roadmap.title, roadmap.owner, roadmap.vision);
    for item in &roadmap.items {
        text.push_str(&format!(
            "\n{:?} {:?} {} #{}\n  {:?}\n",
            item.horizon, item.status, item.title, item.id, item.body
        ));
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
        golden!(
            format!("roadmap-{}", name.trim_end_matches(".md")),
            format!("{}\n{}", outline(&roadmap), support::lines(&findings))
        );
    }
}

/// The counts are those of the lists in the files. `expected.json` beside them says one entry more
/// under platformspec's "Future Priorities" and two more under backstage's "Completed milestones"
/// than these files have (their digests are those of `SOURCES.md`), so it is not the yardstick here.
#[test]
fn public_roadmaps_keep_every_entry() {
    let sets = [
        ("platformspec", "platformspec-now-next-future.md", [3, 5, 3, 0]),
        ("backstage-2020", "backstage-roadmap-2020.md", [6, 0, 5, 9]),
    ];
    for (set, name, expected) in sets {
        let Some(root) = support::corpus(&format!("roadmaps/{set}")) else { return };
        let source = std::fs::read_to_string(root.join(name)).expect("a roadmap");
        let (roadmap, findings) = parse_roadmap(&[(format!("docs/{name}"), source)]);
        let shipped = |item: &&Item| item.status == Status::Shipped;
        let open = |horizon| roadmap.items.iter().filter(|item| item.horizon == horizon && !shipped(item)).count();
        let found = [
            open(Horizon::Now),
            open(Horizon::Next),
            open(Horizon::Later),
            roadmap.items.iter().filter(shipped).count(),
        ];
        assert_eq!(found, expected, "{set}: now, next, later, shipped\n{}", support::lines(&findings));
        let drafts = roadmap.items.iter().filter(|item| item.status == Status::Draft).count();
        assert_eq!(drafts, expected[..3].iter().sum::<usize>(), "{set}: what is open is a draft");
    }
}
