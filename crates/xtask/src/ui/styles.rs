//! One style sheet out of many: every `@import` of `app.css` is put in its place.
//!
//! The window then loads one file instead of a chain of them, and the order of the layers stays
//! what the first line of `app.css` says.

use std::{fs, path::Path};

use anyhow::{Context as _, bail};

/// The style sheet with everything that it imports, without comments.
pub(super) fn bundle(sheet: &Path) -> anyhow::Result<String> {
    inline(sheet, 0)
}

fn inline(sheet: &Path, depth: u8) -> anyhow::Result<String> {
    anyhow::ensure!(depth < 8, "{} imports itself", sheet.display());
    let source = fs::read_to_string(sheet).with_context(|| format!("could not read {}", sheet.display()))?;
    let folder = sheet.parent().unwrap_or(Path::new("."));
    let mut out = String::new();
    for line in without_comments(&source).lines() {
        let line = line.trim_end();
        if let Some(rule) = line.trim_start().strip_prefix("@import ") {
            let import = Import::parse(rule).with_context(|| format!("{}: cannot read `{line}`", sheet.display()))?;
            let imported = inline(&folder.join(import.path), depth + 1)?;
            out.push_str(&import.wrap(&imported));
        } else if !line.is_empty() {
            out.push_str(line);
            out.push('\n');
        }
    }
    Ok(out)
}

/// One import: `"kit/button.css" layer(kit) print;`
#[derive(Debug, PartialEq)]
struct Import<'a> {
    path: &'a str,
    layer: Option<&'a str>,
    media: &'a str,
}

impl<'a> Import<'a> {
    fn parse(rule: &'a str) -> anyhow::Result<Self> {
        let rule = rule.trim().strip_suffix(';').context("an import ends with a semicolon on its own line")?.trim();
        let rule = match rule.strip_prefix("url(") {
            Some(rest) => rest,
            None => rule,
        };
        let quote = rule.chars().next().filter(|c| matches!(c, '"' | '\'')).context("the path is in quotes")?;
        let (path, rest) = rule[1..].split_once(quote).context("the path's quote is closed")?;
        let rest = rest.trim_start_matches(')').trim();
        if path.contains("://") || path.starts_with('/') {
            bail!("only files beside this one can be imported");
        }
        let (layer, media) = match rest.strip_prefix("layer(") {
            Some(rest) => {
                let (layer, media) = rest.split_once(')').context("the layer's bracket is closed")?;
                (Some(layer.trim()), media.trim())
            }
            None => (None, rest),
        };
        Ok(Self { path, layer, media })
    }

    fn wrap(&self, imported: &str) -> String {
        let mut out = imported.to_owned();
        if let Some(layer) = self.layer {
            out = format!("@layer {layer} {{\n{out}}}\n");
        }
        if !self.media.is_empty() {
            out = format!("@media {} {{\n{out}}}\n", self.media);
        }
        out
    }
}

/// Removes comments, and leaves what stands in quotes alone.
fn without_comments(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let (mut rest, mut quote) = (source, None);
    while let Some(c) = rest.chars().next() {
        if quote.is_none() && rest.starts_with("/*") {
            rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
            continue;
        }
        let mut length = c.len_utf8();
        match (quote, c) {
            (Some(_), '\\') => length += rest[length..].chars().next().map_or(0, char::len_utf8),
            (Some(open), _) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            _ => {}
        }
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_names_a_file_a_layer_and_media() {
        let parsed = |rule| Import::parse(rule).expect("a well-formed import");
        assert_eq!(parsed("\"tokens.css\";"), Import { path: "tokens.css", layer: None, media: "" });
        assert_eq!(parsed("url('kit/a.css') layer(kit);"), Import { path: "kit/a.css", layer: Some("kit"), media: "" });
        assert_eq!(
            parsed("\"p.css\" layer(base) print;"),
            Import { path: "p.css", layer: Some("base"), media: "print" }
        );
        assert!(Import::parse("\"https://example.org/a.css\";").is_err(), "nothing comes from the network");
        assert!(Import::parse("tokens.css;").is_err(), "a path without quotes is a slip");
    }

    #[test]
    fn imports_take_their_place_in_their_layer() {
        let folder = std::env::temp_dir().join(format!("waymark-styles-{}", std::process::id()));
        fs::create_dir_all(folder.join("kit")).expect("a temporary folder");
        let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("a temporary file");
        write(
            "app.css",
            "/* order */\n@layer tokens, kit;\n@import \"tokens.css\" layer(tokens);\n@import \"kit/all.css\" layer(kit);\n",
        );
        write("tokens.css", ":root { --a: 1; }\n");
        write("kit/all.css", "@import \"button.css\";\n.b { color: red }\n");
        write("kit/button.css", ".a { content: \"/* kept */\" }\n");
        let bundled = bundle(&folder.join("app.css")).expect("every import exists");
        assert_eq!(
            bundled,
            "@layer tokens, kit;\n@layer tokens {\n:root { --a: 1; }\n}\n@layer kit {\n.a { content: \"/* kept */\" }\n.b { color: red }\n}\n"
        );
        fs::remove_dir_all(&folder).expect("the temporary folder goes");
    }

    #[test]
    fn comments_go_and_strings_stay() {
        assert_eq!(
            without_comments("a /* b */ c \"/* d */\" 'e\\'/* f */' /* open"),
            "a  c \"/* d */\" 'e\\'/* f */' "
        );
    }
}
