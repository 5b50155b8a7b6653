//! A tree of hundreds of nodes with one tab stop.

use std::{collections::BTreeSet, time::Duration};

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use super::{
    Icon, IconView, Ring, TreeNode,
    tree_model::{Move, ancestors, press, type_ahead, visible},
};

/// How long a pause ends a typed word.
const TYPING_PAUSE: Duration = Duration::from_millis(700);

/// What all rows of a tree share.
#[derive(Clone, Copy)]
struct Shared {
    /// Keys of open nodes; they stay open while the tree lives, whatever the nodes do.
    open: RwSignal<BTreeSet<String>>,
    /// Key of the row that is the tab stop.
    focused: RwSignal<Option<String>>,
    current: Signal<Option<String>>,
    on_open: Callback<String>,
}

/// A tree: `↑ ↓ ← →`, Home, End, Enter, `*` and type-ahead; one tab stop.
#[component]
pub(crate) fn Tree(
    /// What the tree is, for screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// Its nodes.
    #[prop(into)]
    nodes: Signal<Vec<TreeNode>>,
    /// Key of the node that is shown beside the tree; the way to it opens.
    #[prop(into)]
    current: Signal<Option<String>>,
    /// Called with a node's key when the person opens it. A node without an address opens and closes
    /// instead.
    #[prop(into)]
    on_open: Callback<String>,
) -> impl IntoView {
    let root = NodeRef::<html::Ul>::new();
    let tree = Shared { open: RwSignal::default(), focused: RwSignal::new(None), current, on_open };
    let rows = Memo::new(move |_| nodes.with(|nodes| tree.open.with(|open| visible(nodes, open))));
    // A new place opens the way to it. An effect, because what the person opened must stay open too.
    Effect::new(move |_| {
        let Some(key) = current.get() else { return };
        let above = nodes.with(|nodes| ancestors(nodes, &key));
        if !above.is_empty() {
            tree.open.update(|open| open.extend(above));
        }
        tree.focused.set(Some(key));
    });
    let stop = Memo::new(move |_| {
        let focused = tree.focused.get();
        rows.with(|rows| {
            let known = focused.filter(|key| rows.iter().any(|row| row.key == *key));
            known.or_else(|| rows.first().map(|row| row.key.clone()))
        })
    });
    let typed = StoredValue::new((String::new(), 0_u32));
    let keydown = move |event: web_sys::KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
            return;
        }
        let Some(at) = stop.get_untracked() else { return };
        let key = event.key();
        let typing = !typed.with_value(|(text, _)| text.is_empty());
        let action = rows.with_untracked(|rows| match press(&key, &at, rows) {
            Some(Move::Activate(_)) if key == " " && typing => None,
            other => other,
        });
        match action {
            Some(Move::Focus(key)) => focus(root, tree, key),
            Some(Move::Open(keys)) => tree.open.update(|open| open.extend(keys)),
            Some(Move::Close(key)) => tree.open.update(|open| {
                open.remove(&key);
            }),
            Some(Move::Activate(key)) => activate(tree, &nodes.read_untracked(), &key),
            None if key.chars().count() == 1 && key != "*" => {
                let text = remember(typed, &key);
                if let Some(found) = rows.with_untracked(|rows| type_ahead(&text, &at, rows)) {
                    focus(root, tree, found);
                }
            }
            None => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    view! {
        <ul class="wm-tree" role="tree" aria-label=move || label.get() node_ref=root on:keydown=keydown>
            {move || nodes.get().into_iter().map(|node| branch(tree, stop, node, 1)).collect_view()}
        </ul>
    }
}

