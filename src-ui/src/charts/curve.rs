//! Step curves with bands: the share that has reached something, by day.

use super::{
    Drawing,
    drawing::{Anchor, Mark, length},
    labels::{Area, Named, Placed, Point, place},
    scale::day_ticks,
};

/// One step of a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Step {
    /// Day on which the share changes.
    pub(crate) day: u32,
    /// The share from then on, 0 to 1.
    pub(crate) share: f64,
    /// Lower and upper end of its interval.
    pub(crate) interval: Option<(f64, f64)>,
}

/// One curve.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Series {
    /// Its name, for instance a year.
    pub(crate) label: String,
    /// A few words under the name.
    pub(crate) note: String,
    /// Its steps by day.
    pub(crate) steps: Vec<Step>,
    /// Days at which somebody drops out unmeasured.
    pub(crate) censored: Vec<u32>,
    /// The day of the median.
    pub(crate) median: Option<u32>,
    /// How many are at risk at a day, in words.
    pub(crate) at_risk: Vec<(u32, String)>,
}

impl Series {
    /// The share at a day.
    pub(crate) fn share_at(&self, day: u32) -> f64 {
        self.steps.iter().take_while(|step| step.day <= day).last().map_or(0.0, |step| step.share)
    }

    /// The last day that the curve says something about.
    pub(crate) fn end(&self) -> u32 {
        let last = self.steps.last().map_or(0, |step| step.day);
        self.censored.iter().copied().max().unwrap_or(0).max(last)
    }
}

/// Up to four curves on one pair of axes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StepCurve {
    /// The curves; a fifth one is not drawn (`ux.md`, 5.4).
    pub(crate) series: Vec<Series>,
    /// What the axis counts.
    pub(crate) unit: String,
}

/// More curves than this cannot be told apart by people who see colours differently.
const MOST: usize = 4;
const WIDTH: f64 = 524.0;
const LEFT: f64 = 76.0;
const RIGHT: f64 = 512.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 178.0;
/// About the width of a letter of the labels.
const LETTER: f64 = 6.3;

impl StepCurve {
    /// Days on the axis: round ones, up to the end of the longest curve.
    pub(crate) fn ticks(&self) -> Vec<u32> {
        day_ticks(self.shown().iter().map(Series::end).max().unwrap_or(0), 5)
    }

    fn shown(&self) -> &[Series] {
        &self.series[..self.series.len().min(MOST)]
    }

    /// The shapes.
    pub(crate) fn draw(&self) -> Drawing {
        let ticks = self.ticks();
        let plane = Plane { days: f64::from(ticks.last().copied().unwrap_or(1)) };
        let rows = f64::from(u32::try_from(self.shown().len()).unwrap_or(0));
        let mut drawing = Drawing { width: WIDTH, height: 220.0 + rows * 18.0, marks: Vec::new() };
        plane.axes(&mut drawing, &ticks);
        // The first curve is the newest one and lies on top.
        for (number, series) in self.shown().iter().enumerate().rev() {
            drawing.path(format!("wm-chart__band--{}", number + 1), plane.band(series));
        }
        for (number, series) in self.shown().iter().enumerate().rev() {
            plane.curve(&mut drawing, number + 1, series);
        }
        self.names(&mut drawing, &plane);
        self.risk_rows(&mut drawing, &plane, &ticks);
        self.hints(&mut drawing, &plane);
        drawing
    }

    fn names(&self, drawing: &mut Drawing, plane: &Plane) {
        let named: Vec<Named> = self.shown().iter().map(|series| plane.named(series)).collect();
        let plot = Area { left: LEFT + 8.0, top: TOP, right: RIGHT, bottom: BOTTOM - 4.0 };
        for (number, (series, placed)) in self.shown().iter().zip(place(&named, plot, Plane::y(0.5))).enumerate() {
            let Some(Placed { area, to }) = placed else { continue };
            let class = format!("wm-chart__series wm-chart__series--{}", number + 1);
            drawing.text(class, (area.left, area.top + 11.0), Anchor::Start, series.label.clone());
            drawing.text("wm-chart__note", (area.left, area.top + 27.0), Anchor::Start, series.note.clone());
            let from = area.nearest(to);
            let away = (to.0 - from.0).hypot(to.1 - from.1);
            if away > 12.0 {
                let part = |end: f64, start: f64, at: f64| start + (end - start) * at;
                let (start, end) = (4.0 / away, 1.0 - 3.0 / away);
                let point = |at: f64| format!("{} {}", length(part(to.0, from.0, at)), length(part(to.1, from.1, at)));
                drawing.path("wm-chart__leader", format!("M{}L{}", point(start), point(end)));
            }
        }
    }

