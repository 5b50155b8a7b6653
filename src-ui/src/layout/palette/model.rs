//! The palette's list without any view: what is asked for, which rows there are, where a key leads.

use waymark_api::ipc::{
    docs::BookmarkRow,
    search::{Hit, HitKind, Segment},
};

/// How many commands an empty palette shows.
const STARTERS: usize = 9;

/// How many bookmarks are shown.
const BOOKMARKS: usize = 5;

/// How many hits a kind can be asked for.
pub(super) const MOST: u32 = 50;

/// How many rows `PgUp` and `PgDn` skip.
const PAGE: usize = 6;

/// What the person is looking for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// Nothing yet: the most useful commands.
    Nothing,
    /// Everything that has these words.
    Everything(String),
    /// Commands only.
    Commands(String),
}

impl Wish {
    /// Reads what was typed; `>` asks for commands.
    pub(super) fn read(typed: &str) -> Self {
        let typed = typed.trim();
        match typed.strip_prefix('>') {
            Some(rest) => Self::Commands(rest.trim().to_owned()),
            None if typed.is_empty() => Self::Nothing,
            None => Self::Everything(typed.to_owned()),
        }
    }

    /// What the library is asked, if it is asked at all.
    pub(super) fn query(&self) -> Option<&str> {
        match self {
            Self::Everything(text) => Some(text),
            Self::Nothing | Self::Commands(_) => None,
        }
    }
}

/// A command as the list knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Offer {
    /// Stable name.
    pub(super) id: &'static str,
    /// A verb and an object.
    pub(super) title: &'static str,
}

/// What a row does.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Target {
    /// Goes to a hit.
    Hit(Hit),
    /// Does the command with this name.
    Command(&'static str),
    /// Shows more hits of this kind.
    More(HitKind),
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// Its words, cut where what was typed starts and ends.
    pub(super) title: Vec<Segment>,
    /// What it does.
    pub(super) target: Target,
}

/// Rows under one label.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Group {
    /// The label.
    pub(super) label: &'static str,
    /// Index of its first row in the whole list.
    pub(super) first: usize,
    /// The rows.
    pub(super) rows: Vec<Row>,
}

/// What the library knows for the list.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known<'a> {
    /// What it found for an older or the same query.
    pub(super) hits: &'a [Hit],
    /// At most how many hits a kind it was asked for.
    pub(super) limit: u32,
    /// The person's bookmarks, newest first.
    pub(super) bookmarks: &'a [BookmarkRow],
}

/// The whole list.
pub(super) fn list(wish: &Wish, known: Known<'_>, offers: &[Offer], lately: &[&'static str]) -> Vec<Group> {
    let mut groups: Vec<(&'static str, Vec<Row>)> = Vec::new();
    if !matches!(wish, Wish::Commands(_)) {
        groups.push(("Bookmarks", bookmarked(wish.query().unwrap_or_default(), known.bookmarks)));
    }
    if wish.query().is_some() {
        for (kind, label) in [(HitKind::Step, "Steps"), (HitKind::Page, "Docs"), (HitKind::Item, "Roadmap")] {
            let rows = known.hits.iter().filter(|hit| hit.kind == kind);
            let mut rows: Vec<Row> =
                rows.map(|hit| Row { title: hit.title.clone(), target: Target::Hit(hit.clone()) }).collect();
            if rows.len() >= known.limit as usize && known.limit < MOST {
                let title = vec![Segment { text: "Show more".to_owned(), marked: false }];
                rows.push(Row { title, target: Target::More(kind) });
            }
            groups.push((label, rows));
        }
    }
    let commands = match wish {
        Wish::Nothing => starters(offers, lately),
        Wish::Everything(text) | Wish::Commands(text) => matching(text, offers),
    };
    groups.push(("Commands", commands));
    let mut first = 0;
    groups
        .into_iter()
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(label, rows)| {
            let group = Group { label, first, rows };
            first += group.rows.len();
            group
        })
        .collect()
}

/// Bookmarks that have all words in their title, the newest few.
fn bookmarked(text: &str, bookmarks: &[BookmarkRow]) -> Vec<Row> {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let fits = |row: &&BookmarkRow| {
        let title = row.page.title.to_lowercase();
        words.iter().all(|word| title.contains(word))
    };
    let row = |row: &BookmarkRow| {
        let title = vec![Segment { text: row.page.title.clone(), marked: false }];
        let hit = Hit {
            kind: HitKind::Page,
            title: title.clone(),
            context: row.site_title.clone(),
            snippet: Vec::new(),
            route: row.page.route.clone(),
            status: None,
            due: None,
        };
        Row { title, target: Target::Hit(hit) }
    };
    bookmarks.iter().filter(fits).take(BOOKMARKS).map(row).collect()
}

