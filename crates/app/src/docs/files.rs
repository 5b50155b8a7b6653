//! Files of a site: images that pages show, and documents that people save.

use std::path::{Path, PathBuf};

use waymark_core::id::SiteId;
use waymark_store::PackSource;

use crate::{App, AppError};

/// An image of a site: its media type and bytes. Only kinds that a page may show.
pub async fn image(app: &App, site: &str, path: &str) -> Option<(String, Vec<u8>)> {
    const SHOWN: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];
    let asset = app.db().await.ok()?.assets().get(&SiteId::new(site), path).await.ok()??;
    SHOWN.contains(&asset.mime.as_str()).then_some((asset.mime, asset.bytes))
}

/// A file that a page links to: the name to save it under, and its bytes.
///
/// # Errors
///
/// Where the file is not on this device or the library cannot be read.
pub async fn file(app: &App, site: &SiteId, path: &str) -> Result<(String, Vec<u8>), AppError> {
    let asset = app.db().await?.assets().get(site, path).await?.ok_or(AppError::NotFound { what: "file" })?;
    Ok((file_name(path), asset.bytes))
}

/// The last part of a path without what a file system or a person could stumble over.
fn file_name(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    let name: String = name
        .chars()
        .map(|c| if c.is_control() || "\\:*?\"<>|\u{202e}\u{202d}\u{2066}\u{2067}".contains(c) { '_' } else { c })
        .collect();
    let name = name.trim_matches(['.', ' ']).to_owned();
    if name.is_empty() { "file".to_owned() } else { name }
}

/// Where a page's file lies, if its pack is a folder and the file is there.
///
/// # Errors
///
/// Where there is no such file, or the library cannot be read.
pub async fn page_file(app: &App, site: &SiteId, page: &str) -> Result<PathBuf, AppError> {
    let gone = || AppError::NotFound { what: "file" };
    let db = app.db().await?;
    let site = db.sites().get(site).await?.ok_or_else(gone)?;
    let pack = db.packs().get(site.pack).await?.ok_or_else(gone)?;
    let PackSource::Folder { location } = pack.source else { return Err(gone()) };
    let root = Path::new(&location).canonicalize().map_err(|_| gone())?;
    let file = root.join(&site.folder).join(page).canonicalize().map_err(|_| gone())?;
    // A link may have been put there meanwhile; what lies elsewhere is not shown.
    if file.starts_with(&root) && file.is_file() { Ok(file) } else { Err(gone()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain() {
        assert_eq!(file_name("a/b/Price list.pdf"), "Price list.pdf");
        assert_eq!(file_name("a/..hidden"), "hidden");
        assert_eq!(file_name("a/ev\u{202e}fdp.exe"), "ev_fdp.exe");
        assert_eq!(file_name("a/.."), "file");
    }
}
