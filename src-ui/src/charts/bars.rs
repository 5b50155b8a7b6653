//! Bars of one whole: how many reached what.

use super::{Drawing, drawing::Anchor};

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bar {
    /// What it counts.
    pub(crate) label: String,
    /// The part that is drawn, 0 to 1; `None` where nothing may be drawn.
    pub(crate) part: Option<f64>,
    /// Whether the bar may go on beyond what is drawn.
    pub(crate) open: bool,
    /// The count, possibly in words.
    pub(crate) value: String,
    /// The share, possibly empty.
    pub(crate) note: String,
}

const WIDTH: f64 = 324.0;
const PITCH: f64 = 40.0;
const HEIGHT: f64 = 24.0;
/// About the width of a letter of the labels.
const LETTER: f64 = 6.9;
const LABEL_MOST: f64 = 140.0;
const FIGURES: f64 = 88.0;

/// A bar for each of `list`, under each other.
pub(crate) fn bars(list: &[Bar]) -> Drawing {
    let longest = list.iter().map(|bar| width(&bar.label)).fold(0.0, f64::max);
    let left = longest.min(LABEL_MOST) + 12.0;
    let whole = WIDTH - FIGURES - left;
    let count = u32::try_from(list.len()).unwrap_or(u32::MAX);
    let mut drawing = Drawing { width: WIDTH, height: f64::from(count) * PITCH + 2.0, marks: Vec::new() };
    let mut top = 6.0;
    for bar in list {
        let base = top + 17.0;
        drawing.text("wm-chart__label", (0.0, base), Anchor::Start, shortened(&bar.label));
        drawing.rect("wm-chart__track", [left, top, whole, HEIGHT], 4.0);
        if let Some(part) = bar.part.filter(|part| *part > 0.0) {
            let drawn = part.min(1.0) * whole;
            drawing.rect("wm-chart__bar", [left, top, drawn, HEIGHT], 4.0);
            if bar.open {
                // What is not said goes on in a softer ink.
                let rest = [left + drawn - 2.0, top, whole - drawn + 2.0, HEIGHT];
                drawing.rect("wm-chart__bar wm-chart__bar--soft", rest, 4.0);
            }
        }
        let (class, x) =
            if bar.note.is_empty() { ("wm-chart__note", WIDTH) } else { ("wm-chart__value", WIDTH - 60.0) };
        drawing.text(class, (x, base), Anchor::End, bar.value.clone());
        if !bar.note.is_empty() {
            drawing.text("wm-chart__note", (WIDTH, base), Anchor::End, bar.note.clone());
        }
        let said = [bar.label.as_str(), bar.value.as_str(), bar.note.as_str()].map(str::trim);
        let said = said.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        drawing.hint([0.0, top - 8.0, WIDTH, PITCH], said);
        top += PITCH;
    }
    drawing
}

fn width(text: &str) -> f64 {
    f64::from(u32::try_from(text.chars().count()).unwrap_or(u32::MAX)) * LETTER
}

fn shortened(text: &str) -> String {
    if width(text) <= LABEL_MOST {
        return text.to_owned();
    }
    let mut short = String::new();
    for letter in text.chars() {
        if width(&short) + 2.0 * LETTER > LABEL_MOST {
            break;
        }
        short.push(letter);
    }
    format!("{}…", short.trim_end())
}

#[cfg(test)]
mod tests {
    use super::{
        super::drawing::{Mark, length},
        *,
    };

    /// Widths of the rectangles with this class.
    fn drawn(drawing: &Drawing, class: &str) -> Vec<String> {
        let width = |mark: &Mark| match mark {
            Mark::Rect { class: own, at, .. } if own == class => Some(length(at[2])),
            _ => None,
        };
        drawing.marks.iter().filter_map(width).collect()
    }

    fn bar(label: &str, part: Option<f64>, open: bool) -> Bar {
        Bar { label: label.to_owned(), part, open, value: "7".to_owned(), note: "25.0 %".to_owned() }
    }

    #[test]
    fn bars_are_parts_of_one_whole() {
        let drawing = bars(&[bar("abcdefghij", Some(1.0), false), bar("b", Some(0.5), false), bar("c", None, false)]);
        assert_eq!(drawn(&drawing, "wm-chart__track"), ["155", "155", "155"]);
        assert_eq!(drawn(&drawing, "wm-chart__bar"), ["155", "77.5"], "what may not be drawn is not drawn");
        assert_eq!(length(drawing.height), "122");
    }

    #[test]
    fn an_open_end_is_drawn_softly_up_to_the_end() {
        let drawing = bars(&[bar("a", Some(0.75), true)]);
        let (sure, rest) = (drawn(&drawing, "wm-chart__bar"), drawn(&drawing, "wm-chart__bar wm-chart__bar--soft"));
        assert_eq!((sure.len(), rest.len()), (1, 1));
    }

    #[test]
    fn long_labels_are_cut() {
        let label = "Tenth merged pull request of the hire";
        assert!(shortened(label).ends_with('…') && width(&shortened(label)) <= LABEL_MOST);
        assert_eq!(shortened("First deploy"), "First deploy");
    }
}
