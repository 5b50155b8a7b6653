//! What a machine needs beside Rust, and how it gets it.
//!
//! On Debian and Ubuntu missing packages are installed; elsewhere the exact commands are printed
//! and the run stops, because guessing at another system's packages does more harm than good.

use std::{fs, process::Command};

use anyhow::Context as _;

use crate::{
    paths,
    progress::{Step, step},
};

/// What a command is going to do, and therefore needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// The interface and the shell can be compiled.
    Build,
    /// The real window can be opened on a private desktop, driven and photographed.
    Window,
}

/// Debian packages, each list the least that its job was seen to work with.
const BUILD: &[&str] = &["libwebkit2gtk-4.1-dev", "pkg-config", "binaryen"];
const WINDOW: &[&str] = &[
    "webkit2gtk-driver",
    "xvfb",
    "dbus",
    "at-spi2-core",
    "libglib2.0-bin",
    "python3-gi",
    "gir1.2-atspi-2.0",
    "iproute2",
    "fonts-inter",
    "fonts-jetbrains-mono",
    "fonts-noto-color-emoji",
    "nodejs",
    "npm",
    // The team server is told every story on both of its databases, and secrets go into a real keyring.
    "postgresql",
    "gnome-keyring",
];

/// Programs and libraries that stand for the packages where there is no dpkg to ask.
const BUILD_PROGRAMS: &[&str] = &["pkg-config"];
const WINDOW_PROGRAMS: &[&str] = &["WebKitWebDriver", "Xvfb", "dbus-run-session", "gdbus", "npm"];

/// Makes sure that the machine can do what is asked, installing what it lacks.
///
/// # Errors
///
/// Where something is missing that cannot be installed here; the message has the commands to give.
pub(crate) fn ensure(need: Need) -> anyhow::Result<()> {
    ensure_target("wasm32-unknown-unknown")?;
    if cfg!(target_os = "linux") { ensure_packages(need) } else { Ok(()) }
}

/// Whether rustup has, or can get, this compilation target.
pub(crate) fn has_target(target: &str) -> bool {
    let listed = Command::new("rustc").args(["--print", "target-libdir", "--target", target]).output();
    listed.is_ok_and(|output| {
        output.status.success() && fs::exists(String::from_utf8_lossy(&output.stdout).trim()).unwrap_or(false)
    })
}

fn ensure_target(target: &str) -> anyhow::Result<()> {
    if has_target(target) {
        return Ok(());
    }
    let add = format!("rustup target add {target}");
    anyhow::ensure!(
        paths::program("rustup").is_some(),
        "the compilation target {target} is missing and there is no rustup to add it with\n  next: install Rust by rustup, or the target by your distribution's package, then run this again"
    );
    step(&format!("adding the target {target}"), &format!("run `{add}` by hand"), |step| {
        let mut rustup = Command::new("rustup");
        rustup.args(["target", "add", target]);
        step.run(rustup).map(drop)
    })
}

fn ensure_packages(need: Need) -> anyhow::Result<()> {
    let wanted = || BUILD.iter().chain(if need == Need::Window { WINDOW } else { &[] }).copied();
    if paths::program("dpkg-query").is_some() && paths::program("apt-get").is_some() {
        let missing: Vec<&str> = wanted().filter(|package| !is_installed(package)).collect();
        return if missing.is_empty() { Ok(()) } else { install(&missing) };
    }
    let missing = missing_without_dpkg(need);
    anyhow::ensure!(missing.is_empty(), "this machine lacks {}\n  next: {}", missing.join(", "), advice(need));
    Ok(())
}

fn is_installed(package: &str) -> bool {
    let query = Command::new("dpkg-query").args(["--show", "--showformat=${db:Status-Status}", package]).output();
    let listed = query.is_ok_and(|output| output.status.success() && output.stdout == b"installed");
    // Node comes from other places as well, and then Debian's own package would only be in the way.
    listed || (matches!(package, "nodejs" | "npm") && paths::program("npm").is_some())
}

fn install(missing: &[&str]) -> anyhow::Result<()> {
    let by_hand =
        format!("sudo apt-get update && sudo apt-get install -y --no-install-recommends {}", missing.join(" "));
    let title = format!("installing {} system packages", missing.len());
    step(&title, &format!("run `{by_hand}` by hand, then this command again"), |step| {
        step.note(&missing.join(" "));
        step.run(apt(&["update"])?)?;
        let install = [&["install", "-y", "--no-install-recommends"], missing].concat();
        step.run(apt(&install)?).map(drop)
    })
}

