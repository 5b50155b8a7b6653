//! Names of files that a server sends.

/// Segments of a path, and bytes of it.
const MOST: (usize, usize) = (24, 400);

/// Whether a path of a site may be asked for and kept: relative, inside the site, printable.
pub(super) fn is_safe(path: &str) -> bool {
    let segments = path.split('/');
    !path.is_empty()
        && path.len() <= MOST.1
        && segments.clone().count() <= MOST.0
        && !path.chars().any(|c| c.is_control() || matches!(c, '\\' | '?' | '#' | '\u{202a}'..='\u{202e}'))
        && segments.clone().all(|segment| !segment.is_empty() && segment != "." && segment != "..")
        && !path.split('/').next().is_some_and(|first| first.contains(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leaves_the_site() {
        for good in ["index.html", "a b/ä/c.png", "img/x@2x.png", "a/b:c.html"] {
            assert!(is_safe(good), "{good}");
        }
        let deep = "a/".repeat(30) + "x";
        let long = "x".repeat(500);
        for bad in
            ["", "/etc/passwd", "../x", "a/../../x", "a//b", "a\\b", "C:/x", "a\n", "x?y", "x#y", "./x", &deep, &long]
        {
            assert!(!is_safe(bad), "{bad}");
        }
    }
}