    fn risk_rows(&self, drawing: &mut Drawing, plane: &Plane, ticks: &[u32]) {
        drawing.text("wm-chart__note", (0.0, 212.0), Anchor::Start, "At risk");
        drawing.text("wm-chart__note", (RIGHT, 212.0), Anchor::End, self.unit.clone());
        let mut base = 232.0;
        for (number, series) in self.shown().iter().enumerate() {
            let class = format!("wm-chart__series wm-chart__series--{}", number + 1);
            drawing.text(class, (0.0, base), Anchor::Start, series.label.clone());
            for (day, text) in series.at_risk.iter().filter(|(day, _)| ticks.contains(day)) {
                let x = plane.x(f64::from(*day));
                // The last number would hang over the drawing's end.
                let (at, anchor) = if x > RIGHT - 1.0 { (WIDTH, Anchor::End) } else { (x, Anchor::Middle) };
                drawing.text("wm-chart__tick", (at, base), anchor, text.clone());
            }
            base += 18.0;
        }
    }

    fn hints(&self, drawing: &mut Drawing, plane: &Plane) {
        let mut days: Vec<u32> =
            self.shown().iter().flat_map(|series| series.steps.iter().map(|step| step.day)).collect();
        days.sort_unstable();
        days.dedup();
        let ends = days.iter().skip(1).map(|day| f64::from(*day)).chain([plane.days]);
        for (day, end) in days.iter().zip(ends) {
            let shares = self.shown().iter().filter(|series| *day <= series.end());
            let shares: Vec<String> =
                shares.map(|series| format!("{} {:.0} %", series.label, series.share_at(*day) * 100.0)).collect();
            let (left, right) = (plane.x(f64::from(*day)), plane.x(end));
            drawing
                .hint([left, TOP, (right - left).max(1.0), BOTTOM - TOP], format!("Day {day}: {}", shares.join(", ")));
        }
    }
}

/// Days and shares as places of the drawing.
struct Plane {
    /// The last day of the axis.
    days: f64,
}

impl Plane {
    fn x(&self, day: f64) -> f64 {
        LEFT + (RIGHT - LEFT) * day / self.days
    }

    fn y(share: f64) -> f64 {
        BOTTOM - (BOTTOM - TOP) * share.clamp(0.0, 1.0)
    }

    fn axes(&self, drawing: &mut Drawing, ticks: &[u32]) {
        for (percent, text) in [(0.0, "0"), (25.0, "25"), (50.0, "50"), (75.0, "75"), (100.0, "100 %")] {
            let y = Self::y(percent / 100.0);
            let class = match text {
                "0" => "wm-chart__axis",
                "50" => "wm-chart__half",
                _ => "wm-chart__grid",
            };
            drawing.path(class, format!("M{} {}H{}", length(LEFT), length(y), length(RIGHT)));
            drawing.text("wm-chart__tick", (LEFT - 8.0, y + 4.0), Anchor::End, text);
        }
        for day in ticks {
            let x = self.x(f64::from(*day));
            drawing.path("wm-chart__axis", format!("M{} {}v4", length(x), length(BOTTOM)));
            drawing.text("wm-chart__tick", (x, BOTTOM + 18.0), Anchor::Middle, day.to_string());
        }
    }

    fn curve(&self, drawing: &mut Drawing, number: usize, series: &Series) {
        let x = |day: u32| length(self.x(f64::from(day)));
        let y = |share: f64| length(Self::y(share));
        let mut line = format!("M{} {}", x(0), y(0.0));
        for step in &series.steps {
            line.push_str(&format!("H{}V{}", x(step.day), y(step.share)));
        }
        line.push_str(&format!("H{}", x(series.end())));
        let ticks: String = series
            .censored
            .iter()
            .map(|day| format!("M{} {}v10", x(*day), length(Self::y(series.share_at(*day)) - 5.0)))
            .collect();
        if let Some(median) = series.median {
            let drop = format!("M{} {}V{}", x(median), y(0.5), y(0.0));
            drawing.path(format!("wm-chart__drop wm-chart__drop--{number}"), drop);
        }
        drawing.path(format!("wm-chart__line wm-chart__line--{number}"), line);
        if !ticks.is_empty() {
            drawing.path(format!("wm-chart__censored wm-chart__censored--{number}"), ticks);
        }
        if let Some(median) = series.median {
            let at = (self.x(f64::from(median)), Self::y(0.5));
            drawing.marks.push(Mark::Dot { class: format!("wm-chart__dot wm-chart__dot--{number}"), at });
        }
    }

    /// The interval of each step holds until the next one; a step without one leaves a gap.
    fn band(&self, series: &Series) -> String {
        let ends = series.steps.iter().skip(1).map(|step| step.day).chain([series.end()]);
        let pieces: Vec<(u32, u32, (f64, f64))> = series
            .steps
            .iter()
            .zip(ends)
            .filter_map(|(step, end)| step.interval.map(|interval| (step.day, end, interval)))
            .collect();
        let x = |day: u32| length(self.x(f64::from(day)));
        let y = |share: f64| length(Self::y(share));
        let joined = pieces.chunk_by(|one, next| one.1 == next.0);
        joined
            .map(|run| {
                let mut d = String::new();
                for (index, (from, to, (_, high))) in run.iter().enumerate() {
                    let begin =
                        if index == 0 { format!("M{} {}", x(*from), y(*high)) } else { format!("V{}", y(*high)) };
                    d.push_str(&format!("{begin}H{}", x(*to)));
                }
                for (from, _, (low, _)) in run.iter().rev() {
                    d.push_str(&format!("V{}H{}", y(*low), x(*from)));
                }
                d + "Z"
            })
            .collect()
    }

