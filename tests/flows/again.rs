//! A folder that is read again after a change says what it says to somebody who never saw it before.

use std::{collections::BTreeSet, fs, path::Path};

use waymark_api::ipc::{
    docs::{ListSites, OpenPage, OpenSite},
    search::Search,
    sources::{ListPacks, PackProblems, RefreshPack},
};
use waymark_tests::content::write;

use crate::{dice::Dice, driver::NewHire};

/// Changes in one run, and after how many of them everything is compared.
const CHANGES: usize = 36;
const EACH: usize = 3;

/// Words that pages are made of; the search is asked for each.
const WORDS: [&str; 6] = ["harbour", "lantern", "mooring", "tide", "winch", "buoy"];

const EXTENSIONS: [&str; 3] =
    ["[]", "[smarty]", "[pymdownx.arithmatex, {pymdownx.snippets: {auto_append: [parts/end.md]}}]"];

/// A folder of two sites, one with a configuration and one that speaks for itself.
struct Folder<'a> {
    root: &'a Path,
    dice: Dice,
    /// Pages of the first site, below its docs folder.
    pages: BTreeSet<String>,
    changed: BTreeSet<&'static str>,
}

impl<'a> Folder<'a> {
    fn new(root: &'a Path, seed: u64) -> Self {
        let mut folder = Self { root, dice: Dice::new(seed), pages: BTreeSet::new(), changed: BTreeSet::new() };
        for path in ["index.md", "a/index.md", "a/one.md", "b/two.md"] {
            folder.pages.insert(path.to_owned());
        }
        for page in folder.pages.clone() {
            folder.write_page(&page);
        }
        folder.write("site/parts/end.md", "*[tide]: The water's rise.\n");
        folder.write("site/parts/how.md", "Ask the harbour first.\n");
        folder.write("site/docs/plan.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        folder.write("notes/docs/index.md", "# Notes\n\nTo the [harbour](../../site/docs/index.md).\n");
        folder.write("notes/docs/z.md", "# Last\n\nA winch.\n");
        folder.write("notes/docs/b.md", "# First\n\n[Gone](gone.md)\n");
        folder.configure();
        folder
    }

    fn write(&self, path: &str, text: &str) {
        write(self.root, path, text).expect("a file");
    }

    fn one_of<'l>(&mut self, list: &[&'l str]) -> &'l str {
        list[self.dice.below(list.len() as u64) as usize]
    }

    fn page(&mut self) -> String {
        let pages: Vec<&String> = self.pages.iter().collect();
        pages[self.dice.below(pages.len() as u64) as usize].clone()
    }

    fn write_page(&mut self, path: &str) {
        let (word, heading, other) = (self.one_of(&WORDS), self.one_of(&WORDS), self.page());
        let up = "../".repeat(path.matches('/').count());
        let further = match self.dice.below(6) {
            0 => "--8<-- \"parts/how.md\"",
            1 => "--8<-- \"parts/no.md\"",
            2 => "![Plan](plan.svg)",
            3 => "$x^2$ and \"quotes\"",
            4 => "```mermaid\nflowchart LR\n  a --> b\n```",
            _ => "The tide.",
        };
        let title = if self.dice.below(3) == 0 { "---\ntitle: From the front\n---\n\n" } else { "" };
        let text = format!("{title}# The {word}\n\nTo [it]({up}{other}#{heading}).\n\n## The {heading}\n\n{further}\n");
        self.write(&format!("site/docs/{path}"), &text);
    }

    fn configure(&mut self) {
        let extensions = self.one_of(&EXTENSIONS);
        let (first, second, title) = (self.page(), self.page(), self.one_of(&WORDS));
        let nav = match self.dice.below(3) {
            0 => String::new(),
            1 => format!("nav:\n- {title}: {first}\n- Part:\n  - {second}\n"),
            _ => format!("nav:\n- {second}\n- gone.md\n"),
        };
        let site = format!("site_name: Piers\nmarkdown_extensions: {extensions}\n{nav}");
        self.write("site/mkdocs.yml", &site);
    }

    /// Changes something.
    fn change(&mut self) {
        let kind = match self.dice.below(9) {
            0 | 1 => {
                let page = self.page();
                self.write_page(&page);
                "a page"
            }
            2 => {
                let page =
                    format!("{}/{}{}.md", self.one_of(&["a", "b", "c"]), self.one_of(&WORDS), self.dice.below(3));
                self.pages.insert(page.clone());
                self.write_page(&page);
                "a new page"
            }
            3 if self.pages.len() > 2 => {
                let page = self.page();
                self.pages.remove(&page);
                fs::remove_file(self.root.join("site/docs").join(page)).expect("the page is there");
                "a page that is gone"
            }
            4 => {
                let (old, new) = (self.page(), format!("b/{}.md", self.dice.below(100)));
                let docs = self.root.join("site/docs");
                fs::create_dir_all(docs.join("b")).expect("a folder");
                fs::rename(docs.join(&old), docs.join(&new)).expect("the page is there");
                self.pages.remove(&old);
                self.pages.insert(new);
                "another name"
            }
            5 => {
                self.configure();
                "the configuration"
            }
            6 => {
                let word = self.one_of(&WORDS);
                let part = self.one_of(&["how", "end"]);
                self.write(&format!("site/parts/{part}.md"), &format!("Ask the {word}.\n\n*[{word}]: It.\n"));
                "a snippet"
            }
            7 => {
                let size = self.dice.below(9);
                self.write(
                    "site/docs/plan.svg",
                    &format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{size}\"/>"),
                );
                if size < 3 {
                    fs::remove_file(self.root.join("site/docs/plan.svg")).expect("the picture is there");
                }
                "a picture"
            }
            _ => {
                let order = self.one_of(&["nav: [z.md, b.md]\n", "order: desc\n", "title: Marks\n"]);
                self.write("notes/docs/.pages", order);
                "the order of a folder"
            }
        };
        self.changed.insert(kind);
    }
}

