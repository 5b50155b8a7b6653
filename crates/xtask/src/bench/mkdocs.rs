//! MkDocs as TechDocs runs it, from `PyPI`, in an environment of its own under `target/tools`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::Context as _;

use crate::{
    paths,
    progress::{Step, step},
};

/// The version that the pinned Backstage release builds sites with.
const REQUIREMENTS: &str = "tests/backstage/requirements.txt";

/// Milliseconds for one site; the error says why it could not be built.
pub(super) fn build(site: &Path) -> anyhow::Result<f64> {
    step("building one of the sites with MkDocs", "it is only compared with; the other figures stand", |step| {
        // What is only compared with must not end the bench.
        let took = installed(step).and_then(|program| timed(step, &program, site));
        if let Err(why) = &took {
            step.note(&format!("SKIPPED: MkDocs was not measured: {why:#}"));
        }
        Ok(took)
    })?
}

fn installed(step: &mut Step) -> anyhow::Result<PathBuf> {
    let venv = paths::absolute(&paths::target().join("tools/mkdocs"));
    let (program, marker) = (venv.join("bin/mkdocs"), venv.join("installed.txt"));
    let wanted = fs::read_to_string(REQUIREMENTS).with_context(|| format!("could not read {REQUIREMENTS}"))?;
    if program.is_file() && fs::read_to_string(&marker).is_ok_and(|there| there == wanted) {
        return Ok(program);
    }
    let mut python = Command::new("python3");
    python.args(["-m", "venv"]).arg(&venv);
    step.run(python).context("python3 with venv is missing")?;
    let mut pip = Command::new(venv.join("bin/pip"));
    pip.args(["install", "--quiet", "--requirement", REQUIREMENTS]);
    step.run(pip).context("PyPI did not give it")?;
    fs::write(&marker, wanted)?;
    Ok(program)
}

/// Builds by a configuration of our own: the site's own may name extensions that are not installed.
fn timed(step: &mut Step, program: &Path, site: &Path) -> anyhow::Result<f64> {
    let folder = paths::absolute(&paths::target().join("bench/mkdocs"));
    // It is not there the first time.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let config = folder.join("mkdocs.yml");
    let docs = paths::absolute(&site.join("docs"));
    fs::write(&config, format!("site_name: Site\ndocs_dir: {}\nplugins:\n- techdocs-core\n", docs.display()))?;
    let mut mkdocs = Command::new(program);
    mkdocs.args(["build", "--quiet", "--config-file"]).arg(&config).arg("--site-dir").arg(folder.join("site"));
    let begin = Instant::now();
    step.run(mkdocs)?;
    Ok(begin.elapsed().as_secs_f64() * 1000.0)
}
