//! What a file is, by its name, and for images by its first bytes.

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// A page, a journey, a roadmap item, a checklist.
    Markdown,
    /// A configuration, or content in YAML.
    Yaml,
    /// A configuration, or content in TOML.
    Toml,
    /// An image of this media type.
    Image(&'static str),
    /// Something that a page may include or link.
    Other,
}

impl FileKind {
    /// Whether it is read as text.
    pub fn is_text(self) -> bool {
        match self {
            Self::Markdown | Self::Yaml | Self::Toml => true,
            Self::Image(_) | Self::Other => false,
        }
    }

    /// Judges by the extension alone.
    pub(crate) fn by_name(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        match extension.as_deref() {
            Some("md" | "markdown") => Self::Markdown,
            Some("yml" | "yaml") => Self::Yaml,
            Some("toml") => Self::Toml,
            Some("png") => Self::Image("image/png"),
            Some("jpg" | "jpeg") => Self::Image("image/jpeg"),
            Some("gif") => Self::Image("image/gif"),
            Some("webp") => Self::Image("image/webp"),
            Some("svg") => Self::Image("image/svg+xml"),
            // Navigation of the awesome-pages plugin: YAML without an extension.
            Some("pages") if name == ".pages" => Self::Yaml,
            _ => Self::Other,
        }
    }

    /// The media type that the first bytes of an image tell; an SVG tells none.
    pub(super) fn image_by_content(bytes: &[u8]) -> Option<Self> {
        let mime = match bytes {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => "image/png",
            [0xff, 0xd8, 0xff, ..] => "image/jpeg",
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => "image/gif",
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
            _ => return None,
        };
        Some(Self::Image(mime))
    }
}

/// Extensions of files that people save and open elsewhere.
const DOCUMENTS: [&str; 24] = [
    "pdf", "zip", "gz", "tgz", "bz2", "xz", "tar", "7z", "csv", "tsv", "json", "xml", "txt", "doc", "docx", "xls",
    "xlsx", "ppt", "pptx", "odt", "ods", "odp", "ics", "drawio",
];

/// Whether a file is a document that pages offer to save; such files may be larger than other ones.
pub(super) fn is_document(path: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    extension.is_some_and(|extension| DOCUMENTS.contains(&extension.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_kind_whatever_their_case() {
        for (path, kind) in [
            ("docs/README.MD", FileKind::Markdown),
            ("a.b/Makefile", FileKind::Other),
            ("mkdocs.yaml", FileKind::Yaml),
            ("docs/.pages", FileKind::Yaml),
            ("odd.pages", FileKind::Other),
            ("x/Photo.JPEG", FileKind::Image("image/jpeg")),
            ("logo.svg", FileKind::Image("image/svg+xml")),
            ("md", FileKind::Other),
        ] {
            assert_eq!(FileKind::by_name(path), kind, "{path}");
        }
    }

    #[test]
    fn documents_are_known_by_their_extension() {
        assert!(is_document("a/Guide.PDF") && is_document("x.tar.gz") && is_document("rates.csv"));
        assert!(!is_document("Makefile") && !is_document("a.pdf/b") && !is_document("core.dump"));
    }

    #[test]
    fn an_image_is_what_its_bytes_say() {
        assert_eq!(FileKind::image_by_content(b"GIF89a..."), Some(FileKind::Image("image/gif")));
        assert_eq!(FileKind::image_by_content(b"RIFF\0\0\0\0WEBPVP8 "), Some(FileKind::Image("image/webp")));
        assert_eq!(FileKind::image_by_content(b"<html>"), None);
        assert_eq!(FileKind::image_by_content(b""), None);
    }
}
