//! Small bars inside table rows; the numbers stand beside them.

use super::{Drawing, drawing::length};

const HEIGHT: f64 = 16.0;
const BAR: [f64; 2] = [5.0, 6.0];

/// Median and ninth decile of a duration on an axis from 0 to `max`.
pub(crate) fn duration_spark(median: f64, p90: f64, max: f64) -> Drawing {
    const WIDTH: f64 = 180.0;
    let x = |value: f64| (value / max * WIDTH).clamp(0.0, WIDTH);
    let mut drawing = Drawing { width: WIDTH, height: HEIGHT, marks: Vec::new() };
    bar(&mut drawing, "wm-chart__track", WIDTH);
    bar(&mut drawing, "wm-chart__bar wm-chart__bar--soft", x(p90));
    bar(&mut drawing, "wm-chart__bar", x(median));
    drawing.path("wm-chart__mark", format!("M{} 3v10", length(x(p90).max(0.8))));
    drawing
}

/// A share of a whole.
pub(crate) fn share_spark(share: f64) -> Drawing {
    const WIDTH: f64 = 72.0;
    let mut drawing = Drawing { width: WIDTH, height: HEIGHT, marks: Vec::new() };
    bar(&mut drawing, "wm-chart__track", WIDTH);
    bar(&mut drawing, "wm-chart__bar wm-chart__bar--blocked", (share * WIDTH).clamp(0.0, WIDTH));
    drawing
}

fn bar(drawing: &mut Drawing, class: &str, width: f64) {
    if width > 0.0 {
        let [top, height] = BAR;
        drawing.rect(class, [0.0, top, width, height], 3.0);
    }
}

#[cfg(test)]
mod tests {
    use super::{super::drawing::Mark, *};

    fn widths(drawing: &Drawing) -> Vec<f64> {
        let width = |mark: &Mark| if let Mark::Rect { at, .. } = mark { Some(at[2]) } else { None };
        drawing.marks.iter().filter_map(width).collect()
    }

    #[test]
    fn bars_keep_to_their_axis() {
        assert_eq!(widths(&duration_spark(3.0, 9.0, 10.0)), [180.0, 162.0, 54.0]);
        assert_eq!(widths(&duration_spark(3.0, 30.0, 10.0)), [180.0, 180.0, 54.0], "never beyond the end");
        assert_eq!(widths(&share_spark(0.0)), [72.0], "nothing has no bar");
        assert_eq!(widths(&share_spark(0.5)), [72.0, 36.0]);
    }
}
