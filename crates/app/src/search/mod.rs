//! The palette's search over steps, pages and roadmap items.
//!
//! The full-text index answers wherever it stands for what SQLite holds. Until then, and where it
//! cannot be had, a scan over titles, headings and texts does.

mod documents;
mod hits;
mod keeper;
mod refresh;
mod sections;
mod titles;

use waymark_api::ipc::search::{Search, SearchResults};
use waymark_search::{Index, Kind, Query, SearchError};

pub(crate) use keeper::{Keeper, keep};

use crate::{App, AppError};

/// The order in which the palette shows kinds.
const KINDS: [Kind; 3] = [Kind::Step, Kind::Page, Kind::Item];

/// Finds what the person types.
///
/// # Errors
///
/// Where the library cannot be read; never for odd input.
pub async fn search(app: &App, request: Search) -> Result<SearchResults, AppError> {
    let limit = request.limit.clamp(1, 50) as usize;
    let hits = match app.keeper().index() {
        Some(index) => match find(index, &request.query, limit).await {
            Ok(found) => hits::of(app, found).await?,
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "the search index failed and is filled again");
                app.keeper().discard();
                titles::search(app, &request.query, limit).await?
            }
        },
        None => titles::search(app, &request.query, limit).await?,
    };
    Ok(SearchResults { query: request.query, hits })
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

async fn find(index: Index, query: &str, limit: usize) -> Result<waymark_search::Found, FindError> {
    let query = Query::parse(query);
    Ok(tokio::task::spawn_blocking(move || index.search_each(&query, &KINDS, limit)).await??)
}

#[cfg(test)]
mod tests;
