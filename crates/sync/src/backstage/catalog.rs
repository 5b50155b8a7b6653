//! The catalog's list of entities with documentation.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{
    Client, Entity, FetchError,
    entity::{HAS_DOCS, Raw},
};

/// Entities of one page of the list.
const PAGE: usize = 200;

/// What is asked for of each entity: `by-query` sends whole entities otherwise.
const FIELDS: &str =
    "kind,metadata.namespace,metadata.name,metadata.title,metadata.description,metadata.annotations,relations";

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Listed {
    // What cannot be read is passed over one by one.
    items: Option<Vec<serde_json::Value>>,
    page_info: PageInfo,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct PageInfo {
    next_cursor: Option<String>,
}

impl Client {
    /// All entities that have documentation of their own, by title.
    ///
    /// # Errors
    ///
    /// Where the server cannot be reached, refuses the token or is no Backstage.
    pub async fn entities(&self) -> Result<Vec<Entity>, FetchError> {
        let mut entities: Vec<Entity> = Vec::new();
        let (mut seen, mut cursors) = (BTreeSet::new(), BTreeSet::new());
        let mut cursor: Option<String> = None;
        loop {
            let mut url = self.address.join(["api", "catalog", "entities", "by-query"]);
            {
                let mut query = url.query_pairs_mut();
                match &cursor {
                    // A cursor holds the filter of the first question.
                    Some(cursor) => query.append_pair("cursor", cursor),
                    None => query.append_pair("filter", &format!("metadata.annotations.{HAS_DOCS}")),
                };
                query.append_pair("fields", FIELDS).append_pair("limit", &PAGE.to_string());
            }
            let listed: Listed = self.json(url, "catalog").await?;
            let items = listed.items.ok_or_else(|| FetchError::Odd {
                host: self.address.host(),
                why: "its catalog lists no entities".to_owned(),
            })?;
            let read = items.into_iter().filter_map(|item| serde_json::from_value::<Raw>(item).ok()?.documented());
            entities.extend(read.filter(|one| seen.insert(one.id.key())));
            let next = listed.page_info.next_cursor.filter(|next| cursors.insert(next.clone()));
            if next.is_none() || entities.len() >= self.limits.entities {
                break;
            }
            cursor = next;
        }
        entities.truncate(self.limits.entities);
        entities.sort_by_cached_key(|one| (one.title.to_lowercase(), one.id.key()));
        Ok(entities)
    }
}
