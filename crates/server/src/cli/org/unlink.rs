//! `waymark-server org unlink`: a person's account at the identity provider is taken away.

use std::process::ExitCode;

use clap::Args;
use jiff::Timestamp;

use crate::{
    cli::Place,
    store::{
        About as _,
        audit::{self, Act},
        identity, org,
    },
};

/// Whose account.
#[derive(Args)]
pub(crate) struct Unlink {
    /// The person's key in the organisation, for instance the e-mail address.
    key: String,
    #[command(flatten)]
    place: Place,
}

/// Takes the account away; the next sign-in with the person's address links another one.
pub(super) async fn run(options: Unlink, now: Timestamp) -> anyhow::Result<ExitCode> {
    let store = options.place.open().await?;
    let mut tx = store.begin().await?;
    let Some(person) = org::find_by_key_in(&mut tx, &options.key.to_lowercase()).await? else {
        println!("nobody has the key {}; `waymark-server org list` shows who there is", options.key);
        return Ok(ExitCode::FAILURE);
    };
    let accounts = identity::unlink(&mut tx, &person.id).await?;
    let object = format!("p:{}", person.id);
    let act = Act { actor: "cli", action: "identity.unlinked", object: &object, outcome: "done" };
    audit::append(&mut tx, now, &act).await?;
    tx.commit().await.about("an account at the identity provider")?;
    println!("{accounts} taken away; sessions stay, and are ended in Settings or by `DELETE /v1/sessions/{{id}}`");
    Ok(ExitCode::SUCCESS)
}
