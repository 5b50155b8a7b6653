//! What is wrong with a page's links and front matter.

use waymark_core::diagnostic::{Findings, Position};

use crate::{
    frontmatter::Source,
    links::{Map, Place, Problem, hint, missing_anchor, resolve, resolve_image},
    markdown::{Link, LinkKind, Scan},
};

/// Findings of one page that are kept; a page with more has one cause for all of them.
const MAX_FINDINGS: usize = 100;

/// Whether a page (by path) has an id.
pub(crate) type Findable<'a> = dyn Fn(&str, &str) -> bool + 'a;

/// All findings of the page at `path`.
///
/// Without `known` links to headings are not checked.
pub(crate) fn findings(
    path: &str,
    source: &Source,
    scan: Option<&Scan>,
    map: &Map<'_>,
    known: Option<&Findable<'_>>,
) -> Findings {
    let mut findings = Findings::new(path);
    if let Some(broken) = &source.broken {
        findings
            .error("D002", broken.at, format!("the front matter cannot be read: {}", broken.message))
            .help("The page is shown without it.");
    }
    let problems = scan.into_iter().flat_map(|scan| &scan.links).filter_map(|link| problem(path, link, map, known));
    for (problem, at, href) in problems.take(MAX_FINDINGS) {
        let help = problem.help.clone().or_else(|| if problem.code == "D010" { hint(href, map) } else { None });
        let finding = match problem.code {
            // An image that needs the network is nothing that the author did wrong.
            "D013" => findings.note(problem.code, at, problem.message),
            _ => findings.warning(problem.code, at, problem.message),
        };
        finding.help = help;
    }
    findings
}

fn problem<'s>(
    path: &str,
    link: &'s Link,
    map: &Map<'_>,
    known: Option<&Findable<'_>>,
) -> Option<(Problem, Position, &'s str)> {
    let problem = match link.kind {
        LinkKind::Image => resolve_image(path, &link.href, map).err(),
        LinkKind::Link => match resolve(path, &link.href, map) {
            Place::Dead(problem) => Some(problem),
            Place::Anchor(id) => known.filter(|known| !known(path, &id)).map(|_| missing_anchor(&link.href, &id, path)),
            Place::Page { path: page, anchor: Some(id) } => {
                known.filter(|known| !known(&page, &id)).map(|_| missing_anchor(&link.href, &id, &page))
            }
            _ => None,
        },
    };
    problem.map(|problem| (problem, link.at, link.href.as_str()))
}
