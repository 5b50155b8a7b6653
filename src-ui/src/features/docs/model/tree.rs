//! The navigation tree of a site, and what is left of it while somebody types into "Filter pages".

use std::collections::HashMap;

use waymark_core::docs::NavNode;

/// A page from which on it counts as read.
const READ: f64 = 0.97;

/// A row of the tree.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    /// Unique in the tree and stable while the site's structure is: the page's source path, or the titles from the root.
    pub(crate) key: String,
    /// What the reader sees.
    pub(crate) title: String,
    /// Source path, where the row is a page.
    pub(crate) page: Option<String>,
    /// Outside address, where the row is a link.
    pub(crate) link: Option<String>,
    /// How much was read, 0 to 1, where the page was begun and not finished.
    pub(crate) progress: Option<f64>,
    /// How many pages lie below it.
    pub(crate) pages: usize,
    /// Rows below it, in reading order.
    pub(crate) children: Vec<Self>,
}

/// A page that the filter found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    /// Source path.
    pub(crate) page: String,
    /// Title of the page.
    pub(crate) title: String,
    /// Titles of the sections above it, outermost first.
    pub(crate) section: Vec<String>,
}

/// The key of the row that shows `page`.
pub(crate) fn page_key(page: &str) -> String {
    format!("page:{page}")
}

/// The rows for `nav`; `begun` holds source paths and how much of them was read.
pub(crate) fn nodes(nav: &[NavNode], begun: &[(String, f64)]) -> Vec<Node> {
    let begun: HashMap<&str, f64> = begun.iter().map(|(page, progress)| (page.as_str(), *progress)).collect();
    rows(nav, "nav", &begun)
}

/// `begun` with the places that changed since it was loaded.
pub(crate) fn with_newer(begun: &[(String, f64)], newer: &HashMap<String, f64>) -> Vec<(String, f64)> {
    let old = begun.iter().filter(|(page, _)| !newer.contains_key(page)).cloned();
    old.chain(newer.iter().map(|(page, progress)| (page.clone(), *progress))).collect()
}

fn rows(nav: &[NavNode], path: &str, begun: &HashMap<&str, f64>) -> Vec<Node> {
    nav.iter()
        .enumerate()
        .map(|(index, node)| {
            // Two sections may share a title, so the place among the siblings is part of the key.
            let place = format!("{path}/{index}-{}", node.title);
            let children = rows(&node.children, &place, begun);
            let pages = children.iter().map(|child| child.pages + usize::from(child.page.is_some())).sum();
            let progress = node.page.as_deref().and_then(|page| begun.get(page)).copied();
            Node {
                key: node.page.as_deref().map_or(place, page_key),
                title: node.title.clone(),
                page: node.page.clone(),
                link: node.link.clone(),
                progress: progress.filter(|progress| *progress > 0.0 && *progress < READ),
                pages,
                children,
            }
        })
        .collect()
}

/// Pages of `nav` in which every word of `query` occurs, in the title or in the sections above it.
///
/// Pages whose own title has all words come first; inside each group the reading order holds.
pub(crate) fn filter(nav: &[NavNode], query: &str) -> Vec<Match> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut trail = Vec::new();
    for node in nav {
        node.walk(&mut trail, &mut |node, section| {
            let Some(page) = &node.page else { return };
            let title = node.title.to_lowercase();
            let above = section.join("\n").to_lowercase();
            if words.iter().all(|word| title.contains(word) || above.contains(word)) {
                let by_title = words.iter().all(|word| title.contains(word));
                let section = section.iter().map(|title| (*title).to_owned()).collect();
                found.push((!by_title, Match { page: page.clone(), title: node.title.clone(), section }));
            }
        });
    }
    found.sort_by_key(|(only_by_section, _)| *only_by_section);
    found.into_iter().map(|(_, found)| found).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(title: &str, page: &str) -> NavNode {
        NavNode { title: title.into(), page: Some(page.into()), ..NavNode::default() }
    }

    fn section(title: &str, children: Vec<NavNode>) -> NavNode {
        NavNode { title: title.into(), children, ..NavNode::default() }
    }

    fn site() -> Vec<NavNode> {
        vec![
            page("Welcome", "index.md"),
            section(
                "Services",
                vec![
                    section(
                        "Billing",
                        vec![page("Overview", "billing/index.md"), page("Tariff rules", "billing/t.md")],
                    ),
                    page("Ledger", "ledger.md"),
                ],
            ),
            section("Runbooks", vec![page("Billing: parked invoices", "runbooks/parked.md")]),
        ]
    }

    #[test]
    fn sections_count_the_pages_below_them() {
        let rows = nodes(&site(), &[]);
        let counts: Vec<usize> = rows.iter().map(|row| row.pages).collect();
        assert_eq!(counts, [0, 3, 1], "pages of nested sections count as well");
        assert_eq!(rows[1].children[0].pages, 2);
    }

    #[test]
    fn keys_are_unique_even_where_titles_repeat() {
        let twice = vec![section("Guides", vec![]), section("Guides", vec![])];
        let rows = nodes(&twice, &[]);
        assert_ne!(rows[0].key, rows[1].key);
        assert_eq!(nodes(&site(), &[])[0].key, page_key("index.md"));
    }

    #[test]
    fn only_pages_under_way_have_a_ring() {
        let begun = [("index.md".to_owned(), 0.4), ("ledger.md".to_owned(), 1.0), ("billing/t.md".to_owned(), 0.0)];
        let rows = nodes(&site(), &begun);
        assert_eq!(rows[0].progress, Some(0.4));
        assert_eq!(rows[1].children[1].progress, None, "read to its end");
        assert_eq!(rows[1].children[0].children[1].progress, None, "opened, not begun");
    }

    #[test]
    fn a_place_that_just_changed_replaces_the_loaded_one() {
        let newer = HashMap::from([("a.md".to_owned(), 0.7)]);
        let mut merged = with_newer(&[("a.md".into(), 0.2), ("b.md".into(), 0.3)], &newer);
        merged.sort_by(|one, other| one.0.cmp(&other.0));
        assert_eq!(merged, [("a.md".to_owned(), 0.7), ("b.md".to_owned(), 0.3)]);
    }

    #[test]
    fn the_filter_takes_words_from_title_and_section() {
        let titles = |query: &str| -> Vec<String> { filter(&site(), query).into_iter().map(|hit| hit.title).collect() };
        assert_eq!(titles("billing"), ["Billing: parked invoices", "Overview", "Tariff rules"], "own title first");
        assert_eq!(titles("  TARIFF billing "), ["Tariff rules"]);
        assert_eq!(titles("tariff ledger"), [""; 0], "all words, in one page");
        assert_eq!(titles("   "), [""; 0]);
        assert_eq!(filter(&site(), "tariff")[0].section, ["Services", "Billing"]);
    }
}
