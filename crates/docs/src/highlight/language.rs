//! Names of languages: what authors write, what the grammars are called, what the reader sees.

/// Alias, the grammar's token, and the name to show; an empty token means that there is no grammar.
#[rustfmt::skip]
const KNOWN: &[(&str, &str, &str)] = &[
    ("bash", "bash", "Shell"), ("sh", "bash", "Shell"), ("shell", "bash", "Shell"), ("zsh", "bash", "Shell"),
    ("ksh", "bash", "Shell"), ("bat", "bat", "Batch"), ("c", "c", "C"), ("c++", "cpp", "C++"), ("cpp", "cpp", "C++"),
    ("cmd", "bat", "Batch"), ("console", "bash", "Console"), ("shell-session", "bash", "Console"),
    ("shellsession", "bash", "Console"), ("terminal", "bash", "Console"), ("cs", "cs", "C#"), ("csharp", "cs", "C#"),
    ("css", "css", "CSS"), ("diff", "diff", "Diff"), ("patch", "diff", "Diff"), ("docker", "dockerfile", "Dockerfile"),
    ("dockerfile", "dockerfile", "Dockerfile"), ("env", "dotenv", "Environment"), ("dotenv", "dotenv", "Environment"),
    ("go", "go", "Go"), ("golang", "go", "Go"), ("graphql", "graphql", "GraphQL"), ("groovy", "groovy", "Groovy"),
    ("jenkinsfile", "groovy", "Groovy"), ("hcl", "tf", "HCL"), ("terraform", "tf", "Terraform"), ("tf", "tf", "Terraform"),
    ("helm", "yaml", "Helm"), ("html", "html", "HTML"), ("http", "http", "HTTP"), ("ini", "ini", "INI"), ("cfg", "ini", "INI"),
    ("java", "java", "Java"), ("javascript", "js", "JavaScript"), ("js", "js", "JavaScript"), ("jsx", "js", "JavaScript"),
    ("node", "js", "JavaScript"), ("json", "json", "JSON"), ("json5", "json", "JSON"), ("jsonc", "json", "JSON"),
    ("jsonnet", "jsonnet", "Jsonnet"), ("k8s", "yaml", "YAML"), ("kotlin", "kt", "Kotlin"), ("kt", "kt", "Kotlin"),
    ("lua", "lua", "Lua"), ("make", "makefile", "Makefile"), ("makefile", "makefile", "Makefile"),
    ("markdown", "md", "Markdown"), ("md", "md", "Markdown"), ("mermaid", "", "Mermaid"), ("nginx", "nginx", "nginx"),
    ("php", "php", "PHP"), ("plantuml", "", "PlantUML"), ("powershell", "ps1", "PowerShell"), ("ps1", "ps1", "PowerShell"),
    ("pwsh", "ps1", "PowerShell"), ("promql", "", "PromQL"), ("properties", "properties", "Properties"),
    ("proto", "proto", "Protobuf"), ("protobuf", "proto", "Protobuf"), ("puml", "", "PlantUML"), ("py", "py", "Python"),
    ("py3", "py", "Python"), ("pycon", "py", "Python"), ("python", "py", "Python"), ("python3", "py", "Python"),
    ("rb", "rb", "Ruby"), ("rego", "rego", "Rego"), ("rs", "rs", "Rust"), ("ruby", "rb", "Ruby"), ("rust", "rs", "Rust"),
    ("scala", "scala", "Scala"), ("sql", "sql", "SQL"), ("postgresql", "sql", "SQL"), ("swift", "swift", "Swift"),
    ("toml", "toml", "TOML"), ("ts", "ts", "TypeScript"), ("typescript", "ts", "TypeScript"), ("tsx", "tsx", "TypeScript"),
    ("vue", "vue", "Vue"), ("xml", "xml", "XML"), ("svg", "xml", "SVG"), ("yaml", "yaml", "YAML"), ("yml", "yaml", "YAML"),
    ("text", "", ""), ("txt", "", ""), ("plain", "", ""), ("plaintext", "", ""), ("none", "", ""), ("no-highlight", "", ""),
    ("output", "", "Output"), ("log", "", "Log"), ("csv", "", "CSV"),
];

/// How a language is called and highlighted.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Language {
    /// The token that finds the grammar.
    pub(super) token: Option<String>,
    /// What the reader sees; empty for plain text.
    pub(super) label: String,
}

/// The language that an author calls `name` (lower case); an unknown one keeps its own name.
pub(super) fn language(name: &str) -> Language {
    match KNOWN.iter().find(|(alias, ..)| *alias == name) {
        Some((_, token, label)) => {
            Language { token: Some((*token).to_owned()).filter(|token| !token.is_empty()), label: (*label).to_owned() }
        }
        None if name.is_empty() => Language { token: None, label: String::new() },
        None => {
            let label = name.chars().take(24).collect();
            Language { token: Some(name.to_owned()), label }
        }
    }
}
