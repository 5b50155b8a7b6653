//! Preferences, and what support needs to know.

use waymark_api::{
    ipc::settings::{Preferences, SavePreferences},
    topic::Topic,
};

use crate::{App, AppError};

/// Key of the one preference row.
const KEY: &str = "preferences";

/// Reads the preferences; the defaults where there are none yet, or where they cannot be read.
pub(crate) async fn load(app: &App) -> Result<Preferences, AppError> {
    match app.db().await?.preferences().get(KEY).await {
        Ok(preferences) => Ok(preferences.unwrap_or_default()),
        // A preference that a newer or older Waymark wrote differently must not keep anybody out.
        Err(error) => {
            tracing::warn!(%error, "preferences fall back to their defaults");
            Ok(Preferences::default())
        }
    }
}

/// Keeps all preferences.
///
/// # Errors
///
/// Where the library cannot be written.
pub async fn save_preferences(app: &App, request: SavePreferences) -> Result<Preferences, AppError> {
    let mut preferences = request.preferences;
    preferences.zoom = preferences.zoom.clamp(50, 200);
    preferences.text_size = preferences.text_size.clamp(14, 20);
    if !preferences.week.contains(&true) {
        // A week without a working day has no day 1.
        preferences.week = Preferences::default().week;
    }
    let before = load(app).await?;
    let mut tx = app.db().await?.begin().await?;
    tx.preferences().set(KEY, &preferences).await?;
    tx.commit().await?;
    let about_people = |p: &Preferences| {
        (p.name.clone(), p.team.clone(), p.buddy.clone(), p.manager.clone(), p.week, p.days_off.clone(), p.start_date)
    };
    if about_people(&before) != about_people(&preferences) {
        // Due days and texts depend on these; where the person was last does not.
        app.publish(Topic::Preferences);
    }
    Ok(preferences)
}

/// Version, system, state of the library and the end of the log, without the person's name and home.
pub async fn diagnostics(app: &App, webview: &str, log: &str) -> String {
    let library = match app.library().await {
        crate::app::Library::Opening => "being opened".to_owned(),
        crate::app::Library::Ready(_) => "ready".to_owned(),
        crate::app::Library::ReadOnly(_, trouble) => format!("read-only: {}", trouble.message),
        crate::app::Library::Unusable(trouble) => format!("unusable: {}", trouble.message),
    };
    let text = format!(
        "Waymark {}\nSystem: {} {}\nWebview: {webview}\nLibrary: {library}\n\nLog\n{log}\n",
        app.config().version,
        std::env::consts::OS,
        std::env::consts::ARCH,
    );
    redact(&text, std::env::var("HOME").ok().as_deref(), std::env::var("USER").ok().as_deref())
}

/// Takes home folder and account name out of a text.
fn redact(text: &str, home: Option<&str>, user: Option<&str>) -> String {
    let mut text = text.to_owned();
    // A home of one character ("/") names nobody and would garble every path.
    if let Some(home) = home.filter(|home| home.len() > 1) {
        text = text.replace(home, "~");
    }
    if let Some(user) = user.filter(|user| user.len() > 2 && *user != "root") {
        text = text.replace(user, "<user>");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn home_and_account_do_not_leave() {
        let text = redact("at /home/ada/notes, by ada, in /", Some("/home/ada"), Some("ada"));
        assert_eq!(text, "at ~/notes, by <user>, in /");
        assert_eq!(redact("at /x", Some("/"), None), "at /x");
    }
}
