//! Where secrets lie: a ladder of the system's keyring, a file that a passphrase seals, and memory.
//!
//! It stands alone, so that whatever touches a secret can be reviewed in full, and so that the real keyring is
//! tested without a window. Nothing is ever written in clear text, and nothing is written to a file unasked.
//!
//! **Absent on purpose:** what the secrets are for, and any other crate of ours.

mod ladder;
mod session;
mod vault;

pub use ladder::Ladder;
pub use session::SessionSecrets;
pub use vault::{SHORTEST_PASSPHRASE, VaultError};

/// How long a secret is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Until it is removed, by the system's keyring.
    ByTheSystem,
    /// Until it is removed, in the file that the person's passphrase seals.
    InTheFile,
    /// Until Waymark is closed, because no keyring is there or it is locked.
    ForThisSession,
}

/// What the ladder stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The system's keyring, which is open.
    Keyring,
    /// The sealed file, which is open.
    File,
    /// There is a sealed file, and nobody gave its passphrase yet.
    Locked,
    /// Neither: what is kept now is gone when Waymark is closed.
    Memory,
}

impl Standing {
    /// Whether what was kept earlier can be read now: a secret that is not found is not there.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Keyring | Self::File)
    }
}

/// Where secrets lie: never in the library, and never readable in a file. `get`, `set`, `remove`, `seal` and
/// `unlock` may wait for the system, so they are called where waiting is allowed.
pub trait Secrets: Send + Sync {
    /// The secret of this name, if there is one that can be had.
    fn get(&self, name: &str) -> Option<String>;
    /// Keeps a secret in place of what had its name.
    fn set(&self, name: &str, secret: &str) -> Kept;
    /// Forgets a secret.
    fn remove(&self, name: &str);
    /// What the ladder stood on when it was used last. Does not wait.
    fn standing(&self) -> Standing;
    /// Makes a sealed file and moves there what is only in memory. One that cannot be opened is replaced: what
    /// was in it is lost.
    ///
    /// # Errors
    /// Where the passphrase is too short or the file cannot be written.
    fn seal(&self, passphrase: &str) -> Result<(), VaultError>;
    /// Opens the sealed file.
    ///
    /// # Errors
    /// Where there is none, the passphrase is another one, or the file is damaged.
    fn unlock(&self, passphrase: &str) -> Result<(), VaultError>;

    /// Forgets everything outside of the keyring, and deletes the sealed file.
    ///
    /// # Errors
    /// Where the file cannot be deleted.
    fn erase(&self) -> Result<(), VaultError>;

    /// Where they lie, for people.
    fn place(&self) -> &'static str {
        match self.standing() {
            Standing::Keyring => "the system's keyring",
            Standing::File => "a file that your passphrase seals",
            Standing::Locked => "a file that your passphrase seals, and which is closed",
            Standing::Memory => "this session's memory",
        }
    }
}
