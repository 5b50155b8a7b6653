//! `bundle keygen FILE`: a publisher's new key.

use std::{
    fs::OpenOptions,
    io::Write as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use waymark_bundle::PrivateKey;

/// Where the key goes.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The file for the private key, which must not exist; the public one lies beside it as FILE.pub.
    file: PathBuf,
}

/// Writes both halves and prints the fingerprint.
pub(super) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let key = PrivateKey::generate().context("the system has no randomness for a key")?;
    let mut public_file = options.file.clone().into_os_string();
    public_file.push(".pub");
    let public_file = PathBuf::from(public_file);
    write_new(&options.file, &key.to_text(), Readers::Owner)?;
    write_new(&public_file, &format!("{}\n", key.public().to_text()), Readers::Everybody)?;
    println!("{}", key.public().to_text());
    println!("fingerprint {}", key.public().id());
    println!("keep {} secret; readers need {}", options.file.display(), public_file.display());
    Ok(ExitCode::SUCCESS)
}

#[derive(Clone, Copy)]
enum Readers {
    Owner,
    Everybody,
}

/// Writes a file that is not there yet; its mode is right from the first moment.
fn write_new(path: &Path, text: &str, readers: Readers) -> anyhow::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(match readers {
            Readers::Owner => 0o600,
            Readers::Everybody => 0o644,
        });
    }
    #[cfg(not(unix))]
    let _ = readers;
    let mut file = options.open(path).with_context(|| format!("could not write {}", path.display()))?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).context("could not write the key")
}
