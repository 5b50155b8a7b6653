//! Which part of a diagram a shape is, told from the classes that Mermaid gives it and its neighbours.

use roxmltree::Node;

/// How a shape looks.
#[derive(Default)]
pub(super) struct Look {
    /// Classes of the style sheet.
    pub(super) classes: Vec<&'static str>,
    /// The author's own colour.
    pub(super) fill: Option<String>,
    /// Whether nothing of it is seen.
    pub(super) unseen: bool,
}

/// Words in classes of lines between shapes.
#[rustfmt::skip]
const LINES: [&str; 15] = [
    "flowchart-link", "edgePath", "edgePaths", "path", "relation", "relationshipLine", "transition", "messageLine0",
    "messageLine1", "loopLine", "actor-line", "task-line", "lineWrapper", "divider", "edge-thickness-normal",
];
/// Of what surrounds other shapes.
const AREAS: [&str; 7] = ["cluster", "clusters", "statediagram-cluster", "rect", "labelBox", "outer", "composit"];
/// Of remarks.
const NOTES: [&str; 4] = ["note", "noteText", "statediagram-note", "note-edge"];
/// Of what stands behind words on a line.
const LABELS: [&str; 5] = ["background", "labelBkg", "edgeLabel", "relationshipLabelBox", "branchLabelBkg"];
/// Of dots and bars that are filled with the colour of lines.
#[rustfmt::skip]
const SOLID: [&str; 7] = [
    "state-start", "fork-join", "end-state-inner", "commit-merge", "sequenceNumber", "start-state", "legend-box",
];

/// Classes for what is counted: branches, sections, slices.
const SERIES: [&str; 8] = [
    "doc-diagram__s0",
    "doc-diagram__s1",
    "doc-diagram__s2",
    "doc-diagram__s3",
    "doc-diagram__s4",
    "doc-diagram__s5",
    "doc-diagram__s6",
    "doc-diagram__s7",
];

/// The look of an element.
pub(super) fn look(node: Node<'_, '_>) -> Look {
    let mut look = Look::default();
    let name = node.tag_name().name();
    if name == "text" && classes(node).contains(&"sequenceNumber") {
        look.classes.push("doc-diagram__on");
    }
    if !matches!(name, "path" | "rect" | "circle" | "ellipse" | "line" | "polygon" | "polyline") {
        return look;
    }
    let own = classes(node);
    let near: Vec<&str> = node.ancestors().skip(1).take(4).flat_map(classes).collect();
    let has = |list: &[&str]| own.iter().chain(&near).any(|class| list.contains(class));
    let is = |list: &[&str]| own.iter().any(|class| list.contains(class));
    let fill = paint(node, "fill");
    let stroke = paint(node, "stroke");
    let hollow = matches!(fill, Some(Paint::None));
    look.unseen = hollow && matches!(stroke, Some(Paint::None)) && name == "rect";
    if node.ancestors().any(|parent| parent.tag_name().name() == "marker") {
        look.classes.push(if hollow { "doc-diagram__line" } else { "doc-diagram__head" });
        return look;
    }
    if let Some(Paint::Own(color)) = fill {
        look.fill = Some(color);
        look.classes.push("doc-diagram__own");
    } else if let Some(number) = series(node, &own).or_else(|| near.iter().find_map(|class| number(class))) {
        look.classes.push(SERIES[number % SERIES.len()]);
        if hollow || matches!(name, "line" | "polyline") || is(&["arrow"]) {
            look.classes.push("doc-diagram__open");
        }
        return look;
    } else if matches!(name, "line" | "polyline") || is(&LINES) || (name == "path" && hollow && has(&LINES)) {
        look.classes.push("doc-diagram__line");
    } else if is(&SOLID) {
        look.classes.push("doc-diagram__head");
    } else if has(&LABELS) || is_label(node) {
        look.classes.push("doc-diagram__label");
    } else if has(&NOTES) {
        look.classes.push("doc-diagram__note");
    } else if is(&AREAS)
        || own.iter().any(|class| class.starts_with("activation"))
        || near.first().is_some_and(|class| AREAS.contains(class))
    {
        look.classes.push("doc-diagram__area");
    } else {
        look.classes.push("doc-diagram__box");
    }
    if hollow && look.classes != ["doc-diagram__line"] {
        look.classes.push("doc-diagram__open");
    }
    if matches!(stroke, Some(Paint::None)) && look.classes != ["doc-diagram__line"] {
        look.classes.push("doc-diagram__plain");
    }
    for class in own.iter().chain(near.first()) {
        match *class {
            "edge-pattern-dashed" | "dashed-line" | "messageLine1" | "loopLine" => {
                look.classes.push("doc-diagram__dashed")
            }
            "edge-pattern-dotted" => look.classes.push("doc-diagram__dotted"),
            "edge-thickness-thick" => look.classes.push("doc-diagram__thick"),
            "edge-thickness-invisible" => look.classes.push("doc-diagram__hidden"),
            _ => {}
        }
    }
    look.classes.dedup();
    look
}

