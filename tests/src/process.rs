//! The processes behind a window, read from `/proc`.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::Context as _;

/// Every process that this one started, directly or through others.
pub fn descendants(pid: u32) -> Vec<u32> {
    let mut parents: Vec<(u32, u32)> = Vec::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(child) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        if let Some(parent) = parent_of(child) {
            parents.push((parent, child));
        }
    }
    let (mut found, mut next) = (Vec::new(), vec![pid]);
    while let Some(parent) = next.pop() {
        for (_, child) in parents.iter().filter(|(of, _)| *of == parent) {
            found.push(*child);
            next.push(*child);
        }
    }
    found
}

/// The name of a process, as the kernel keeps it: at most 15 characters.
pub fn name(pid: u32) -> Option<String> {
    fs::read_to_string(format!("/proc/{pid}/comm")).ok().map(|name| name.trim().to_owned())
}

/// Whether a process runs this program.
pub fn runs(pid: u32, program: &Path) -> bool {
    let wanted = fs::canonicalize(program).unwrap_or_else(|_| program.to_path_buf());
    fs::read_link(format!("/proc/{pid}/exe")).is_ok_and(|exe| exe == wanted)
}

/// Whether a process is there and not only waiting to be collected.
pub fn is_alive(pid: u32) -> bool {
    stat(pid).is_some_and(|(state, _)| state != 'Z')
}

/// Bytes of memory that a process and all that it started really use: pages shared between several
/// processes are counted in parts (PSS).
pub fn memory(pid: u32) -> u64 {
    let of_one = |pid: u32| -> u64 {
        let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
        let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
        let kibibytes =
            line.and_then(|line| line.trim().strip_suffix("kB")).and_then(|number| number.trim().parse::<u64>().ok());
        kibibytes.unwrap_or(0) * 1024
    };
    descendants(pid).into_iter().chain([pid]).map(of_one).sum()
}

/// The highest that this process's memory gets from one moment on.
#[derive(Debug)]
pub struct Peak {
    /// Bytes in memory at that moment.
    before: u64,
}

impl Peak {
    /// From now on.
    ///
    /// # Errors
    ///
    /// Where the system does not let a process forget its highest mark (Linux does).
    pub fn begin() -> anyhow::Result<Self> {
        // proc_pid_clear_refs(5): 5 sets the high-water mark back to what is in memory now.
        fs::write("/proc/self/clear_refs", "5").context("could not set the highest mark of memory back")?;
        Ok(Self { before: status("VmRSS")? })
    }

    /// Bytes by which the highest moment was above the beginning.
    ///
    /// # Errors
    ///
    /// Where the system does not say.
    pub fn over(&self) -> anyhow::Result<u64> {
        Ok(status("VmHWM")?.saturating_sub(self.before))
    }
}

/// A line of this process's own status, in bytes.
fn status(name: &str) -> anyhow::Result<u64> {
    let text = fs::read_to_string("/proc/self/status").context("could not read this process's status")?;
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let kibibytes = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    Ok(kibibytes.with_context(|| format!("the status has no {name}"))? * 1024)
}

/// Ends a process at once, as a power cut would: it gets no chance to write anything.
pub fn kill(pid: u32) {
    // A process that is gone already is what the caller wants.
    let _ = Command::new("kill").args(["-KILL", &pid.to_string()]).stdout(Stdio::null()).stderr(Stdio::null()).status();
}

fn parent_of(pid: u32) -> Option<u32> {
    stat(pid).map(|(_, parent)| parent)
}

/// State and parent. The name before them may hold spaces and brackets, so it is skipped from the end.
fn stat(pid: u32) -> Option<(char, u32)> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let mut fields = stat[stat.rfind(')')? + 1..].split_whitespace();
    Some((fields.next()?.chars().next()?, fields.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_given_back_before_does_not_count() {
        let work = |bytes: usize| drop(std::hint::black_box(vec![1_u8; bytes]));
        work(200_000_000);
        let peak = Peak::begin().expect("the mark can be set back");
        work(60_000_000);
        let over = peak.over().expect("there is a mark");
        assert!((50_000_000..120_000_000).contains(&over), "{over}");
    }

    #[test]
    fn a_child_is_found_measured_and_ended() {
        let mut child = Command::new("sleep").arg("60").spawn().expect("sleep starts");
        let pid = child.id();
        assert!(descendants(std::process::id()).contains(&pid), "a child is a descendant");
        assert!(is_alive(pid));
        assert!(memory(std::process::id()) > 100_000, "a running program uses memory");
        kill(pid);
        child.wait().expect("the child can be collected");
        assert!(!is_alive(pid), "what was killed is gone");
    }
}
