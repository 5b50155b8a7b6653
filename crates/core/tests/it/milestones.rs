//! What a forge's events lead to, and what they do not.

use jiff::Timestamp;
use waymark_core::milestone::{
    Account, Change, Commit, Environment, Forge, ForgeAction, ForgeEvent, Moment, Observed, Organisation, Place, Seen,
    Who, is_revert, observe, reverted, revokes,
};

const AT: &str = "2026-03-17T09:30:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn account(login: &str) -> Account {
    Account { login: login.into(), bot: false }
}

fn change(author: &str) -> Change {
    Change { number: 412, author: account(author), draft: false, revert: false, reverts: None }
}

fn event(action: ForgeAction) -> ForgeEvent {
    let place = Place { owner: "acme".into(), repository: Some("api".into()), fork: false };
    ForgeEvent { forge: Forge::GitHub, place, at: at(AT), approximate: false, action }
}

fn seen(event: &ForgeEvent) -> Option<Observed> {
    observe(event, &Organisation { owners: &["acme".into()], production: &["live".into()] })
}

/// What was seen, of whom, and where it can be looked up.
fn check(action: ForgeAction) -> Option<(Seen, Vec<String>)> {
    let observed = seen(&event(action))?;
    let who = match observed.who {
        Who::Known(all) => all.into_iter().map(|one| format!("{} {}", one.login, one.reference)).collect(),
        Who::AuthorsUpTo { commit } => vec![format!("authors up to {commit}")],
    };
    Some((observed.seen, who))
}

fn by(seen: Seen, who: &str) -> Option<(Seen, Vec<String>)> {
    Some((seen, vec![who.to_owned()]))
}

#[test]
fn a_change_counts_from_the_day_it_asks_for_review() {
    let draft = Change { draft: true, ..change("ada") };
    assert_eq!(check(ForgeAction::ChangeOpened { change: change("ada") }), by(Seen::Opened, "ada github:acme/api#412"));
    assert_eq!(check(ForgeAction::ChangeOpened { change: draft.clone() }), None, "a draft asks nobody yet");
    assert_eq!(check(ForgeAction::ChangeReady { change: draft }), by(Seen::Opened, "ada github:acme/api#412"));
}

#[test]
fn only_a_merge_is_a_merge_and_it_is_the_authors() {
    let closed = |merged| ForgeAction::ChangeClosed { change: change("ada"), merged };
    assert_eq!(check(closed(true)), by(Seen::Merged, "ada github:acme/api#412"));
    assert_eq!(check(closed(false)), None);
}

#[test]
fn a_review_is_of_somebody_elses_change() {
    let review = |author: Account, reviewer: Account| {
        check(ForgeAction::Reviewed { change: Change { author, ..change("") }, reviewer })
    };
    assert_eq!(review(account("li"), account("ada")), by(Seen::Review, "ada github:acme/api#412"));
    assert_eq!(review(account("ada"), account("Ada")), None, "names differ in case only");
    assert_eq!(review(account("dependabot[bot]"), account("ada")), by(Seen::Review, "ada github:acme/api#412"));
    assert_eq!(review(account("ada"), account("copilot[bot]")), None);
}

#[test]
fn programs_are_nobody() {
    let bots = [
        Account { login: "corvane-ci".into(), bot: true },
        account("renovate[bot]"),
        account("project_17_bot_3f2a"),
        account("group_4_bot"),
    ];
    for author in bots {
        let opened = ForgeAction::ChangeOpened { change: Change { author: author.clone(), ..change("") } };
        assert_eq!(check(opened), None, "{author:?}");
    }
    assert!(!account("abbot").is_bot(), "a person may be called so");
    assert!(!account("project_lead").is_bot());
}

#[test]
fn what_went_live_counts_for_its_authors_never_for_who_pressed_the_button() {
    let deployed = |name: &str, production, transient, success, authors: Option<Vec<Account>>| {
        let environment = Environment { name: name.into(), production, transient };
        check(ForgeAction::Deployed { environment, success, commit: "f95f".into(), authors })
    };
    let unknown = by(Seen::Deployed, "authors up to f95f");
    assert_eq!(deployed("production", None, false, true, None), unknown);
    assert_eq!(deployed("eu-1", Some(true), false, true, None), unknown, "the forge says that it is production");
    assert_eq!(deployed("Live", Some(false), false, true, None), unknown, "the team says so");
    assert_eq!(deployed("staging", None, false, true, None), None);
    assert_eq!(deployed("production", Some(false), false, true, None), None);
    assert_eq!(deployed("production", None, true, true, None), None, "a preview goes away again");
    assert_eq!(deployed("production", None, false, false, None), None, "it failed");
    let authors = vec![account("ada"), account("renovate[bot]"), account("ADA"), account("li")];
    assert_eq!(
        deployed("production", None, false, true, Some(authors)),
        Some((Seen::Deployed, vec!["ada github:acme/api@f95f".into(), "li github:acme/api@f95f".into()]))
    );
    assert_eq!(deployed("production", None, false, true, Some(Vec::new())), None, "nobody's own change");
}

