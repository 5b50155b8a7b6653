//! Sections of real documentation, as many as are wanted.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use waymark_search::{Document, Kind, Section};

/// Markdown files, and where they are from.
pub(crate) struct Corpus {
    name: String,
    files: Vec<File>,
}

struct File {
    site: String,
    path: String,
    text: String,
}

impl Corpus {
    /// The shared sites, or the documentation of this repository where they are not on this machine.
    pub(crate) fn at_hand() -> Self {
        let shared = env::var_os("WAYMARK_SHARED").map_or_else(|| PathBuf::from("/work/shared"), PathBuf::from);
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs-content");
        let shared = Self::of("the shared sites", &shared.join("corpus/docs"));
        if shared.is_empty() { Self::of("docs-content (the shared sites are absent)", &own) } else { shared }
    }

    fn of(name: &str, root: &Path) -> Self {
        Self { name: name.to_owned(), files: markdown(root) }
    }

    /// Where the files are from, in words.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Whether there is nothing to measure with.
    pub(crate) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Hands over documents until they have at least so many sections, and answers with the bytes of their
    /// Markdown. Every round over the files after the first is in other words.
    pub(crate) fn each(&self, sections: usize, mut take: impl FnMut(Document)) -> u64 {
        let (mut bytes, mut copy, mut left) = (0, 0, sections);
        loop {
            for file in &self.files {
                let text = if copy == 0 { file.text.clone() } else { varied(&file.text, copy) };
                let document = document(file, copy, &text);
                bytes += text.len() as u64;
                left = left.saturating_sub(document.sections.len());
                take(document);
                if left == 0 {
                    return bytes;
                }
            }
            copy += 1;
        }
    }

    /// The same documents in a list.
    pub(crate) fn documents(&self, sections: usize) -> Vec<Document> {
        let mut documents = Vec::new();
        self.each(sections, |document| documents.push(document));
        documents
    }
}

/// All Markdown below a folder, with the name of the site that it is in.
fn markdown(root: &Path) -> Vec<File> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let Ok(text) = fs::read_to_string(&path) else { continue };
                let path = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
                let site = path.split('/').next().unwrap_or_default().to_owned();
                files.push(File { site, path, text });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The same text with every third long word made into another, as another site's would be.
fn varied(text: &str, copy: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let letter = |place: usize| char::from(b'a' + (copy / place % 26) as u8);
    let letters = if copy < 26 { letter(1).to_string() } else { String::from_iter([letter(26), letter(1)]) };
    for (index, word) in text.split_inclusive(' ').enumerate() {
        let long = word.trim_end().len() > 6 && word.trim_end().bytes().all(|byte| byte.is_ascii_lowercase());
        if long && index % 3 == copy % 3 {
            let (head, tail) = word.trim_end().split_at(3);
            out.push_str(head);
            out.push_str(&letters);
            out.push_str(tail);
            out.push(' ');
        } else {
            out.push_str(word);
        }
    }
    out
}

/// Cut at `#` headings outside fences: near enough to what the app hands over.
fn document(file: &File, copy: usize, text: &str) -> Document {
    let mut sections = vec![Section::default()];
    let mut above: Vec<(usize, String)> = Vec::new();
    let mut title = None;
    let mut fenced = false;
    for line in text.lines() {
        let trimmed = line.trim_start();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fenced = !fenced;
            continue;
        }
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        let heading = (!fenced && (1..=6).contains(&level)).then(|| line[level..].strip_prefix(' ')).flatten();
        let last = sections.len() - 1;
        match heading {
            Some(heading) if title.is_none() && level == 1 => title = Some(heading.trim().to_owned()),
            Some(heading) => {
                above.retain(|(other, _)| *other < level);
                above.push((level, heading.trim().to_owned()));
                let headings = above.iter().map(|(_, heading)| heading.clone()).collect();
                let anchor = Some(heading.trim().to_lowercase().replace(' ', "-"));
                sections.push(Section { headings, anchor, ..Section::default() });
            }
            None if fenced => sections[last].code.extend([line, "\n"]),
            None => sections[last].body.extend([line, "\n"]),
        }
    }
    Document {
        key: format!("{copy}/{}", file.path),
        kind: Kind::Page,
        source: if copy == 0 { file.site.clone() } else { format!("{}-{copy}", file.site) },
        title: title.unwrap_or_else(|| file.path.clone()),
        sections,
        stamp: 0,
    }
}
