//! The generated JavaScript, without what only its generators' authors read.

use std::{fs, path::Path};

use anyhow::Context as _;

use super::files;

/// How the splitter writes the fetching of one module: before the module's name, and after it.
const FETCH: (&str, &str) = (
    "() => {\n    const src = fetch(new URL(\"./",
    ".wasm\", import.meta.url));\n    src.catch(() => {});\n    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));\n}\n",
);
/// The same, said once.
const FETCHER: &str = "const fetcher = (name) => () => {
    const src = fetch(new URL(`./${name}.wasm`, import.meta.url));
    src.catch(() => {});
    return async (imports) => WebAssembly.instantiateStreaming(src, imports);
};
";

/// Tightens every script of a folder.
pub(super) fn tighten_all(folder: &Path) -> anyhow::Result<()> {
    for file in files::list(folder)?.iter().filter(|file| file.extension().is_some_and(|found| found == "js")) {
        let path = folder.join(file);
        let source = fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
        fs::write(&path, tighten(&source)).with_context(|| format!("could not write {}", path.display()))?;
    }
    Ok(())
}

/// The same script in fewer bytes. Where a generator writes other than expected, that stays as it is.
fn tighten(source: &str) -> String {
    let source = fetch_by_one_function(source);
    // The inside of a template that spans lines belongs to the text, so such a script keeps its indentation.
    let spans = source.lines().any(|line| line.matches('`').count() % 2 == 1);
    if spans {
        return source;
    }
    let lines = source.lines().map(str::trim_start).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

fn fetch_by_one_function(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, after)) = rest.split_once(FETCH.0) {
        let Some((name, further)) = after.split_once(FETCH.1) else { break };
        out.push_str(before);
        out.push_str(&format!("fetcher(\"{name}\")"));
        rest = further;
    }
    out.push_str(rest);
    // It stands first, because the others are called while the script is evaluated; imports may follow it.
    if rest.len() == source.len() { out } else { format!("{FETCHER}{out}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_module_is_fetched_by_the_same_function() {
        let one = |name: &str| format!("const {name} = makeLoad({}{name}{}, []);\n", FETCH.0, FETCH.1);
        let script = format!("import {{ initSync }} from \"./waymark.js\";\n{}{}", one("chunk_1"), one("chunk_2"));
        let tight = tighten(&script);
        assert!(tight.contains("const chunk_1 = makeLoad(fetcher(\"chunk_1\"), []);\n"), "{tight}");
        assert!(tight.contains("const chunk_2 = makeLoad(fetcher(\"chunk_2\"), []);\n"), "{tight}");
        assert_eq!(tight.matches("instantiateStreaming").count(), 1, "{tight}");
    }

    #[test]
    fn indentation_goes_unless_it_may_be_text() {
        assert_eq!(tighten("function f() {\n\n    return `a${1}`;\n}\n"), "function f() {\nreturn `a${1}`;\n}\n");
        let template = "const a = `\n    kept`;\n";
        assert_eq!(tighten(template), template);
    }
}
