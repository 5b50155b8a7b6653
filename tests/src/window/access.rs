//! What assistive technology finds: axe's rules, and the tree that a screen reader is given.

use std::{
    env, fmt, fs,
    process::{Command, Stdio},
};

use anyhow::Context as _;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Window;
use crate::desktop;

/// The rules that every screen keeps.
const RULES: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// A rule of accessibility that the page breaks.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Violation {
    /// The rule's name.
    pub id: String,
    /// The rule in words.
    pub help: String,
    /// The places, each as a selector and what is wrong with it.
    pub places: Vec<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.id, self.help)?;
        self.places.iter().try_for_each(|place| write!(out, "\n    {place}"))
    }
}

impl Window {
    /// Asks axe-core which rules the page breaks as it is now; none is what a test wants.
    ///
    /// # Errors
    ///
    /// Where axe is not there or cannot run.
    pub async fn axe(&self) -> anyhow::Result<Vec<Violation>> {
        self.settle().await?;
        if !self.script::<bool>("return typeof axe === 'object'", vec![]).await? {
            let path = desktop::tools()?.join("axe-core/axe.min.js");
            let source = fs::read_to_string(&path)
                .with_context(|| format!("could not read {}; `cargo xtask test` fetches it", path.display()))?;
            self.script::<Value>(&format!("{source}\nreturn null"), vec![]).await.context("the page refused axe")?;
        }
        let script = "const done = arguments[arguments.length - 1]; \
             const places = (nodes) => nodes.map((n) => `${n.target.join(' ')}: ${n.failureSummary.replace(/\\s*\\n\\s*/g, ' · ')}`); \
             axe.run(document, { runOnly: arguments[0], resultTypes: ['violations'] }) \
               .then((r) => done({ ok: r.violations.map((v) => ({ id: v.id, help: v.help, places: places(v.nodes) })) })) \
               .catch((error) => done({ error: String(error) }));";
        let mut answer = self.client.execute_async(script, vec![json!(RULES)]).await.context("axe did not answer")?;
        anyhow::ensure!(answer.get("error").is_none(), "axe failed: {}", answer["error"]);
        serde_json::from_value(answer["ok"].take()).context("axe answered with something else than expected")
    }

    /// Takes a picture of the page and asks axe about it, as the tour and the test of all screens do with a screen
    /// that can be reached by its address.
    ///
    /// # Errors
    ///
    /// Where a rule is broken, or no picture can be taken.
    pub async fn see_well(&self, name: &str) -> anyhow::Result<()> {
        self.picture(name).await?;
        let broken = self.axe().await?;
        anyhow::ensure!(
            broken.is_empty(),
            "axe on {name}:\n{}",
            broken.iter().map(Violation::to_string).collect::<Vec<_>>().join("\n")
        );
        Ok(())
    }

    /// The accessibility tree as a screen reader is given it: role and name, one node a line.
    ///
    /// # Errors
    ///
    /// Where the app is not on the accessibility bus.
    pub fn tree(&self) -> anyhow::Result<String> {
        let name = self.launch.app.file_name().context("the program has a name")?;
        // A Python from elsewhere on the path lacks the bindings that the system's packages bring.
        let python = env::var_os("PYTHON").unwrap_or_else(|| "/usr/bin/python3".into());
        let output = Command::new(python)
            .arg(desktop::scripts()?.join("atspi.py"))
            .arg(name)
            .stdin(Stdio::null())
            .output()
            .context("could not start atspi.py")?;
        anyhow::ensure!(
            output.status.success(),
            "the accessibility tree cannot be read: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}
