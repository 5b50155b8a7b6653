//! Answers as lines that two runs can be compared by: ids, digests and moments by the order in which they appear.

use std::collections::HashMap;

/// Keeps what was told.
#[derive(Default)]
pub(crate) struct Words {
    names: HashMap<String, usize>,
    /// The lines.
    pub(crate) lines: Vec<String>,
}

impl Words {
    /// Adds a line.
    pub(crate) fn say(&mut self, what: &str, text: &str) {
        let line = self.scrub(text);
        self.lines.push(format!("{what}: {line}"));
    }

    /// Replaces what no two runs share.
    fn scrub(&mut self, text: &str) -> String {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '+');
        let mut out = String::new();
        let mut rest = text;
        while !rest.is_empty() {
            let word: &str = &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())];
            if word.is_empty() {
                let next = rest.chars().next().unwrap();
                out.push(next);
                rest = &rest[next.len_utf8()..];
                continue;
            }
            // A colon or full stop at the end belongs to the sentence.
            let bare = word.trim_end_matches([':', '.']);
            out.push_str(&self.word(bare));
            rest = &rest[bare.len().max(1)..];
            if bare.is_empty() {
                out.push_str(&word[..1]);
            }
        }
        out
    }

    fn word(&mut self, word: &str) -> String {
        // `p:<id>` and `urn:waymark:server:<id>` carry an id at their end.
        let tail = word.rsplit(':').next().unwrap_or(word);
        let is_uuid = tail.len() == 36 && tail.bytes().filter(|byte| *byte == b'-').count() == 4;
        let is_digest = tail.len() >= 32 && tail.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_moment = word.len() > 18 && word.ends_with('Z') && word.as_bytes()[10] == b'T';
        // A fact in base64 with its seal: ids, moments and all.
        if word.len() > 200 && word.contains('.') {
            return "<receipt>".to_owned();
        }
        if is_moment {
            return "<moment>".to_owned();
        }
        if !is_uuid && !is_digest {
            return word.to_owned();
        }
        let next = self.names.len();
        let number = self.names.entry(tail.to_owned()).or_insert(next);
        format!("{}#{number}", &word[..word.len() - tail.len()])
    }
}
