//! Sizes and counts as people read them.

use waymark_api::ipc::privacy::PrivacyView;

/// A size on disk: "512 bytes", "48 KB", "1.2 MB". Decimal units, as file managers print them.
pub(crate) fn size(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "KB")];
    // The unit is chosen by what is printed, so that 999,999 bytes are 1.0 MB and not 1000 KB.
    match UNITS.into_iter().find(|(unit, _)| bytes + unit / 2000 >= *unit) {
        None if bytes == 1 => "1 byte".to_owned(),
        None => format!("{bytes} bytes"),
        Some((unit, name)) => {
            let tenths = (bytes * 10 + unit / 2) / unit;
            if tenths >= 100 || name == "KB" {
                format!("{} {name}", (bytes + unit / 2) / unit)
            } else {
                format!("{}.{} {name}", tenths / 10, tenths % 10)
            }
        }
    }
}

/// One line of what is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FactCount {
    /// What it is.
    pub(crate) name: &'static str,
    /// How much of it, in words.
    pub(crate) value: String,
}

/// How much is kept of everything.
pub(crate) fn counts(view: &PrivacyView) -> Vec<FactCount> {
    let number = |count: u32, one: &str, many: &str| match count {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    };
    vec![
        FactCount { name: "What you did", value: number(view.facts, "fact", "facts") },
        FactCount { name: "Notes", value: number(view.notes, "note", "notes") },
        FactCount { name: "Bookmarks", value: number(view.bookmarks, "page", "pages") },
        FactCount { name: "Reading history", value: number(view.read_pages, "page", "pages") },
        FactCount { name: "Size on disk", value: size(view.bytes) },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        for (bytes, text) in [
            (0, "0 bytes"),
            (1, "1 byte"),
            (512, "512 bytes"),
            (999, "999 bytes"),
            (1_000, "1 KB"),
            (47_600, "48 KB"),
            (999_400, "999 KB"),
            (999_999, "1.0 MB"),
            (1_240_000, "1.2 MB"),
            (34_000_000, "34 MB"),
            (2_000_000_000, "2.0 GB"),
        ] {
            assert_eq!(size(bytes), text, "{bytes}");
        }
    }

    #[test]
    fn nothing_is_said_in_words() {
        let view = PrivacyView {
            facts: 23,
            waiting: 23,
            server: None,
            share_notes: false,
            held: Vec::new(),
            refused: Vec::new(),
            viewers: Vec::new(),
            latest: Vec::new(),
            notes: 0,
            read_pages: 1,
            bookmarks: 2,
            data_folder: "/data".to_owned(),
            bytes: 81_920,
        };
        let values: Vec<String> = counts(&view).into_iter().map(|count| count.value).collect();
        assert_eq!(values, ["23 facts", "no notes", "2 pages", "1 page", "82 KB"]);
    }
}
