//! `cargo xtask bench`: the figures of the app that ships, each beside a floor or beside what a person would
//! use instead, and beside what it must reach.

mod backlog;
mod figure;
mod hostile;
mod machine;
mod made_up;
mod mkdocs;
mod search;
mod server;
mod sites;
mod window;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};

use self::figure::Figure;
use crate::{
    paths,
    progress::step,
    report::{markdown, table},
};

/// A real site of about 450 pages, below the corpora.
const SITE: &str = "corpus/docs/argo-cd";
/// All real sites, below the corpora.
const SITES: &str = "corpus/docs";

/// What is measured.
#[derive(Args)]
pub(crate) struct Options {
    /// A folder with a documentation site, instead of the usual one.
    #[arg(long)]
    docs: Option<PathBuf>,
    /// Measures this part only; can be given more than once. The table goes to `target/bench-<part>.md`.
    #[arg(long, value_enum)]
    only: Vec<Part>,
}

/// What can be measured by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// From the start to the first interactive screen, beside a bare window.
    Start,
    /// Memory after the tour, beside a bare window.
    Memory,
    /// Ticking a step.
    Tick,
    /// The interface's wasm.
    Size,
    /// Opening a folder with a site.
    Folder,
    /// Opening pages, the longest one among them, beside the bare engine.
    Page,
    /// Typing in the palette, beside the bare engine.
    Palette,
    /// The index at each key, its size, beside lunr.
    Search,
    /// Rendering whole sites and making them searchable, beside MkDocs; one changed page.
    Sites,
    /// Bad input: time and memory.
    Hostile,
    /// Facts that come in at the team server, beside bare inserts, over both databases.
    Ingest,
    /// A manager's page in a large organisation, over both databases.
    Overview,
    /// Slow clients of the team server, beside plain axum.
    SlowClients,
    /// What waited on one device goes to the team server, while its person works.
    Backlog,
}

impl Part {
    /// Its name on the command line.
    fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Memory => "memory",
            Self::Tick => "tick",
            Self::Size => "size",
            Self::Folder => "folder",
            Self::Page => "page",
            Self::Palette => "palette",
            Self::Search => "search",
            Self::Sites => "sites",
            Self::Hostile => "hostile",
            Self::Ingest => "ingest",
            Self::Overview => "overview",
            Self::SlowClients => "slow-clients",
            Self::Backlog => "backlog",
        }
    }

    /// Whether it needs no window.
    fn is_engine(self) -> bool {
        self.is_server() || matches!(self, Self::Search | Self::Sites | Self::Hostile)
    }

    /// Whether it is the team server's.
    fn is_server(self) -> bool {
        matches!(self, Self::Ingest | Self::Overview | Self::SlowClients | Self::Backlog)
    }
}

/// Documentation to measure with.
struct Content {
    /// One site of about 450 pages.
    site: PathBuf,
    /// All sites, or the same one where there are no more.
    many: PathBuf,
    /// What `many` is, in words.
    from: &'static str,
}

impl Content {
    fn at_hand(site: Option<PathBuf>) -> anyhow::Result<Self> {
        let shared = env::var_os("WAYMARK_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
        // Programs get these paths from other folders.
        let below = |path: &str| Some(paths::absolute(&shared.join(path))).filter(|path| path.is_dir());
        let (site, many) = match (site, below(SITE), below(SITES)) {
            (Some(site), _, many) => (paths::absolute(&site), many),
            (None, Some(site), many) => (site, many),
            (None, None, many) => (paths::absolute(&made_up::site()?), many),
        };
        Ok(match many {
            Some(many) => Self { site, many, from: "the shared sites" },
            None => Self { many: site.clone(), site, from: "one site (the shared sites are absent)" },
        })
    }
}

/// Builds what is measured as it ships, measures it, prints and keeps the table.
///
/// A figure over its reach is marked in the table and does not make the command fail: a measurement
/// depends on the machine, and whoever reads it has to judge.
pub(crate) fn run(options: Options) -> anyhow::Result<()> {
    let parts: &[Part] = if options.only.is_empty() { Part::value_variants() } else { &options.only };
    let content = Content::at_hand(options.docs)?;
    let busy = machine::load();
    let (mut figures, mut pages, mut measured) = (Vec::new(), Vec::new(), serde_json::Map::new());
    let in_window: Vec<Part> = parts.iter().copied().filter(|part| !part.is_engine()).collect();
    if !in_window.is_empty() {
        let (more, all) = window::measure(&in_window, &content)?;
        figures.extend(more);
        measured.insert("window".to_owned(), all.0);
    }
    for part in parts {
        let (more, all) = match part {
            Part::Search => search::measure()?,
            Part::Ingest => server::ingest()?,
            Part::Overview => server::overview()?,
            Part::SlowClients => server::slow_clients()?,
            Part::Backlog => backlog::measure(&speed()?)?,
            Part::Sites => sites::measure(&content, &speed()?)?,
            Part::Hostile => {
                let (figures, rows, all) = hostile::measure(&speed()?)?;
                pages = rows;
                (figures, all)
            }
            _ => continue,
        };
        figures.extend(more);
        measured.insert(part.name().to_owned(), all.0);
    }
    let name = match options.only.as_slice() {
        [] => "bench".to_owned(),
        only => format!("bench-{}", only.iter().map(|part| part.name()).collect::<Vec<_>>().join("-")),
    };
    publish(&name, &figures, &pages, &serde_json::json!({ "measured": measured, "machine": machine::machine(busy) }))
}

/// Builds the program that measures the app without its window.
fn speed() -> anyhow::Result<PathBuf> {
    step("building the app without its window (release)", "mend what the compiler says in `tests/`", |step| {
        let mut cargo = paths::cargo();
        cargo.args(["build", "--locked", "--release", "--package", "waymark-tests", "--bin", "speed"]);
        step.run(cargo).map(drop)
    })?;
    Ok(paths::built("release", "speed"))
}

/// Prints the table and keeps it, with every single measurement, in `target/<name>.json` and `.md`.
fn publish(name: &str, figures: &[Figure], pages: &[Vec<String>], all: &serde_json::Value) -> anyhow::Result<()> {
    let head = ["what", "Waymark", "beside", "reach", ""].map(str::to_owned).to_vec();
    let row = |figure: &Figure| {
        vec![
            figure.what.clone(),
            figure.app.clone(),
            figure.beside.clone(),
            figure.reach.clone(),
            if figure.within { "reached" } else { "missed" }.to_owned(),
        ]
    };
    let rows: Vec<Vec<String>> = std::iter::once(head).chain(figures.iter().map(row)).collect();
    let machine = all["machine"].as_str().unwrap_or_default();
    let (more, more_in_markdown) = if pages.is_empty() {
        Default::default()
    } else {
        (format!("\n{}", table(pages)), format!("\n{}", markdown(pages)))
    };
    println!("\n{}{more}\n{machine}", table(&rows));
    let target = paths::target();
    fs::write(target.join(format!("{name}.md")), format!("{}{more_in_markdown}\n{machine}\n", markdown(&rows)))?;
    let kept = target.join(format!("{name}.json"));
    fs::write(&kept, serde_json::to_vec_pretty(&serde_json::json!({ "figures": figures, "all": all }))?)?;
    println!("kept in {} and {name}.md beside it", paths::absolute(Path::new(&kept)).display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_called_as_on_the_command_line() {
        for part in Part::value_variants() {
            let value = part.to_possible_value().expect("no part is hidden");
            assert_eq!(value.get_name(), part.name());
        }
    }
}
