//! The search that needs no index: a scan over titles, headings and texts in SQLite.
//!
//! It answers while the index is being filled, and where there can be none.

use waymark_api::ipc::{
    journey::StepItem,
    search::{Hit, HitKind, Segment},
};
use waymark_core::{id::SiteId, query::Query};
use waymark_store::SearchRow;

use crate::{
    App, AppError,
    journey::{Items, Loaded, active},
    reader::route,
};

/// How much of a text is shown around a match, in characters.
const SNIPPET: usize = 90;

/// Titles count this much more than headings, and headings than texts.
const TITLE: u32 = 100_000;
const HEADING: u32 = 50_000;

/// Finds what the person types, at most `limit` of each kind.
pub(super) async fn search(app: &App, text: &str, limit: usize) -> Result<Vec<Hit>, AppError> {
    let query = Query::parse(text);
    let mut hits = Vec::new();
    if !query.is_empty() {
        for found in [steps(app, &query).await?, pages(app, &query, limit).await?, items(app, &query).await?] {
            hits.extend(best(found, limit));
        }
    }
    Ok(hits)
}

fn best(mut found: Vec<(u32, Hit)>, limit: usize) -> impl Iterator<Item = Hit> {
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.into_iter().take(limit).map(|(_, hit)| hit)
}

async fn steps(app: &App, query: &Query) -> Result<Vec<(u32, Hit)>, AppError> {
    let mut found = Vec::new();
    for loaded in active(app).await? {
        for phase in Items::of(app, &loaded).phases() {
            for step in phase.steps {
                in_step(&loaded, &phase.title, step, query, &mut found);
            }
        }
    }
    Ok(found)
}

fn in_step(loaded: &Loaded, phase: &str, item: StepItem, query: &Query, found: &mut Vec<(u32, Hit)>) {
    let body = loaded.template.step(&item.id).map(|step| waymark_docs::plain_text(&step.body)).unwrap_or_default();
    let score = query.score(&item.title).map(|score| TITLE + score).or_else(|| query.score(&body));
    if let Some(score) = score {
        let hit = Hit {
            kind: HitKind::Step,
            title: segments(query, &item.title),
            context: format!("{} · {phase}", loaded.values.plain(&loaded.template.title)),
            snippet: if query.score(&item.title).is_some() { Vec::new() } else { snippet(query, &body) },
            route: format!("/checklist/{}/{}", loaded.id, item.id),
            status: Some(item.status),
            due: item.due,
        };
        found.push((score, hit));
    }
    for child in item.children {
        in_step(loaded, phase, child, query, found);
    }
}

async fn pages(app: &App, query: &Query, limit: usize) -> Result<Vec<(u32, Hit)>, AppError> {
    let db = app.db().await?;
    let mut best: Vec<FoundPage> = Vec::new();
    let keep = |row: SearchRow| {
        let Some(page) = FoundPage::judge(query, row) else { return };
        let place = best.partition_point(|other| other.score >= page.score);
        if place < limit {
            best.truncate(limit - 1);
            best.insert(place, page);
        }
    };
    db.pages().search_rows(keep).await?;
    let sites = db.sites().list().await?;
    let title_of = |id: &SiteId| sites.iter().find(|site| site.id == *id).map_or("", |site| site.title.as_str());
    let hit = |FoundPage { score, title, anchor, row }: FoundPage| {
        let hit = Hit {
            kind: HitKind::Page,
            title: segments(query, &title),
            context: title_of(&row.site).to_owned(),
            snippet: snippet(query, &row.text),
            route: route(&row.site, &row.path, anchor.as_deref()),
            status: None,
            due: None,
        };
        (score, hit)
    };
    Ok(best.into_iter().map(hit).collect())
}

/// A page that answers, with its text.
struct FoundPage {
    score: u32,
    title: String,
    /// The heading that answers.
    anchor: Option<String>,
    row: SearchRow,
}

