//! The people of a catalog, with their managers.

use std::collections::{BTreeMap, BTreeSet};

use super::{entity::Sourced, groups::Groups};
use crate::usecase::org::{
    entry::{COLUMNS, Column, Entry, Places},
    spot::{Problem, Spot},
};

/// What annotations of ours begin with; a column of the table follows.
const OURS: &str = "waymark.dev/";
/// The annotation that names the manager where nobody chose another one.
pub(crate) const MANAGER: &str = "waymark.dev/manager";

/// What people are known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum KeyFrom {
    /// `spec.profile.email`, as in tables.
    Email,
    /// The entity: `user:default/ada`.
    Entity,
}

/// How a catalog is read.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// The annotation that names somebody's manager, and a group's leader.
    pub manager: String,
    /// What people are known by.
    pub key: KeyFrom,
}

/// What a catalog says.
#[derive(Debug, Default)]
pub(crate) struct Catalog {
    /// The people, not yet judged together.
    pub entries: Vec<Entry>,
    /// Teams, each with the one that it is part of.
    pub teams: Vec<(String, Option<String>)>,
    /// What must be put right first.
    pub problems: Vec<Problem>,
    /// What somebody should know, and which stops nothing.
    pub remarks: Vec<Problem>,
}

/// Makes people and teams of entities; those of other kinds are passed over.
pub(crate) fn judge(entities: &[Sourced], options: &Options) -> Catalog {
    let mut catalog = Catalog::default();
    let groups = Groups::read(entities, options, &mut catalog.problems);
    catalog.teams = groups.teams();
    let mut users: BTreeMap<String, &Sourced> = BTreeMap::new();
    for entity in entities.iter().filter(|entity| entity.raw.is("User")) {
        let mut wrong = |message: String| catalog.problems.push(Problem { spot: entity.spot(), message });
        match entity.key() {
            None => wrong("the user has no usable name".to_owned()),
            Some(key) => match users.get(&key) {
                Some(first) => wrong(format!("{key} is in {} already", first.spot())),
                None => {
                    users.insert(key, entity);
                }
            },
        }
    }
    // Backstage itself leaves such names as they are, so they stop nothing here.
    let mut named: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (key, group) in &groups.0 {
        for (member, spot) in &group.members {
            if users.contains_key(member) {
                named.entry(member.as_str()).or_default().push(key.as_str());
            } else {
                let message = format!("{key} names {member}, who is not in the catalog");
                catalog.remarks.push(Problem { spot: spot.clone(), message });
            }
        }
    }
    let keys: BTreeMap<&str, String> =
        users.iter().map(|(id, user)| (id.as_str(), person_key(id, user, options))).collect();
    let email = |(id, user): (&String, &&Sourced)| {
        let email = user.raw.spec.profile.email.as_ref()?.value.trim().to_lowercase();
        Some((email, keys.get(id.as_str())?.clone()))
    };
    let emails = users.iter().filter_map(email).collect();
    let reader = Reader { options, groups: &groups, keys: &keys, emails };
    for (id, user) in &users {
        let of_group = named.get(id.as_str()).map(Vec::as_slice).unwrap_or_default();
        let entry = reader.person(id, user, of_group, &mut catalog);
        catalog.entries.push(entry);
    }
    catalog
}

/// What somebody is known by; empty where the catalog does not say.
fn person_key(id: &str, user: &Sourced, options: &Options) -> String {
    let said = user.raw.metadata.annotations.get(&format!("{OURS}key"));
    let said = said.or(match options.key {
        KeyFrom::Email => user.raw.spec.profile.email.as_ref(),
        KeyFrom::Entity => None,
    });
    match (said, options.key) {
        (Some(said), _) => said.value.trim().to_lowercase(),
        (None, KeyFrom::Entity) => id.to_owned(),
        (None, KeyFrom::Email) => String::new(),
    }
}

struct Reader<'a> {
    options: &'a Options,
    groups: &'a Groups,
    /// What each user is known by.
    keys: &'a BTreeMap<&'a str, String>,
    /// The same by e-mail address, which annotations may name as well.
    emails: BTreeMap<String, String>,
}

