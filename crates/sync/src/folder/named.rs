//! A single text of a folder that another one names. What the walk leaves out (ignored files, hidden
//! folders, long files of other kinds) may be meant all the same.

use std::{
    fs,
    io::Read,
    path::{Component, Path},
};

use super::{FileKind, text};

/// Longer files are not brought into pages.
const MAX_BYTES: u64 = 1024 * 1024;

/// The text at `path`, relative to the folder; `None` where there is none of at most 1 MiB, where the path
/// or a link leaves the folder, and where the file is hidden and no content, because such files hold
/// secrets.
pub fn named_text(root: &Path, path: &str) -> Option<String> {
    let root = root.canonicalize().ok()?;
    let file = root.join(path).canonicalize().ok()?;
    // Judged behind all links: an innocent name may lead to `.git/config`.
    let below = file.strip_prefix(&root).ok()?;
    let mut names = below.components().filter_map(|part| match part {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    if names.clone().any(|name| name == ".git") {
        return None;
    }
    let name = names.next_back()?;
    let kind = FileKind::by_name(name);
    if (name.starts_with('.') && kind == FileKind::Other)
        || matches!(kind, FileKind::Image(mime) if mime != "image/svg+xml")
    {
        return None;
    }
    let metadata = fs::metadata(&file).ok().filter(|metadata| metadata.is_file() && metadata.len() <= MAX_BYTES)?;
    let mut bytes = Vec::with_capacity(metadata.len() as usize);
    fs::File::open(&file).ok()?.take(MAX_BYTES).read_to_end(&mut bytes).ok()?;
    let (bytes, _) = text::to_utf8(bytes);
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_and_secrets_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("x.md"), "x").unwrap();
        for (path, text) in [
            (".parts/a.md", "a"),
            ("b.py", "b"),
            (".env", "TOKEN=1"),
            (".git/config", "url"),
            ("c.png", "no picture"),
            (".pages", "nav"),
        ] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        fs::write(folder.path().join("long.txt"), vec![b'a'; MAX_BYTES as usize + 1]).unwrap();
        let read = |path: &str| named_text(folder.path(), path);
        assert_eq!(read(".parts/a.md").as_deref(), Some("a"));
        assert_eq!(read("b.py").as_deref(), Some("b"));
        assert_eq!(read(".pages").as_deref(), Some("nav"));
        let outer = format!("../{}/x.md", outside.path().file_name().unwrap().to_str().unwrap());
        for path in [".env", ".git/config", "c.png", "long.txt", "gone.md", ".parts", "", &outer, "/etc/hostname"] {
            assert_eq!(read(path), None, "{path}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(outside.path().join("x.md"), folder.path().join("out.md")).unwrap();
            std::os::unix::fs::symlink(folder.path().join(".env"), folder.path().join("in.md")).unwrap();
            assert_eq!((read("out.md"), read("in.md")), (None, None));
        }
    }
}
