//! `pymdownx.arithmatex`: whether a site has formulas, and how they are marked.

use serde::{Deserialize, Serialize};

use super::yaml::{Node, Value};

/// The marks of formulas that a site has turned on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MathSyntax {
    /// `$x$` in a line of text.
    pub dollar: bool,
    /// Whether a `$` with a space inside it is only a dollar.
    pub smart_dollar: bool,
    /// `\(x\)` in a line of text.
    pub round: bool,
    /// `$$x$$` as a block.
    pub dollar_block: bool,
    /// `\[x\]` as a block.
    pub square_block: bool,
    /// `\begin{…}` to `\end{…}` as a block.
    pub begin_block: bool,
}

impl MathSyntax {
    /// Everything, as it is without settings.
    pub const ALL: Self = Self {
        dollar: true,
        smart_dollar: true,
        round: true,
        dollar_block: true,
        square_block: true,
        begin_block: true,
    };
}

/// Reads the extension's settings.
pub(super) fn read(options: &Node) -> MathSyntax {
    let list = |key: &str| match options.get(key).map(|node| &node.value) {
        Some(Value::List(items)) => Some(items.iter().filter_map(Node::text).collect::<Vec<_>>()),
        _ => None,
    };
    let (inline, block) = (list("inline_syntax"), list("block_syntax"));
    let has = |list: &Option<Vec<&str>>, name: &str| list.as_ref().is_none_or(|list| list.contains(&name));
    let off =
        |key: &str| options.get(key).and_then(Node::text).is_some_and(|value| value.eq_ignore_ascii_case("false"));
    MathSyntax {
        dollar: has(&inline, "dollar"),
        smart_dollar: !off("smart_dollar"),
        round: has(&inline, "round"),
        dollar_block: has(&block, "dollar"),
        square_block: has(&block, "square"),
        begin_block: has(&block, "begin"),
    }
}
