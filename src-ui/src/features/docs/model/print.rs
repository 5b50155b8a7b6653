//! Which pages a printed site has, and how far gathering them is.

use std::collections::HashSet;

use waymark_core::docs::NavNode;

/// The source paths of a navigation in reading order, each once.
pub(crate) fn pages_in_order(nav: &[NavNode]) -> Vec<String> {
    let (mut order, mut seen) = (Vec::new(), HashSet::new());
    for node in nav {
        node.walk(&mut Vec::new(), &mut |node, _| {
            if let Some(page) = &node.page
                && seen.insert(page.clone())
            {
                order.push(page.clone());
            }
        });
    }
    order
}

/// How far gathering the pages of a site is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PrintState {
    pages: Vec<String>,
    /// How many were asked for; `None` before the person said "Print".
    asked: Option<usize>,
}

impl PrintState {
    /// Nothing gathered yet.
    pub(crate) fn new(pages: Vec<String>) -> Self {
        Self { pages, asked: None }
    }

    /// The person said "Print".
    pub(crate) fn start(&mut self) {
        self.asked = Some(0);
    }

    /// The page to ask for now; `None` after the last.
    pub(crate) fn next(&mut self) -> Option<String> {
        let asked = self.asked.as_mut()?;
        let page = self.pages.get(*asked)?.clone();
        *asked += 1;
        Some(page)
    }

    /// Whether pages are being gathered.
    pub(crate) fn under_way(&self) -> bool {
        self.asked.is_some()
    }

    /// How many were asked for.
    pub(crate) fn done(&self) -> u32 {
        u32::try_from(self.asked.unwrap_or_default()).unwrap_or(u32::MAX)
    }

    /// How many there are.
    pub(crate) fn total(&self) -> u32 {
        u32::try_from(self.pages.len()).unwrap_or(u32::MAX)
    }

    /// What the dialog says.
    pub(crate) fn line(&self) -> String {
        let count = match self.pages.len() {
            1 => "The only page".to_owned(),
            count => format!("All {count} pages"),
        };
        match self.asked {
            None => format!("{count} of this site in reading order, as one long document."),
            Some(asked) => format!("Page {asked} of {}", self.pages.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_come_in_reading_order_and_once() {
        let page = |path: &str| NavNode { page: Some(path.into()), ..NavNode::default() };
        let section = NavNode { children: vec![page("b.md"), page("a.md")], ..NavNode::default() };
        assert_eq!(pages_in_order(&[page("a.md"), section, page("c.md")]), ["a.md", "b.md", "c.md"]);
    }

    #[test]
    fn gathering_starts_when_the_person_says_so() {
        let mut state = PrintState::new(vec!["a.md".into(), "b.md".into()]);
        assert_eq!(state.next(), None);
        assert!(!state.under_way());
        assert_eq!(state.line(), "All 2 pages of this site in reading order, as one long document.");
        state.start();
        assert_eq!(state.next().as_deref(), Some("a.md"));
        assert_eq!((state.done(), state.total()), (1, 2));
        assert_eq!(state.line(), "Page 1 of 2");
        assert_eq!(state.next().as_deref(), Some("b.md"));
        assert_eq!(state.next(), None);
    }
}