/// One node and, while it is open, what is under it.
fn branch(tree: Shared, stop: Memo<Option<String>>, node: TreeNode, level: u32) -> AnyView {
    let TreeNode { key, title, href, badge, percent, children } = node;
    let folder = !children.is_empty();
    let open = {
        let key = key.clone();
        Memo::new(move |_| tree.open.with(|open| open.contains(&key)))
    };
    let current = {
        let key = key.clone();
        Memo::new(move |_| tree.current.with(|current| current.as_deref() == Some(&key)))
    };
    let tab = {
        let key = key.clone();
        Memo::new(move |_| stop.with(|stop| stop.as_deref() == Some(&key)))
    };
    let page = href.is_some();
    let click = {
        let key = key.clone();
        move |event: web_sys::MouseEvent| {
            event.stop_propagation();
            tree.focused.set(Some(key.clone()));
            if page {
                tree.on_open.run(key.clone());
                if folder {
                    tree.open.update(|open| {
                        open.insert(key.clone());
                    });
                }
            } else {
                toggle(tree, &key);
            }
        }
    };
    let fold = {
        let key = key.clone();
        move |event: web_sys::MouseEvent| {
            event.stop_propagation();
            toggle(tree, &key);
        }
    };
    let under = StoredValue::new(children);
    let group = move || {
        (folder && open.get()).then(|| {
            let rows = under.get_value().into_iter().map(|child| branch(tree, stop, child, level + 1)).collect_view();
            view! { <ul role="group">{rows}</ul> }
        })
    };
    let chevron =
        folder.then(|| view! { <span class="wm-tree__fold" on:click=fold><IconView icon=Icon::Right/></span> });
    view! {
        <li
            class="wm-tree__node"
            role="treeitem"
            data-key=key
            attr:aria-level=level.to_string()
            aria-expanded=move || folder.then(|| if open.get() { "true" } else { "false" })
            aria-selected=move || if current.get() { "true" } else { "false" }
            aria-current=move || current.get().then_some("page")
            tabindex=move || if tab.get() { "0" } else { "-1" }
            style:--wm-level=format!("{}", level - 1)
            on:click=click
        >
            <span class="wm-tree__row" class:wm-tree__row--section=!page>
                {chevron}
                <span class="wm-tree__title">{title}</span>
                {percent.map(|percent| view! {
                    <Ring percent=f64::from(percent)/>
                    <span class="wm-hidden">{format!("{percent} % read")}</span>
                })}
                {badge.map(|badge| view! { <span class="wm-tree__badge">{badge}</span> })}
            </span>
            {group}
        </li>
    }
    .into_any()
}

fn toggle(tree: Shared, key: &str) {
    tree.open.update(|open| {
        if !open.remove(key) {
            open.insert(key.to_owned());
        }
    });
}

fn activate(tree: Shared, nodes: &[TreeNode], key: &str) {
    match find(nodes, key) {
        Some(node) if node.href.is_some() => tree.on_open.run(key.to_owned()),
        Some(_) => toggle(tree, key),
        None => {}
    }
}

fn find<'a>(nodes: &'a [TreeNode], key: &str) -> Option<&'a TreeNode> {
    nodes.iter().find_map(|node| if node.key == key { Some(node) } else { find(&node.children, key) })
}

fn focus(root: NodeRef<html::Ul>, tree: Shared, key: String) {
    tree.focused.set(Some(key.clone()));
    let Some(root) = root.get_untracked() else { return };
    let Ok(items) = root.query_selector_all("[role=treeitem]") else { return };
    let item = (0..items.length())
        .filter_map(|index| items.item(index)?.dyn_into::<web_sys::HtmlElement>().ok())
        .find(|item| item.get_attribute("data-key").as_deref() == Some(&key));
    if let Some(item) = item {
        // An element of this page can always take the focus.
        let _ = item.focus();
    }
}

/// Adds a letter to the typed word; a pause ends the word.
fn remember(typed: StoredValue<(String, u32)>, letter: &str) -> String {
    let (text, turn) = typed.get_value();
    let (text, turn) = (text + letter, turn + 1);
    typed.set_value((text.clone(), turn));
    set_timeout(
        move || {
            // A newer letter keeps the word alive; the tree itself may be gone.
            typed.try_update_value(|(text, latest)| {
                if *latest == turn {
                    text.clear();
                }
            });
        },
        TYPING_PAUSE,
    );
    text
}
