//! People from a Backstage catalog: its User and Group entities, from a file or as its API gives them.
//!
//! Who manages whom is an annotation of the person, or follows from the groups: the leader of the person's group,
//! else of the group above it. Everything else that a table has can stand in annotations `waymark.dev/<column>`.

mod entity;
mod groups;
mod people;
#[cfg(test)]
mod tests;

pub(crate) use entity::Sourced;
pub(crate) use people::{KeyFrom, MANAGER, Options, judge};

use entity::Raw;

use super::spot::{Problem, Spot};

/// Most documents, nodes and events of a file: a company of a hundred thousand people fits.
const DOCUMENTS: usize = 200_000;
const NODES: usize = 20_000_000;

/// Reads entities out of YAML with any number of documents, or out of JSON: one entity, a list, or `{"items": […]}`.
///
/// # Errors
/// Where the text is neither; with the place.
pub(crate) fn read_file(text: &str) -> Result<Vec<Sourced>, Problem> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! { max_documents: DOCUMENTS, max_nodes: NODES, max_events: NODES },
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // JSON is YAML with quotes; a list of entities is one document.
    let read = if text.trim_start().starts_with('[') {
        serde_saphyr::from_str_with_options::<Vec<Raw>>(text, options)
    } else {
        serde_saphyr::from_multiple_with_options::<Raw>(text, options)
    };
    match read {
        Ok(raw) => Ok(raw.into_iter().flat_map(Raw::flattened).map(Sourced::of_text).collect()),
        Err(error) => {
            let (line, column) = error.location().map_or((1, 1), |at| (at.line(), at.column()));
            let message = format!("cannot be read: {}", error.without_snippet());
            Err(Problem { spot: Spot::Text { line, column }, message })
        }
    }
}

/// Takes entities as the catalog's API gives them. One that cannot be read is a problem of its own.
pub(crate) fn read_answers(entities: Vec<serde_json::Value>) -> (Vec<Sourced>, Vec<Problem>) {
    let (mut read, mut problems) = (Vec::new(), Vec::new());
    for entity in entities {
        let name = entity.pointer("/metadata/name").and_then(|name| name.as_str()).unwrap_or("?").to_owned();
        match serde_json::from_value::<Raw>(entity) {
            Ok(raw) => read.push(Sourced::of_catalog(raw)),
            Err(error) => {
                problems.push(Problem { spot: Spot::Entity(name), message: format!("cannot be read: {error}") });
            }
        }
    }
    (read, problems)
}