/// An apt-get call with the rights it needs: as it is for root, through sudo for others.
fn apt(arguments: &[&str]) -> anyhow::Result<Command> {
    let user = Command::new("id").arg("-u").output().context("could not ask who runs this")?;
    let mut command = if user.stdout.trim_ascii() == b"0" {
        Command::new("apt-get")
    } else {
        anyhow::ensure!(paths::program("sudo").is_some(), "installing packages needs root, and there is no sudo");
        let mut sudo = Command::new("sudo");
        sudo.args(["--preserve-env=DEBIAN_FRONTEND", "apt-get"]);
        sudo
    };
    command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    Ok(command)
}

fn missing_without_dpkg(need: Need) -> Vec<&'static str> {
    let programs = BUILD_PROGRAMS.iter().chain(if need == Need::Window { WINDOW_PROGRAMS } else { &[] });
    let mut missing: Vec<&str> = programs.filter(|name| paths::program(name).is_none()).copied().collect();
    let library = Command::new("pkg-config").args(["--exists", "webkit2gtk-4.1"]).status();
    if !library.is_ok_and(|status| status.success()) {
        missing.push("the development files of WebKitGTK 4.1");
    }
    missing
}

/// The exact command for the distributions whose package names are known.
fn advice(need: Need) -> String {
    let window = need == Need::Window;
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let family = |names: &[&str]| {
        release
            .lines()
            .filter(|line| line.starts_with("ID=") || line.starts_with("ID_LIKE="))
            .any(|line| names.iter().any(|name| line.contains(name)))
    };
    if family(&["fedora", "rhel"]) {
        let more = if window {
            " webkit2gtk-driver xorg-x11-server-Xvfb dbus-daemon at-spi2-core glib2 python3-gobject rsms-inter-fonts jetbrains-mono-fonts nodejs-npm"
        } else {
            ""
        };
        format!("sudo dnf install gcc pkgconf webkit2gtk4.1-devel binaryen{more}")
    } else if family(&["arch"]) {
        let more = if window {
            " xorg-server-xvfb dbus at-spi2-core glib2 python-gobject inter-font ttf-jetbrains-mono npm"
        } else {
            ""
        };
        format!("sudo pacman -S --needed base-devel webkit2gtk-4.1 binaryen{more}")
    } else if family(&["suse"]) {
        let more = if window {
            " webkit2gtk4-devel xorg-x11-server-Xvfb dbus-1-daemon at-spi2-core glib2-tools python3-gobject npm"
        } else {
            ""
        };
        format!("sudo zypper install gcc pkg-config webkit2gtk3-devel binaryen{more}")
    } else {
        let more = if window { WINDOW.join(" ") } else { String::new() };
        format!("install what your distribution calls these Debian packages: {} {more}", BUILD.join(" "))
    }
}

/// Says in a step that an optional tool is missing and what that changes.
pub(crate) fn without(step: &mut Step, tool: &str, consequence: &str) {
    step.note(&format!("{tool} is not installed: {consequence}"));
}

/// Gets what a check of the Windows target needs, or says why it cannot be had.
///
/// Even a check needs the cross compiler: some dependencies compile C.
pub(crate) fn windows_cross_compiler(step: &mut Step) -> Option<String> {
    const TARGET: &str = "x86_64-pc-windows-gnu";
    const COMPILER: &str = "x86_64-w64-mingw32-gcc";
    if !has_target(TARGET) {
        let mut rustup = Command::new("rustup");
        rustup.args(["target", "add", TARGET]);
        if !step.run_to_end(rustup).is_ok_and(|(success, _)| success) {
            return Some(format!("target missing ({TARGET}), and rustup cannot add it"));
        }
    }
    if paths::program(COMPILER).is_some() || cfg!(windows) {
        return None;
    }
    let install = apt(&["install", "-y", "--no-install-recommends", "gcc-mingw-w64-x86-64-posix"]);
    let installed = install.and_then(|install| step.run_to_end(install)).is_ok_and(|(success, _)| success);
    (!installed).then(|| format!("{COMPILER} missing (Debian: apt-get install gcc-mingw-w64-x86-64-posix)"))
}
