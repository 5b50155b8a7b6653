//! Long documents come in parts: the first screens are painted at once, the rest follows frame by frame.
//!
//! Laying out a page takes the engine about 30 µs an element, 60 ms for a usual long page and half a second for one of
//! 700 KB. The document is parsed as a whole and then moved, so what a part holds does not depend on where it was cut.

use std::time::Duration;

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTemplateElement, Node};

use super::tabs;

/// Shorter HTML is put in as a whole; in bytes.
const WHOLE: usize = 12 * 1024;
/// Elements of the first part: more than a screen.
const FIRST: u32 = 100;
/// Every part is as much larger than the one before, so that the end is not far: usually one frame.
const GROWTH: u32 = 4;
/// Elements of the largest part, which is what one frame has to carry.
const LARGEST: u32 = 3200;

/// How far a document is put in. Copies share it.
#[derive(Clone, Copy)]
pub(crate) struct Parts {
    root: NodeRef<html::Div>,
    /// Holds what is not in yet.
    rest: StoredValue<Option<Node>, LocalStorage>,
    /// What waits until nothing is missing.
    then: StoredValue<Vec<Box<dyn FnOnce()>>, LocalStorage>,
    at_once: bool,
}

impl Parts {
    /// Nothing is missing yet. Where a document takes the place of an older one under a reader who is in the middle
    /// of it, all of it comes `at_once`.
    pub(crate) fn new(at_once: bool) -> Self {
        let (rest, then) = (StoredValue::new_local(None), StoredValue::new_local(Vec::new()));
        Self { root: NodeRef::new(), rest, then, at_once }
    }

    /// Whether this HTML comes in more than one part.
    pub(super) fn apply_to(self, html: &str) -> bool {
        !self.at_once && html.len() > WHOLE
    }

    pub(super) fn root(self) -> NodeRef<html::Div> {
        self.root
    }

    /// Whether all of the document is in the page.
    pub(crate) fn is_whole(self) -> bool {
        self.rest.try_with_value(Option::is_none).unwrap_or(true)
    }

    /// Does something once nothing is missing; now, where that is so already.
    pub(crate) fn when_whole(self, then: impl FnOnce() + 'static) {
        if self.is_whole() {
            return then();
        }
        self.then.try_update_value(|waiting| waiting.push(Box::new(then)));
    }

    /// Puts in what is still missing. Whoever goes to a place, counts or prints needs all of it.
    pub(crate) fn complete(self) {
        self.put_in(u32::MAX);
    }

    /// Begins with a document: its first part is in when this returns.
    pub(super) fn begin(self, html: &str) {
        let Ok(template) = document().create_element("template") else { return };
        let template: HtmlTemplateElement = template.unchecked_into();
        template.set_inner_html(html);
        self.rest.set_value(Some(template.content().into()));
        self.put_in(FIRST);
        self.go_on(FIRST * GROWTH);
    }

    /// Puts in the next part once the one before is painted, and so on until nothing is missing.
    fn go_on(self, elements: u32) {
        // A frame's own callbacks come before it is painted, a timer after that.
        request_animation_frame(move || {
            let next = move || {
                self.put_in(elements);
                // The page may be gone by then.
                if !self.is_whole() {
                    self.go_on((elements * GROWTH).min(LARGEST));
                }
            };
            set_timeout(next, Duration::ZERO);
        });
    }

    fn put_in(self, elements: u32) {
        let (Some(Some(rest)), Some(Some(root))) = (self.rest.try_get_value(), self.root.try_get_untracked()) else {
            return;
        };
        let mut room = i64::from(elements);
        while room > 0
            && let Some(node) = rest.first_child()
        {
            room -= weight(&node);
            // A node moves from one place of this document to another.
            let _ = root.append_child(&node);
        }
        tabs::restore(&root);
        if rest.first_child().is_none() {
            self.rest.set_value(None);
            for then in self.then.try_update_value(std::mem::take).unwrap_or_default() {
                then();
            }
        }
    }
}

/// How many elements a node brings.
fn weight(node: &Node) -> i64 {
    let within = node.dyn_ref::<Element>().and_then(|element| element.query_selector_all("*").ok());
    1 + within.map_or(0, |list| i64::from(list.length()))
}
