//! Find in page: where a query occurs in a page's text, and how the reader moves among the hits.

/// A text node of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its text as it stands in the document.
    pub(crate) text: String,
    /// Which block it belongs to; a hit never reaches from one block into the next.
    pub(crate) block: usize,
}

/// An occurrence. Offsets count UTF-16 units inside their piece, as the document object model does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Index of the piece that it starts in.
    pub(crate) start_piece: usize,
    /// Offset of its first unit.
    pub(crate) start: u32,
    /// Index of the piece that it ends in.
    pub(crate) end_piece: usize,
    /// Offset behind its last unit.
    pub(crate) end: u32,
}

/// A character of the text as it is compared, with the place it came from.
struct Folded {
    character: char,
    piece: usize,
    start: u32,
    end: u32,
}

/// All occurrences of `query`, ignoring case and taking any run of white space as one blank.
pub(crate) fn find(pieces: &[Piece], query: &str) -> Vec<Hit> {
    let needle: Vec<char> =
        query.split_whitespace().collect::<Vec<_>>().join(" ").chars().flat_map(char::to_lowercase).collect();
    if needle.is_empty() {
        return Vec::new();
    }
    let mut hits = Vec::new();
    let mut from = 0;
    while from < pieces.len() {
        let block = pieces[from].block;
        let to = pieces[from..].iter().position(|piece| piece.block != block).map_or(pieces.len(), |len| from + len);
        find_in_block(&fold(&pieces[from..to], from), &needle, &mut hits);
        from = to;
    }
    hits
}

fn find_in_block(text: &[Folded], needle: &[char], hits: &mut Vec<Hit>) {
    let mut at = 0;
    while at + needle.len() <= text.len() {
        let window = &text[at..at + needle.len()];
        if window.iter().zip(needle).all(|(folded, wanted)| folded.character == *wanted) {
            let (first, last) = (&window[0], &window[needle.len() - 1]);
            hits.push(Hit { start_piece: first.piece, start: first.start, end_piece: last.piece, end: last.end });
            at += needle.len();
        } else {
            at += 1;
        }
    }
}

fn fold(pieces: &[Piece], first: usize) -> Vec<Folded> {
    let mut folded: Vec<Folded> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let mut offset = 0;
        for character in piece.text.chars() {
            let (start, end) = (offset, offset + character.len_utf16() as u32);
            offset = end;
            let piece = first + index;
            if character.is_whitespace() {
                if folded.last().is_none_or(|last| last.character != ' ') {
                    folded.push(Folded { character: ' ', piece, start, end });
                }
            } else {
                folded.extend(character.to_lowercase().map(|character| Folded { character, piece, start, end }));
            }
        }
    }
    folded
}

/// The next or previous hit of `count`, round and round. Without a current one it is the first or the last.
pub(crate) fn turn(current: Option<usize>, count: usize, forward: bool) -> Option<usize> {
    if count == 0 {
        return None;
    }
    Some(match (current, forward) {
        (Some(at), true) => (at + 1) % count,
        (Some(at), false) => (at + count - 1) % count,
        (None, true) => 0,
        (None, false) => count - 1,
    })
}

/// The hit to start with: the first one at or below `line`, so that the page does not jump while somebody types;
/// after the last hit it starts again from the top. `tops` are the hits' upper edges in px.
pub(crate) fn first_from(tops: &[f64], line: f64) -> Option<usize> {
    if tops.is_empty() {
        return None;
    }
    Some(tops.iter().position(|top| *top >= line).unwrap_or(0))
}

/// What the bar says: "2 of 5", "No matches", or nothing for an empty field.
pub(crate) fn count_text(query: &str, current: Option<usize>, count: usize) -> String {
    match (query.trim().is_empty(), current) {
        (true, _) => String::new(),
        (false, Some(at)) => format!("{} of {count}", at + 1),
        (false, None) => "No matches".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(texts: &[(&str, usize)]) -> Vec<Piece> {
        texts.iter().map(|(text, block)| Piece { text: (*text).to_owned(), block: *block }).collect()
    }

    #[test]
    fn a_hit_may_reach_over_inline_marks_but_not_over_blocks() {
        let text = page(&[("A failed post is safe to re", 0), ("try", 0), (": yes. Re", 0), ("try", 1)]);
        let hits = find(&text, "RETRY");
        assert_eq!(hits, [Hit { start_piece: 0, start: 25, end_piece: 1, end: 3 }]);
    }

    #[test]
    fn white_space_is_one_blank() {
        let text = page(&[("ledger\n      keeps", 0), (" ", 0), ("order", 0)]);
        assert_eq!(find(&text, "ledger  keeps order").len(), 1);
        assert_eq!(find(&text, "ledgerkeeps").len(), 0);
        assert_eq!(find(&text, "   ").len(), 0, "blanks alone are no query");
    }

    #[test]
    fn offsets_count_utf16_units() {
        let text = page(&[("Gdańsk 🚚 Malmö, İzmir", 0)]);
        assert_eq!(find(&text, "malmö"), [Hit { start_piece: 0, start: 10, end_piece: 0, end: 15 }]);
        assert_eq!(find(&text, "zmir")[0].end, 22, "a letter that grows in lower case moves nothing");
        assert_eq!(find(&page(&[("aaaa", 0)]), "aa").len(), 2, "hits do not overlap");
    }

    #[test]
    fn turning_goes_round() {
        assert_eq!(turn(Some(4), 5, true), Some(0));
        assert_eq!(turn(Some(0), 5, false), Some(4));
        assert_eq!(turn(None, 5, true), Some(0));
        assert_eq!(turn(None, 5, false), Some(4));
        assert_eq!(turn(Some(3), 0, true), None);
    }

    #[test]
    fn typing_starts_at_what_is_on_screen() {
        assert_eq!(first_from(&[-500.0, 20.0, 900.0], 0.0), Some(1));
        assert_eq!(first_from(&[-500.0, -20.0], 0.0), Some(0), "from the top again");
        assert_eq!(first_from(&[], 0.0), None);
    }

    #[test]
    fn the_bar_counts_from_one() {
        assert_eq!(count_text("retry", Some(1), 5), "2 of 5");
        assert_eq!(count_text("retry", None, 0), "No matches");
        assert_eq!(count_text(" ", None, 0), "");
    }
}
