//! How the app is started: from which home, on what day, in which colours.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use anyhow::Context as _;

use crate::{Home, Window, desktop, driver::Driver};

/// The day on which tests take place: a Wednesday, eight working days into a journey.
const NOW: &str = "2026-01-21T09:12:00Z";

/// What the desktop says about the colours that the person wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Appearance {
    /// A light desktop.
    #[default]
    Light,
    /// A dark desktop.
    Dark,
    /// A light desktop with more contrast.
    HighContrast,
}

/// A start of the app. Each field has the value that most tests want.
#[derive(Clone, Debug)]
pub struct Launch {
    /// The program.
    pub app: PathBuf,
    /// The moment that it always is for the app, RFC 3339.
    pub now: String,
    /// The folder that the person chooses when asked for one; without it they cancel.
    pub pick: Option<PathBuf>,
    /// The folder of the bundled content, where it is not the repository's own.
    pub content: Option<PathBuf>,
    /// The desktop's colours.
    pub appearance: Appearance,
    /// Whether the desktop asks for less motion; pictures are only equal with it.
    pub reduced_motion: bool,
    /// Width and height of the page in CSS pixels.
    pub size: (u32, u32),
    /// Given to the app after our own arguments.
    pub more_arguments: Vec<String>,
    /// Whether the app gets a session bus of its own: two windows on one bus are one app, and the second start
    /// hands over to the first.
    pub own_bus: bool,
    /// A file into which the moment of the start is written, in seconds since 1970 with microseconds.
    pub started: Option<PathBuf>,
}

impl Launch {
    /// The app under test as most tests want it.
    ///
    /// # Errors
    ///
    /// Outside the private desktop.
    pub fn new() -> anyhow::Result<Self> {
        Ok(Self::of(desktop::app()?))
    }

    /// A particular program, started like the app.
    pub fn of(app: PathBuf) -> Self {
        Self {
            app,
            now: NOW.to_owned(),
            pick: None,
            content: None,
            appearance: Appearance::Light,
            reduced_motion: true,
            size: (1180, 780),
            more_arguments: Vec::new(),
            own_bus: false,
            started: None,
        }
    }

    /// The same start with this folder behind "Open a folder…".
    #[must_use]
    pub fn picking(mut self, folder: impl Into<PathBuf>) -> Self {
        self.pick = Some(folder.into());
        self
    }

    /// The same start on a desktop with these colours.
    #[must_use]
    pub fn with(mut self, appearance: Appearance) -> Self {
        self.appearance = appearance;
        self
    }

    /// The same start on a session bus of its own, beside another window.
    #[must_use]
    pub fn beside_another(mut self) -> Self {
        self.own_bus = true;
        self
    }

    /// The same start at another moment.
    #[must_use]
    pub fn at(mut self, now: &str) -> Self {
        now.clone_into(&mut self.now);
        self
    }

    /// Opens the window in a home in which the app was never started.
    ///
    /// # Errors
    ///
    /// Where the window does not become usable; the message says what the app printed.
    pub async fn open(&self) -> anyhow::Result<Window> {
        self.open_in(Home::fresh()?).await
    }

    /// Opens the window in a home that may have seen the app before.
    ///
    /// # Errors
    ///
    /// Where the window does not become usable; the message says what the app printed.
    pub async fn open_in(&self, home: Home) -> anyhow::Result<Window> {
        self.write_desktop_settings(&home)?;
        let driver = Driver::start(self, &home).await?;
        Window::open(driver, self.clone(), home).await
    }

    /// The program that the driver starts: the app, or a script that notes the time and becomes the app.
    pub(crate) fn program(&self, home: &Home) -> anyhow::Result<PathBuf> {
        if self.started.is_none() && !self.own_bus {
            return Ok(self.app.clone());
        }
        let script = home.path().join("start.sh");
        let note = self.started.as_ref().map(|file| format!("echo \"$EPOCHREALTIME\" >'{}'\n", file.display()));
        let bus = if self.own_bus { "dbus-run-session -- " } else { "" };
        let text = format!("#!/bin/bash\n{}exec {bus}'{}' \"$@\"\n", note.unwrap_or_default(), self.app.display());
        fs::write(&script, text)
            .and_then(|()| fs::set_permissions(&script, fs::Permissions::from_mode(0o755)))
            .context("could not write the script that notes the time")?;
        Ok(script)
    }

    /// The arguments that the app gets.
    pub(crate) fn arguments(&self, home: &Home) -> Vec<String> {
        let text = |path: &Path| path.to_string_lossy().into_owned();
        let mut arguments = vec![
            "--e2e".to_owned(),
            "--data-dir".to_owned(),
            text(&home.library()),
            "--now".to_owned(),
            self.now.clone(),
        ];
        for (name, path) in [("--pick", &self.pick), ("--content", &self.content)] {
            if let Some(path) = path {
                arguments.extend([name.to_owned(), text(path)]);
            }
        }
        arguments.extend(self.more_arguments.iter().cloned());
        arguments
    }

    /// Contrast and motion reach the page through GTK's settings file.
    fn write_desktop_settings(&self, home: &Home) -> anyhow::Result<()> {
        let mut settings = String::from("[Settings]\n");
        if self.appearance == Appearance::HighContrast {
            settings.push_str("gtk-theme-name=HighContrast\n");
        }
        if self.reduced_motion {
            settings.push_str("gtk-enable-animations=0\n");
        }
        let folder = home.config().join("gtk-3.0");
        fs::create_dir_all(&folder)
            .and_then(|()| fs::write(folder.join("settings.ini"), settings))
            .context("could not write the desktop's settings")
    }
}
