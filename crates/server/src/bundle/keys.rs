//! Keys from files and from the command line.

use std::{fs, path::Path};

use anyhow::{Context, bail};
use waymark_bundle::{PrivateKey, PublicKey};

/// Which keys count, and whether there must be one.
#[derive(clap::Args)]
pub(super) struct TrustArgs {
    /// A public key, or a file with one on each line; may be given more than once. Without any, every
    /// signature that holds is let in, and its fingerprint is printed to be compared.
    #[arg(long = "trust", value_name = "KEY_OR_FILE")]
    trust: Vec<String>,
    /// Lets in a bundle without signature, also one whose index has only name and version.
    #[arg(long)]
    pub(super) allow_unsigned: bool,
}

impl TrustArgs {
    /// The trusted keys.
    pub(super) fn keys(&self) -> anyhow::Result<Vec<PublicKey>> {
        let mut keys = Vec::new();
        for one in &self.trust {
            if let Ok(key) = PublicKey::parse(one) {
                keys.push(key);
                continue;
            }
            let text = fs::read_to_string(one).with_context(|| format!("could not read the trusted keys in {one}"))?;
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
            let before = keys.len();
            for line in lines {
                keys.push(PublicKey::parse(line).with_context(|| format!("{one} has a line that is no public key"))?);
            }
            if keys.len() == before {
                bail!("{one} has no public key in it");
            }
        }
        Ok(keys)
    }
}

/// Reads a private key's file.
pub(super) fn private_key(path: &Path) -> anyhow::Result<PrivateKey> {
    let text = fs::read_to_string(path).with_context(|| format!("could not read the key {}", path.display()))?;
    PrivateKey::parse(&text).with_context(|| format!("{} is no private key", path.display()))
}
