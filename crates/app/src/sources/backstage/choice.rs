//! What a person chose of a server, as the library keeps it.

use serde::{Deserialize, Serialize};
use waymark_core::id::PackId;

use crate::{App, AppError};

/// What a person chose of a server. A key that is not there has its default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Choice {
    /// Full names of entities, as the catalog writes them.
    pub(super) entities: Vec<String>,
    /// The person's name in the catalog, where they gave it.
    pub(super) person: Option<String>,
}

impl Choice {
    pub(super) async fn load(app: &App, pack: PackId) -> Result<Self, AppError> {
        let text = app.db().await?.remotes().choice(pack).await?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }

    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
