//! "My team's docs": a person's groups, and the groups above them.

use std::collections::BTreeSet;

use super::{Client, EntityRef, FetchError, entity::Raw};

/// Groups that are looked at; a person with more is in a circle.
const MAX_GROUPS: usize = 200;

impl Client {
    /// The person's own name and their groups with all groups above those, as [`EntityRef::key`]. What one
    /// of them owns is the person's team's.
    ///
    /// # Errors
    ///
    /// [`FetchError::Missing`] where the catalog knows no such person; otherwise as for [`Client::entities`].
    pub async fn own_groups(&self, person: &EntityRef) -> Result<BTreeSet<String>, FetchError> {
        let raw = self.entity(person).await?;
        let mut known = BTreeSet::from([person.key()]);
        let mut waiting: Vec<String> = raw.targets("memberOf").collect();
        while let Some(group) = waiting.pop() {
            if known.len() >= MAX_GROUPS || !known.insert(group.clone()) {
                continue;
            }
            let Ok(id) = group.parse::<EntityRef>() else { continue };
            match self.entity(&id).await {
                Ok(raw) => waiting.extend(raw.targets("childOf")),
                // A group that a person names and nobody describes still owns what it owns.
                Err(FetchError::Missing { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(known)
    }

    async fn entity(&self, id: &EntityRef) -> Result<Raw, FetchError> {
        let path = ["api", "catalog", "entities", "by-name", &id.kind, &id.namespace, &id.name];
        self.json(self.address.join(path), &format!("{} {}", id.kind, id.name)).await
    }
}