/// All that somebody sees of the docs on their device, line by line.
async fn seen(person: &NewHire) -> Vec<String> {
    waymark_app::search::settled(&person.app).await;
    let mut lines = Vec::new();
    let pack = waymark_app::sources::list_packs(&person.app, ListPacks {}).await.expect("packs").remove(0);
    lines.push(format!("{} {} {} {}", pack.summary.title, pack.summary.route, pack.detail, pack.warnings));
    let problems = PackProblems { pack: pack.summary.id };
    for problem in waymark_app::sources::pack_problems(&person.app, problems).await.expect("findings") {
        lines.push(format!("{problem:?}"));
    }
    for site in waymark_app::docs::list_sites(&person.app, ListSites {}).await.expect("sites") {
        let view = waymark_app::docs::open_site(&person.app, OpenSite { site: site.id.clone() }).await.expect("a site");
        lines.push(format!("{} {} {} {:?} {:?}", site.id, site.title, site.pages, site.home, view.nav));
        let mut paths = Vec::new();
        for node in &view.nav {
            node.walk(&mut Vec::new(), &mut |node, _| paths.extend(node.page.clone()));
        }
        for page in paths {
            let request = OpenPage { site: site.id.clone(), page };
            // What the navigation names may not be there; both have to say so.
            let page = waymark_app::docs::open_page(&person.app, request).await.map_err(|error| error.to_string());
            lines.push(format!("{page:?}"));
        }
    }
    for word in WORDS {
        let found = waymark_app::search::search(&person.app, Search { query: word.to_owned(), limit: 50 }).await;
        let mut hits: Vec<String> = found.expect("search").hits.iter().map(|hit| format!("{word}: {hit:?}")).collect();
        // Those that are equally good come in the order in which they were added.
        hits.sort();
        lines.extend(hits);
    }
    lines
}

async fn one_run(seed: u64) -> BTreeSet<&'static str> {
    let root = tempfile::tempdir().expect("a folder");
    let mut folder = Folder::new(root.path(), seed);
    let ada = NewHire::arrives().await;
    ada.opens(root.path()).await;
    let pack = waymark_app::sources::list_packs(&ada.app, ListPacks {}).await.expect("packs").remove(0).summary.id;
    let mut before = seen(&ada).await;
    let mut different = 0;
    for number in 1..=CHANGES {
        folder.change();
        waymark_app::sources::refresh_pack(&ada.app, RefreshPack { pack }).await.expect("it is read again");
        if number % EACH > 0 {
            continue;
        }
        let again = seen(&ada).await;
        let ben = NewHire::arrives().await;
        ben.opens(root.path()).await;
        let anew = seen(&ben).await;
        for (again, anew) in again.iter().zip(&anew) {
            assert_eq!(again, anew, "seed {seed}, change {number}");
        }
        assert_eq!(again.len(), anew.len(), "seed {seed}, change {number}");
        different += usize::from(again != before);
        before = again;
    }
    // What never shows would prove nothing.
    assert!(different > CHANGES / EACH / 2, "only {different} changes were seen");
    folder.changed
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_any_changes_a_folder_reads_as_if_it_were_new() {
    let mut changed = BTreeSet::new();
    for seed in 0..3 {
        changed.extend(one_run(seed).await);
    }
    assert_eq!(changed.len(), 8, "{changed:?}");
}
