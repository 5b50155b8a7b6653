//! Mermaid as SVG.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::LazyLock,
};

use merman::{
    Engine, MermaidConfig, OperationControl, ParseOptions, RenderOutput, RenderRequest, Renderer, SvgEnvironment,
    SvgRequest,
    runtime::RuntimePolicy,
    svg::{RenderResourcePolicy, ResourceLimitId, SvgPipeline, SvgRenderOptions},
    time::CivilDate,
};

use super::{allow::rewrite, svg::Svg};

/// Bytes and lines of one diagram's source; the largest in the corpora has 4 KiB and 110 lines.
const MAX_SOURCE: usize = 16 * 1024;
const MAX_LINES: usize = 400;
/// What laying out one diagram may cost, in the library's own units: they are counted and not timed, so
/// that a page is the same on every machine. The largest in the corpora need a twentieth of it.
const MAX_WORK: usize = 100_000;
/// Diagrams of one page, and their SVG in bytes.
const MAX_COUNT: usize = 40;
const MAX_SVG: usize = 1024 * 1024;

/// What the diagrams of one page may still cost.
#[derive(Debug)]
pub(super) struct Budget {
    count: usize,
    bytes: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { count: MAX_COUNT, bytes: MAX_SVG }
    }
}

/// A drawn diagram.
#[derive(Debug)]
pub(super) struct Diagram {
    /// What kind it is, for those who do not see it.
    pub(super) label: &'static str,
    /// The picture.
    pub(super) svg: String,
}

/// Whether a fence with this language is a diagram.
pub(super) fn is_one(language: &str) -> bool {
    language == "mermaid"
}

/// The picture of a diagram, or why there is none.
pub(super) fn draw(source: &str, budget: &mut Budget) -> Result<Diagram, String> {
    if source.len() > MAX_SOURCE || source.lines().count() > MAX_LINES {
        return Err(format!("it is longer than {} KiB or {MAX_LINES} lines", MAX_SOURCE / 1024));
    }
    let label = kind(source).ok_or("no kind of diagram that is known here")?;
    budget.count = budget.count.checked_sub(1).ok_or("there are too many diagrams on this page")?;
    // Ids hold for the whole window, where several documents may stand.
    let hash = blake3::hash(source.as_bytes()).to_hex();
    let id = format!("wm-diagram-{}-{}-", &hash[..8], budget.count);
    let raw = svg_of(source, "d")?;
    let svg = rewrite(&raw, &mut Svg { prefix: &id, raw: &raw })?;
    budget.bytes = budget.bytes.checked_sub(svg.len()).ok_or("the diagrams of this page are too large")?;
    Ok(Diagram { label, svg })
}

/// The kinds that are drawn, by the word that begins them, and what they are called.
#[rustfmt::skip]
const KINDS: [(&str, &str); 13] = [
    ("graph", "Flowchart"), ("flowchart", "Flowchart"), ("sequenceDiagram", "Sequence diagram"),
    ("classDiagram", "Class diagram"), ("classDiagram-v2", "Class diagram"), ("stateDiagram", "State diagram"),
    ("stateDiagram-v2", "State diagram"), ("erDiagram", "Entity relationship diagram"), ("gantt", "Gantt chart"),
    ("pie", "Pie chart"), ("gitGraph", "Git graph"), ("journey", "User journey"), ("timeline", "Timeline"),
];

/// What kind of diagram the source begins with, behind its front matter and remarks.
fn kind(source: &str) -> Option<&'static str> {
    let mut lines = source.lines().map(str::trim).peekable();
    while lines.next_if(|line| line.is_empty()).is_some() {}
    if lines.next_if_eq(&"---").is_some() {
        lines.by_ref().find(|line| *line == "---")?;
    }
    let first = lines.find(|line| !line.is_empty() && !line.starts_with("%%"))?;
    let word = first.split(|c: char| c.is_whitespace() || matches!(c, ';' | ':')).next()?;
    KINDS.iter().find(|(name, _)| *name == word).map(|(_, label)| *label)
}

static RENDERER: LazyLock<Result<Renderer, String>> = LazyLock::new(|| {
    let config = MermaidConfig::from_value(serde_json::json!({
        "securityLevel": "strict",
        "fontFamily": "Inter, system-ui, sans-serif",
    }));
    let policy = RuntimePolicy::deterministic()
        .try_with_fixed_local_offset_minutes(0)
        .map_err(|error| error.to_string())?
        // A chart's line for today would make a page different every day.
        .with_fixed_today(CivilDate::new(2000, 1, 1));
    Ok(Renderer::new()
        .with_engine(Engine::new().with_site_config(config))
        .with_runtime_policy(policy)
        .with_parse_options(ParseOptions::strict()))
});

/// The library's SVG.
fn svg_of(source: &str, id: &str) -> Result<String, String> {
    let renderer = RENDERER.as_ref().map_err(Clone::clone)?;
    let mut limits = RenderResourcePolicy::constrained();
    for (limit, value) in [
        (ResourceLimitId::MaxSourceBytes, MAX_SOURCE),
        (ResourceLimitId::MaxModelItems, 2_000),
        (ResourceLimitId::MaxModelTextBytes, 4 * MAX_SOURCE),
        (ResourceLimitId::MaxModelNestingDepth, 16),
        (ResourceLimitId::MaxLayoutWorkUnits, MAX_WORK),
        (ResourceLimitId::MaxSvgBytes, 2 * MAX_SVG),
        (ResourceLimitId::MaxSvgElements, 10_000),
    ] {
        limits = limits.with_limit(limit, value).map_err(|error| error.to_string())?;
    }
    let request = SvgRequest {
        environment: SvgEnvironment::deterministic().with_resource_policy(limits),
        options: SvgRenderOptions { diagram_id: Some(id.to_owned()), ..SvgRenderOptions::default() },
        pipeline: Some(SvgPipeline::resvg_safe()),
        ..SvgRequest::default()
    };
    // Laying out graphs is much code of others: a panic in it costs the picture and not the page.
    let request = RenderRequest::svg(source, OperationControl::new(), request);
    let result = catch_unwind(AssertUnwindSafe(|| renderer.render(request)));
    match result.map_err(|_| "the library that draws it failed".to_owned())? {
        Ok(RenderOutput::Svg(Some(svg))) => Ok(svg.into_parts().0),
        Ok(_) => Err("no kind of diagram that is known here".to_owned()),
        Err(error) => Err(first_line(&error.to_string())),
    }
}

/// The first line of a message that may be long.
fn first_line(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    line.chars().take(200).collect()
}
