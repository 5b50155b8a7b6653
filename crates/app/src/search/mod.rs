//! The palette's search over steps, pages and roadmap items.
//!
//! The full-text index answers wherever it stands for what SQLite holds. Until then, and where it
//! cannot be had, a scan over titles, headings and texts does.

mod alignment;
mod documents;
mod hits;
mod keeper;
mod refresh;
mod sections;
mod titles;

use waymark_api::ipc::search::{Search, SearchResults};
use waymark_search::{Found, Index, Kind, Query, SearchError};

pub(crate) use keeper::{Keeper, keep};
pub(crate) use sections::sections;

use crate::{App, AppError};

/// The order in which the palette shows kinds.
const KINDS: [Kind; 3] = [Kind::Step, Kind::Page, Kind::Item];

/// With fewer hits than this, a better spelling is looked for.
const FEW: usize = 3;

/// Finds what the person types.
///
/// # Errors
///
/// Where the library cannot be read; never for odd input.
pub async fn search(app: &App, request: Search) -> Result<SearchResults, AppError> {
    let limit = request.limit.clamp(1, 50) as usize;
    let (hits, did_you_mean) = match app.keeper().index() {
        Some(index) => match find(index, &request.query, limit).await {
            Ok((found, better)) => (hits::of(app, found).await?, better),
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "the search index failed and is filled again");
                app.keeper().discard();
                (titles::search(app, &request.query, limit).await?, None)
            }
        },
        None => (titles::search(app, &request.query, limit).await?, None),
    };
    Ok(SearchResults { query: request.query, hits, did_you_mean })
}

/// Waits until the index stands for what the library holds, or is known not to be had.
pub async fn settled(app: &App) {
    app.keeper().settled().await;
}

#[derive(Debug, thiserror::Error)]
enum FindError {
    #[error(transparent)]
    Search(#[from] SearchError),
    #[error("the search stopped unexpectedly")]
    Stopped(#[from] tokio::task::JoinError),
}

/// What was found and, where that is little, a better spelling.
async fn find(index: Index, query: &str, limit: usize) -> Result<(Found, Option<String>), FindError> {
    let query = Query::parse(query);
    let work = move || {
        let found = index.search_each(&query, &KINDS, limit)?;
        let better = if found.hits.len() < FEW { index.did_you_mean(&query)? } else { None };
        Ok::<_, SearchError>((found, better))
    };
    Ok(tokio::task::spawn_blocking(work).await??)
}

#[cfg(test)]
mod tests;
