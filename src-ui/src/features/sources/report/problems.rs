//! What is wrong with content, where its author can find it.

use leptos::prelude::*;
use waymark_core::diagnostic::{Diagnostic, Severity};

use super::model::{FileProblems, by_file, severity_word, summary};
use crate::kit::{ButtonKind, ButtonSize, CopyButton, Disclosure, Icon, IconView, StatusKind};

/// More files than this are not listed; the rest is a number, and all of them can be copied.
const FILES_SHOWN: usize = 100;

const USED: &str = "Everything else is used as it is. Authors find each problem at the line given.";
const READ: &str = "How some places were read. Nothing has to be mended.";

/// Problems by file, worst first; folded, because the rest of the content is fine.
#[component]
pub(crate) fn ProblemList(
    /// All findings.
    problems: Vec<Diagnostic>,
) -> impl IntoView {
    if problems.is_empty() {
        return ().into_any();
    }
    let title = summary(&problems);
    let open = RwSignal::new(false);
    let worst = problems.iter().map(|problem| problem.severity).max().unwrap_or(Severity::Note);
    let (class, icon) = match worst {
        Severity::Error => ("wm-problems wm-problems--error", StatusKind::Failed.icon()),
        Severity::Warning => ("wm-problems wm-problems--warning", StatusKind::Due.icon()),
        Severity::Note => ("wm-problems", Icon::Info),
    };
    let problems = StoredValue::new(problems);
    view! {
        <div class=class>
            <Disclosure open level=2 title=move || view! {
                <span class="wm-problems__title"><IconView icon/>{title.clone()}</span>
            }>
                <ProblemFiles problems=problems.get_value()/>
            </Disclosure>
        </div>
    }
    .into_any()
}

/// The unfolded list: problems by file, worst first, and a button that copies them all.
#[component]
pub(crate) fn ProblemFiles(
    /// All findings.
    problems: Vec<Diagnostic>,
) -> impl IntoView {
    let text = problems.iter().map(line).collect::<Vec<_>>().join("\n");
    let lead = if problems.iter().all(|problem| problem.severity == Severity::Note) { READ } else { USED };
    let mut files = by_file(&problems);
    let more = files.len().saturating_sub(FILES_SHOWN);
    files.truncate(FILES_SHOWN);
    view! {
        <p class="wm-problems__lead">{lead}</p>
        <ul class="wm-problems__files">{files.into_iter().map(|file| view! { <File file/> }).collect_view()}</ul>
        {(more > 0).then(|| view! { <p class="wm-problems__more">{format!("{more} more files")}</p> })}
        <CopyButton text label="Copy the list" size=ButtonSize::Small kind=ButtonKind::Ghost/>
    }
}

/// The problems of one file.
#[component]
fn File(
    /// The file.
    file: FileProblems,
) -> impl IntoView {
    let more = file.more;
    view! {
        <li>
            <p class="wm-problems__path"><code>{file.path}</code><span class="wm-problems__count wm-num">{file.summary}</span></p>
            <ul>{file.findings.into_iter().map(|finding| view! { <Finding finding/> }).collect_view()}</ul>
            {(more > 0).then(|| view! { <p class="wm-problems__more">{format!("{more} more in this file")}</p> })}
        </li>
    }
}

/// One problem.
#[component]
fn Finding(
    /// The problem.
    finding: Diagnostic,
) -> impl IntoView {
    let (class, icon) = match finding.severity {
        Severity::Error => ("wm-finding wm-finding--error", StatusKind::Failed.icon()),
        Severity::Warning => ("wm-finding wm-finding--warning", StatusKind::Due.icon()),
        Severity::Note => ("wm-finding", Icon::Info),
    };
    view! {
        <li class=class>
            <IconView icon/>
            <span class="wm-hidden">{format!("{}: ", severity_word(finding.severity))}</span>
            <code class="wm-finding__place">{format!("{}:{}", finding.line, finding.column)}</code>
            <span class="wm-finding__text">
                {finding.message}
                <span class="wm-finding__code">{finding.code}</span>
                {finding.help.map(|help| view! { <span class="wm-finding__help">{help}</span> })}
            </span>
        </li>
    }
}

/// One finding as compilers print it.
fn line(finding: &Diagnostic) -> String {
    let Diagnostic { path, line, column, code, message, .. } = finding;
    let word = severity_word(finding.severity).to_lowercase();
    format!("{path}:{line}:{column}: {word} {code}: {message}")
}