#[test]
fn membership_and_pushes() {
    let joined = ForgeAction::Joined { member: account("ada"), team: Some("backend".into()) };
    assert_eq!(check(joined), by(Seen::Access, "ada github:acme/api/team:backend"));
    let commit = |sha: &str, login: &str| Commit { sha: sha.into(), author: account(login), at: at(AT) };
    let pushed = ForgeAction::Pushed { commits: vec![commit("1a", "ada"), commit("2b", "ci[bot]")] };
    assert_eq!(check(pushed), by(Seen::Commit, "ada github:acme/api@1a"));
    assert_eq!(check(ForgeAction::Pushed { commits: Vec::new() }), None, "a tag without commits");
    assert_eq!(check(ForgeAction::Other { name: "workflow_run".into() }), None);
}

#[test]
fn only_the_organisations_repositories_count() {
    let place = |owner: &str, fork| Place { owner: owner.into(), repository: Some("api".into()), fork };
    let acme = ["Acme".to_owned()];
    let named = Organisation { owners: &acme, production: &[] };
    assert!(named.has(&place("acme", true)), "the organisation's fork of somebody else's project is its own");
    assert!(named.has(&place("acme/platform", false)), "a group below");
    assert!(!named.has(&place("acme-labs", false)));
    assert!(!named.has(&place("ada", true)), "a personal fork");
    let open = Organisation { owners: &[], production: &[] };
    assert!(open.has(&place("anybody", false)));
    assert!(!open.has(&place("ada", true)));
}

#[test]
fn a_revert_is_no_milestone_and_takes_one_back() {
    let revert = Change { number: 500, revert: true, reverts: Some(412), ..change("li") };
    let merged = event(ForgeAction::ChangeClosed { change: revert.clone(), merged: true });
    assert_eq!(seen(&merged), None);
    let organisation = Organisation { owners: &[], production: &[] };
    assert_eq!(revokes(&merged, &organisation), Some("github:acme/api#412".into()));
    let closed = event(ForgeAction::ChangeClosed { change: revert, merged: false });
    assert_eq!(revokes(&closed, &organisation), None, "it was not merged");
    assert!(is_revert("Revert \"Add lanes\"", "x") && is_revert("x", "revert-412-lanes"));
    assert!(!is_revert("Revert to the old lanes", "lanes"), "a person's own words");
    assert_eq!(reverted("Reverts acme/api#412"), Some(412));
    assert_eq!(reverted("Because of x\n\nThis reverts merge request !77 (merged)"), Some(77));
    assert_eq!(reverted("see #412"), None);
}

#[test]
fn the_first_and_the_tenth_are_moments_and_nothing_before_day_one_is() {
    let since = at("2026-03-02T00:00:00Z");
    let opened = seen(&event(ForgeAction::ChangeOpened { change: change("ada") })).expect("it counts");
    let moments: Vec<_> = (0..12).map(|earlier| opened.moment(at(AT), since, earlier)).collect();
    assert_eq!(moments[0], Some(Moment::FirstPrOpened));
    assert_eq!(moments[9], Some(Moment::TenthPrOpened));
    assert_eq!(moments.iter().flatten().count(), 2);
    assert_eq!(opened.moment(at("2026-03-01T23:59:59Z"), since, 0), None);
    let merged = Observed { seen: Seen::Merged, ..opened.clone() };
    assert_eq!(merged.moment(at(AT), since, 9), Some(Moment::TenthMerge));
    let review = Observed { seen: Seen::Review, ..opened };
    assert_eq!(review.moment(at(AT), since, 9), None, "nobody counts reviews");
}

#[test]
fn every_moment_has_a_kind_that_authors_can_write() {
    for moment in Moment::ALL {
        assert_eq!(Moment::of_kind(moment.kind()), Some(moment));
    }
    assert_eq!(Moment::of_kind("step"), None);
    let source = "---\nschema: waymark.journey/1\nid: t\ntitle: T\nversion: 1.0.0\nowner: o\nmilestones:\n  - {id: merged, title: M, kind: forge.merge}\n  - {id: settled, title: S, kind: step}\n---\n## P {#p}\n- [ ] A {#a}\n";
    let template = waymark_core::content::parse_journey("t.md", source).0.expect("a template");
    assert_eq!(Moment::FirstMerge.milestones(&template).map(|id| id.as_str()).collect::<Vec<_>>(), ["merged"]);
}
