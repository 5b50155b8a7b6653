//! What is wrong with a page's links and front matter.

use waymark_core::diagnostic::{Findings, Position};

use crate::{
    figures::{Figures, NotDrawn},
    frontmatter::Source,
    links::{KnowsHeading, Map, Place, Problem, hint, resolve, resolve_image},
    markdown::{Link, LinkKind, slug::slug},
    page::Read,
};

/// Findings of one page that are kept; a page with more has one cause for all of them.
const MAX_FINDINGS: usize = 100;

/// All findings of the page at `path`.
///
/// Without `known` links to headings are not checked.
pub(crate) fn findings(
    path: &str,
    source: &Source,
    page: &Read,
    map: &Map<'_>,
    known: Option<&KnowsHeading<'_>>,
) -> Findings {
    let mut findings = Findings::new(path);
    if let Some(broken) = &source.broken {
        findings
            .error("D002", broken.at, format!("the front matter cannot be read: {}", broken.message))
            .help("The page is shown without it.");
    }
    if page.binary {
        findings
            .error("D022", Position::START, "this file is no text, although its name says so; its start is shown")
            .help("A picture or an archive needs its own ending; `.md` is for Markdown.");
    } else if let Some(at) = page.unreadable {
        findings
            .warning("D023", at, "a character cannot be read here: the file is not in UTF-8")
            .help("Save it as UTF-8; until then `\u{fffd}` stands for what cannot be read.");
    }
    for (at, name) in page.missing.iter().take(MAX_FINDINGS) {
        findings
            .warning("D015", *at, format!("the snippet `{name}` is no file of this site, and is left out"))
            .help("Snippets are found from the folder of the configuration, or from `base_path`.");
    }
    let problems = page.scan.iter().flat_map(|scan| &scan.links).filter_map(|link| problem(path, link, map, known));
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
    known: Option<&KnowsHeading<'_>>,
) -> Option<(Problem, Position, &'s str)> {
    let problem = match link.kind {
        LinkKind::Image => resolve_image(path, &link.href, map).err(),
        LinkKind::Link => match resolve(path, &link.href, map) {
            Place::Dead(problem) => Some(problem),
            Place::Anchor(id) => anchor(&link.href, &id, path, known?),
            Place::Page { path: page, anchor: Some(id) } => anchor(&link.href, &id, &page, known?),
            Place::Page { .. } | Place::Asset(_) | Place::External(_) | Place::Mail(_) => None,
        },
    };
    problem.map(|problem| (problem, link.at, link.href.as_str()))
}

/// Draws the figures of a page only to see which cannot be.
pub(crate) fn not_drawn(page: &Read) -> Vec<NotDrawn> {
    let mut figures = Figures::default();
    page.scan.iter().flat_map(|scan| &scan.figures).take(MAX_FINDINGS).for_each(|figure| figures.check(figure));
    figures.not_drawn
}

/// Says which figures are shown as code.
pub(crate) fn note_not_drawn(list: Vec<NotDrawn>, findings: &mut Findings) {
    for NotDrawn { code, at, message } in list.into_iter().take(MAX_FINDINGS) {
        findings.warning(code, at, message);
    }
}

/// What is wrong with a link to an id of a page.
fn anchor(href: &str, id: &str, page: &str, known: &KnowsHeading<'_>) -> Option<Problem> {
    if known(page, id) {
        return None;
    }
    // Ids as GitHub makes them (`a---b`) are the commonest mistake; MkDocs makes `a-b`.
    let other = slug(id, None);
    let help = (other != id && known(page, &other)).then(|| format!("Did you mean `#{other}`?"));
    Some(Problem {
        code: "D012",
        message: format!("the link `{href}` names a heading that `{page}` does not have"),
        help,
    })
}
