//! A page's text, cut where its headings stand.
//!
//! The library keeps a page's plain text with its headings on lines of their own, and its outline. A
//! line that reads like a heading need not be one (a list of contents, "see also"), so the outline is
//! laid over the lines as a whole: as many headings as possible, in order, each as late as possible.

use std::collections::HashSet;

use waymark_search::Section;
use waymark_store::Page;

/// Where headings times similar lines are more than this, the first line that fits is taken.
const MOST_CELLS: usize = 1 << 20;

/// The page's sections in reading order; the first is what stands before the first heading.
pub(crate) fn sections(page: &Page) -> Vec<Section> {
    let code = code_lines(&page.source);
    let lines: Vec<&str> = page.text.lines().collect();
    let places = places(&lines, page);
    let mut sections = vec![Section::default()];
    let mut above: Vec<(u8, &str)> = Vec::new();
    let mut next =
        places.iter().zip(&page.outline).filter_map(|(place, heading)| Some(((*place)?, heading))).peekable();
    // Headings whose lines are not in the text (it may be cut off) can be found all the same.
    // One without words (it may be an image) has nothing to be found by.
    let unplaced =
        places.iter().zip(&page.outline).filter(|(place, heading)| place.is_none() && !heading.text.trim().is_empty());
    for (number, line) in lines.iter().enumerate() {
        if let Some((_, heading)) = next.next_if(|(place, _)| *place == number) {
            sections.push(under(&mut above, heading.level, &heading.text, &heading.id));
            continue;
        }
        let Some(section) = sections.last_mut() else { continue };
        let trimmed = line.trim();
        // The title is shown beside every hit.
        if trimmed.is_empty() || number == 0 && trimmed == page.title {
            continue;
        }
        let text = if code.contains(trimmed) { &mut section.code } else { &mut section.body };
        text.push_str(line);
        text.push('\n');
    }
    for (_, heading) in unplaced {
        sections.push(under(&mut Vec::new(), heading.level, &heading.text, &heading.id));
    }
    sections
}

fn under<'a>(above: &mut Vec<(u8, &'a str)>, level: u8, text: &'a str, id: &str) -> Section {
    above.retain(|(other, _)| *other < level);
    above.push((level, text));
    let headings = above.iter().map(|(_, text)| (*text).to_owned()).collect();
    Section { headings, anchor: Some(id.to_owned()), ..Section::default() }
}

/// For each heading of the outline, the line that it stands on.
fn places(lines: &[&str], page: &Page) -> Vec<Option<usize>> {
    let headings: Vec<String> = page.outline.iter().map(|heading| words(&heading.text)).collect();
    let wanted: HashSet<&str> = headings.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    let similar: Vec<(usize, String)> = lines
        .iter()
        .enumerate()
        .map(|(number, line)| (number, words(line)))
        .filter(|(_, line)| wanted.contains(line.as_str()))
        .collect();
    if headings.len() * similar.len() > MOST_CELLS {
        return first_fits(&headings, &similar);
    }
    // The longest common subsequence of headings and similar lines.
    let width = similar.len() + 1;
    let mut longest = vec![0u32; (headings.len() + 1) * width];
    for (row, heading) in headings.iter().enumerate() {
        for (column, (_, line)) in similar.iter().enumerate() {
            let both = longest[row * width + column] + u32::from(heading == line);
            let (above, left) = (longest[row * width + column + 1], longest[(row + 1) * width + column]);
            longest[(row + 1) * width + column + 1] = both.max(above).max(left);
        }
    }
    let mut places = vec![None; headings.len()];
    let (mut row, mut column) = (headings.len(), similar.len());
    while row > 0 && column > 0 {
        let here = longest[row * width + column];
        let fits = headings[row - 1] == similar[column - 1].1;
        if fits && here == longest[(row - 1) * width + column - 1] + 1 {
            places[row - 1] = Some(similar[column - 1].0);
            (row, column) = (row - 1, column - 1);
        } else if here == longest[(row - 1) * width + column] {
            row -= 1;
        } else {
            column -= 1;
        }
    }
    places
}

fn first_fits(headings: &[String], similar: &[(usize, String)]) -> Vec<Option<usize>> {
    let mut rest = similar.iter();
    let mut place = |heading: &String| {
        let mut ahead = rest.clone();
        let found = ahead.find(|(_, line)| line == heading).map(|(number, _)| *number);
        if found.is_some() {
            rest = ahead;
        }
        found
    };
    headings.iter().map(&mut place).collect()
}

