use proptest::prelude::*;

use super::*;

fn rule_of(name: &[u8]) -> Option<Rule> {
    let checked = check_shape(name, Kind::File).and_then(|name| check_letters(name, Kind::File));
    checked.err().map(|refusal| refusal.rule)
}

#[test]
fn each_rule_is_named_for_what_breaks_it() {
    let long = format!("docs/{}.md", "a".repeat(98));
    let deep = format!("{}a.md", "d/".repeat(16));
    let wide = format!("{0}/{0}/{0}/a.md", "d".repeat(80));
    let cases: &[(Rule, &[&str])] = &[
        (Rule::N1, &["/tmp/a.md", "//tmp/a.md", "\\a.md", "/", "/C:/a.md"]),
        (
            Rule::N2,
            &[
                "..",
                "../a.md",
                "docs/..",
                "docs/../../a.md",
                "..\\a.md",
                "docs\\..\\a.md",
                "a/..\\b.md",
                "docs/%2e%2e/a.md",
                "docs/%2E./a.md",
                "docs%2f..%2fa.md",
                "%252e%252e/a.md",
                "docs%5c..%5ca.md",
                "docs/../",
            ],
        ),
        (
            Rule::N3,
            &[
                "C:\\a.md",
                "c:a.md",
                "C:/a.md",
                "\\\\srv\\share\\a.md",
                "\\\\?\\C:\\a.md",
                "\\\\.\\pipe\\x",
                "//?/C:/a.md",
                "//./pipe/x",
                "\\??\\C:\\a.md",
                "/\\srv/a.md",
                "\\/srv/a.md",
            ],
        ),
        (
            Rule::N4,
            &[
                "a.md:evil.exe",
                "a.md::$DATA",
                "docs/C:/a.md",
                "CON",
                "con.md",
                "docs/NUL.md",
                "aux/a.md",
                "prn .md",
                "lpt9.log",
                "COM¹",
                "com³.tar.md",
                "LPT0.md",
                "CONIN$",
                "conout$.md",
                "docs/clock$.md",
                "nul .",
            ],
        ),
        (Rule::N5, &["docs/a.md.", "docs/a.md ", "docs./a.md", "docs /a.md", "docs/.../a.md", " ", "docs/.. /a.md"]),
        (Rule::N6, &["", ".", "./a.md", "docs//a.md", "docs/./a.md", "docs/", "docs\\\\a.md"]),
        (
            Rule::N7,
            &[
                "docs/a\n.md",
                "docs/a\0.md",
                "docs/\u{1b}[31m.md",
                "docs/\u{202e}gpj.exe",
                "a\u{7f}.md",
                "a\u{85}.md",
                "a\u{200b}.md",
                "\u{feff}a.md",
                "a\u{2066}b.md",
                "a\u{e0041}.md",
                "a\u{2028}.md",
                "a\u{fe0f}.md",
            ],
        ),
        (
            Rule::N8,
            &[
                "~/.ssh/x",
                "~a.md",
                "docs/a<b>.md",
                "a|b.md",
                "a?.md",
                "a*.md",
                "a\"b.md",
                "docs\\a.md",
                ".env",
                "_a.md",
                "-a.md",
                "docs/%41.md",
                "docs/é.md",
                "docs/．．/a.md",
                "a$b.md",
                "a;b.md",
                " a.md",
                "docs/PROGRA~1.md",
            ],
        ),
        (Rule::N9, &[&long, &deep, &wide]),
        (
            Rule::N10,
            &[
                ".git/config",
                ".GiT/config",
                "a/.git",
                ".g\u{200c}it/config",
                "GIT~1/config",
                "git~2/a.md",
                ".gitmodules",
                ".git./a.md",
                ".git /a.md",
                "\u{feff}.git/a.md",
                "gi7eba~1/a.md",
                "docs\\.git\\config",
            ],
        ),
        (
            Rule::N11,
            &[
                "docs/setup.exe",
                "docs/a.lnk",
                "docs/a.url",
                "docs/a.hta",
                "desktop.ini",
                "autorun.inf",
                "a.html",
                "a.js",
                "a.sh",
                "Makefile",
                "a.md.exe",
                "a.scr",
                "a.desktop",
            ],
        ),
        (Rule::E4, &["docs/inner.zip", "docs/inner.tar.gz", "a.ZST", "a.jar"]),
    ];
    for (rule, names) in cases {
        for name in *names {
            assert_eq!(rule_of(name.as_bytes()), Some(*rule), "{name:?}");
        }
    }
    assert_eq!(rule_of(b"docs/\xff.md"), Some(Rule::N7));
    assert_eq!(rule_of(b"docs/\xc0\xae\xc0\xae/a.md"), Some(Rule::N7), "overlong forms are no UTF-8");
}

#[test]
fn ordinary_names_are_fine() {
    let fits = format!("docs/{}.md", "a".repeat(97));
    let deep = format!("{}a.md", "d/".repeat(15));
    for name in [
        "bundle.json",
        "docs/a.md",
        "docs/Getting started.md",
        "mkdocs.yaml",
        "docs/img/a-b_c.1.PNG",
        "0.txt",
        "a..b.md",
        "docs/concept.md",
        "console/a.md",
        "nullable.md",
        "com10.md",
        "communication.md",
        "docs/git.md",
        "digit~1.md.md",
        &fits,
        &deep,
    ] {
        let expected = name.contains('~').then_some(Rule::N8);
        assert_eq!(rule_of(name.as_bytes()), expected, "{name:?}");
    }
    assert!(check_shape(b"docs/", Kind::Directory).is_ok_and(|name| name == "docs"));
    assert!(check_shape(b"docs//", Kind::Directory).is_err());
    assert!(check_letters("docs.d", Kind::Directory).is_ok(), "folders have no extension");
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("..".to_owned()),
        Just(".".to_owned()),
        Just("/".to_owned()),
        Just("\\".to_owned()),
        Just("C:".to_owned()),
        Just("%2e".to_owned()),
        Just("%2f".to_owned()),
        Just("docs".to_owned()),
        Just(".md".to_owned()),
        Just("~".to_owned()),
        Just(" ".to_owned()),
        Just("\0".to_owned()),
        Just("\u{202e}".to_owned()),
        "[a-zA-Z0-9._ -]{0,8}",
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a_name_that_passes_never_leaves_its_folder(name in pieces()) {
        if check_file_name(&name).is_ok() {
            use std::path::{Component, Path};
            let root = Path::new("/library/bundle");
            let joined = root.join(&name);
            prop_assert!(joined.starts_with(root));
            prop_assert!(joined.components().all(|part| matches!(part, Component::Normal(_) | Component::RootDir)));
            // As Windows would read it.
            prop_assert!(!name.contains(['\\', ':', '*', '?', '"', '<', '>', '|']));
            prop_assert!(name.split('/').all(|segment| !segment.is_empty() && !segment.ends_with(['.', ' '])));
        }
    }

    #[test]
    fn any_bytes_are_judged(name in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = check_shape(&name, Kind::File);
        let _ = check_shape(&name, Kind::Directory);
    }
}
