//! Finding things in the page by role and name, by text or by selector.

use anyhow::Context as _;
use fantoccini::elements::{Element, ElementRef};
use serde_json::{Value, json};

use super::Window;

/// The key under which WebDriver hands an element over.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

impl Window {
    /// Waits for the one visible element with this ARIA role and accessible name. A name is matched in
    /// full where something has it in full, and in part otherwise.
    ///
    /// # Errors
    ///
    /// Where there is none or more than one; the message lists what is there.
    pub async fn role(&self, role: &str, name: &str) -> anyhow::Result<Element> {
        self.one(&format!("there is one {role} called {name:?}"), json!({ "role": role, "name": name })).await
    }

    /// Waits for the one innermost visible element that contains this text.
    ///
    /// # Errors
    ///
    /// Where there is none or more than one.
    pub async fn containing(&self, text: &str) -> anyhow::Result<Element> {
        self.one(&format!("{text:?} stands in one place"), json!({ "text": text })).await
    }

    /// Waits for the first element that a CSS selector names.
    ///
    /// # Errors
    ///
    /// Where there is none.
    pub async fn css(&self, selector: &str) -> anyhow::Result<Element> {
        self.until(&format!("there is a {selector}"), async || Ok(self.count(selector).await? > 0)).await?;
        Ok(self.client.find(fantoccini::Locator::Css(selector)).await?)
    }

    /// Clicks the element with this role and name.
    ///
    /// # Errors
    ///
    /// Where it cannot be found or is covered by something.
    pub async fn click(&self, role: &str, name: &str) -> anyhow::Result<()> {
        let element = self.role(role, name).await?;
        element.click().await.with_context(|| format!("could not click the {role} {name:?}"))
    }

    /// Clicks the innermost element that contains this text.
    ///
    /// # Errors
    ///
    /// Where it cannot be found or is covered by something.
    pub async fn click_text(&self, text: &str) -> anyhow::Result<()> {
        self.containing(text).await?.click().await.with_context(|| format!("could not click {text:?}"))
    }

    /// Clicks the first element that a CSS selector names.
    ///
    /// # Errors
    ///
    /// Where it cannot be found or is covered by something.
    pub async fn click_css(&self, selector: &str) -> anyhow::Result<()> {
        self.css(selector).await?.click().await.with_context(|| format!("could not click {selector}"))
    }

    /// The visible text of the first element that a CSS selector names.
    ///
    /// # Errors
    ///
    /// Where there is none.
    pub async fn text(&self, selector: &str) -> anyhow::Result<String> {
        Ok(self.css(selector).await?.text().await?)
    }

    /// The visible texts of all elements that a CSS selector names now, possibly none.
    ///
    /// # Errors
    ///
    /// Where the window does not answer.
    pub async fn texts(&self, selector: &str) -> anyhow::Result<Vec<String>> {
        let script =
            "return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText.replace(/\\s+/g, ' ').trim())";
        self.script(script, vec![json!(selector)]).await
    }

    /// How many elements a CSS selector names now.
    ///
    /// # Errors
    ///
    /// Where the window does not answer.
    pub async fn count(&self, selector: &str) -> anyhow::Result<usize> {
        self.script("return document.querySelectorAll(arguments[0]).length", vec![json!(selector)]).await
    }

    /// Waits until this text can be read somewhere on the page.
    ///
    /// # Errors
    ///
    /// Where it cannot.
    pub async fn sees(&self, text: &str) -> anyhow::Result<()> {
        self.until(&format!("the page says {text:?}"), async || self.reads(text).await).await
    }

    /// Waits until this text can be read nowhere on the page.
    ///
    /// # Errors
    ///
    /// Where it stays.
    pub async fn no_longer_sees(&self, text: &str) -> anyhow::Result<()> {
        self.until(&format!("the page no longer says {text:?}"), async || Ok(!self.reads(text).await?)).await
    }

    async fn reads(&self, text: &str) -> anyhow::Result<bool> {
        self.script("return document.body.innerText.replace(/\\s+/g, ' ').includes(arguments[0])", vec![json!(text)])
            .await
    }

    async fn one(&self, what: &str, wanted: Value) -> anyhow::Result<Element> {
        let mut found = Vec::new();
        let looked = self
            .until(what, async || {
                let answer = self.client.execute(include_str!("find.js"), vec![wanted.clone()]).await?;
                found = answer["found"].as_array().cloned().unwrap_or_default();
                anyhow::ensure!(found.len() == 1, "{} match; there are {}", found.len(), answer["seen"]);
                Ok(true)
            })
            .await;
        looked?;
        let id = found[0][ELEMENT].as_str().context("the driver answered with no element")?;
        Ok(Element::from_element_id(self.client.clone(), ElementRef::from(id.to_owned())))
    }
}
