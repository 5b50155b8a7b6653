//! Identifiers. Ids of things that happen on a device are `UUIDv7`; ids that authors write are slugs.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Declares newtypes over a UUID, so that a journey's id cannot stand in an event's place.
macro_rules! typed_id {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a ready-made UUID; `core` itself never makes one.
            pub const fn new(uuid: Uuid) -> Self { Self(uuid) }
            /// The UUID inside.
            pub const fn uuid(self) -> Uuid { self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { text.parse().map(Self) }
        }
    )+};
}

typed_id! {
    /// One fact in the append-only log.
    EventId,
    /// What a person did in one gesture; all facts of a gesture share it, so undo takes them together.
    ActionId,
    /// A person's run through a template: "Ada's first ninety days".
    JourneyId,
    /// One body of content from one source: the bundled sample or a folder.
    PackId,
    /// This installation.
    DeviceId,
    /// A person whom a team server knows. Never a name or an address.
    PersonId,
    /// A team server.
    ServerId,
}

/// Declares newtypes over the short names that authors write in content files.
macro_rules! text_id {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
        pub struct $name(String);

        impl $name {
            /// Takes the text as it is; [`is_slug`] says whether authors may write it.
            pub fn new(text: impl Into<String>) -> Self { Self(text.into()) }
            /// The text inside.
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self { Self(text.to_owned()) }
        }
    )+};
}

text_id! {
    /// A journey file's id, stable across its versions.
    TemplateId,
    /// A named part of a journey.
    PhaseId,
    /// One item on a checklist, unique in its journey file and stable across edits of its wording.
    StepId,
    /// A moment that is measured, for instance the first merge.
    MilestoneId,
    /// One item of the roadmap.
    ItemId,
    /// One of the three to five people a roadmap is written for.
    PersonaId,
    /// A job to be done that roadmap items serve.
    JobId,
    /// A documentation site on this device; the first segment of its pages' addresses.
    SiteId,
}

/// Whether `text` may be an id in a content file: `[a-z0-9][a-z0-9-]{0,63}` (`journeys.md`, section 2).
pub fn is_slug(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Turns any text into an id that [`is_slug`] accepts; `fallback` is used when nothing is left.
pub fn slugify(text: &str, fallback: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
        if slug.len() == 48 {
            break;
        }
    }
    let slug = slug.trim_matches('-');
    if slug.is_empty() { fallback.to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_what_authors_may_write() {
        for good in ["a", "set-up-the-vpn", "0", "a".repeat(64).as_str()] {
            assert!(is_slug(good), "{good}");
        }
        for bad in ["", "-a", "A", "a b", "ä", "a".repeat(65).as_str()] {
            assert!(!is_slug(bad), "{bad}");
        }
    }

    #[test]
    fn any_title_becomes_a_slug() {
        assert_eq!(slugify("Set up the VPN!", "step"), "set-up-the-vpn");
        assert_eq!(slugify("日本語", "step-3"), "step-3");
        assert!(is_slug(&slugify(&"long title ".repeat(20), "x")));
    }
}
