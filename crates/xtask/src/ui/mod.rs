//! The interface: Rust compiled to wasm, its page, its styles, laid out as the shell embeds them.

mod compile;
mod files;
mod glue;
mod sizes;
mod split;
mod stamp;
mod styles;
mod tables;

pub(crate) use sizes::{Sizes, WASM_BUDGET};

use std::{fs::File, path::Path};

use anyhow::Context as _;
use clap::Args;

use self::split::Cut;
use crate::{deps, paths, progress::step};

/// How the interface is built.
#[derive(Args, Clone, Copy, Default)]
pub(crate) struct Options {
    /// Skips optimisation, for work on screens: quicker to build, several times as large.
    #[arg(long)]
    pub(crate) fast: bool,
    /// Builds the page of the bare window instead.
    #[arg(long)]
    pub(crate) floor: bool,
}

/// A page with its wasm: what it is built from and where it goes.
pub(crate) struct Interface {
    /// The cargo package.
    package: &'static str,
    /// The base name of the wasm module and its glue.
    module: &'static str,
    /// The folder with `index.html`, `boot.js`, `styles/` and, where there are any, `assets/`.
    page: &'static str,
    /// Everything else that the result depends on.
    code: &'static [&'static str],
    /// The folder that the shell embeds.
    dist: &'static str,
    /// Whether it says where it can be cut into parts, and is.
    split: bool,
    /// Whether the sizes are of interest.
    weighed: bool,
}

impl Interface {
    /// The file name of the module that the start loads.
    fn main(&self) -> String {
        format!("{}_bg.wasm", self.module)
    }
}

/// Waymark's interface.
pub(crate) const WAYMARK: Interface = Interface {
    package: "waymark-ui",
    module: "waymark",
    page: "src-ui",
    code: &[".cargo", "crates/core", "crates/api", "crates/xtask/src/ui", "Cargo.lock", "Cargo.toml"],
    dist: "src-ui/dist",
    split: true,
    weighed: true,
};

/// The page of the bare window.
pub(crate) const FLOOR: Interface = Interface {
    package: "waymark-floor-ui",
    module: "floor",
    page: "tests/floor/ui",
    code: &[".cargo", "crates/xtask/src/ui", "Cargo.lock", "Cargo.toml"],
    dist: "tests/floor/dist",
    split: false,
    weighed: false,
};

/// `cargo xtask ui`
pub(crate) fn run(options: Options) -> anyhow::Result<()> {
    deps::ensure(deps::Need::Build)?;
    build(if options.floor { &FLOOR } else { &WAYMARK }, options.fast)?.judge()
}

/// Builds an interface into its `dist`, unless it is there already, and says what it weighs. Whether
/// that is too much is for the caller to judge: an app over its budget can still be run and looked at.
pub(crate) fn build(interface: &Interface, fast: bool) -> anyhow::Result<Sizes> {
    let title = if interface.weighed { "building the interface" } else { "building the floor's page" };
    let measured = step(title, "mend what is said above, then run `cargo xtask ui` again", |step| {
        let work = paths::target().join("xtask").join(interface.package);
        std::fs::create_dir_all(&work)?;
        // Two builds at a time would write into the same folders.
        let lock = File::create(work.join("lock")).context("could not make the build's lock file")?;
        lock.lock().context("could not wait for another build of the interface")?;

        let page = Path::new(interface.page);
        anyhow::ensure!(page.join("index.html").exists(), "{} has no index.html", page.display());
        let stamp = stamp::of(interface, fast)?;
        let dist = Path::new(interface.dist);
        if stamp::is_current(&work, dist, interface.module, &stamp) {
            step.note("nothing has changed since the last build");
            return Sizes::recorded(&work);
        }
        let stage = work.join("stage");
        files::recreate(&stage)?;
        let wasm = compile::to_wasm(step, interface, fast)?;
        let cut = if interface.split { split::apart(&wasm, &stage, interface.module)? } else { Cut::whole(wasm) };
        compile::bind(&cut.main, &stage, interface)?;
        let main = stage.join(interface.main());
        let before = std::fs::metadata(&main).context("bindgen left no module")?.len();
        let mut optimised = !fast;
        for module in std::iter::once(&main).chain(&cut.modules) {
            optimised = optimised && compile::optimise(step, module)?;
        }
        if optimised {
            glue::tighten_all(&stage)?;
        }
        std::fs::copy(page.join("index.html"), stage.join("index.html"))?;
        std::fs::copy(page.join("boot.js"), stage.join("boot.js")).context("the page has no boot.js")?;
        std::fs::write(stage.join("app.css"), styles::bundle(&page.join("styles/app.css"))?)?;
        if page.join("assets").exists() {
            files::copy_all(&page.join("assets"), &stage.join("assets"))?;
        }
        files::mirror(&stage, dist)?;
        let sizes = Sizes::measure(dist, &interface.main(), before, cut.parts, optimised)?;
        sizes.record(&work)?;
        stamp::write(&work, &stamp)?;
        Ok(sizes)
    })?;
    if interface.weighed {
        measured.print();
    }
    Ok(measured)
}
