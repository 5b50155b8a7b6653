//! Corvane: sixty invented people, who leads whom, and who began when.

use std::fmt::Write as _;

use jiff::civil::Date;
use waymark_core::calendar::WorkCalendar;

use super::random::Chance;

/// Somebody at Corvane.
pub(super) struct Colleague {
    /// E-mail address: the organisation's own key.
    pub key: String,
    /// The name.
    pub name: String,
    /// Team.
    pub team: &'static str,
    /// Key of the manager.
    pub manager: Option<String>,
    /// Key of the buddy.
    pub buddy: Option<String>,
    /// Roles, with blanks between them.
    pub roles: &'static str,
    /// Day 1.
    pub start: Date,
    /// Whether the person's first weeks are told.
    pub told: bool,
    /// The step on which the person cannot go on today.
    pub stuck_on: Option<&'static str>,
}

/// Team, its lead, and how many members beside the lead.
const TEAMS: &[(&str, &str, usize)] = &[
    ("Dispatch", "Marit Lindqvist", 9),
    ("Carrier hub", "Tomas Ferreira", 9),
    ("Payments", "Ines Okafor", 9),
    ("Lane planner", "Jonas Weidner", 9),
    ("Tracking", "Priya Raman", 8),
    ("Developer experience", "Samir Haddad", 7),
];

const FIRST: &[&str] = &[
    "Ada", "Li", "Elif", "Noor", "Piet", "Sofia", "Kwame", "Yuki", "Hanna", "Mateo", "Zofia", "Omar", "Lena", "Ravi",
    "Astrid", "Bruno", "Chidi", "Dana", "Emeka", "Freya", "Goran", "Hira", "Ivo", "Jana", "Kenji", "Leila", "Mikkel",
    "Nadia", "Otto", "Paula", "Quinn", "Rosa", "Stefan", "Tuva", "Umar", "Vera", "Wen", "Xenia", "Yannick", "Zeynep",
];
const LAST: &[&str] = &[
    "Osei", "Wei", "Kaya", "Bakker", "Novak", "Marino", "Mensah", "Tanaka", "Berg", "Silva", "Kowalski", "Farouk",
    "Braun", "Patel", "Dahl", "Costa", "Eze", "Levy", "Obi", "Holm", "Petrovic", "Malik", "Horvat", "Cerna", "Sato",
    "Amin", "Juhl", "Haddou", "Lang", "Reyes", "Doyle", "Vidal", "Moser", "Lund", "Sheikh", "Orlova", "Zhang",
    "Kiefer", "Meyer", "Demir",
];

/// Working days before today on which the hires of the last year began; the first six are still under way.
const THIS_YEAR: [i32; 14] = [3, 8, 14, 17, 24, 41, 66, 88, 104, 131, 157, 180, 209, 238];
/// The same for the year before.
const YEAR_BEFORE: [i32; 13] = [262, 280, 301, 322, 339, 361, 380, 402, 419, 437, 455, 470, 488];

/// The company as it is on `today`.
pub(super) fn company(today: Date, calendar: &WorkCalendar, chance: &mut Chance) -> Vec<Colleague> {
    let long_ago = calendar.step(today, -900);
    let mut people = vec![
        colleague("Klara Eberhardt", "Engineering", None, "manager admin", long_ago),
        colleague("Petra Novotna", "Engineering", Some(key("Klara Eberhardt")), "manager", long_ago),
        colleague("Anders Vik", "IT desk", Some(key("Klara Eberhardt")), "author", long_ago),
    ];
    for (team, lead, _) in TEAMS {
        people.push(colleague(lead, team, Some(key("Petra Novotna")), "manager buddy", long_ago));
    }
    let mut starts: Vec<(i32, bool)> = THIS_YEAR.into_iter().chain(YEAR_BEFORE).map(|days| (days, true)).collect();
    let members: usize = TEAMS.iter().map(|(.., members)| members).sum();
    while starts.len() < members {
        starts.push((520 + chance.between(0, 700) as i32, false));
    }
    // Each team gets somebody new before any gets a second.
    let mut seats: Vec<usize> = TEAMS.iter().map(|(.., members)| *members).collect();
    let mut team = 0;
    for (number, (days, told)) in starts.into_iter().enumerate() {
        while seats[team % TEAMS.len()] == 0 {
            team += 1;
        }
        let (name_of_team, lead, _) = TEAMS[team % TEAMS.len()];
        seats[team % TEAMS.len()] -= 1;
        team += 1;
        let name =
            format!("{} {}", FIRST[number % FIRST.len()], LAST[(number * 7 + number / FIRST.len()) % LAST.len()]);
        let start = calendar.step(today, -days);
        let mut person = colleague(&name, name_of_team, Some(key(lead)), "hire", start);
        person.buddy = Some(key(lead));
        person.told = told;
        person.stuck_on = match days {
            8 => Some("vpn-profile"),
            24 => Some("first-deploy"),
            _ => None,
        };
        people.push(person);
    }
    people
}

fn colleague(name: &str, team: &'static str, manager: Option<String>, roles: &'static str, start: Date) -> Colleague {
    Colleague {
        key: key(name),
        name: name.to_owned(),
        team,
        manager,
        buddy: None,
        roles,
        start,
        told: false,
        stuck_on: None,
    }
}

/// `ada.osei@corvane.example`.
pub(super) fn key(name: &str) -> String {
    format!("{}@corvane.example", name.to_lowercase().replace(' ', "."))
}

/// The company as the file that `waymark-server org import` takes.
pub(super) fn csv(people: &[Colleague], zone: &str) -> String {
    let mut text = "key,name,team,manager_key,buddy_key,roles,start_date,zone\n".to_owned();
    for person in people {
        let Colleague { key, name, team, manager, buddy, roles, start, .. } = person;
        let (manager, buddy) = (manager.as_deref().unwrap_or(""), buddy.as_deref().unwrap_or(""));
        let _ = writeln!(text, "{key},{name},{team},{manager},{buddy},{roles},{start},{zone}");
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn corvane_has_sixty_people_with_names_of_their_own() {
        let today = jiff::civil::date(2026, 11, 20);
        let people = company(today, &WorkCalendar::default(), &mut Chance::new(1));
        assert_eq!(people.len(), 60);
        assert_eq!(people.iter().map(|person| &person.key).collect::<BTreeSet<_>>().len(), 60);
        let year_ago = jiff::civil::date(2025, 11, 20);
        assert_eq!(people.iter().filter(|person| person.told && person.start > year_ago).count(), 14);
        assert!(people.iter().all(|person| !person.name.contains(',')), "names need no quotes");
    }
}
