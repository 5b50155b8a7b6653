//! How the person wants it. Preferences never leave the device.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::request::requests;

requests! {
    /// Keeps all preferences.
    SavePreferences { /** All of them. */ preferences: Preferences } = "save_preferences" -> Preferences;
}

/// How the person wants it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// The person's name, possibly empty.
    pub name: String,
    /// First day in the company.
    #[serde(deserialize_with = "crate::iso::maybe_date")]
    pub start_date: Option<Date>,
    /// Team, for `{{team}}` and conditions; possibly empty.
    pub team: String,
    /// The colleague who helps.
    pub buddy: Contact,
    /// The manager.
    pub manager: Contact,
    /// Working weekdays, Monday first.
    pub week: [bool; 7],
    /// Public holidays and leave.
    #[serde(deserialize_with = "crate::iso::dates")]
    pub days_off: BTreeSet<Date>,
    /// Light, dark or as the system says.
    pub theme: Theme,
    /// More contrast, or as the system says.
    pub contrast: Contrast,
    /// Less motion, or as the system says.
    pub motion: Motion,
    /// Size of docs prose in px, 14 to 20.
    pub text_size: u8,
    /// Zoom of the whole window in percent, 50 to 200.
    pub zoom: u16,
    /// Whether single letters are shortcuts in lists (WCAG 2.1.4).
    pub single_keys: bool,
    /// Where the person was last.
    pub last_route: String,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            name: String::new(),
            start_date: None,
            team: String::new(),
            buddy: Contact::default(),
            manager: Contact::default(),
            week: [true, true, true, true, true, false, false],
            days_off: BTreeSet::new(),
            theme: Theme::System,
            contrast: Contrast::System,
            motion: Motion::System,
            text_size: 16,
            zoom: 100,
            single_keys: true,
            last_route: String::new(),
        }
    }
}

/// Somebody to ask.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// Name, possibly empty.
    pub name: String,
    /// Team and place, possibly empty.
    pub place: String,
    /// Mail address or chat link, possibly empty.
    pub link: String,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// How much contrast.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Contrast {
    /// As the system says.
    #[default]
    System,
    /// Always more.
    More,
}

/// How much motion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Motion {
    /// As the system says.
    #[default]
    System,
    /// Always reduced.
    Reduced,
}
