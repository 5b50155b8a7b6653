//! Opens every screen of the real app, light and dark, and takes its picture.
//!
//! `cargo xtask tour` starts it on the private desktop. Usage: `tour [PART-OF-A-SCREEN'S-NAME]`.

#![expect(clippy::print_stdout, reason = "a program that tells what it did")]

use std::{env, fs, process::ExitCode};

use anyhow::Context as _;
use waymark_tests::{
    Appearance, Launch, desktop,
    screens::{self, Library, SCREENS, Screen},
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match tour().await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn tour() -> anyhow::Result<ExitCode> {
    let only = env::args().nth(1).unwrap_or_default();
    let wanted: Vec<&Screen> = SCREENS.iter().filter(|screen| screen.name.contains(&only)).collect();
    anyhow::ensure!(!wanted.is_empty(), "no screen's name contains {only:?}; there are {}", all_names());
    if only.is_empty() {
        remove_old_pictures()?;
    }
    let mut missing = Vec::new();
    for (appearance, suffix) in [(Appearance::Light, "light"), (Appearance::Dark, "dark")] {
        for library in screens::LIBRARIES {
            let screens: Vec<&Screen> = wanted.iter().copied().filter(|screen| screen.library == library).collect();
            if !screens.is_empty() {
                take(&screens, appearance, library, suffix, &mut missing).await?;
            }
        }
    }
    println!("  {} pictures, {} screens that could not be shown", wanted.len() * 2 - missing.len(), missing.len());
    missing.iter().for_each(|why| println!("  ✗ {why}"));
    Ok(if missing.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Takes the pictures of screens that start from the same library.
async fn take(
    screens: &[&Screen],
    appearance: Appearance,
    library: Library,
    suffix: &str,
    missing: &mut Vec<String>,
) -> anyhow::Result<()> {
    let launch = Launch::new()?.with(appearance);
    let Some((window, place)) = screens::arrive(&launch, library).await? else {
        missing.extend(screens.iter().map(|screen| format!("{}-{suffix}: it needs Node", screen.name)));
        return Ok(());
    };
    for screen in screens {
        let name = format!("{}-{suffix}", screen.name);
        let taken = match screens::show(&window, screen, &place.names).await {
            Ok(()) => window.picture(&name).await,
            // The picture of what is there instead helps to see why.
            Err(error) => window.picture(&format!("{name}-failed")).await.and(Err(error)),
        };
        match taken {
            Ok(path) => println!("  {}", path.display()),
            Err(error) => missing.push(format!("{name}: {error:#}")),
        }
    }
    window.close().await.map(drop)
}

/// A picture of a screen that no longer exists would look as if it did.
fn remove_old_pictures() -> anyhow::Result<()> {
    let out = desktop::out()?;
    for entry in fs::read_dir(&out).with_context(|| format!("could not list {}", out.display()))?.flatten() {
        if entry.path().extension().is_some_and(|extension| extension == "png" || extension == "log") {
            fs::remove_file(entry.path()).with_context(|| format!("could not remove {}", entry.path().display()))?;
        }
    }
    Ok(())
}

fn all_names() -> String {
    SCREENS.iter().map(|screen| screen.name).collect::<Vec<_>>().join(", ")
}
