//! Where Waymark's own handbook says what to do when something is wrong.

use waymark_core::docs::NavNode;

/// Source path of the first page that is about troubleshooting, by its file name.
pub(crate) fn troubleshooting_page(nav: &[NavNode]) -> Option<String> {
    nav.iter().find_map(|node| {
        let own = node.page.as_ref().filter(|page| is_about_trouble(page)).cloned();
        own.or_else(|| troubleshooting_page(&node.children))
    })
}

fn is_about_trouble(page: &str) -> bool {
    let file = page.rsplit('/').next().unwrap_or(page);
    file.starts_with("troubleshooting") || page.contains("troubleshooting/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(page: &str, children: Vec<NavNode>) -> NavNode {
        NavNode { page: (!page.is_empty()).then(|| page.to_owned()), children, ..NavNode::default() }
    }

    #[test]
    fn the_page_is_found_at_any_depth() {
        let nav = [node("index.md", vec![]), node("", vec![node("help/troubleshooting.md", vec![])])];
        assert_eq!(troubleshooting_page(&nav).as_deref(), Some("help/troubleshooting.md"));
        assert_eq!(troubleshooting_page(&nav[..1]), None);
        assert_eq!(
            troubleshooting_page(&[node("troubleshooting/index.md", vec![])]).as_deref(),
            Some("troubleshooting/index.md")
        );
    }
}
