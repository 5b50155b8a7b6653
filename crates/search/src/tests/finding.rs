//! What is found, in which order, and where a hit leads.

use super::{Shelf, page, section, shown};
use crate::{Document, Kind, Query, Section};

fn shelf() -> Shelf {
    let mut vpn = page("vpn", "VPN guide", "How to reach the office network from anywhere.");
    vpn.sections.push(section("Import your profile", "import", "Download the profile and open it."));
    vpn.sections.push(section("Trouble", "trouble", "If the tunnel breaks, restart the client."));
    let mut deploy = page("deploy", "Deploying", "Every service is deployed from its main branch.");
    deploy.sections.push(Section {
        code: "kubectl_apply --dry-run -f config.yaml\nuse foo::bar;".to_owned(),
        ..section("By hand", "by-hand", "Only where the pipeline is down.")
    });
    let step =
        Document { kind: Kind::Step, source: "first-week".to_owned(), ..page("step", "Set up the VPN", "Ask for it.") };
    let item =
        Document { kind: Kind::Item, source: "roadmap".to_owned(), ..page("item", "Faster laptops", "For everyone.") };
    let mention = page("mention", "Network overview", "Traffic passes the VPN gateway first.");
    Shelf::of(&[mention, vpn, deploy, step, item])
}

#[test]
fn titles_count_more_than_texts() {
    let hits = shelf().hits("vpn");
    assert_eq!(hits.len(), 3, "sections that have it from their page's title only are left out: {hits:?}");
    assert_eq!(hits[2], "mention", "{hits:?}");
    assert!(hits[..2].contains(&"vpn".to_owned()) && hits[..2].contains(&"step".to_owned()), "{hits:?}");
}

#[test]
fn a_hit_leads_to_the_very_heading() {
    let shelf = shelf();
    assert_eq!(shelf.hits("import profile")[0], "vpn#import");
    assert_eq!(shelf.hits("vpn tunnel"), ["vpn#trouble"], "the page's title and the section's text together");
    let found = shelf.find("tunnel");
    assert_eq!(found.hits[0].headings, ["Trouble"]);
    assert_eq!(found.hits[0].title, "VPN guide");
    assert_eq!(shown(&found.hits[0].snippet), "If the [tunnel] breaks, restart the client.");
}

#[test]
fn code_words_are_found_whole_and_by_part() {
    let shelf = shelf();
    for query in [
        "kubectl_apply",
        "kubectl",
        "kubectl_ap",
        "--dry-run",
        "dry-run",
        "dry run",
        "dry",
        "foo::bar",
        "foo",
        "bar ",
        "foo::b",
        "config.yaml",
        "config.y",
        "yaml",
        "KUBECTL_APPLY",
        "`config.yaml`",
    ] {
        assert_eq!(shelf.hits(query), ["deploy#by-hand"], "{query}");
    }
}

#[test]
fn a_name_as_it_was_typed_comes_first() {
    let whole = page("whole", "Files", "It reads its settings from config.yaml in your home, or not at all.");
    let parts = page("parts", "Settings", "Any YAML is a config, and any config is YAML.");
    assert_eq!(Shelf::of(&[parts, whole]).hits("config.yaml"), ["whole", "parts"]);
}

#[test]
fn a_page_comes_before_its_sections() {
    let mut guide = page("guide", "Pull requests", "What they are for.");
    for n in 0..10 {
        guide.sections.push(section(
            &format!("A request to pull, {n}"),
            &format!("s{n}"),
            "Pull, request, pull, request.",
        ));
    }
    assert_eq!(Shelf::of(&[guide]).hits("pull request")[0], "guide");
}

#[test]
fn the_last_word_is_being_typed() {
    let shelf = shelf();
    assert_eq!(shelf.hits("lap"), ["item"]);
    assert_eq!(shelf.hits("import prof")[0], "vpn#import");
    assert_eq!(shelf.hits("l"), ["item"], "one letter looks through titles and headings");
    assert!(shelf.hits("lap ").is_empty(), "a space ends the word");
}

