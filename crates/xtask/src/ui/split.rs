//! Cuts a module into what the start needs and the parts that are fetched later.
//!
//! The cuts are where the interface says `wasm_split`. What several parts need and the start does not
//! becomes a chunk of its own. The splitter moves code around, so it reads the linker's relocations and
//! symbol names; both are gone from what it writes.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;

/// The glue that fetches the parts; the module's own glue imports it under this name.
const LOADERS: &str = "./parts.js";

/// What a module was cut into.
pub(super) struct Cut {
    /// The module of the start, for bindgen to read.
    pub(super) main: PathBuf,
    /// All further modules; bindgen has nothing to do in them.
    pub(super) modules: Vec<PathBuf>,
    /// The files that each part consists of, without their extension.
    pub(super) parts: BTreeMap<String, Vec<String>>,
}

impl Cut {
    /// A module without parts.
    pub(super) fn whole(main: PathBuf) -> Self {
        Self { main, modules: Vec::new(), parts: BTreeMap::new() }
    }
}

/// Cuts `wasm`: the parts and their glue go into `stage`, the start's module beside it.
pub(super) fn apart(wasm: &Path, stage: &Path, module: &str) -> anyhow::Result<Cut> {
    let input = fs::read(wasm).with_context(|| format!("could not read {}", wasm.display()))?;
    let main = stage.with_file_name(format!("{module}.wasm"));
    let glue = format!("./{module}.js");
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = stage;
    options.main_out_path = &main;
    options.main_module = &glue;
    options.link_name = LOADERS;
    // Its errors are of another family than ours, so their chain is kept as text.
    let cut = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow::anyhow!("{error:#}"))
        .with_context(|| format!("could not cut {} into parts", wasm.display()))?;
    Ok(Cut { main, modules: cut.split_modules, parts: cut.prefetch_map.into_iter().collect() })
}
