//! Where this device's keys lie, and the sealed file where the system has no keyring.

use waymark_api::{
    ipc::account::{AccountView, Keeping, SealSecrets, UnlockSecrets},
    topic::Topic,
};
use waymark_sync::team::machine::Wake;

use super::account::view;
use crate::{
    App, AppError,
    ports::{Secrets, Standing, VaultError},
    secrets::with_secrets,
};

/// Makes a file that a passphrase seals and moves there what is only in memory.
///
/// # Errors
///
/// Where the passphrase is too short or the file cannot be written; nothing is moved then.
pub async fn seal_secrets(app: &App, request: SealSecrets) -> Result<AccountView, AppError> {
    change(app, move |secrets| secrets.seal(&request.passphrase.0)).await
}

/// Opens the sealed file.
///
/// # Errors
///
/// Where the passphrase is another one or the file is damaged.
pub async fn unlock_secrets(app: &App, request: UnlockSecrets) -> Result<AccountView, AppError> {
    change(app, move |secrets| secrets.unlock(&request.passphrase.0)).await
}

async fn change(
    app: &App,
    change: impl FnOnce(&dyn Secrets) -> Result<(), VaultError> + Send + 'static,
) -> Result<AccountView, AppError> {
    with_secrets(app, change).await.ok_or(AppError::Interrupted { attempt: "use the sealed file" })??;
    // What waited for the keys goes on.
    app.team().wake(Wake::Person);
    app.publish(Topic::Account);
    view(app).await
}

pub(super) fn keeping(app: &App) -> Keeping {
    match app.secrets().standing() {
        Standing::Keyring => Keeping::Keyring,
        Standing::File => Keeping::File,
        Standing::Locked => Keeping::Locked,
        Standing::Memory => Keeping::Memory,
    }
}

/// What to do where the keys cannot be read.
pub(super) fn closed(standing: Standing) -> &'static str {
    match standing {
        Standing::Locked => {
            "Your sign-in lies in the sealed file. Enter its passphrase in Settings › Account to go on sending."
        }
        Standing::Memory | Standing::Keyring | Standing::File => {
            "Your sign-in cannot be read, because the system's keyring is closed. Unlock it and press Sync now; \
             if there never was one, ask your manager for a new invite. Everything is kept here."
        }
    }
}
