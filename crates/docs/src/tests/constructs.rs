//! One snapshot for each construct of the dialect.

use insta::assert_snapshot;

use super::{Fixture, codes, html};
use crate::{plain_text, render_fragment};

#[test]
fn show() {
    for s in [
        "!!! note \"Mind **this**\"\n\n    Body\n\n    - a\n\nafter",
        "???+ tip\n    Body",
        "- item\n\n    !!! warning \"\"\n        In the list\n\n- next",
        "> [!IMPORTANT]\n> Text",
        "> [!TIP] Own *title*\n> Text",
        "=== \"Linux\"\n\n    ```sh\n    ls\n    ```\n\n===+ \"Windows\"\n\n    dir\n",
        "<div class=\"grid cards\" markdown>\n\n- **a**\n\n</div>",
        "<details markdown=\"1\">\n<summary>S</summary>\n\n*x*\n\n</details>",
        "| a | b |\n|:--|--:|\n| `x|y` | 2 |",
        "- [x] done\n- [ ] open",
        "a[^n] b[^n]\n\n[^n]: Note *x*.",
        "Term\n:   Definition",
        "## One {#own .x}\n\n### Two\n\n## Two\n\n[TOC]",
        "# Title `code`\n\ntext",
        "![alt](logo.png){ width=\"300\" } ![](no.png) ![b](https://x.example/b.svg)",
        "[go](setup/vpn.md){ .md-button } see https://a.example/x. :rocket: :material-check: ok",
        "--8<-- \"inc.md\"",
        "```\n!!! note\n    x\n```\n\n    !!! note\n        y",
        "a <kbd>x</kbd> <b onclick=1>y</b>\n\n<iframe src=\"https://v.example/1\"></iframe>",
        "{{ git_revision_date_localized }}",
    ] {
        println!("--- {s}\n{}\n", html(s));
    }
    let _ = (codes, plain_text, render_fragment, Fixture::new);
    assert_snapshot!("", @"");
}
