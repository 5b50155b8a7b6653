//! The page's text as pieces, and the browser's own highlights over parts of it.
//!
//! The CSS Custom Highlight API paints ranges without touching the document. It is younger than the bindings, so it is
//! reached by name; where a webview lacks it, hits are counted and scrolled to but not painted.

use js_sys::{Array, Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Node, Range};

use super::model::{Hit, Piece};

/// Name of the highlight over all hits, as `prose.css` knows it.
const ALL: &str = "wm-find";
/// Name of the highlight over the hit that the reader is at.
const CURRENT: &str = "wm-find-current";
/// `NodeFilter.SHOW_TEXT`.
const SHOW_TEXT: u32 = 4;
/// What starts a new block of text.
const BLOCKS: &str = "p, li, h1, h2, h3, h4, h5, h6, td, th, dt, dd, summary, figcaption, blockquote, pre, div, .wm-codeblock__line, [role=tab]";
/// What the app added around the author's text.
const CHROME: &str = ".wm-codeblock__head";

/// The text nodes of `root` in document order, with their text.
pub(super) fn pieces(root: &Element) -> (Vec<Node>, Vec<Piece>) {
    let Ok(walker) = document().create_tree_walker_with_what_to_show(root, SHOW_TEXT) else {
        return (Vec::new(), Vec::new());
    };
    let (mut nodes, mut pieces) = (Vec::new(), Vec::new());
    let mut block: Option<Element> = None;
    let mut number = 0;
    while let Ok(Some(node)) = walker.next_node() {
        let Some(parent) = node.parent_element() else { continue };
        if parent.closest(CHROME).ok().flatten().is_some() {
            continue;
        }
        let own = parent.closest(BLOCKS).ok().flatten();
        if own != block {
            number += 1;
            block = own;
        }
        pieces.push(Piece { text: node.text_content().unwrap_or_default(), block: number });
        nodes.push(node);
    }
    (nodes, pieces)
}

/// The hits as ranges of the document.
pub(super) fn ranges(nodes: &[Node], hits: &[Hit]) -> Vec<Range> {
    let range = |hit: &Hit| {
        let range = document().create_range().ok()?;
        range.set_start(nodes.get(hit.start_piece)?, hit.start).ok()?;
        range.set_end(nodes.get(hit.end_piece)?, hit.end).ok()?;
        Some(range)
    };
    hits.iter().filter_map(range).collect()
}

/// Paints all ranges, and one of them as the current one.
pub(super) fn paint(ranges: &[Range], current: Option<usize>) {
    set(ALL, ranges.iter().enumerate().filter(|(index, _)| Some(*index) != current).map(|(_, range)| range));
    set(CURRENT, current.and_then(|index| ranges.get(index)).into_iter());
}

/// Paints nothing any more.
pub(super) fn clear() {
    paint(&[], None);
}

fn set<'a>(name: &str, ranges: impl Iterator<Item = &'a Range>) {
    // A webview without highlights refuses one of these steps; finding works without the paint.
    let _ = try_set(name, ranges.map(JsValue::from).collect());
}

fn try_set(name: &str, ranges: Array) -> Result<(), JsValue> {
    let window = JsValue::from(window());
    let highlights = Reflect::get(&Reflect::get(&window, &"CSS".into())?, &"highlights".into())?;
    if ranges.length() == 0 {
        let delete: Function = Reflect::get(&highlights, &"delete".into())?.dyn_into()?;
        delete.call1(&highlights, &name.into())?;
        return Ok(());
    }
    let class: Function = Reflect::get(&window, &"Highlight".into())?.dyn_into()?;
    let highlight = Reflect::construct(&class, &ranges)?;
    let set: Function = Reflect::get(&highlights, &"set".into())?.dyn_into()?;
    set.call2(&highlights, &name.into(), &highlight)?;
    Ok(())
}
