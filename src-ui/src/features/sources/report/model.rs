//! What a folder's report says: what was found by kind, what is wrong by file.

use std::collections::{BTreeMap, BTreeSet};

use waymark_api::ipc::sources::{FolderReport, Found, FoundKind};
use waymark_core::{
    diagnostic::{Diagnostic, Severity},
    id::TemplateId,
};

/// At most this many findings of one file are listed; the rest is a number.
pub(crate) const FINDINGS_SHOWN: usize = 50;

/// Everything of one kind.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Group {
    /// Which kind.
    pub(crate) kind: FoundKind,
    /// "2 journeys".
    pub(crate) title: String,
    /// What was found, in the report's order.
    pub(crate) found: Vec<Found>,
}

/// What was found, by kind and with counts.
pub(crate) fn groups(found: &[Found]) -> Vec<Group> {
    let mut kinds: BTreeMap<FoundKind, Vec<Found>> = BTreeMap::new();
    for one in found {
        kinds.entry(one.kind).or_default().push(one.clone());
    }
    kinds.into_iter().map(|(kind, found)| Group { kind, title: kind_title(kind, found.len()), found }).collect()
}

fn kind_title(kind: FoundKind, count: usize) -> String {
    let (one, many) = match kind {
        FoundKind::Journey => ("journey", "journeys"),
        FoundKind::Checklist => ("checklist", "checklists"),
        FoundKind::Site => ("documentation site", "documentation sites"),
        FoundKind::Roadmap => ("roadmap", "roadmaps"),
    };
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// Journeys that are ticked before the person said anything.
pub(crate) fn suggested(report: &FolderReport) -> BTreeSet<TemplateId> {
    report.found.iter().filter(|found| found.suggested).filter_map(|found| found.template.clone()).collect()
}

/// Findings of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileProblems {
    /// The file, relative to the folder.
    pub(crate) path: String,
    /// "2 errors, 1 warning".
    pub(crate) summary: String,
    /// The worst of them.
    pub(crate) worst: Severity,
    /// Errors first, then by place; at most [`FINDINGS_SHOWN`].
    pub(crate) findings: Vec<Diagnostic>,
    /// How many more there are.
    pub(crate) more: usize,
}

/// Findings by file: files with errors first, then with warnings, then by path.
pub(crate) fn by_file(problems: &[Diagnostic]) -> Vec<FileProblems> {
    let mut files: BTreeMap<&str, Vec<Diagnostic>> = BTreeMap::new();
    for problem in problems {
        files.entry(&problem.path).or_default().push(problem.clone());
    }
    let mut files: Vec<FileProblems> = files
        .into_iter()
        .map(|(path, mut findings)| {
            findings.sort_by_key(|finding| (std::cmp::Reverse(finding.severity), finding.line, finding.column));
            let summary = summary(&findings);
            let worst = findings.first().map_or(Severity::Note, |finding| finding.severity);
            let more = findings.len().saturating_sub(FINDINGS_SHOWN);
            findings.truncate(FINDINGS_SHOWN);
            FileProblems { path: path.to_owned(), summary, worst, findings, more }
        })
        .collect();
    files.sort_by(|a, b| b.worst.cmp(&a.worst).then_with(|| a.path.cmp(&b.path)));
    files
}

/// "2 errors, 1 warning and 4 notes"; empty without findings.
pub(crate) fn summary(problems: &[Diagnostic]) -> String {
    let count = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
    let parts: Vec<String> = [
        (count(Severity::Error), "error", "errors"),
        (count(Severity::Warning), "warning", "warnings"),
        (count(Severity::Note), "note", "notes"),
    ]
    .into_iter()
    .filter(|(number, _, _)| *number > 0)
    .map(|(number, one, many)| format!("{number} {}", if number == 1 { one } else { many }))
    .collect();
    match parts.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// The word for a severity.
pub(crate) fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Note => "Note",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(kind: FoundKind, title: &str, suggested: bool) -> Found {
        let startable = matches!(kind, FoundKind::Journey | FoundKind::Checklist);
        Found {
            kind,
            title: title.to_owned(),
            path: format!("{title}.md"),
            detail: String::new(),
            template: startable.then(|| title.into()),
            suggested,
        }
    }

    fn problem(path: &str, line: u32, severity: Severity) -> Diagnostic {
        Diagnostic {
            path: path.to_owned(),
            line,
            column: 1,
            severity,
            code: "J001".to_owned(),
            message: "something is wrong".to_owned(),
            help: None,
        }
    }

    #[test]
    fn content_stands_in_groups_with_counts() {
        let all = [
            found(FoundKind::Site, "docs", false),
            found(FoundKind::Journey, "company", true),
            found(FoundKind::Site, "handbook", false),
        ];
        let titles: Vec<String> = groups(&all).into_iter().map(|group| group.title).collect();
        assert_eq!(titles, ["1 journey", "2 documentation sites"], "journeys come first");
    }

    #[test]
    fn only_suggested_journeys_are_ticked() {
        let report = FolderReport {
            path: "/src/team".to_owned(),
            title: "team".to_owned(),
            files: 3,
            found: vec![
                found(FoundKind::Journey, "company", true),
                found(FoundKind::Checklist, "offboarding", false),
                found(FoundKind::Site, "docs", true),
            ],
            problems: Vec::new(),
            known: None,
            bundle: None,
        };
        assert_eq!(suggested(&report), BTreeSet::from(["company".into()]));
    }

    #[test]
    fn files_with_errors_come_first_and_so_do_errors_in_a_file() {
        let files = by_file(&[
            problem("a.yml", 3, Severity::Warning),
            problem("b.yml", 9, Severity::Warning),
            problem("b.yml", 12, Severity::Error),
            problem("0.yml", 1, Severity::Note),
        ]);
        let order: Vec<(&str, u32)> = files.iter().map(|file| (file.path.as_str(), file.findings[0].line)).collect();
        assert_eq!(order, [("b.yml", 12), ("a.yml", 3), ("0.yml", 1)]);
        assert_eq!(files[0].summary, "1 error and 1 warning");
    }

    #[test]
    fn a_long_list_ends_with_a_number() {
        let many: Vec<Diagnostic> = (1..=60).map(|line| problem("a.yml", line, Severity::Error)).collect();
        let files = by_file(&many);
        assert_eq!((files[0].findings.len(), files[0].more), (FINDINGS_SHOWN, 10));
        assert_eq!(files[0].summary, "60 errors");
    }

    #[test]
    fn a_summary_is_a_list_of_counts() {
        let all = [
            problem("a", 1, Severity::Error),
            problem("a", 2, Severity::Error),
            problem("a", 3, Severity::Warning),
            problem("a", 4, Severity::Note),
        ];
        assert_eq!(summary(&all), "2 errors, 1 warning and 1 note");
        assert_eq!(summary(&[]), "");
    }
}