#[test]
fn scopes_narrow_the_search() {
    let shelf = shelf();
    assert_eq!(shelf.hits("vpn kind:step"), ["step"]);
    assert_eq!(shelf.hits("kind:item laptops"), ["item"]);
    assert_eq!(shelf.hits("repo:first-week vpn"), ["step"]);
    assert_eq!(shelf.hits("repo:fi vpn"), ["step"], "a source being typed");
    assert!(shelf.hits("repo:nowhere vpn").is_empty());
    assert!(shelf.hits("kind:step").is_empty(), "nothing to look for");
}

#[test]
fn each_kind_has_its_own_list_of_equally_good_hits() {
    let shelf = shelf();
    let each = |query: &str| -> Vec<String> {
        let found = shelf.index.search_each(&Query::parse(query), &[Kind::Step, Kind::Page, Kind::Item], 2).unwrap();
        found.hits.iter().map(super::place).collect()
    };
    assert_eq!(each("vpn"), ["step", "vpn", "mention"]);
    assert_eq!(each("vpn tunnel"), ["vpn#trouble"], "the step has one of the words only");
    assert_eq!(each("kind:page vpn"), ["vpn", "mention"]);
    assert!(each("").is_empty());
}

#[test]
fn a_letter_may_be_wrong() {
    let shelf = shelf();
    for query in ["tunel", "tunnnel", "tumnel", "tunnle", "restrat", "gatewya", "pipelnie", "overveiw", "downolad"] {
        assert!(!shelf.hits(query).is_empty(), "{query}");
    }
    assert_eq!(shelf.hits("laptosp"), ["item"]);
    assert!(shelf.hits("vqn ").is_empty(), "in three letters another word is as near");
}

#[test]
fn did_you_mean() {
    let shelf = shelf();
    assert_eq!(shelf.meant("vpn tunel").as_deref(), Some("vpn tunnel"));
    assert_eq!(shelf.meant("pipelnie").as_deref(), Some("pipeline"));
    assert_eq!(shelf.meant("tunnel"), None);
    assert_eq!(shelf.meant("tunn"), None, "it is being typed");
    assert_eq!(shelf.meant("xyzzyqwert"), None, "nothing is near");
    assert_eq!(shelf.meant("kind:step gatewya").as_deref(), Some("kind:step gateway"));
}

#[test]
fn where_no_section_has_all_words_some_are_enough() {
    let shelf = shelf();
    let hits = shelf.hits("how do i restart the broken tunnel");
    assert_eq!(hits.first().map(String::as_str), Some("vpn#trouble"), "{hits:?}");
}

#[test]
fn one_page_does_not_fill_the_list() {
    let mut long = page("long", "Clusters", "About clusters.");
    for n in 0..30 {
        long.sections.push(section(&format!("Cluster {n}"), &format!("c{n}"), "A cluster."));
    }
    let shelf = Shelf::of(&[long, page("short", "Other", "One more cluster.")]);
    let hits = shelf.hits("cluster");
    assert_eq!(hits.len(), 4, "{hits:?}");
    assert!(hits.contains(&"short".to_owned()));
}

#[test]
fn marks_are_those_of_the_query() {
    let shelf = shelf();
    let marker = shelf.find("deploying kubectl_ap").marker;
    assert_eq!(shown(&marker.mark("It deploys with kubectl_apply")), "It [deploys] with [kubectl_apply]");
    let long = format!("{} the VPN gateway {}", "word ".repeat(60), "more ".repeat(60));
    let shelf = Shelf::of(&[page("a", "A", &long)]);
    let line = shown(&shelf.find("vpn").hits[0].snippet);
    assert!(line.starts_with("…word") && line.contains("the [VPN] gateway") && line.ends_with("more…"), "{line}");
}
