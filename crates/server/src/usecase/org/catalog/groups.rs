//! Groups: what people call them, which one is part of which, and who leads them.

use std::collections::{BTreeMap, BTreeSet};

use super::{entity::Sourced, people::Options};
use crate::usecase::org::spot::{Problem, Spot};

/// A group.
#[derive(Debug)]
pub(super) struct Group {
    /// What people call it; with its full name where another one has the same.
    pub(super) title: String,
    /// The key of the group that it is part of.
    pub(super) parent: Option<String>,
    /// The key of the person who leads it, and where that is said.
    pub(super) leader: Option<(String, Spot)>,
    /// People whom the group names.
    pub(super) members: Vec<(String, Spot)>,
    spot: Spot,
}

/// All groups by key.
#[derive(Debug, Default)]
pub(super) struct Groups(pub(super) BTreeMap<String, Group>);

impl Groups {
    /// Reads the groups among `entities`.
    pub(super) fn read(entities: &[Sourced], options: &Options, problems: &mut Vec<Problem>) -> Self {
        let mut groups: BTreeMap<String, Group> = BTreeMap::new();
        for entity in entities.iter().filter(|entity| entity.raw.is("Group")) {
            let Some(key) = entity.key() else {
                problems.push(Problem { spot: entity.spot(), message: "the group has no usable name".to_owned() });
                continue;
            };
            if let Some(first) = groups.get(&key) {
                let message = format!("{key} is in {} already", first.spot);
                problems.push(Problem { spot: entity.spot(), message });
                continue;
            }
            groups.insert(key, group(entity, options, problems));
        }
        let mut groups = Self(groups);
        groups.name_apart();
        groups.circles(problems);
        groups
    }

    /// Teams with the one that each is part of, by title. A parent that the catalog does not have is no team.
    pub(super) fn teams(&self) -> Vec<(String, Option<String>)> {
        let parent = |group: &Group| Some(self.0.get(group.parent.as_ref()?)?.title.clone());
        self.0.values().map(|group| (group.title.clone(), parent(group))).collect()
    }

    /// Who manages `person` as a member of `group`: its leader, else the leader of the group above it.
    pub(super) fn leader_above(&self, group: &str, person: &str) -> Option<&(String, Spot)> {
        let mut seen = BTreeSet::new();
        let mut at = Some(group);
        while let Some(group) = at.filter(|key| seen.insert(*key)).and_then(|key| self.0.get(key)) {
            match &group.leader {
                Some(leader) if leader.0 != person => return Some(leader),
                _ => at = group.parent.as_deref(),
            }
        }
        None
    }

    /// Two groups that people call the same are told apart by their full names.
    fn name_apart(&mut self) {
        let mut called: BTreeMap<String, usize> = BTreeMap::new();
        for group in self.0.values() {
            *called.entry(group.title.clone()).or_default() += 1;
        }
        for (key, group) in &mut self.0 {
            if called.get(&group.title).is_some_and(|count| *count > 1) {
                group.title = format!("{} ({key})", group.title);
            }
        }
    }

    /// Each circle of groups once.
    fn circles(&self, problems: &mut Vec<Problem>) {
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for key in self.0.keys() {
            let mut path: Vec<&str> = Vec::new();
            let mut at = Some(key.as_str());
            while let Some(here) = at.filter(|here| self.0.contains_key(*here) && !told.contains(here)) {
                if let Some(start) = path.iter().position(|one| *one == here) {
                    let circle = &path[start..];
                    let spot = circle.iter().filter_map(|one| self.0.get(*one)).map(|group| &group.spot);
                    let Some(spot) = spot.min_by_key(|spot| spot.line()).cloned() else { break };
                    let message = format!("these groups are parts of each other in a circle: {}", circle.join(" → "));
                    problems.push(Problem { spot, message });
                    told.extend(circle);
                    break;
                }
                path.push(here);
                at = self.0.get(here).and_then(|group| group.parent.as_deref());
            }
        }
    }
}

fn group(entity: &Sourced, options: &Options, problems: &mut Vec<Problem>) -> Group {
    let raw = &entity.raw;
    let name = raw.metadata.name.as_ref().map(|name| name.value.clone()).unwrap_or_default();
    let title = [&raw.spec.profile.display_name, &raw.metadata.title].into_iter().flatten().map(|text| text.trim());
    let title = title.into_iter().find(|text| !text.is_empty()).map_or(name, str::to_owned);
    let parent = match &raw.spec.parent {
        Some(parent) => entity.reference(&parent.value, "group"),
        None => raw.targets("childOf").next(),
    };
    let mut wrong = |spot: Spot, text: &str, what: &str| {
        problems.push(Problem { spot, message: format!("{text:?} names no {what}; write it as user:default/ada") });
    };
    // The annotation says it outright; an owner is somebody who answers for the group.
    let said = raw.metadata.annotations.get(&options.manager).filter(|said| !said.value.trim().is_empty());
    let leader = match (said, &raw.spec.owner) {
        (Some(said), _) => {
            let spot = entity.spot_of(said);
            match entity.reference(&said.value, "user") {
                Some(leader) => Some((leader, spot)),
                None => {
                    wrong(spot, &said.value, "person");
                    None
                }
            }
        }
        (None, Some(owner)) => entity.reference(&owner.value, "user").map(|one| (one, entity.spot_of(owner))),
        (None, None) => raw.targets("ownedBy").next().map(|one| (one, entity.spot())),
    };
    let leader = leader.filter(|(leader, _)| leader.starts_with("user:"));
    let mut members = Vec::new();
    for member in raw.spec.members.iter().flatten() {
        match entity.reference(&member.value, "user") {
            Some(one) => members.push((one, entity.spot_of(member))),
            None => wrong(entity.spot_of(member), &member.value, "person"),
        }
    }
    members.extend(raw.targets("hasMember").map(|one| (one, entity.spot())));
    Group { title, parent, leader, members, spot: entity.spot() }
}
