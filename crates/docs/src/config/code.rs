//! `pymdownx.highlight`: what is said about code beyond how it looks.

use serde::{Deserialize, Serialize};

use super::yaml::Node;

/// What holds for all code blocks of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CodeSettings {
    /// Whether a block without a title has its language's name as one (`auto_title`).
    pub titles: bool,
    /// Other titles for names of languages (`auto_title_map`).
    pub renamed: Vec<(String, String)>,
    /// The language of blocks that name none, lower case (`default_lang`).
    pub language: String,
}

impl CodeSettings {
    /// No settings at all.
    pub(crate) const PLAIN: Self = Self { titles: false, renamed: Vec::new(), language: String::new() };

    /// The title of a block in this language that has none of its own.
    pub(crate) fn title(&self, language: &str) -> Option<String> {
        let name = language_name(language).filter(|_| self.titles)?;
        let own = self.renamed.iter().find(|(known, _)| known == name);
        Some(own.map_or(name, |(_, title)| title).to_owned()).filter(|title| !title.trim().is_empty())
    }
}

/// Reads the extension's settings.
pub(super) fn read(options: &Node) -> CodeSettings {
    let text = |key: &str| options.get(key).and_then(Node::text).unwrap_or_default();
    let renamed = options.get("auto_title_map").map_or(&[][..], Node::entries);
    let renamed = renamed.iter().filter_map(|(name, title)| Some((name.clone(), title.text()?.to_owned())));
    CodeSettings {
        titles: text("auto_title").eq_ignore_ascii_case("true"),
        renamed: renamed.collect(),
        language: text("default_lang").trim().to_lowercase(),
    }
}

/// The names that Pygments has for languages, by what fences call them.
#[rustfmt::skip]
const NAMES: &[(&[&str], &str)] = &[
    (&["python", "py", "python3", "py3"], "Python"), (&["pycon", "python-console"], "Python Console Session"),
    (&["bash", "sh", "zsh", "shell", "ksh"], "Bash"), (&["console", "shell-session"], "Bash Session"),
    (&["yaml", "yml"], "YAML"), (&["json"], "JSON"), (&["json5"], "JSON5"), (&["toml"], "TOML"),
    (&["ini", "cfg", "dosini"], "INI"), (&["js", "javascript"], "JavaScript"), (&["jsx"], "JSX"),
    (&["ts", "typescript"], "TypeScript"), (&["tsx"], "TSX"), (&["html"], "HTML"), (&["css"], "CSS"),
    (&["scss"], "SCSS"), (&["sass"], "Sass"), (&["less"], "LessCss"), (&["xml"], "XML"), (&["java"], "Java"),
    (&["kotlin"], "Kotlin"), (&["go", "golang"], "Go"), (&["rust", "rs"], "Rust"), (&["c"], "C"),
    (&["cpp", "c++"], "C++"), (&["csharp", "c#", "cs"], "C#"), (&["fsharp", "f#"], "F#"), (&["sql"], "SQL"),
    (&["mysql"], "MySQL"), (&["diff", "udiff"], "Diff"), (&["docker", "dockerfile"], "Docker"),
    (&["make", "makefile", "mf"], "Makefile"), (&["md", "markdown"], "Markdown"), (&["php"], "PHP"),
    (&["ruby", "rb"], "Ruby"), (&["swift"], "Swift"), (&["scala"], "Scala"), (&["perl", "pl"], "Perl"),
    (&["powershell", "ps1", "posh"], "PowerShell"), (&["jinja", "django"], "Django/Jinja"),
    (&["nginx"], "Nginx Configuration File"), (&["terraform", "tf", "hcl"], "Terraform"), (&["graphql"], "GraphQL"),
    (&["lua"], "Lua"), (&["r"], "S"), (&["groovy"], "Groovy"), (&["properties"], "Properties"),
    (&["proto", "protobuf"], "Protocol Buffer"), (&["http"], "HTTP"), (&["rst", "rest"], "reStructuredText"),
    (&["vim"], "VimL"), (&["cmake"], "CMake"), (&["bat", "batch", "dosbatch"], "Batchfile"), (&["dart"], "Dart"),
    (&["elixir", "ex"], "Elixir"), (&["erlang"], "Erlang"), (&["haskell", "hs"], "Haskell"),
    (&["clojure", "clj"], "Clojure"), (&["julia", "jl"], "Julia"), (&["matlab"], "Matlab"),
    (&["objective-c", "objectivec"], "Objective-C"), (&["latex", "tex"], "TeX"), (&["vue"], "Vue"), (&["nix"], "Nix"),
    (&["puppet"], "Puppet"), (&["rego"], "Rego"), (&["promql"], "PromQL"), (&["awk", "gawk"], "Awk"),
    (&["sed"], "Sed"), (&["jsonnet"], "Jsonnet"), (&["text"], "Text Only"),
];

fn language_name(language: &str) -> Option<&'static str> {
    NAMES.iter().find(|(names, _)| names.contains(&language)).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::yaml::parse;

    #[test]
    fn code_has_its_language_as_title_where_a_site_wants_it() {
        let check = |text: &str| read(&parse(text).expect("it is YAML"));
        assert_eq!(check("linenums: true"), CodeSettings::PLAIN);
        let code = check("auto_title: true\nauto_title_map: {Python Console Session: Python, Bash: ''}");
        assert_eq!(code.title("py").as_deref(), Some("Python"));
        assert_eq!(code.title("pycon").as_deref(), Some("Python"));
        assert_eq!((code.title("sh"), code.title("no-such-language")), (None, None));
        assert_eq!(CodeSettings::PLAIN.title("py"), None);
        assert_eq!(check("default_lang: Python").language, "python");
    }
}
