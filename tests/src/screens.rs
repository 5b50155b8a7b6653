//! The screens of Waymark, each with the way to it: what the tour photographs and axe examines.
//!
//! A new screen is one more entry in [`SCREENS`].

use anyhow::Context as _;
use jiff::civil::Date;
use tempfile::TempDir;
use waymark_api::ipc::{
    account::SealSecrets,
    docs::ListSites,
    journey::{
        BlockStep, CompleteStep, JourneyView, ListJourneys, MoveStart, OpenJourney, OpenStep, StepItem, StepStatus,
    },
    roadmap::OpenBoard,
    settings::{Contact, Preferences, SavePreferences},
    sources::{AddSample, Secret},
    start::Start,
};
use waymark_core::event::BlockReason;

use crate::{Launch, TeamServer, Window, company, provider::IdentityProvider, team};

/// Day 1 of the person in the sample; tests take place on the Wednesday after it.
const FIRST_DAY: Date = Date::constant(2026, 1, 19);

/// One thing done before a screen is as it should be seen.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    /// Press keys, as in [`Window::press`].
    Press(&'static str),
    /// Type text into whatever has the focus.
    Type(&'static str),
    /// Click what has this role and name.
    Click(&'static str, &'static str),
    /// Click the first element of this CSS selector.
    ClickCss(&'static str),
    /// Wait until this can be read on the page.
    See(&'static str),
    /// Wait until this CSS selector names something.
    Wait(&'static str),
}

/// What the library holds when a screen is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Library {
    /// Nothing: the app was never started.
    Empty,
    /// The sample, three working days in: some steps done, one blocked.
    Sample,
    /// The demo's company, joined as its manager.
    Manager,
    /// The demo's company, joined as a new hire on the first days.
    Hire,
    /// The sample, somebody without a team yet, whose company's server signs in at an identity provider, and a
    /// bundle that nobody signed behind "Open a bundle…".
    Newcomer,
    /// A member whose server refused a fact, and whose keys lie in a file that is closed.
    Guarded,
}

/// A screen and the way to it.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// Name of its picture.
    pub name: &'static str,
    /// Its route. `{journey}`, `{step}`, `{site}`, `{page}` and `{item}` stand for the sample's own; `{server}` is the
    /// address of the company's server, in what is typed.
    pub route: &'static str,
    /// What the library holds.
    pub library: Library,
    /// What is done once the route is shown.
    pub acts: &'static [Act],
}

const fn screen(name: &'static str, route: &'static str) -> Screen {
    Screen { name, route, library: Library::Sample, acts: &[] }
}

const fn of(library: Library, name: &'static str, route: &'static str) -> Screen {
    Screen { name, route, library, acts: &[] }
}

const fn after(name: &'static str, route: &'static str, acts: &'static [Act]) -> Screen {
    Screen { name, route, library: Library::Sample, acts }
}

/// The sample's page with the most to see: tabs, code, a table, a note.
const RICH_PAGE: &str = "platform/databases.md";

/// From the account's page to the company's server.
const SIGN_IN: [Act; 4] = [
    Act::Click("textbox", "Your team’s server"),
    Act::Type("{server}"),
    Act::Press("Enter"),
    Act::Wait("#join-server"),
];

/// Every screen, in the order of the tour. Those with an empty library come first.
pub const SCREENS: &[Screen] = &[
    Screen { name: "first-run", route: "/welcome", library: Library::Empty, acts: &[] },
    screen("today", "/today"),
    screen("checklist", "/checklist/{journey}"),
    screen("journeys", "/checklist"),
    screen("step", "/checklist/{journey}/{step}"),
    screen("docs", "/docs"),
    screen("docs-page", "/docs/{site}/{page}"),
    after("docs-diagram", "/docs/{site}/getting-started/architecture.md", &[Act::Wait(".doc-diagram svg")]),
    after("docs-formula", "/docs/{site}/services/billing/tariff-rules.md", &[Act::Wait("article math")]),
    after(
        "docs-shelf",
        "/docs/{site}/{page}",
        &[Act::Press("Control+d"), Act::See("Bookmarked"), Act::Press("Control+3"), Act::Wait(".wm-shelf")],
    ),
    screen("roadmap", "/roadmap"),
    screen("roadmap-item", "/roadmap/{item}"),
    screen("settings-general", "/settings/general"),
    screen("settings-appearance", "/settings/appearance"),
    screen("settings-sources", "/settings/sources"),
    screen("settings-account", "/settings/account"),
    screen("settings-privacy", "/settings/privacy"),
    screen("settings-shortcuts", "/settings/shortcuts"),
    screen("settings-diagnostics", "/settings/diagnostics"),
    after(
        "palette",
        "/today",
        &[Act::Press("Control+k"), Act::Wait("[role=combobox]"), Act::Type("vpn"), Act::Wait("[role=option]")],
    ),
    after("shortcuts", "/today", &[Act::Press("?"), Act::Wait("[role=dialog], dialog[open]")]),
    screen("not-found", "/no-such-page"),
    of(Library::Manager, "team", "/team"),
    of(Library::Manager, "team-person", "/team/{person}"),
    of(Library::Manager, "team-account", "/settings/account"),
    of(Library::Hire, "team-today", "/today"),
    of(Library::Hire, "team-privacy", "/settings/privacy"),
    Screen { name: "sign-in", route: "/settings/account", library: Library::Newcomer, acts: &SIGN_IN },
    Screen {
        name: "sign-in-code",
        route: "/settings/account",
        library: Library::Newcomer,
        acts: &[
            SIGN_IN[0],
            SIGN_IN[1],
            SIGN_IN[2],
            SIGN_IN[3],
            Act::Click("button", "Use a code instead"),
            Act::Wait(".wm-join__digits"),
        ],
    },
    Screen {
        name: "bundle",
        route: "/settings/sources",
        library: Library::Newcomer,
        acts: &[Act::Click("button", "Open a bundle…"), Act::See("Nobody signed this bundle")],
    },
    Screen {
        name: "privacy-refused",
        route: "/settings/privacy",
        library: Library::Guarded,
        acts: &[Act::See("Not taken by the server")],
    },
    Screen {
        name: "account-locked",
        route: "/settings/account",
        library: Library::Guarded,
        acts: &[Act::See("Nothing is sent until it is open")],
    },
];

/// The sample's own names for what stands in braces in a route.
#[derive(Clone, Debug, Default)]
pub struct Names(Vec<(&'static str, String)>);

impl Names {
    /// A route, or what is typed, with everything in braces filled in.
    ///
    /// # Errors
    ///
    /// Where the library has nothing of that kind.
    pub fn fill(&self, pattern: &str) -> anyhow::Result<String> {
        let filled =
            self.0.iter().fold(pattern.to_owned(), |route, (name, value)| route.replace(&format!("{{{name}}}"), value));
        anyhow::ensure!(!filled.contains('{'), "the library has nothing to fill {filled} with");
        Ok(filled)
    }
}

/// Shows a screen and does what it asks for.
///
/// # Errors
///
/// Where the screen cannot be reached.
pub async fn show(window: &Window, screen: &Screen, names: &Names) -> anyhow::Result<()> {
    // Once more where it fails: a key that comes while the page is still busy is lost, as it is for people.
    let reach = async || {
        window.load(&names.fill(screen.route)?).await?;
        for act in screen.acts {
            match *act {
                Act::Press(keys) => window.press(keys).await?,
                Act::Type(text) => window.types(&names.fill(text)?).await?,
                Act::Click(role, name) => window.click(role, name).await?,
                Act::ClickCss(selector) => window.click_css(selector).await?,
                Act::See(text) => window.sees(text).await?,
                Act::Wait(selector) => window.css(selector).await.map(drop)?,
            }
        }
        anyhow::Ok(())
    };
    if reach().await.is_ok() {
        return Ok(());
    }
    reach().await.with_context(|| format!("could not show the screen {}", screen.name))
}

/// What a window was brought to: the names for its routes, and the server that must stay as long as it.
#[derive(Debug, Default)]
pub struct Place {
    /// For [`show`].
    pub names: Names,
    /// The team server, where there is one.
    pub server: Option<TeamServer>,
    /// The identity provider that the server signs in at.
    pub provider: Option<IdentityProvider>,
    /// The folder of the bundle.
    pub stick: Option<TempDir>,
}

/// Opens a fresh window and brings it to where the screens of `library` begin; `None`, said loudly, where the machine
/// lacks what that needs.
///
/// # Errors
///
/// Where the window does not open, or the shell or the server refuses.
pub async fn arrive(launch: &Launch, library: Library) -> anyhow::Result<Option<(Window, Place)>> {
    if library == Library::Newcomer {
        return newcomer(launch).await;
    }
    let window = launch.open().await?;
    let place = match library {
        Library::Empty | Library::Newcomer => Place::default(),
        Library::Sample => Place { names: live_in_the_sample(&window).await?, ..Place::default() },
        Library::Manager => {
            let server = TeamServer::demo(&launch.now).await?;
            let overview = team::as_manager(&window, &server).await?;
            let person = overview.attention.first().context("nobody needs the manager")?.person;
            let names = Names(vec![("person", person.to_string())]);
            Place { names, server: Some(server), ..Place::default() }
        }
        Library::Hire => {
            let server = TeamServer::demo(&launch.now).await?;
            team::as_hire(&window, &server).await?;
            team::first_morning(&window).await?;
            Place { server: Some(server), ..Place::default() }
        }
        Library::Guarded => {
            let mut server = company::found(&[]).await?;
            window.call(AddSample {}).await?;
            company::join(&window, &server).await?;
            company::lose_a_journey(&window, &mut server).await?;
            window.call(SealSecrets { passphrase: Secret("harbour lamp eleven".to_owned()) }).await?;
            let place = Place { server: Some(server), ..Place::default() };
            return Ok(Some((window.restart().await?, place)));
        }
    };
    Ok(Some((window, place)))
}

async fn newcomer(launch: &Launch) -> anyhow::Result<Option<(Window, Place)>> {
    let Some((server, provider)) = company::with_sign_in().await? else { return Ok(None) };
    let stick = TempDir::with_prefix("waymark-stick-")?;
    let file = stick.path().join("depot-guide.zip");
    company::guide(&file, 1, None)?;
    let window = launch.clone().picking(file).open().await?;
    window.call(AddSample {}).await?;
    let names = Names(vec![("server", server.url().to_owned())]);
    Ok(Some((window, Place { names, server: Some(server), provider: Some(provider), stick: Some(stick) })))
}

/// All libraries, in the order of the tour.
pub const LIBRARIES: [Library; 6] =
    [Library::Empty, Library::Sample, Library::Manager, Library::Hire, Library::Newcomer, Library::Guarded];

/// Adds the sample and lives in it for eight working days: the first two phases done but for a step or
/// two, one step blocked. Answers with the names of what the sample holds.
///
/// # Errors
///
/// Where the shell refuses, or the sample lacks a journey, a site or a roadmap.
pub async fn live_in_the_sample(window: &Window) -> anyhow::Result<Names> {
    window.call(AddSample {}).await?;
    let contact = |name: &str, place: &str| Contact { name: name.into(), place: place.into(), link: String::new() };
    let preferences = Preferences {
        name: "Ada Osei".into(),
        start_date: Some(FIRST_DAY),
        team: "Routing".into(),
        buddy: contact("Maria Kovacs", "Backend · Berlin"),
        manager: contact("Greta Lindqvist", "Routing · Gdańsk"),
        ..window.call(Start {}).await?.preferences
    };
    window.call(SavePreferences { preferences }).await?;
    let list = window.call(ListJourneys {}).await?;
    let journey = list.journeys.first().context("the sample starts a journey")?.id;
    window.call(MoveStart { journey, start: FIRST_DAY }).await?;

    let steps = |view: &JourneyView, phases: usize| -> Vec<StepItem> {
        view.phases.iter().take(phases).flat_map(|phase| phase.steps.clone()).collect()
    };
    // Twice, because a step may wait for one that comes after it.
    for _ in 0..2 {
        for step in steps(&window.call(OpenJourney { journey }).await?, 2) {
            let view = window.call(OpenStep { journey, step: step.id.clone() }).await?;
            if matches!(view.item.status, StepStatus::Open | StepStatus::Started) {
                window.call(CompleteStep { journey, step: step.id }).await?;
            }
        }
    }
    let open = steps(&window.call(OpenJourney { journey }).await?, usize::MAX);
    let open: Vec<StepItem> = open.into_iter().filter(|step| step.status == StepStatus::Open).collect();
    let [first, blocked, ..] = open.as_slice() else { anyhow::bail!("the sample has fewer than two open steps left") };
    window.call(CompleteStep { journey, step: first.id.clone() }).await?;
    let note = "Access was asked for on Monday.".to_owned();
    let block = BlockStep { journey, step: blocked.id.clone(), reason: BlockReason::MissingAccess, note };
    window.call(block).await?;

    names(window).await
}

/// What the sample's first journey, site and roadmap are called, for the routes of [`SCREENS`].
///
/// # Errors
///
/// Where the library lacks one of them.
pub async fn names(window: &Window) -> anyhow::Result<Names> {
    let journey = window.call(ListJourneys {}).await?.journeys.into_iter().next().context("no journey was started")?.id;
    let view = window.call(OpenJourney { journey }).await?;
    let open = |step: &&StepItem| step.status == StepStatus::Open;
    let step = view.phases.iter().flat_map(|phase| &phase.steps).find(open).context("every step is done")?;
    let site = window.call(ListSites {}).await?.into_iter().next().context("there is no site")?;
    let board = window.call(OpenBoard { pack: None }).await?.context("there is no roadmap")?;
    let item = board.columns.iter().find_map(|column| column.cards.first()).context("the roadmap has no item")?;
    Ok(Names(vec![
        ("journey", journey.to_string()),
        ("step", step.id.to_string()),
        ("site", site.id.to_string()),
        ("page", RICH_PAGE.to_owned()),
        ("item", item.id.to_string()),
    ]))
}