impl FoundPage {
    fn judge(query: &Query, row: SearchRow) -> Option<Self> {
        let headings = row.outline.iter().filter_map(|heading| Some((query.score(&heading.text)?, heading)));
        let (score, title, anchor) = match (query.score(&row.title), headings.max_by_key(|(score, _)| *score)) {
            (Some(score), _) => (TITLE + score, row.title.clone(), None),
            (None, Some((score, heading))) => {
                (HEADING + score, format!("{} › {}", row.title, heading.text), Some(heading.id.clone()))
            }
            // How long a page is says nothing about how well it answers.
            (None, None) => (query.score(&row.text)? / 100, row.title.clone(), None),
        };
        Some(Self { score, title, anchor, row })
    }
}

async fn items(app: &App, query: &Query) -> Result<Vec<(u32, Hit)>, AppError> {
    let mut found = Vec::new();
    for (_, roadmap) in app.db().await?.roadmaps().list().await? {
        for item in roadmap.items {
            let body = waymark_docs::plain_text(&item.body);
            let by_title = query.score(&item.title);
            let Some(score) = by_title.map(|score| TITLE + score).or_else(|| query.score(&body)) else { continue };
            let hit = Hit {
                kind: HitKind::Item,
                title: segments(query, &item.title),
                context: format!("{} · {}", roadmap.title, item.horizon.title()),
                snippet: if by_title.is_some() { Vec::new() } else { snippet(query, &body) },
                route: format!("/roadmap/{}", item.id),
                status: None,
                due: None,
            };
            found.push((score, hit));
        }
    }
    Ok(found)
}

/// Cuts a text where the query's words start and end.
fn segments(query: &Query, text: &str) -> Vec<Segment> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for (start, end) in query.ranges(text) {
        if start > at {
            pieces.push(Segment { text: text[at..start].to_owned(), marked: false });
        }
        pieces.push(Segment { text: text[start..end].to_owned(), marked: true });
        at = end;
    }
    if at < text.len() {
        pieces.push(Segment { text: text[at..].to_owned(), marked: false });
    }
    pieces
}

/// The surroundings of the first match, with the words marked; empty where the text has none of them.
fn snippet(query: &Query, text: &str) -> Vec<Segment> {
    let Some(&(first, _)) = query.ranges(text).first() else { return Vec::new() };
    let before: usize = text[..first].chars().rev().take(SNIPPET / 3).map(char::len_utf8).sum();
    let mut start = first - before;
    if start > 0 {
        // Begin at a word.
        start += text[start..first].find(char::is_whitespace).map_or(0, |space| space + 1);
    }
    let length: usize = text[start..].chars().take(SNIPPET).map(char::len_utf8).sum();
    let end = start + length;
    let mut line = text[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
    if start > 0 {
        line.insert(0, '…');
    }
    if end < text.len() {
        line.push('…');
    }
    segments(query, &line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(pieces: &[Segment]) -> String {
        pieces.iter().map(|piece| if piece.marked { format!("[{}]", piece.text) } else { piece.text.clone() }).collect()
    }

    #[test]
    fn matches_are_marked_and_long_texts_cut_at_words() {
        let query = Query::parse("vpn");
        assert_eq!(marked(&segments(&query, "Set up the VPN")), "Set up the [VPN]");
        let text = format!("{} behind the VPN gateway {}", "word ".repeat(40), "more ".repeat(40));
        let line = marked(&snippet(&query, &text));
        assert!(line.starts_with("…word") && line.ends_with('…') && line.contains("[VPN] gateway"), "{line}");
        assert!(snippet(&query, "nothing here").is_empty());
    }

    #[test]
    fn cutting_never_splits_a_character() {
        let query = Query::parse("x");
        for n in 0..80 {
            snippet(&query, &format!("{}x{}", "ä".repeat(n), "日".repeat(n)));
        }
    }
}