    fn named(&self, series: &Series) -> Named {
        let mut line: Vec<Point> = Vec::new();
        let mut band: Vec<Point> = Vec::new();
        let mut before = 0.0;
        for half in 0..=series.end() * 2 {
            let (x, day) = (self.x(f64::from(half) / 2.0), half / 2);
            let share = series.share_at(day);
            // A step up is a line as well.
            let (low, high) = (Self::y(share), Self::y(before));
            let mut y = low;
            while y <= high {
                line.push((x, y));
                y += 6.0;
            }
            before = share;
            let interval = series.steps.iter().take_while(|step| step.day <= day).last().and_then(|step| step.interval);
            if let Some((low, high)) = interval {
                let (mut y, end) = (Self::y(high), Self::y(low));
                while y <= end {
                    band.push((x, y));
                    y += 8.0;
                }
            }
        }
        if let Some(median) = series.median {
            let x = self.x(f64::from(median));
            line.extend((0_u8..10).map(|step| (x, Self::y(0.5 - 0.05 * f64::from(step)))));
        }
        let letters = series.label.chars().count().max(series.note.chars().count());
        let width = f64::from(u32::try_from(letters).unwrap_or(u32::MAX)) * LETTER;
        Named { line, band, size: (width, 30.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(label: &str, first: u32) -> Series {
        let step = |day, share, interval| Step { day, share, interval };
        Series {
            label: label.to_owned(),
            note: format!("median day {}, n 28", first + 2),
            steps: vec![
                step(first, 0.25, Some((0.1, 0.4))),
                step(first + 2, 0.5, Some((0.3, 0.7))),
                step(first + 6, 1.0, None),
            ],
            censored: vec![first + 2],
            median: Some(first + 2),
            at_risk: vec![(0, "28".to_owned()), (5, "23".to_owned()), (10, "under 5".to_owned())],
        }
    }

    fn paths(drawing: &Drawing, class: &str) -> Vec<String> {
        let path = |mark: &Mark| match mark {
            Mark::Path { class: own, d } if own.split(' ').any(|one| one == class) => Some(d.clone()),
            _ => None,
        };
        drawing.marks.iter().filter_map(path).collect()
    }

    fn texts(drawing: &Drawing) -> Vec<String> {
        let text = |mark: &Mark| if let Mark::Text { text, .. } = mark { Some(text.clone()) } else { None };
        drawing.marks.iter().filter_map(text).collect()
    }

    #[test]
    fn a_curve_is_drawn_as_steps_from_zero() {
        let chart = StepCurve { series: vec![series("2025/26", 4)], unit: "working days".to_owned() };
        assert_eq!(chart.ticks(), [0, 2, 4, 6, 8, 10]);
        let drawing = chart.draw();
        assert_eq!(
            paths(&drawing, "wm-chart__line"),
            ["M76 178H250.4V137H337.6V96H512V14H512"],
            "flat until day 4, then a quarter, a half and all"
        );
        assert_eq!(paths(&drawing, "wm-chart__drop"), ["M337.6 96V178"], "the median stands on the axis");
        assert_eq!(paths(&drawing, "wm-chart__censored"), ["M337.6 91v10"], "a tick sits on its curve");
        assert_eq!(
            paths(&drawing, "wm-chart__band--1"),
            ["M250.4 112.4H337.6V63.2H512V128.8H337.6V161.6H250.4Z"],
            "the last step has no interval, so the band ends before it"
        );
    }

    #[test]
    fn words_name_curves_and_numbers_at_risk() {
        let chart = StepCurve {
            series: vec![series("2025/26", 4), series("2024/25", 9)],
            unit: "working days since start".to_owned(),
        };
        let words = texts(&chart.draw());
        for expected in ["2025/26", "2024/25", "median day 6, n 28", "median day 11, n 28", "under 5", "At risk"] {
            assert!(words.iter().any(|word| word == expected), "{expected}: {words:?}");
        }
        assert_eq!(words.iter().filter(|word| *word == "2025/26").count(), 2, "at the curve and at its row");
    }

    #[test]
    fn a_fifth_curve_is_left_out() {
        let chart = StepCurve {
            series: (0..5).map(|number| series(&number.to_string(), 4 + number)).collect(),
            unit: String::new(),
        };
        assert_eq!(paths(&chart.draw(), "wm-chart__line").len(), 4);
    }

    #[test]
    fn nothing_measured_is_an_empty_pair_of_axes() {
        let chart = StepCurve { series: Vec::new(), unit: String::new() };
        assert_eq!(chart.ticks(), [0, 1]);
        assert!(paths(&chart.draw(), "wm-chart__line").is_empty());
    }
}
