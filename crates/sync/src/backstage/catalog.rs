//! The catalog's lists: entities with documentation, and people with their groups.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;

use super::{
    Client, Entity, FetchError,
    entity::{HAS_DOCS, Raw},
};

/// Entities of one page of the list.
const PAGE: usize = 200;

/// What is asked for of each entity: `by-query` sends whole entities otherwise.
const FIELDS: &str =
    "kind,metadata.namespace,metadata.name,metadata.title,metadata.description,metadata.annotations,relations";

/// The same of people and groups.
const PEOPLE_FIELDS: &str = "kind,metadata.namespace,metadata.name,metadata.title,metadata.annotations,spec,relations";

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Listed {
    // What cannot be read is passed over one by one.
    items: Option<Vec<Value>>,
    total_items: Option<usize>,
    page_info: PageInfo,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct PageInfo {
    next_cursor: Option<String>,
}

/// A list as it came, page by page.
struct All {
    items: Vec<Value>,
    /// How many there are, says the catalog.
    total: Option<usize>,
    /// Whether the limit ended it.
    cut: bool,
}

impl Client {
    /// All entities that have documentation of their own, by title.
    ///
    /// # Errors
    ///
    /// Where the server cannot be reached, refuses the token or is no Backstage.
    pub async fn entities(&self) -> Result<Vec<Entity>, FetchError> {
        let all = self.list(&[&format!("metadata.annotations.{HAS_DOCS}")], FIELDS).await?;
        let mut seen = BTreeSet::new();
        let read = all.items.into_iter().filter_map(|item| serde_json::from_value::<Raw>(item).ok()?.documented());
        let mut entities: Vec<Entity> = read.filter(|one| seen.insert(one.id.key())).collect();
        entities.sort_by_cached_key(|one| (one.title.to_lowercase(), one.id.key()));
        Ok(entities)
    }

    /// All users and groups, as the catalog has them. Never only some of them: whoever is missing would be taken
    /// for somebody who left.
    ///
    /// # Errors
    ///
    /// As for [`Client::entities`]; also where the list is longer than is taken, or ends before its end.
    pub async fn people(&self) -> Result<Vec<Value>, FetchError> {
        let all = self.list(&["kind=user", "kind=group"], PEOPLE_FIELDS).await?;
        let odd = |why: String| Err(FetchError::Odd { host: self.address.host(), why });
        if all.cut {
            return odd(format!("its catalog has more than {} people and groups", self.limits.entities));
        }
        match all.total {
            Some(total) if total > all.items.len() => {
                odd(format!("its catalog lists {} of {total} people and groups; try again", all.items.len()))
            }
            _ => Ok(all.items),
        }
    }

    /// A list, page by page, within the limits; what is in one of `filters` is in it.
    async fn list(&self, filters: &[&str], fields: &str) -> Result<All, FetchError> {
        let mut all = All { items: Vec::new(), total: None, cut: false };
        let mut cursors = BTreeSet::new();
        let mut cursor: Option<String> = None;
        loop {
            let mut url = self.address.join(["api", "catalog", "entities", "by-query"]);
            {
                let mut query = url.query_pairs_mut();
                match &cursor {
                    // A cursor holds the filter of the first question.
                    Some(cursor) => {
                        query.append_pair("cursor", cursor);
                    }
                    None => {
                        query.extend_pairs(filters.iter().map(|filter| ("filter", filter)));
                    }
                }
                query.append_pair("fields", fields).append_pair("limit", &PAGE.to_string());
            }
            let listed: Listed = self.json(url, "catalog").await?;
            let items = listed.items.ok_or_else(|| FetchError::Odd {
                host: self.address.host(),
                why: "its catalog lists no entities".to_owned(),
            })?;
            all.items.extend(items);
            all.total = listed.total_items.or(all.total);
            let next = listed.page_info.next_cursor.filter(|next| cursors.insert(next.clone()));
            if all.items.len() > self.limits.entities || (next.is_some() && all.items.len() == self.limits.entities) {
                all.cut = true;
                all.items.truncate(self.limits.entities);
            }
            if next.is_none() || all.cut {
                return Ok(all);
            }
            cursor = next;
        }
    }
}
