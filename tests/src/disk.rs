//! A file system of its own for one test, that can become full or read-only.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;

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

    /// From now on nothing can be written, or everything again.
    ///
    /// # Errors
    ///
    /// Where the system refuses.
    pub fn set_read_only(&self, read_only: bool) -> anyhow::Result<()> {
        let how = if read_only { "remount,ro" } else { "remount,rw" };
        let status = Command::new("mount").args(["-o", how]).arg(&self.folder).status().context("mount is missing")?;
        anyhow::ensure!(status.success(), "mount -o {how} {} failed", self.folder.display());
        Ok(())
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
