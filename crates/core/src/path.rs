//! Paths as content writes them: relative to some folder, `/` between segments. Text only; nothing is
//! looked up on a disk.

/// `path` as seen from the folder `folder` (empty for the top), with `.` and `..` worked out.
///
/// `None` where it is absolute or leaves the top.
pub fn join(folder: &str, path: &str) -> Option<String> {
    if path.starts_with('/') {
        return None;
    }
    let mut segments: Vec<&str> = folder.split('/').filter(|segment| !segment.is_empty()).collect();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop()?;
            }
            segment => segments.push(segment),
        }
    }
    Some(segments.join("/"))
}

/// The folder of a file, without a slash at its end; empty at the top.
pub fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The last segment.
pub fn name_of(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// The path as seen from a folder above it, which is empty for the top; `None` where it lies elsewhere.
pub fn below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leaves_the_top() {
        assert_eq!(join("a/b", "../c/./d.md").as_deref(), Some("a/c/d.md"));
        assert_eq!(join("a", "..").as_deref(), Some(""));
        assert_eq!(join("", "./a//b/").as_deref(), Some("a/b"));
        for outside in ["../x", "a/../../x", "/etc/passwd"] {
            assert_eq!(join("", outside), None, "{outside}");
        }
    }

    #[test]
    fn a_path_has_a_folder_and_a_name() {
        assert_eq!((folder_of("a/b/c.md"), name_of("a/b/c.md")), ("a/b", "c.md"));
        assert_eq!((folder_of("c.md"), name_of("c.md")), ("", "c.md"));
    }

    #[test]
    fn only_what_lies_in_a_folder_is_below_it() {
        assert_eq!(below("a/b.md", "a"), Some("b.md"));
        assert_eq!(below("a/b.md", ""), Some("a/b.md"));
        assert_eq!(below("ab/c.md", "a"), None);
        assert_eq!(below("a", "a"), None);
    }
}
