//! The last rung: memory.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::{Kept, Secrets, Standing, VaultError};

/// Secrets in memory: what is left where the system keeps none.
#[derive(Default)]
pub struct SessionSecrets(Mutex<BTreeMap<String, String>>);

impl fmt::Debug for SessionSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionSecrets(…)")
    }
}

impl SessionSecrets {
    /// All of them, for a better place.
    pub(crate) fn take_all(&self) -> BTreeMap<String, String> {
        std::mem::take(&mut *self.map())
    }

    pub(crate) fn put_all(&self, all: BTreeMap<String, String>) {
        self.map().extend(all);
    }

    fn map(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Secrets for SessionSecrets {
    fn get(&self, name: &str) -> Option<String> {
        self.map().get(name).cloned()
    }

    fn set(&self, name: &str, secret: &str) -> Kept {
        self.map().insert(name.to_owned(), secret.to_owned());
        Kept::ForThisSession
    }

    fn remove(&self, name: &str) {
        self.map().remove(name);
    }

    fn standing(&self) -> Standing {
        Standing::Memory
    }

    fn erase(&self) -> Result<(), VaultError> {
        self.map().clear();
        Ok(())
    }

    fn seal(&self, _passphrase: &str) -> Result<(), VaultError> {
        Err(VaultError::NoFile)
    }

    fn unlock(&self, _passphrase: &str) -> Result<(), VaultError> {
        Err(VaultError::NoFile)
    }
}
