//! `cargo xtask bundle`: the packages for Linux, and whether they hold what they should.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;

use crate::{build, deps, paths, progress::step, tools, ui};

/// Paths that every package holds.
const EXPECTED: [&str; 5] = [
    "/usr/bin/waymark",
    "/usr/share/applications/Waymark.desktop",
    "/usr/share/icons/hicolor/32x32/apps/waymark.png",
    "/usr/share/icons/hicolor/128x128/apps/waymark.png",
    "/usr/lib/Waymark/docs-content/",
];

/// Builds the interface and the app as they ship, packs them and looks into the packages.
pub(crate) fn run() -> anyhow::Result<()> {
    deps::ensure(deps::Need::Window)?;
    ui::build(&ui::WAYMARK, false)?;
    refuse_placeholder()?;
    let tauri = tools::tauri()?;
    build::shell(build::Options { release: true, ..build::Options::default() })?;
    let next = "mend what is said above; the bundle section of tauri.conf.json decides what is packed";
    step("packing .deb and .rpm", next, |step| {
        let mut pack = Command::new(&tauri);
        pack.args(["bundle", "--bundles", "deb,rpm"]).env("CI", "true");
        step.run(pack).map(drop)
    })?;
    let folder = paths::target().join("release/bundle");
    let packages = [newest(&folder.join("deb"), "deb")?, newest(&folder.join("rpm"), "rpm")?];
    step("looking into the packages", next, |step| {
        for package in &packages {
            let listed = match package.extension().and_then(|extension| extension.to_str()) {
                Some("deb") => deb_contents(package)?,
                _ if paths::program("rpm").is_some() => rpm_contents(package)?,
                _ => {
                    step.note(&format!(
                        "not looked into: {}, because `rpm` is not installed (Debian: apt-get install rpm)",
                        package.display()
                    ));
                    continue;
                }
            };
            check_contents(package, &listed)?;
        }
        Ok(())
    })?;
    for package in &packages {
        println!("  {}", paths::absolute(package).display());
    }
    Ok(())
}

/// The page that `build.rs` writes for a fresh clone must never be shipped.
fn refuse_placeholder() -> anyhow::Result<()> {
    let page = fs::read_to_string("src-ui/dist/index.html").context("the interface is not built")?;
    anyhow::ensure!(
        !page.contains("<!-- placeholder -->"),
        "src-ui/dist holds the placeholder page\n  next: delete src-ui/dist and run this again"
    );
    Ok(())
}

fn newest(folder: &Path, extension: &str) -> anyhow::Result<PathBuf> {
    let entries = fs::read_dir(folder).with_context(|| format!("no package was written to {}", folder.display()))?;
    let files = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|found| found == extension));
    let time = |path: &PathBuf| fs::metadata(path).and_then(|data| data.modified()).ok();
    files.max_by_key(time).with_context(|| format!("no .{extension} was written to {}", folder.display()))
}

/// Every path in the package, from the file system's root.
fn deb_contents(package: &Path) -> anyhow::Result<String> {
    let listing = output(Command::new("dpkg-deb").arg("--contents").arg(package))?;
    let paths = listing
        .lines()
        .filter_map(|line| line.split_whitespace().nth(5))
        .map(|path| format!("/{}", path.trim_start_matches("./").trim_start_matches('/')));
    let desktop = output(
        Command::new("sh")
            .args(["-c", "dpkg-deb --fsys-tarfile \"$0\" | tar --extract --to-stdout --wildcards '*.desktop'"])
            .arg(package),
    )?;
    anyhow::ensure!(
        desktop.contains("%u"),
        "the desktop file of {} has no %u, so a link would arrive empty on a cold start",
        package.display()
    );
    Ok(paths.collect::<Vec<_>>().join("\n"))
}

fn rpm_contents(package: &Path) -> anyhow::Result<String> {
    output(Command::new("rpm").args(["--query", "--list", "--package"]).arg(package))
}

fn check_contents(package: &Path, listed: &str) -> anyhow::Result<()> {
    for expected in EXPECTED {
        let found =
            listed.lines().any(|path| path == expected || (expected.ends_with('/') && path.starts_with(expected)));
        anyhow::ensure!(found, "{} lacks {expected}; it holds\n{listed}", package.display());
    }
    let inside = |path: &str| {
        ["/usr/bin/", "/usr/share/", "/usr/lib/Waymark/"]
            .iter()
            .any(|folder| path.starts_with(folder) || folder.starts_with(&format!("{}/", path.trim_end_matches('/'))))
    };
    if let Some(stray) = listed.lines().find(|path| !inside(path)) {
        anyhow::bail!("{} holds {stray}, which belongs to none of its folders", package.display());
    }
    Ok(())
}

fn output(command: &mut Command) -> anyhow::Result<String> {
    let output = command.output().with_context(|| format!("could not start {command:?}"))?;
    anyhow::ensure!(output.status.success(), "{command:?} failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    String::from_utf8(output.stdout).context("a listing is text")
}
