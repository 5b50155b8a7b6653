//! `{{ git_revision_date_localized }}` and `{{ git_creation_date_localized }}`: the only macros that are
//! filled in, because a whole page of a site may consist of little else. Dates come from whoever read the
//! folder; nothing here knows what a repository is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use waymark_core::{
    calendar::MONTHS,
    diagnostic::{Diagnostic, Findings, Position},
};

/// When a page was made and changed: days as `2026-11-21`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageDates {
    /// The last change.
    pub revised: String,
    /// The first.
    pub created: String,
}

/// How a site writes days (`type` and `locale` of the plugin that has these macros).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateStyle {
    /// `November 21, 2026`.
    #[default]
    Long,
    /// `2026-11-21`, also for languages whose long form is not known here.
    Iso,
}

const REVISED: &str = "git_revision_date_localized";
const CREATED: &str = "git_creation_date_localized";

/// Whether a page shows when it was made or changed.
pub fn shows_dates(source: &str) -> bool {
    source.contains("{{") && (source.contains(REVISED) || source.contains(CREATED))
}

/// Puts the dates into pages that show them. A page that `dates` does not have loses the macro, and
/// `D024` says so. What stands in code is left alone. Paths are those of `pages`; `prefix` is put before
/// them in findings.
pub fn fill_dates(
    pages: &mut BTreeMap<String, String>,
    dates: &BTreeMap<String, PageDates>,
    style: DateStyle,
    prefix: &str,
) -> Vec<Diagnostic> {
    let mut list = Vec::new();
    for (path, source) in pages.iter_mut().filter(|(_, source)| shows_dates(source)) {
        let shown = if prefix.is_empty() { path.clone() } else { format!("{prefix}/{path}") };
        let mut findings = Findings::new(shown);
        *source = filled(source, dates.get(path), style, &mut findings);
        list.extend(findings.into_list());
    }
    list
}

fn filled(source: &str, dates: Option<&PageDates>, style: DateStyle, findings: &mut Findings) -> String {
    let mut out = String::with_capacity(source.len());
    let mut fence: Option<&str> = None;
    for (index, line) in source.split_inclusive('\n').enumerate() {
        let start = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| start.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        if fence.is_some() || mark.is_some() || !line.contains("{{") {
            out.push_str(line);
            continue;
        }
        let mut rest = line;
        let mut in_code = false;
        while let Some((from, to, revised)) = next_macro(rest) {
            in_code ^= rest[..from].matches('`').count() % 2 == 1;
            out.push_str(&rest[..from]);
            match dates {
                _ if in_code => out.push_str(&rest[from..to]),
                Some(dates) => out.push_str(&written(if revised { &dates.revised } else { &dates.created }, style)),
                None => {
                    let column = line[..line.len() - rest.len() + from].chars().count() as u32 + 1;
                    let at = Position { line: index as u32 + 1, column };
                    findings
                        .warning("D024", at, "the date is left out, because the history of this page is not here")
                        .help("Dates are filled in where the site lies in a git checkout with its history.");
                }
            }
            rest = &rest[to..];
        }
        out.push_str(rest);
    }
    out
}

/// Where the first macro in `text` stands, and whether it is the one about the last change.
fn next_macro(text: &str) -> Option<(usize, usize, bool)> {
    text.match_indices("{{").find_map(|(from, _)| {
        let inside = &text[from + 2..];
        let length = inside.find("}}")?;
        let name = inside[..length].trim();
        (name == REVISED || name == CREATED).then_some((from, from + 2 + length + 2, name == REVISED))
    })
}

/// A day as the site writes it; what is no day stays.
fn written(day: &str, style: DateStyle) -> String {
    let long = || {
        let mut parts = day.splitn(3, '-');
        let (year, month, day) =
            (parts.next()?, parts.next()?.parse::<usize>().ok()?, parts.next()?.parse::<u8>().ok()?);
        Some(format!("{} {day}, {year}", MONTHS.get(month.checked_sub(1)?)?))
    };
    (style == DateStyle::Long).then(long).flatten().unwrap_or_else(|| day.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, known: bool) -> (String, usize) {
        let mut pages = BTreeMap::from([("a.md".to_owned(), source.to_owned())]);
        let dates = PageDates { revised: "2026-11-02".into(), created: "2025-01-31".into() };
        let dates = if known { BTreeMap::from([("a.md".to_owned(), dates)]) } else { BTreeMap::new() };
        let findings = fill_dates(&mut pages, &dates, DateStyle::Long, "docs");
        (pages.remove("a.md").unwrap_or_default(), findings.len())
    }

    #[test]
    fn dates_are_filled_in_outside_of_code() {
        let source = "Changed {{ git_revision_date_localized }}, made {{git_creation_date_localized}}.\n\
                      `{{ git_revision_date_localized }}` {{ other }}\n```\n{{ git_revision_date_localized }}\n```\n";
        let (text, findings) = check(source, true);
        assert!(text.starts_with("Changed November 2, 2026, made January 31, 2025.\n`{{ git_rev"), "{text}");
        assert!(text.contains("{{ other }}\n```\n{{ git_revision_date_localized }}\n```\n"), "{text}");
        assert_eq!(findings, 0);
        assert_eq!(written("2026-11-02", DateStyle::Iso), "2026-11-02");
        assert_eq!(written("2026-13-02", DateStyle::Long), "2026-13-02");
    }

    #[test]
    fn without_a_history_the_macro_goes_and_a_finding_says_so() {
        assert_eq!(check("Changed {{ git_revision_date_localized }}.", false), ("Changed .".to_owned(), 1));
        assert_eq!(check("`{{ git_revision_date_localized }}`", false).1, 0);
    }
}
