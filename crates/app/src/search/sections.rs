//! A page's text, cut where its headings stand.
//!
//! The library keeps a page's plain text with its headings on lines of their own, and its outline. A
//! line that reads like a heading need not be one (a list of contents, "see also"), so the outline is
//! laid over the lines as a whole: as many headings as possible, in order, each as late as possible.

use std::collections::{HashMap, HashSet};

use waymark_search::Section;
use waymark_store::Page;

use super::alignment::align;

/// Sections of one page at most. What comes after them is found as a part of the last one; the longest real page at
/// hand has 900.
const MOST: usize = 8_000;

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
        if let Some((_, heading)) = next.next_if(|(place, _)| *place == number)
            && sections.len() < MOST
        {
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
    let room = MOST.saturating_sub(sections.len());
    for (_, heading) in unplaced.take(room) {
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
    // Texts are compared by number.
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let wanted: Vec<Option<u32>> = headings
        .iter()
        .map(|text| {
            let next = numbers.len() as u32;
            (!text.is_empty()).then(|| *numbers.entry(text).or_insert(next))
        })
        .collect();
    let similar: Vec<(usize, u32)> = lines
        .iter()
        .enumerate()
        .filter_map(|(place, line)| Some((place, *numbers.get(words(line).as_str())?)))
        .collect();
    align(&wanted, &similar)
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
        let source = "- Same\n\n".to_owned() + &"## Same\n\nx\n\n".repeat(4_100);
        let sections = sections(&page(&source));
        assert_eq!(sections.len(), 4_101);
        assert_eq!((words(&sections[0].body).as_str(), words(&sections[1].body).as_str()), ("Same", "x"));
    }

    #[test]
    fn a_page_of_headings_alone_has_an_end() {
        let sections = sections(&page(&format!("# T\n\n{}## Last words\n", "## x\n".repeat(20_000))));
        assert_eq!(sections.len(), MOST);
        assert!(sections.last().is_some_and(|last| last.body.ends_with("Last words\n")));
    }

    #[test]
    fn the_end_of_a_long_page_has_sections_with_text() {
        let releases = (0..3_000).rev().map(|n| {
            format!("## 1.{n}\n\n### Fixes\n\n* Mended number {n} of many, with some words more to fill the page.\n\n")
        });
        let source = "# Releases\n\n".to_owned() + &releases.collect::<String>();
        assert!(source.len() > 250_000, "{}", source.len());
        let sections = sections(&page(&source));
        assert_eq!(sections.len(), 6_001);
        for (index, n) in [(1, 2_999), (3_001, 1_499), (5_999, 0)] {
            assert_eq!(sections[index].headings, [format!("1.{n}")]);
            assert_eq!(sections[index + 1].headings, [format!("1.{n}"), "Fixes".to_owned()]);
            let text = &sections[index + 1].body;
            assert!(text.starts_with(&format!("Mended number {n} ")), "{text}");
        }
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

    /// Reads what lies below `folder` by its path there, which begins with `below`.
    fn markdown(folder: &Path, below: &str, pages: &mut BTreeMap<String, String>) {
        for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            let name = format!("{below}{}", path.file_name().unwrap_or_default().to_string_lossy());
            if path.is_dir() {
                markdown(&path, &format!("{name}/"), pages);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let text = fs::read(&path).unwrap_or_default();
                pages.insert(name, String::from_utf8_lossy(&text).into_owned());
            }
        }
    }

    #[test]
    fn headings_of_real_sites_are_found_in_their_texts() {
        let (mut placed, mut headings) = (0, 0);
        let sites = real_sites();
        let found = !sites.is_empty();
        for site in sites {
            let mut pages = BTreeMap::new();
            markdown(&site, "", &mut pages);
            let (site, _) = load(&SiteTree { pages, ..SiteTree::default() });
            for meta in site.pages.into_values() {
                let page = page_of(meta, "");
                let lines: Vec<&str> = page.text.lines().collect();
                headings += page.outline.iter().filter(|heading| !heading.text.trim().is_empty()).count();
                placed += places(&lines, &page).iter().flatten().count();
            }
        }
        let _ = writeln!(std::io::stderr(), "{placed} of {headings} headings found in their texts");
        assert!(placed * 100 >= headings * 99 && found == (headings > 0), "{placed} of {headings}");
    }
}
