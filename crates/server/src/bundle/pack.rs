//! `bundle pack DIR FILE`: a folder's content as one file.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail};
use jiff::civil::Date;
use waymark_bundle::{About, Format, INDEX_FILE, Index, PackError, Signing, pack};

use super::{keys, tree};

/// What to pack, and as what.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The folder. A `bundle.json` in it may give name, version, sequence and day of expiry.
    dir: PathBuf,
    /// The bundle to write: `.tar.gz`, `.tar.zst` or `.zip`.
    file: PathBuf,
    /// Signs with this private key.
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// A key that signed earlier versions and now speaks for the new one; may be given more than once.
    #[arg(long, value_name = "FILE", requires = "key")]
    older_key: Vec<PathBuf>,
    /// The bundle's name; else that of `bundle.json`, else the folder's.
    #[arg(long)]
    name: Option<String>,
    /// The version in words; else that of `bundle.json`, else the sequence.
    #[arg(long)]
    label: Option<String>,
    /// A number above that of the version before; else that of `bundle.json`, else 1.
    #[arg(long)]
    sequence: Option<u64>,
    /// The day after which readers hear that there should be a newer version.
    #[arg(long, value_name = "YYYY-MM-DD")]
    expires: Option<Date>,
}

/// Writes the bundle and prints what is in it; the exit code is 1 when a rule is in the way.
pub(super) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let name = options.file.file_name().unwrap_or_default().to_string_lossy();
    let Some(format) = Format::of_name(&name) else { bail!("a bundle's name ends with .tar.gz, .tar.zst or .zip") };
    let about = about(options)?;
    let tree = tree::list(&options.dir, &options.file)?;
    tree.left_out.iter().for_each(|line| eprintln!("left out: {line}"));
    if !tree.broken.is_empty() {
        tree.broken.iter().for_each(|refusal| println!("{refusal}"));
        return Ok(ExitCode::FAILURE);
    }
    let key = options.key.as_deref().map(keys::private_key).transpose()?;
    let older = options.older_key.iter().map(|path| keys::private_key(path)).collect::<anyhow::Result<Vec<_>>>()?;
    let signing = key.as_ref().map(|key| Signing { key, older: &older });
    let read = |path: &str| tree::read(&options.dir, path);
    let archive = match pack(&tree.paths, read, &about, format, signing.as_ref()) {
        Ok(archive) => archive,
        Err(PackError::Refused(refusal)) => {
            println!("{refusal}");
            return Ok(ExitCode::FAILURE);
        }
        Err(error) => return Err(error.into()),
    };
    write(&options.file, &archive)?;
    let signed = key.map_or_else(|| "not signed".to_owned(), |key| format!("signed by {}", key.public().id()));
    println!(
        "{} {}, sequence {}: {} files, {} bytes, {signed}",
        about.name,
        about.version,
        about.sequence,
        tree.paths.len(),
        archive.len()
    );
    Ok(ExitCode::SUCCESS)
}

/// The words of the command line before those of `bundle.json`, and those before what can be guessed.
fn about(options: &Options) -> anyhow::Result<About> {
    let path = options.dir.join(INDEX_FILE);
    let written = match fs::read(&path) {
        Ok(bytes) => Some(Index::parse(&bytes).with_context(|| format!("could not use {}", path.display()))?),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(error).with_context(|| format!("could not read {}", path.display())),
    };
    let sequence = options.sequence.or(written.as_ref().and_then(|index| index.sequence)).unwrap_or(1);
    let name = options.name.clone().or(written.as_ref().map(|index| index.name.clone()));
    let version = options.label.clone().or(written.as_ref().map(|index| index.version.clone()));
    Ok(About {
        name: name.map_or_else(|| tree::folder_name(&options.dir), Ok)?,
        version: version.unwrap_or_else(|| sequence.to_string()),
        sequence,
        expires: options.expires.or(written.and_then(|index| index.expires)),
    })
}

/// Writes beside the old file and takes its place, so that there is always a whole one.
fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut temporary = path.as_os_str().to_owned();
    temporary.push(".tmp");
    let temporary = PathBuf::from(temporary);
    let failed = || format!("could not write {}", path.display());
    fs::write(&temporary, bytes).with_context(failed)?;
    fs::rename(&temporary, path).with_context(failed)
}
