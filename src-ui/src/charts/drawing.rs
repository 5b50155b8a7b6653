//! Shapes of a chart, and the one view that draws them.

use leptos::{prelude::*, svg};

use crate::kit::unique_id;

/// Where a text is held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// At its left end.
    #[default]
    Start,
    /// In its middle.
    Middle,
    /// At its right end.
    End,
}

/// One shape. Lengths are units of the drawing; colours and widths come from the class.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Mark {
    /// A line or an area.
    Path {
        /// Its classes.
        class: String,
        /// Path data.
        d: String,
    },
    /// A bar, or a place to point at.
    Rect {
        /// Its classes.
        class: String,
        /// Left, top, width, height.
        at: [f64; 4],
        /// Radius of the corners.
        radius: f64,
        /// What the pointer is told there, possibly empty.
        title: String,
    },
    /// A dot.
    Dot {
        /// Its classes.
        class: String,
        /// Its middle.
        at: (f64, f64),
    },
    /// A text.
    Text {
        /// Its classes.
        class: String,
        /// Its end or middle on the base line.
        at: (f64, f64),
        /// Which of them.
        anchor: Anchor,
        /// The words.
        text: String,
    },
}

/// A whole chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Drawing {
    /// Units from left to right.
    pub(crate) width: f64,
    /// Units from top to bottom.
    pub(crate) height: f64,
    /// The shapes, the first one at the bottom.
    pub(crate) marks: Vec<Mark>,
}

impl Drawing {
    /// Adds a line or an area.
    pub(super) fn path(&mut self, class: impl Into<String>, d: impl Into<String>) {
        self.marks.push(Mark::Path { class: class.into(), d: d.into() });
    }

    /// Adds a bar.
    pub(super) fn rect(&mut self, class: impl Into<String>, at: [f64; 4], radius: f64) {
        self.marks.push(Mark::Rect { class: class.into(), at, radius, title: String::new() });
    }

    /// Adds a place that says `title` to the pointer.
    pub(super) fn hint(&mut self, at: [f64; 4], title: String) {
        self.marks.push(Mark::Rect { class: "wm-chart__hit".to_owned(), at, radius: 0.0, title });
    }

    /// Adds a text.
    pub(super) fn text(&mut self, class: impl Into<String>, at: (f64, f64), anchor: Anchor, text: impl Into<String>) {
        self.marks.push(Mark::Text { class: class.into(), at, anchor, text: text.into() });
    }
}

/// A length with one decimal at most.
pub(super) fn length(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

/// A drawing on screen. What it shows must stand beside it in words as well.
#[component]
pub(crate) fn DrawingView(
    /// The shapes.
    drawing: Drawing,
    /// What it is; empty for a twin of words beside it, which screen readers skip.
    #[prop(into)]
    label: String,
    /// What it shows, one or two sentences.
    #[prop(optional, into)]
    description: String,
    /// As wide as it is drawn, in rows; a chart takes the width that it gets.
    #[prop(optional)]
    fixed: bool,
) -> impl IntoView {
    let Drawing { width, height, marks } = drawing;
    let silent = label.is_empty();
    let id = unique_id("chart");
    let described_by = (!description.is_empty()).then(|| id.clone());
    let class = if fixed { "wm-spark" } else { "wm-chart" };
    view! {
        <svg
            class=class
            viewBox=format!("0 0 {} {}", length(width), length(height))
            width=length(width)
            height=length(height)
            role=(!silent).then_some("img")
            aria-hidden=silent.then_some("true")
            aria-label=(!silent).then_some(label)
            aria-describedby=described_by
        >
            {(!description.is_empty()).then(|| view! { <desc id=id>{description}</desc> })}
            {marks.into_iter().map(shape).collect::<Vec<_>>()}
        </svg>
    }
}

fn shape(mark: Mark) -> AnyView {
    match mark {
        Mark::Path { class, d } => view! { <path class=class d=d/> }.into_any(),
        Mark::Rect { class, at: [x, y, width, height], radius, title } => {
            let title = (!title.is_empty()).then(|| svg::title().child(title));
            view! {
                <rect class=class x=length(x) y=length(y) width=length(width) height=length(height) rx=length(radius)>
                    {title}
                </rect>
            }
            .into_any()
        }
        Mark::Dot { class, at: (x, y) } => view! { <circle class=class cx=length(x) cy=length(y) r="3.5"/> }.into_any(),
        Mark::Text { class, at: (x, y), anchor, text } => {
            let anchor = match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            view! { <text class=class x=length(x) y=length(y) text-anchor=anchor>{text}</text> }.into_any()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_short() {
        assert_eq!((length(12.0).as_str(), length(12.04).as_str(), length(-0.26).as_str()), ("12", "12", "-0.3"));
    }
}
