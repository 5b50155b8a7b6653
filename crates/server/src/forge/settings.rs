//! What the server knows of a forge: secrets, a token for its API, and what belongs to the organisation.

use std::{env, fs};

use jiff::Timestamp;
use waymark_core::milestone::Organisation;

use super::Source;
use crate::store::{Store, StoreError, forge::secret};

/// Names of settings, as `waymark-server forge set` takes them.
pub(crate) const NAMES: [&str; 4] = ["token", "api", "owners", "production"];

/// What is configured for a forge.
#[derive(Clone, Default)]
pub(crate) struct Settings {
    /// Token for reading the API; without one, deliveries are all there is.
    pub token: Option<String>,
    /// Base address of the API.
    pub api: String,
    /// Owners whose repositories count; see [`Organisation::owners`].
    pub owners: Vec<String>,
    /// Names of production environments.
    pub production: Vec<String>,
}

impl Settings {
    /// Reads what is configured: the environment first (`WAYMARK_GITHUB_TOKEN`, or a file named by
    /// `WAYMARK_GITHUB_TOKEN_FILE`), then the database.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub(crate) async fn load(store: &Store, source: Source) -> Result<Self, StoreError> {
        let stored = secret::settings(store, &source.to_string()).await?;
        let value = |name: &str| from_environment(source, name).or_else(|| stored.get(name).cloned());
        let words = |name: &str| {
            let text = value(name).unwrap_or_default();
            text.split([',', ' ']).filter(|word| !word.is_empty()).map(str::to_owned).collect()
        };
        let api = value("api").unwrap_or_else(|| default_api(source).to_owned());
        Ok(Self {
            token: value("token"),
            api: api.trim_end_matches('/').to_owned(),
            owners: words("owners"),
            production: words("production"),
        })
    }

    /// What belongs to the organisation.
    pub(crate) fn organisation(&self) -> Organisation<'_> {
        Organisation { owners: &self.owners, production: &self.production }
    }
}

/// The webhook secrets that hold now.
///
/// # Errors
/// Where the database cannot be read.
pub(crate) async fn secrets(store: &Store, source: Source, now: Timestamp) -> Result<Vec<String>, StoreError> {
    let mut secrets = secret::current(store, &source.to_string(), now).await?;
    secrets.extend(from_environment(source, "secret"));
    Ok(secrets)
}

/// `WAYMARK_<FORGE>_<NAME>`, or the content of the file that `WAYMARK_<FORGE>_<NAME>_FILE` names.
fn from_environment(source: Source, name: &str) -> Option<String> {
    let variable = format!("WAYMARK_{source}_{name}").to_uppercase();
    let text = env::var(&variable).ok().or_else(|| {
        let path = env::var(format!("{variable}_FILE")).ok()?;
        let read = fs::read_to_string(&path);
        read.inspect_err(|error| tracing::warn!(%error, path, "could not read the file of {variable}")).ok()
    })?;
    let text = text.trim().to_owned();
    (!text.is_empty()).then_some(text)
}

fn default_api(source: Source) -> &'static str {
    match source {
        Source::GitHub => "https://api.github.com",
        Source::GitLab => "https://gitlab.com/api/v4",
        Source::CdEvents => "",
    }
}
