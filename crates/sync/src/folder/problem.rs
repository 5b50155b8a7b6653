//! What was left out of a snapshot, in words for whoever keeps the folder.

use waymark_core::diagnostic::{Diagnostic, Position, Severity};

/// What was left out or changed on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    LinkLeavesFolder,
    CouldNotRead(String),
    TooLarge { bytes: u64, limit: u64 },
    NotUtf8(Position),
    TooManyFiles { left_out: usize, limit: u32 },
    LoopOfLinks,
    NotAnImage,
    NameNotUtf8,
    TooMuchTogether { left_out: usize, limit: u64 },
    TooManyEntries { limit: u32 },
    TooDeep { limit: u32 },
}

impl Problem {
    /// The finding about the file at `path`; an empty path means the folder itself.
    pub(super) fn at(self, path: &str) -> Diagnostic {
        let position = match &self {
            Self::NotUtf8(position) => *position,
            _ => Position::START,
        };
        let (code, severity, message, help) = self.words();
        Diagnostic {
            path: path.to_owned(),
            line: position.line,
            column: position.column,
            severity,
            code: code.to_owned(),
            message,
            help: Some(help.to_owned()),
        }
    }

    fn words(self) -> (&'static str, Severity, String, &'static str) {
        use Severity::{Error, Warning};
        match self {
            Self::LinkLeavesFolder => (
                "F001",
                Warning,
                "this link leads out of the folder and was not followed".to_owned(),
                "Copy the file into the folder, or open the folder that holds both.",
            ),
            Self::CouldNotRead(why) => (
                "F002",
                Error,
                format!("this could not be read: {why}"),
                "Check its permissions, then read the folder again.",
            ),
            Self::TooLarge { bytes, limit } => (
                "F003",
                Warning,
                format!("this file has {} and was left out; the limit is {}", size(bytes), size(limit)),
                "Split it or make it smaller.",
            ),
            Self::NotUtf8(_) => (
                "F004",
                Warning,
                "this file is not UTF-8 from here on; odd characters are shown as �".to_owned(),
                "Save it as UTF-8.",
            ),
            Self::TooManyFiles { left_out, limit } => (
                "F005",
                Error,
                format!("the folder has more than {limit} files; {left_out} were left out"),
                "Open the folder with the documentation alone.",
            ),
            Self::LoopOfLinks => (
                "F006",
                Warning,
                "this link leads to a folder that was read already and was not followed".to_owned(),
                "Remove the link.",
            ),
            Self::NotAnImage => (
                "F007",
                Warning,
                "this file has the name of an image but not the content of one".to_owned(),
                "Save it again as PNG, JPEG, GIF or WebP.",
            ),
            Self::NameNotUtf8 => (
                "F008",
                Warning,
                "the name of this file is not UTF-8, so no page can refer to it; it was left out".to_owned(),
                "Rename it.",
            ),
            Self::TooMuchTogether { left_out, limit } => (
                "F009",
                Error,
                format!("the folder has more content than {}; {left_out} files were left out", size(limit)),
                "Open the folder with the documentation alone.",
            ),
            Self::TooManyEntries { limit } => (
                "F010",
                Error,
                format!("the folder has more than {limit} entries; the rest was not looked at"),
                "Open the folder with the documentation alone.",
            ),
            Self::TooDeep { limit } => (
                "F011",
                Warning,
                format!("this folder lies {limit} folders deep and was not looked into"),
                "Open a folder that is nearer to it.",
            ),
        }
    }
}

/// A size as people read it.
fn size(bytes: u64) -> String {
    const KIB: u64 = 1024;
    match bytes {
        0..KIB => format!("{bytes} bytes"),
        KIB..1_048_576 => format!("{} KiB", bytes.div_ceil(KIB)),
        _ => format!("{:.1} MiB", bytes as f64 / (KIB * KIB) as f64),
    }
}
