//! A file system of its own for one test, that can become full or read-only.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use anyhow::Context as _;

/// How long files may stay open after the program that had them was closed.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often the system is asked again.
const PERIOD: Duration = Duration::from_millis(100);

/// A small file system in memory; unmounted when this goes.
#[derive(Debug)]
pub struct Disk {
    folder: PathBuf,
}

impl Disk {
    /// Mounts one over a folder, which is made where it is not there. `None` where this account may
    /// not mount; the test then has to say that it was skipped.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be made.
    pub fn over(folder: &Path, size: &str) -> anyhow::Result<Option<Self>> {
        fs::create_dir_all(folder).with_context(|| format!("could not make {}", folder.display()))?;
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(folder)
            .output()
            .is_ok_and(|output| output.status.success());
        Ok(mounted.then(|| Self { folder: folder.to_owned() }))
    }

    /// From now on nothing can be written, or everything again. Waits for programs that still have files
    /// open for writing: an app that was closed a moment ago is one.
    ///
    /// # Errors
    ///
    /// Where the system refuses; the message has its words.
    pub fn set_read_only(&self, read_only: bool) -> anyhow::Result<()> {
        let how = if read_only { "remount,ro" } else { "remount,rw" };
        let end = Instant::now() + PATIENCE;
        loop {
            let output =
                Command::new("mount").args(["-o", how]).arg(&self.folder).output().context("mount is missing")?;
            if output.status.success() {
                return Ok(());
            }
            let said = String::from_utf8_lossy(&output.stderr);
            anyhow::ensure!(Instant::now() < end, "mount -o {how} {} failed: {}", self.folder.display(), said.trim());
            thread::sleep(PERIOD);
        }
    }

    /// Takes all room that is left; removing the file gives it back.
    ///
    /// # Errors
    ///
    /// Where the file cannot be made.
    pub fn fill(&self) -> anyhow::Result<PathBuf> {
        let path = self.folder.join("filler");
        let mut file = fs::File::create(&path).context("could not make the file that fills the disk")?;
        for block in [[0_u8; 4096].as_slice(), &[0]] {
            while file.write_all(block).is_ok() {}
        }
        Ok(path)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: the app may still be closing its files.
        let _ = Command::new("umount").arg("-l").arg(&self.folder).status();
    }
}
