//! Builds the bare window's context, also before its page has been built.

use std::{fs, path::Path};

fn main() {
    // The macro that embeds the page does not notice a rebuilt one.
    println!("cargo::rerun-if-changed=dist");
    let index = Path::new("dist/index.html");
    if !index.exists() {
        fs::create_dir_all("dist").expect("the floor's dist folder can be created");
        fs::write(index, "<!-- placeholder --><p>Run <code>cargo xtask build --floor</code>.</p>")
            .expect("the placeholder page can be written");
    }
    tauri_build::build();
}
