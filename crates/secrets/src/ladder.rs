//! The ladder: keyring, sealed file, memory.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU8, Ordering},
    },
};

use keyring::{Entry, Error};

use crate::{Kept, Secrets, SessionSecrets, Standing, VaultError, vault::Opener};

/// Name of the entry that is written and removed to learn whether a keyring takes secrets.
const PROBE: &str = "waymark-probe";
/// Stands for [`Keyring::Unknown`].
const UNKNOWN: u8 = 2;

/// How the keyring stood when it was asked last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keyring {
    /// Nobody asked yet.
    Unknown,
    /// It takes and gives secrets.
    Open,
    /// It is locked, or there is none.
    Closed,
}

fn takes_secrets(service: &str) -> bool {
    let Ok(entry) = Entry::new(service, PROBE) else { return false };
    let taken = entry.set_password("1");
    if let Err(error) = &taken {
        tracing::info!(%error, "the system's keyring takes no secrets");
        return false;
    }
    if let Err(error) = entry.delete_credential() {
        tracing::debug!(%error, "the probe stays in the keyring");
    }
    true
}

/// Secrets in the best place that is there.
pub struct Ladder {
    /// The name under which the keyring's own window shows them; `None` where it must not be touched.
    service: Option<&'static str>,
    file: PathBuf,
    /// How the keyring stood when it was asked last.
    keyring: AtomicU8,
    vault: Mutex<Option<Vault>>,
    session: SessionSecrets,
}

/// A sealed file that is open.
struct Vault {
    opener: Opener,
    secrets: BTreeMap<String, String>,
}

impl std::fmt::Debug for Ladder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ladder").field("service", &self.service).field("file", &self.file).finish_non_exhaustive()
    }
}

impl Ladder {
    /// The system's keyring under a service's name, and `file` where the person wants a sealed one.
    pub fn new(service: &'static str, file: PathBuf) -> Self {
        Self::of(Some(service), file)
    }

    /// Without the keyring, for machines that have none and for tests, which must not touch the person's.
    pub fn without_keyring(file: PathBuf) -> Self {
        Self::of(None, file)
    }

    fn of(service: Option<&'static str>, file: PathBuf) -> Self {
        let keyring = AtomicU8::new(if service.is_some() { UNKNOWN } else { false.into() });
        Self { service, file, keyring, vault: Mutex::new(None), session: SessionSecrets::default() }
    }

    /// Asks the keyring; `None` where there is none that is open.
    fn ask<T>(&self, name: &str, ask: impl FnOnce(&Entry) -> keyring::Result<T>) -> Option<Result<T, Error>> {
        let service = self.service?;
        let answer = Entry::new(service, name).and_then(|entry| ask(&entry));
        let is_open = match &answer {
            Ok(_) | Err(Error::BadEncoding(_) | Error::TooLong(..) | Error::Ambiguous(_)) => true,
            // A keyring that was never unlocked knows no entries either; only writing tells the two apart.
            Err(Error::NoEntry) => self.keyring() == Keyring::Open || takes_secrets(service),
            Err(error) => {
                tracing::info!(%error, "the system's keyring cannot be used");
                false
            }
        };
        self.keyring.store(is_open.into(), Ordering::Relaxed);
        is_open.then_some(answer)
    }

    fn keyring(&self) -> Keyring {
        match self.keyring.load(Ordering::Relaxed) {
            0 => Keyring::Closed,
            1 => Keyring::Open,
            _ => Keyring::Unknown,
        }
    }

    fn vault(&self) -> MutexGuard<'_, Option<Vault>> {
        self.vault.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the open file; `false` where there is none or it cannot be written.
    fn change(&self, change: impl FnOnce(&mut BTreeMap<String, String>)) -> bool {
        let mut vault = self.vault();
        let Some(Vault { opener, secrets }) = vault.as_mut() else { return false };
        let mut next = secrets.clone();
        change(&mut next);
        if next == *secrets {
            return true;
        }
        match opener.write(&self.file, &next) {
            Ok(()) => {
                *secrets = next;
                true
            }
            Err(error) => {
                tracing::warn!(%error, "the sealed file cannot be written");
                false
            }
        }
    }

    /// Opens `vault` for use, with what is only in memory.
    fn adopt(&self, opener: Opener, mut secrets: BTreeMap<String, String>) -> Result<(), VaultError> {
        let newer = self.session.take_all();
        secrets.extend(newer.clone());
        if let Err(error) = opener.write(&self.file, &secrets) {
            self.session.put_all(newer);
            return Err(error);
        }
        *self.vault() = Some(Vault { opener, secrets });
        Ok(())
    }
}

impl Secrets for Ladder {
    fn get(&self, name: &str) -> Option<String> {
        // Memory holds what is newer than the other places, and could not be put there.
        let near = self.session.get(name).or_else(|| self.vault().as_ref()?.secrets.get(name).cloned());
        near.or_else(|| self.ask(name, Entry::get_password)?.ok())
    }

    fn set(&self, name: &str, secret: &str) -> Kept {
        if let Some(Ok(())) = self.ask(name, |entry| entry.set_password(secret)) {
            self.session.remove(name);
            self.change(|secrets| drop(secrets.remove(name)));
            return Kept::ByTheSystem;
        }
        if self.change(|secrets| drop(secrets.insert(name.to_owned(), secret.to_owned()))) {
            self.session.remove(name);
            return Kept::InTheFile;
        }
        self.session.set(name, secret)
    }

    fn remove(&self, name: &str) {
        self.session.remove(name);
        self.change(|secrets| drop(secrets.remove(name)));
        if let Some(Err(error)) = self.ask(name, Entry::delete_credential) {
            tracing::debug!(%error, "the keyring has no such secret");
        }
    }

    fn standing(&self) -> Standing {
        // Until it was asked, a keyring is taken for open.
        if self.keyring() != Keyring::Closed {
            Standing::Keyring
        } else if self.vault().is_some() {
            Standing::File
        } else if self.file.exists() {
            Standing::Locked
        } else {
            Standing::Memory
        }
    }

    fn erase(&self) -> Result<(), VaultError> {
        self.session.erase()?;
        *self.vault() = None;
        match std::fs::remove_file(&self.file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(VaultError::Disk(error)),
            _ => Ok(()),
        }
    }

    fn seal(&self, passphrase: &str) -> Result<(), VaultError> {
        let before = self.vault().as_ref().map(|vault| vault.secrets.clone());
        self.adopt(Opener::new(passphrase)?, before.unwrap_or_default())
    }

    fn unlock(&self, passphrase: &str) -> Result<(), VaultError> {
        let (opener, secrets) = Opener::open(&self.file, passphrase)?;
        self.adopt(opener, secrets)
    }
}