fn classes<'a>(node: Node<'a, '_>) -> Vec<&'a str> {
    node.attribute("class").unwrap_or_default().split_ascii_whitespace().collect()
}

/// The number in a class of what is counted.
fn number(class: &str) -> Option<usize> {
    let prefixes = ["section-", "section", "task-type-", "branch", "commit", "arrow", "label", "actor-", "task"];
    prefixes.iter().find_map(|prefix| class.strip_prefix(prefix)?.parse().ok())
}

/// The number of a shape that is counted; slices of a pie are counted by their order.
fn series(node: Node<'_, '_>, own: &[&str]) -> Option<usize> {
    if own.contains(&"pieCircle") {
        let before = node.prev_siblings().skip(1);
        return Some(before.filter(|other| classes(*other).contains(&"pieCircle")).take(64).count());
    }
    own.iter().find_map(|class| number(class))
}

/// What fills or draws a shape.
enum Paint {
    None,
    /// The author's own colour, as an attribute may have it.
    Own(String),
}

/// Whether a shape is the ground of words on a line: labels are pictures inside the picture.
fn is_label(node: Node<'_, '_>) -> bool {
    node.parent_element().is_some_and(|parent| parent.tag_name().name() == "svg" && parent.parent_element().is_some())
}

/// The properties and values of an element's style.
pub(super) fn declarations<'a>(node: Node<'a, '_>) -> impl Iterator<Item = (&'a str, &'a str)> {
    let style = node.attribute("style").unwrap_or_default();
    style.split(';').filter_map(|rule| rule.split_once(':')).map(|(key, value)| (key.trim(), value.trim()))
}

/// What an attribute or a style says about `key`; what a theme says counts for nothing.
fn paint(node: Node<'_, '_>, key: &str) -> Option<Paint> {
    let styled = declarations(node).find(|(name, _)| *name == key);
    let value = styled.map(|(_, value)| value).or_else(|| node.attribute(key))?.trim();
    let (value, own) = match value.strip_suffix("!important") {
        Some(value) => (value.trim(), true),
        None => (value, false),
    };
    if matches!(value, "none" | "transparent") {
        return Some(Paint::None);
    }
    (own && is_color(value)).then(|| Paint::Own(value.to_owned()))
}

/// `#abc`, `#aabbcc`, `rgb(1, 2, 3)` or a name.
fn is_color(value: &str) -> bool {
    let hex = value
        .strip_prefix('#')
        .is_some_and(|hex| matches!(hex.len(), 3 | 4 | 6 | 8) && hex.bytes().all(|c| c.is_ascii_hexdigit()));
    let inside = ["rgb(", "rgba(", "hsl(", "hsla("]
        .iter()
        .find_map(|start| value.strip_prefix(start))
        .and_then(|rest| rest.strip_suffix(')'));
    let function = inside.is_some_and(|inside| {
        inside.len() <= 48 && inside.bytes().all(|c| c.is_ascii_digit() || b" ,.%/-".contains(&c))
    });
    let name = (3..=20).contains(&value.len()) && value.bytes().all(|c| c.is_ascii_alphabetic());
    hex || function || name
}
