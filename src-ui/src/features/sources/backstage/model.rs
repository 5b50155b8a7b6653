//! What the form and the list say.

use std::collections::BTreeSet;

use waymark_api::{
    Code,
    ipc::sources::{BackstageEntity, BackstageList, Secret},
};

/// What the person typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Server {
    pub(super) address: String,
    pub(super) token: String,
    pub(super) person: String,
}

/// A field's text; nothing where it is empty.
pub(super) fn filled(text: &str) -> Option<String> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// The token; without one the shell uses the one that it keeps.
pub(super) fn token(text: &str) -> Option<Secret> {
    filled(text).map(Secret)
}

/// What is ticked at first: what was chosen before, or else the team's, or the only one there is.
pub(super) fn first_choice(list: &BackstageList) -> BTreeSet<String> {
    let ids = |keep: &dyn Fn(&BackstageEntity) -> bool| -> BTreeSet<String> {
        list.entities.iter().filter(|one| keep(one)).map(|one| one.id.clone()).collect()
    };
    let chosen = ids(&|one| one.chosen);
    if list.known.is_some() {
        return chosen;
    }
    let mine = ids(&|one| one.mine);
    if mine.is_empty() && list.entities.len() == 1 { ids(&|_| true) } else { mine }
}

/// Whether a row has all words that the person looks for: in title, name, owner or description.
pub(super) fn fits(entity: &BackstageEntity, query: &str, only_mine: bool) -> bool {
    let description = entity.description.as_deref().unwrap_or_default();
    let text = format!("{} {} {} {description}", entity.title, entity.id, entity.owners.join(" ")).to_lowercase();
    (entity.mine || !only_mine) && query.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// The line under a title: what it is and whose.
pub(super) fn detail(entity: &BackstageEntity) -> String {
    match entity.owners.as_slice() {
        [] => entity.kind.clone(),
        owners => format!("{} of {}", entity.kind, owners.join(", ")),
    }
}

/// What the button says.
pub(super) fn action(count: usize, known: bool) -> String {
    let sites = if count == 1 { "1 site".to_owned() } else { format!("{count} sites") };
    if known { format!("Keep {sites}") } else { format!("Add {sites}") }
}

/// The title over an error's sentence, and whether it is a trouble of the network and not of what was typed.
pub(super) fn trouble(code: Code) -> (&'static str, bool) {
    match code {
        Code::Offline => ("The server cannot be reached", true),
        Code::SignIn => ("The server wants another token", false),
        Code::BadRequest => ("This cannot be used", false),
        _ => ("This did not work", false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(id: &str, mine: bool, chosen: bool) -> BackstageEntity {
        BackstageEntity {
            id: format!("component:default/{id}"),
            title: id.to_uppercase(),
            kind: "component".to_owned(),
            description: Some("Lights of the fleet".to_owned()),
            owners: vec!["lamps".to_owned()],
            mine,
            chosen,
        }
    }

    fn list(entities: Vec<BackstageEntity>, known: bool) -> BackstageList {
        let known = known.then(|| waymark_core::id::PackId::new(Default::default()));
        BackstageList { address: String::new(), entities, person: None, no_team: None, known }
    }

    #[test]
    fn the_teams_docs_are_ticked_at_first_and_the_old_choice_later() {
        let (a, b) = (entity("a", true, false), entity("b", false, true));
        let ids = |list: &BackstageList| first_choice(list).into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!(ids(&list(vec![a.clone(), b.clone()], false)), "component:default/a");
        assert_eq!(ids(&list(vec![a, b.clone()], true)), "component:default/b");
        assert_eq!(ids(&list(vec![b.clone()], false)), "component:default/b", "there is only one");
        assert_eq!(ids(&list(vec![b.clone(), b], false)), "");
    }

    #[test]
    fn the_filter_looks_for_all_words() {
        let one = entity("lantern", false, false);
        for (query, expected) in [("", true), ("LAMPS fleet", true), ("lantern harbour", false), ("default/lan", true)]
        {
            assert_eq!(fits(&one, query, false), expected, "{query}");
        }
        assert!(!fits(&one, "", true), "it is not mine");
    }

    #[test]
    fn rows_and_buttons_say_what_they_are() {
        let mut one = entity("a", false, false);
        assert_eq!(detail(&one), "component of lamps");
        one.owners.clear();
        assert_eq!(detail(&one), "component");
        assert_eq!((action(1, false).as_str(), action(3, true).as_str()), ("Add 1 site", "Keep 3 sites"));
        assert_eq!(token("  "), None);
    }
}