impl Reader<'_> {
    fn person(&self, id: &str, user: &Sourced, named: &[&str], catalog: &mut Catalog) -> Entry {
        let spot = user.spot();
        let place =
            |name: &str| user.raw.metadata.annotations.get(name).map_or_else(|| spot.clone(), |one| user.spot_of(one));
        let mut entry = Entry::new(Places {
            whole: spot.clone(),
            key: user.raw.spec.profile.email.as_ref().map_or_else(|| spot.clone(), |email| user.spot_of(email)),
            manager: place(&self.options.manager),
            buddy: place(&format!("{OURS}buddy")),
        });
        let name = user.raw.metadata.name.as_ref().map_or("", |name| name.value.as_str());
        let shown = [&user.raw.spec.profile.display_name, &user.raw.metadata.title].into_iter().flatten();
        let shown = shown.map(|text| text.trim()).find(|text| !text.is_empty()).unwrap_or(name);
        let key = self.keys.get(id).map_or("", String::as_str);
        let mut wrong = |spot: &Spot, message: String| {
            catalog.problems.push(Problem { spot: spot.clone(), message });
        };
        if key.is_empty() {
            let message = format!("{id} has no e-mail address in spec.profile; import with --key entity to do without");
            wrong(&spot, message);
        } else if let Err(message) = entry.set(&Column::Key, key) {
            wrong(&entry.places.key, message);
        }
        if let Err(message) = entry.set(&Column::Name, shown) {
            wrong(&spot, message);
        }
        let groups = self.groups_of(user, named, &mut catalog.remarks);
        if let Some(first) = groups.iter().find_map(|group| self.groups.0.get(group)) {
            entry.team.clone_from(&first.title);
        }
        self.annotations(user, &mut entry, &mut catalog.problems);
        self.manager(id, user, &groups, &mut entry, catalog);
        entry
    }

    /// The groups that somebody is a member of, the main one first.
    fn groups_of(&self, user: &Sourced, named: &[&str], remarks: &mut Vec<Problem>) -> Vec<String> {
        let (mut seen, mut groups) = (BTreeSet::new(), Vec::new());
        let own = user.raw.spec.member_of.iter().flatten();
        let own = own
            .map(|one| (user.reference(&one.value, "group").unwrap_or_else(|| one.value.clone()), user.spot_of(one)));
        let related = user.raw.targets("memberOf").map(|one| (one, user.spot()));
        let named = named.iter().map(|one| ((*one).to_owned(), user.spot()));
        for (group, spot) in own.chain(related).chain(named) {
            if !seen.insert(group.clone()) {
                continue;
            }
            if self.groups.0.contains_key(&group) {
                groups.push(group);
            } else {
                remarks.push(Problem { spot, message: format!("{group} is no group of the catalog") });
            }
        }
        groups
    }

    /// What stands in annotations of ours; names of people are looked up.
    fn annotations(&self, user: &Sourced, entry: &mut Entry, problems: &mut Vec<Problem>) {
        for (name, said) in &user.raw.metadata.annotations {
            let Some(column) = name.strip_prefix(OURS) else { continue };
            let mut wrong = |message: String| problems.push(Problem { spot: user.spot_of(said), message });
            match Column::parse(column) {
                None => wrong(format!("{name} is no annotation of Waymark's; after {OURS} there are {COLUMNS}")),
                // The key is known by now, and the manager is asked for apart.
                Some(Column::Key | Column::Manager) => {}
                Some(Column::Buddy) => match self.person_named(user, &said.value) {
                    Ok(buddy) => entry.buddy = buddy,
                    Err(message) => wrong(message),
                },
                Some(column) => {
                    if let Err(message) = entry.set(&column, said.value.trim()) {
                        wrong(message);
                    }
                }
            }
        }
    }

    fn manager(&self, id: &str, user: &Sourced, groups: &[String], entry: &mut Entry, catalog: &mut Catalog) {
        // An empty annotation says that there is none.
        if let Some(said) = user.raw.metadata.annotations.get(&self.options.manager) {
            match self.person_named(user, &said.value) {
                Ok(manager) => entry.manager = manager,
                Err(message) => {
                    let message = format!("the manager {message}");
                    catalog.problems.push(Problem { spot: user.spot_of(said), message });
                }
            }
            return;
        }
        let Some((leader, spot)) = groups.iter().find_map(|group| self.groups.leader_above(group, id)) else { return };
        match self.keys.get(leader.as_str()) {
            Some(key) => entry.manager.clone_from(key),
            None => {
                let problem =
                    Problem { spot: spot.clone(), message: format!("the manager {leader} is not in the catalog") };
                // Said once, not for each member of the group.
                if !catalog.problems.contains(&problem) {
                    catalog.problems.push(problem);
                }
            }
        }
    }

    /// The key of the person whom `text` names; empty for an empty text.
    fn person_named(&self, user: &Sourced, text: &str) -> Result<String, String> {
        if text.trim().is_empty() {
            return Ok(String::new());
        }
        let by_entity = user.reference(text, "user").and_then(|id| self.keys.get(id.as_str()));
        match by_entity.or_else(|| self.emails.get(&text.trim().to_lowercase())) {
            Some(key) => Ok(key.clone()),
            None => Err(format!("{:?} is not in the catalog", text.trim())),
        }
    }
}