/// Commands that were used lately, then the others in their order.
fn starters(offers: &[Offer], lately: &[&'static str]) -> Vec<Row> {
    let used = lately.iter().filter_map(|id| offers.iter().find(|offer| offer.id == *id));
    let others = offers.iter().filter(|offer| !lately.contains(&offer.id));
    used.chain(others).take(STARTERS).map(|offer| row(offer, &[])).collect()
}

/// Commands that have all words at the start of one of theirs; an earlier place is better.
fn matching(text: &str, offers: &[Offer]) -> Vec<Row> {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let mut found: Vec<(usize, Row)> = offers
        .iter()
        .filter_map(|offer| {
            let marks = words.iter().map(|word| place(offer.title, word)).collect::<Option<Vec<_>>>()?;
            let score = marks.iter().map(|(start, _)| *start).sum();
            Some((score, row(offer, &marks)))
        })
        .collect();
    found.sort_by_key(|(score, _)| *score);
    found.into_iter().map(|(_, row)| row).collect()
}

/// Where a word of `title` starts with `word`: its byte range. Titles of commands are ASCII.
fn place(title: &str, word: &str) -> Option<(usize, usize)> {
    let lower = title.to_ascii_lowercase();
    let starts = lower.match_indices(word).map(|(start, _)| start);
    let start = starts.into_iter().find(|start| *start == 0 || !lower.as_bytes()[start - 1].is_ascii_alphanumeric())?;
    Some((start, start + word.len()))
}

fn row(offer: &Offer, marks: &[(usize, usize)]) -> Row {
    Row { title: segments(offer.title, marks), target: Target::Command(offer.id) }
}

/// Cuts a title where marks start and end; marks that touch or overlap become one.
fn segments(title: &str, marks: &[(usize, usize)]) -> Vec<Segment> {
    let mut marks: Vec<(usize, usize)> = marks.iter().copied().filter(|(start, end)| start < end).collect();
    marks.sort_unstable();
    let mut out = Vec::new();
    let mut at = 0;
    for (start, end) in marks {
        let start = start.max(at);
        if end <= start {
            continue;
        }
        if at < start {
            out.push(Segment { text: title[at..start].to_owned(), marked: false });
        }
        out.push(Segment { text: title[start..end].to_owned(), marked: true });
        at = end;
    }
    if at < title.len() {
        out.push(Segment { text: title[at..].to_owned(), marked: false });
    }
    out
}

/// How many rows there are.
pub(super) fn count(groups: &[Group]) -> usize {
    groups.iter().map(|group| group.rows.len()).sum()
}

/// The row with this index.
pub(super) fn row_at(groups: &[Group], index: usize) -> Option<&Row> {
    groups.iter().find_map(|group| group.rows.get(index.checked_sub(group.first)?))
}

/// Where a key leads from row `at` of `count`; `None` for a key that belongs to the text field.
pub(super) fn step(key: &str, at: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "ArrowDown" => Some(if at >= last { 0 } else { at + 1 }),
        "ArrowUp" => Some(if at == 0 { last } else { at - 1 }),
        "PageDown" => Some((at + PAGE).min(last)),
        "PageUp" => Some(at.saturating_sub(PAGE)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

/// "9 results".
pub(super) fn count_text(count: usize) -> String {
    if count == 1 { "1 result".into() } else { format!("{count} results") }
}

#[cfg(test)]
mod tests {
    use waymark_api::ipc::docs::PageLink;

    use super::*;

    const OFFERS: [Offer; 4] = [
        Offer { id: "today", title: "Go to Today" },
        Offer { id: "docs", title: "Go to Docs" },
        Offer { id: "diagnostics", title: "Copy diagnostics" },
        Offer { id: "quit", title: "Quit Waymark" },
    ];

    fn hit(kind: HitKind, title: &str) -> Hit {
        Hit {
            kind,
            title: vec![Segment { text: title.into(), marked: false }],
            context: String::new(),
            snippet: Vec::new(),
            route: "/today".into(),
            status: None,
            due: None,
        }
    }

    fn hits_only(hits: &[Hit]) -> Known<'_> {
        Known { hits, limit: 8, bookmarks: &[] }
    }

    #[test]
    fn more_is_offered_where_the_library_may_have_more() {
        let hits: Vec<Hit> = (0..8).map(|_| hit(HitKind::Page, "p")).chain([hit(HitKind::Step, "s")]).collect();
        let wish = Wish::Everything("zzz".into());
        let known = |limit| Known { hits: &hits, limit, bookmarks: &[] };
        let groups = list(&wish, known(8), &OFFERS, &[]);
        assert_eq!(row_at(&groups, 9).map(|row| &row.target), Some(&Target::More(HitKind::Page)));
        assert_eq!(count(&groups), 10, "there are not eight steps");
        assert_eq!(count(&list(&wish, known(MOST), &OFFERS, &[])), 9);
    }

    #[test]
    fn bookmarks_come_first() {
        let bookmark = |title: &str| BookmarkRow {
            page: PageLink { title: title.into(), route: format!("/docs/x/{title}") },
            site: "x".into(),
            path: title.into(),
            site_title: "X".into(),
        };
        let bookmarks = [bookmark("VPN setup"), bookmark("Rota")];
        let known = Known { bookmarks: &bookmarks, ..Known::default() };
        let first = |wish: Wish| {
            let groups = list(&wish, known, &OFFERS, &[]);
            groups.first().map(|group| (group.label, group.rows.len()))
        };
        assert_eq!(first(Wish::Nothing), Some(("Bookmarks", 2)));
        assert_eq!(first(Wish::Everything("setup vpn".into())), Some(("Bookmarks", 1)));
        assert_eq!(first(Wish::Commands("go".into())), Some(("Commands", 2)));
    }

    fn commands(groups: &[Group]) -> Vec<&'static str> {
        let rows = groups.iter().flat_map(|group| &group.rows);
        rows.filter_map(|row| if let Target::Command(id) = row.target { Some(id) } else { None }).collect()
    }

    #[test]
    fn what_was_typed_is_a_wish() {
        assert_eq!(Wish::read("  "), Wish::Nothing);
        assert_eq!(Wish::read(" vpn "), Wish::Everything("vpn".into()));
        assert_eq!(Wish::read("> zoom"), Wish::Commands("zoom".into()));
        assert_eq!(Wish::read(">"), Wish::Commands(String::new()));
        assert_eq!(Wish::read("> zoom").query(), None, "commands need no search");
    }

    #[test]
    fn an_empty_palette_starts_with_what_was_used() {
        let stale = [hit(HitKind::Step, "stale")];
        let groups = list(&Wish::Nothing, hits_only(&stale), &OFFERS, &["quit", "gone"]);
        assert_eq!(commands(&groups), ["quit", "today", "docs", "diagnostics"]);
        assert_eq!(groups.len(), 1, "hits of an older query are not shown");
    }

    #[test]
    fn groups_stand_in_order_and_rows_are_numbered_through() {
        let hits = [hit(HitKind::Item, "i"), hit(HitKind::Page, "p"), hit(HitKind::Step, "s")];
        let groups = list(&Wish::Everything("do".into()), hits_only(&hits), &OFFERS, &[]);
        let labels: Vec<_> = groups.iter().map(|group| (group.label, group.first)).collect();
        assert_eq!(labels, [("Steps", 0), ("Docs", 1), ("Roadmap", 2), ("Commands", 3)]);
        assert_eq!(count(&groups), 4);
        assert_eq!(row_at(&groups, 3).map(|row| &row.target), Some(&Target::Command("docs")));
        assert_eq!(row_at(&groups, 4), None);
    }

    #[test]
    fn commands_match_the_starts_of_words_only() {
        assert_eq!(commands(&list(&Wish::Commands("to".into()), Known::default(), &OFFERS, &[])), ["today", "docs"]);
        assert_eq!(commands(&list(&Wish::Commands("to go".into()), Known::default(), &OFFERS, &[])), ["today", "docs"]);
        assert_eq!(commands(&list(&Wish::Commands("uit".into()), Known::default(), &OFFERS, &[])), Vec::<&str>::new());
        assert_eq!(
            commands(&list(&Wish::Commands("d".into()), Known::default(), &OFFERS, &[])),
            ["diagnostics", "docs"],
            "the earlier place wins"
        );
        assert_eq!(
            commands(&list(&Wish::Commands("größe".into()), Known::default(), &OFFERS, &[])),
            Vec::<&str>::new()
        );
    }

    #[test]
    fn marks_cut_the_title() {
        let cut = |marks: &[(usize, usize)]| {
            let parts = segments("Go to Docs", marks).into_iter();
            parts.map(|part| (part.text, part.marked)).collect::<Vec<_>>()
        };
        assert_eq!(cut(&[(6, 8)]), [("Go to ".into(), false), ("Do".into(), true), ("cs".into(), false)]);
        assert_eq!(cut(&[(6, 10), (6, 8)]), [("Go to ".into(), false), ("Do".into(), true), ("cs".into(), true)]);
        assert_eq!(cut(&[]), [("Go to Docs".into(), false)]);
    }

    #[test]
    fn keys_move_through_the_list() {
        assert_eq!(step("ArrowDown", 8, 9), Some(0));
        assert_eq!(step("ArrowUp", 0, 9), Some(8));
        assert_eq!(step("PageDown", 5, 9), Some(8));
        assert_eq!(step("PageUp", 5, 9), Some(0));
        assert_eq!(step("a", 5, 9), None);
        assert_eq!(step("ArrowDown", 0, 0), None);
    }
}
