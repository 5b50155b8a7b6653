//! What is said of one person, put into their row.

use jiff::civil::Date;
use waymark_api::http::org::PersonFields;
use waymark_core::{id::PersonId, journey::Profile};

use super::EditError;
use crate::{
    auth::Role,
    store::{About as _, StoreError, org::PersonRow},
    usecase::org::fields,
};

/// Puts what is said into its place.
pub(super) fn set(row: &mut PersonRow, wish: PersonFields) -> Result<(), EditError> {
    let PersonFields { name, team, manager, buddy, roles, start, leave, line_to: _, zone, calendar, profile } = wish;
    if let Some(name) = name {
        row.name = field("the name", fields::words(name.trim()).and_then(|name| fields::not_empty(name, "a name")))?;
    }
    if let Some(profile) = profile {
        row.profile = serde_json::to_string(&sound(profile)?).about("profile")?;
    }
    if let Some(team) = team {
        let team = field("the team", fields::words(team.trim()))?;
        move_to_team(row, &team)?;
    }
    if let Some(manager) = manager {
        row.manager = manager.as_ref().map(PersonId::to_string);
    }
    if let Some(buddy) = buddy {
        row.buddy = buddy.as_ref().map(PersonId::to_string);
    }
    if let Some(roles) = roles {
        let roles = field("the roles", fields::roles(&roles.join(" ")))?;
        row.roles = words(if roles.is_empty() { vec![Role::Hire] } else { roles });
    }
    if let Some(start) = start {
        row.start = start.map(|day| day.to_string());
    }
    if let Some(leave) = leave {
        row.leave = leave.map(|day| day.to_string());
    }
    if let (Some(first), Some(last)) = (&row.start, &row.leave)
        && first.parse::<Date>().ok() > last.parse::<Date>().ok()
    {
        return Err(EditError::Wrong(format!("the last day {last} is before day 1, {first}")));
    }
    if let Some(zone) = zone {
        row.zone = field("the zone", fields::zone(zone.trim()))?;
    }
    if let Some(calendar) = calendar {
        if calendar.days_off.len() > MOST_DAYS_OFF {
            return Err(EditError::Wrong(format!("there are more than {MOST_DAYS_OFF} days off")));
        }
        row.calendar = serde_json::to_string(&calendar).about("calendar")?;
    }
    Ok(())
}

/// Days off of one person, at most: ten years of them.
const MOST_DAYS_OFF: usize = 3_660;
/// Keys of a profile, and values of one, at most.
const MOST_VALUES: usize = 100;

/// A profile that can be kept: short words without control characters.
fn sound(profile: Profile) -> Result<Profile, EditError> {
    let too_many = profile.len() > MOST_VALUES || profile.values().any(|values| values.len() > MOST_VALUES);
    if too_many {
        return Err(EditError::Wrong(format!("a profile has at most {MOST_VALUES} keys with as many values each")));
    }
    for text in profile.iter().flat_map(|(key, values)| std::iter::once(key).chain(values)) {
        field("the profile", fields::words(text).and_then(|text| fields::not_empty(text, "words in it")))?;
    }
    Ok(profile)
}

/// Another team, also where conditions of journeys ask for it.
///
/// # Errors
/// Where the stored profile cannot be read.
pub(in crate::usecase::org) fn move_to_team(row: &mut PersonRow, team: &str) -> Result<(), StoreError> {
    let mut profile: Profile = serde_json::from_str(&row.profile).about("profile")?;
    let follows = profile.get("team").is_none_or(|named| named.as_slice() == std::slice::from_ref(&row.team));
    if follows {
        match team {
            "" => profile.remove("team"),
            team => profile.insert("team".to_owned(), vec![team.to_owned()]),
        };
        row.profile = serde_json::to_string(&profile).about("profile")?;
    }
    team.clone_into(&mut row.team);
    Ok(())
}

/// Roles as the database has them: sorted words, each once.
pub(super) fn words(mut roles: Vec<Role>) -> String {
    roles.sort_by_key(|role| role.word());
    roles.dedup();
    roles.iter().map(|role| role.word()).collect::<Vec<_>>().join(" ")
}

/// Names the field that cannot be used.
pub(in crate::usecase::org) fn field<T>(name: &str, value: Result<T, String>) -> Result<T, EditError> {
    value.map_err(|why| EditError::Wrong(format!("{name}: {why}")))
}