fn words(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines inside fences, wherever a fence may stand.
fn code_lines(source: &str) -> HashSet<&str> {
    let mut lines = HashSet::new();
    let mut fence: Option<&str> = None;
    for line in source.lines() {
        let line = line.trim();
        let mark = |sign: char| &line[..line.len() - line.trim_start_matches(sign).len()];
        let marks = if line.starts_with('~') { mark('~') } else { mark('`') };
        match fence {
            Some(open) if marks.starts_with(open) && line.len() == marks.len() => fence = None,
            Some(_) => {
                lines.insert(line);
            }
            // An inline span may begin with three signs, and ends on its line.
            None if marks.len() >= 3 && !line[marks.len()..].contains('`') => fence = Some(marks),
            None => {}
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use std::{
        collections::BTreeMap,
        fs,
        io::Write as _,
        path::{Path, PathBuf},
    };

    use waymark_docs::{PageMeta, SiteTree, load};

    use super::*;

    /// Reads a page as a folder's page is read.
    fn page(source: &str) -> Page {
        let pages = [("a.md".to_owned(), source.to_owned())].into();
        let (mut site, _) = load(&SiteTree { pages, ..SiteTree::default() });
        page_of(site.pages.remove("a.md").expect("the page is read"), source)
    }

    fn page_of(meta: PageMeta, source: &str) -> Page {
        Page {
            path: "a.md".to_owned(),
            title: meta.title,
            source: source.to_owned(),
            hash: String::new(),
            outline: meta.outline,
            words: meta.words,
            text: meta.text,
        }
    }

    fn shown(source: &str) -> Vec<String> {
        let show = |section: Section| {
            let anchor = section.anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
            let code = if section.code.is_empty() { String::new() } else { format!(" `{}`", words(&section.code)) };
            format!("{}{anchor}: {}{code}", section.headings.join(" > "), words(&section.body))
        };
        sections(&page(source)).into_iter().map(show).collect()
    }

    #[test]
    fn text_stands_under_its_heading() {
        let source = "# Guide\n\nHello *you*.\n\n## Install\n\nFirst.\n\n```sh\nkubectl apply\n```\n\n### On Linux\n\nUse `apt`.\n\n## After that\n\nDone.\n";
        assert_eq!(
            shown(source),
            [
                ": Hello you.",
                "Install#install: First. `kubectl apply`",
                "Install > On Linux#on-linux: Use apt.",
                "After that#after-that: Done."
            ]
        );
    }

    #[test]
    fn a_list_of_contents_is_no_heading() {
        let source =
            "# Guide\n\n- Install\n- Use\n\n## Install\n\nInstall it.\n\n## Use\n\nLike so.\n\n## Install\n\nAgain.\n";
        let shown = shown(source);
        assert_eq!(shown[0], ": Install Use");
        assert_eq!(shown[1], "Install#install: Install it.");
        assert_eq!(shown[3], "Install#install_1: Again.");
    }

    #[test]
    fn headings_whose_text_is_cut_off_are_sections_all_the_same() {
        let mut cut = page("# Guide\n\n## One\n\nText.\n\n## Two\n\nMore.\n");
        cut.text = "Guide\nOne\nText.\n".to_owned();
        let anchors: Vec<_> = sections(&cut).into_iter().filter_map(|section| section.anchor).collect();
        assert_eq!(anchors, ["one", "two"]);
    }

    #[test]
    fn fences_inside_blocks_are_code() {
        let shown = shown(
            "# G\n\n!!! note\n\n    Look:\n\n    ~~~yaml\n    a: 1\n    ~~~\n\n```not a fence``` and text\n\nafter\n",
        );
        assert_eq!(shown.len(), 1);
        assert!(shown[0].contains("`a: 1`") && shown[0].contains("after"), "{shown:?}");
    }

    #[test]
    fn many_equal_headings_take_the_quick_way() {
        let source = "## Same\n\nx\n\n".repeat(1_100);
        assert_eq!(sections(&page(&source)).len(), 1_101);
    }

    /// The folder with real sites, which are no part of the repository; says loudly where it is absent.
    fn real_sites() -> Vec<PathBuf> {
        let root = std::env::var_os("WAYMARK_SHARED")
            .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
        let folder = root.join("corpus/docs");
        let Ok(entries) = fs::read_dir(&folder) else {
            // Past the test harness's capture, so that a skipped test is seen.
            let _ = writeln!(std::io::stderr(), "SKIPPED: {} is absent; set WAYMARK_SHARED", folder.display());
            return Vec::new();
        };
        entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
    }

    fn markdown(folder: &Path, pages: &mut BTreeMap<String, String>) {
        for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                markdown(&path, pages);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let text = fs::read(&path).unwrap_or_default();
                pages.insert(path.to_string_lossy().into_owned(), String::from_utf8_lossy(&text).into_owned());
            }
        }
    }

    #[test]
    fn headings_of_real_sites_are_found_in_their_texts() {
        let (mut placed, mut headings) = (0, 0);
        for site in real_sites() {
            let mut pages = BTreeMap::new();
            markdown(&site, &mut pages);
            let (site, _) = load(&SiteTree { pages, ..SiteTree::default() });
            // A text that was cut off has lost headings with its end.
            for meta in site.pages.into_values().filter(|meta| meta.text.len() < 32_000) {
                let page = page_of(meta, "");
                let lines: Vec<&str> = page.text.lines().collect();
                headings += page.outline.iter().filter(|heading| !heading.text.trim().is_empty()).count();
                placed += places(&lines, &page).iter().flatten().count();
            }
        }
        let _ = writeln!(std::io::stderr(), "{placed} of {headings} headings found in their texts");
        assert!(placed * 100 >= headings * 99, "{placed} of {headings}");
    }
}
