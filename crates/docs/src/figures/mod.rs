//! Formulas and diagrams: drawn after sanitising, each let through by a list of its own.
//!
//! Libraries write their markup from an author's text. What they write is read as XML and written anew
//! from closed lists of elements, attributes and values: a mistake of theirs can lose a figure, but not
//! bring a script, an address or a style into the page. What cannot be drawn is shown as code.

mod allow;
mod diagram;
mod math;
mod roles;
mod svg;

use waymark_core::diagnostic::Position;

use crate::{
    highlight::{self, Code},
    markdown::{escape, info::Info},
};

/// A formula in LaTeX.
#[derive(Clone, Debug)]
pub(crate) struct Formula {
    /// What stands between its marks.
    pub(crate) source: String,
    /// Whether it has lines of its own.
    pub(crate) display: bool,
    /// Where it stands.
    pub(crate) at: Position,
}

/// A figure as the quick reading of a page finds it.
#[derive(Clone, Debug)]
pub(crate) enum Figure {
    /// A formula.
    Formula(Formula),
    /// A fence that is a diagram.
    Diagram(Code),
}

/// Why a figure is shown as code.
#[derive(Clone, Debug)]
pub(crate) struct NotDrawn {
    /// `D016` for a formula, `D017` for a diagram.
    pub(crate) code: &'static str,
    pub(crate) at: Position,
    pub(crate) message: String,
}

/// What the figures of one page may still cost, and what went wrong with them.
#[derive(Debug)]
pub(crate) struct Figures {
    /// Bytes of sources that may still be drawn.
    formulas: usize,
    /// Whether it was said that there are too many; once is enough.
    too_many: bool,
    diagrams: diagram::Budget,
    highlight: highlight::Budget,
    pub(crate) not_drawn: Vec<NotDrawn>,
}

/// Formulas of one page, in bytes of LaTeX; a page of nothing but formulas has a tenth of that.
const MAX_FORMULAS: usize = 128 * 1024;

/// What is said of the first formula that is not drawn because of that.
const TOO_MANY: &str = "there are too many formulas on this page, from here on";

impl Default for Figures {
    fn default() -> Self {
        Self {
            formulas: MAX_FORMULAS,
            too_many: false,
            diagrams: diagram::Budget::default(),
            highlight: highlight::Budget::default(),
            not_drawn: Vec::new(),
        }
    }
}

impl Figures {
    /// The HTML of a code block, which is a diagram's picture if it is one.
    pub(crate) fn code(&mut self, code: &Code) -> String {
        if !diagram::is_one(&code.info.language) {
            return highlight::block(code, &mut self.highlight);
        }
        match diagram::draw(&code.text, &mut self.diagrams) {
            Ok(diagram) => {
                let source = highlight::block(code, &mut self.highlight);
                format!(
                    "<figure class=\"doc-diagram\"><div class=\"doc-diagram__view\" tabindex=\"0\" role=\"group\" \
                     aria-label=\"{}\">{}</div><details class=\"doc-diagram__source doc-chrome\"><summary>Source of \
                     this diagram</summary>{source}</details></figure>",
                    escape(diagram.label),
                    diagram.svg
                )
            }
            Err(reason) => {
                self.cannot_draw(code, &reason);
                highlight::block(code, &mut self.highlight)
            }
        }
    }

    /// The HTML of a code span in a language.
    pub(crate) fn span(&mut self, language: &str, text: &str) -> String {
        highlight::span(language, text, &mut self.highlight)
    }

    /// The HTML of a formula.
    pub(crate) fn formula(&mut self, formula: &Formula) -> String {
        let drawn = match self.formulas.checked_sub(formula.source.len()) {
            None => Err(TOO_MANY.to_owned()),
            Some(left) => {
                self.formulas = left;
                math::draw(formula)
            }
        };
        match (drawn, formula.display) {
            (Ok(math), false) => format!("<span class=\"doc-math\">{math}</span>"),
            (Ok(math), true) => format!(
                "<div class=\"doc-math doc-math--block\" tabindex=\"0\" role=\"group\" aria-label=\"Formula\">{math}</div>"
            ),
            (Err(reason), display) => {
                if reason != TOO_MANY || !std::mem::replace(&mut self.too_many, true) {
                    let message = format!("the formula cannot be read, and its source is shown: {reason}");
                    self.note("D016", formula.at, message);
                }
                if !display {
                    return format!("<code>{}</code>", escape(&formula.source));
                }
                let info = Info { language: "latex".to_owned(), ..Info::default() };
                let text = formula.source.trim_matches('\n').to_owned();
                highlight::block(&Code { info, text, at: formula.at }, &mut self.highlight)
            }
        }
    }

    /// Draws a figure only to see whether that can be done.
    pub(crate) fn check(&mut self, figure: &Figure) {
        match figure {
            Figure::Formula(formula) => drop(self.formula(formula)),
            Figure::Diagram(code) if diagram::is_one(&code.info.language) => {
                if let Err(reason) = diagram::draw(&code.text, &mut self.diagrams) {
                    self.cannot_draw(code, &reason);
                }
            }
            Figure::Diagram(_) => {}
        }
    }

    fn cannot_draw(&mut self, code: &Code, reason: &str) {
        self.note("D017", code.at, format!("the diagram cannot be drawn, and its source is shown: {reason}"));
    }

    fn note(&mut self, code: &'static str, at: Position, message: String) {
        self.not_drawn.push(NotDrawn { code, at, message });
    }
}
