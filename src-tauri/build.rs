//! Points tauri-build at `src-tauri/`, because the Tauri package is the repository root.

use std::{fs, path::Path};

use tauri_build::{AppManifest, Attributes};

fn main() {
    // Custom ACL folders are not watched by tauri-build, and a rebuilt interface is not noticed by
    // the macro that embeds it.
    for path in ["src-tauri/capabilities", "src-tauri/permissions", "src-ui/dist"] {
        println!("cargo::rerun-if-changed={path}");
    }
    ensure_interface_exists();
    let attributes = Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*.json")
        .app_manifest(AppManifest::new().permissions_path_pattern("./src-tauri/permissions/**/*.toml"));
    tauri_build::try_build(attributes).expect("tauri-build could not read the shell's configuration");
}

/// Lets a fresh clone compile before the interface has been built.
fn ensure_interface_exists() {
    let index = Path::new("src-ui/dist/index.html");
    if !index.exists() {
        fs::create_dir_all("src-ui/dist").expect("src-ui/dist can be created");
        fs::write(
            index,
            "<!-- placeholder --><p>The interface is not built yet: run <code>cargo xtask run</code>.</p>",
        )
        .expect("the placeholder page can be written");
    }
}
