//! From Rust to a wasm module and its JavaScript glue.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;

use super::{Interface, tables};
use crate::{deps, paths, progress::Step};

const TARGET: &str = "wasm32-unknown-unknown";

/// Compiles the interface and answers with the module that the compiler wrote.
pub(super) fn to_wasm(step: &mut Step, interface: &Interface, fast: bool) -> anyhow::Result<PathBuf> {
    // A folder of its own, so that this build and the shell's do not wait for each other's lock.
    let target = paths::absolute(&paths::target().join("ui"));
    let profile = if fast { "dev" } else { "wasm-release" };
    let mut cargo = paths::cargo();
    cargo.args(["rustc", "--package", interface.package, "--target", TARGET, "--profile", profile]);
    cargo.env("CARGO_TARGET_DIR", &target);
    if fast {
        // Shorter types compile faster and make a larger module, so only work on screens has them.
        cargo.env("RUSTFLAGS", "--cfg erase_components");
    }
    if interface.split {
        // For the last link only, so that what is built of the dependencies is as good as without.
        cargo.args(["--", "-Clink-arg=--emit-relocs"]);
    }
    step.run(cargo)?;
    let folder = if fast { "debug" } else { "wasm-release" };
    Ok(target.join(TARGET).join(folder).join(format!("{}.wasm", interface.package)))
}

/// Writes the JavaScript glue and the module that it loads.
pub(super) fn bind(wasm: &Path, out: &Path, interface: &Interface) -> anyhow::Result<()> {
    wasm_bindgen_cli_support::Bindgen::new()
        .input_path(wasm)
        .out_name(interface.module)
        // The parts are linked to the module's table, stack and memory, which bindgen would hide.
        .keep_lld_exports(interface.split)
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(out)
        .with_context(|| format!("bindgen could not read {}", wasm.display()))
}

/// Makes the module smaller where `wasm-opt` is installed, and says whether it did.
///
/// It is called without feature flags: with all of them on, newer versions write a module that
/// WebKitGTK 2.50 cannot read.
pub(super) fn optimise(step: &mut Step, module: &Path) -> anyhow::Result<bool> {
    if paths::program("wasm-opt").is_none() {
        deps::without(
            step,
            "wasm-opt",
            "the interface works, but is larger than it needs to be (Debian: apt-get install binaryen)",
        );
        return Ok(false);
    }
    let smaller = module.with_extension("opt");
    let mut tool = Command::new("wasm-opt");
    // Rust keeps the lowest addresses free, so short offsets need no check of their own.
    tool.args(["-Oz", "--low-memory-unused"]).arg(module).arg("-o").arg(&smaller);
    step.run(tool)?;
    let mut bytes = fs::read(&smaller).context("wasm-opt left no module")?;
    tables::mend(&mut bytes)?;
    fs::write(module, bytes).context("could not replace the module by its smaller form")?;
    fs::remove_file(&smaller)?;
    Ok(true)
}
