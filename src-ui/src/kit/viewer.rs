//! An image of a document, as large as the window allows.

use leptos::{html, prelude::*};

use super::{
    Icon, IconButton,
    dialog::follow,
    viewer_model::{Move, caption, press},
};

/// An image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    /// Its address.
    pub(crate) src: String,
    /// What its author says that it shows; possibly empty.
    pub(crate) alt: String,
}

/// What the viewer shows. Copies share it.
#[derive(Clone, Copy)]
pub(crate) struct Viewer {
    open: RwSignal<bool>,
    pictures: RwSignal<Vec<Picture>>,
    at: RwSignal<usize>,
    /// In its own size instead of the window's.
    full: RwSignal<bool>,
}

impl Viewer {
    /// Closed. Made once, at the root.
    pub(crate) fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            pictures: RwSignal::default(),
            at: RwSignal::new(0),
            full: RwSignal::new(false),
        }
    }

    /// Shows one of several pictures.
    pub(crate) fn show(self, pictures: Vec<Picture>, at: usize) {
        self.pictures.set(pictures);
        self.go(at);
        self.open.set(true);
    }

    /// Whether it is open.
    pub(crate) fn is_open(self) -> bool {
        self.open.get()
    }

    fn go(self, at: usize) {
        self.full.set(false);
        self.at.set(at);
    }

    fn step(self, by: isize) {
        let count = self.pictures.with_untracked(Vec::len);
        let at = self.at.get_untracked().saturating_add_signed(by);
        if at < count {
            self.go(at);
        }
    }
}

/// The viewer of this window.
pub(crate) fn use_viewer() -> Viewer {
    expect_context()
}

/// The dialog. Its content is made when it opens.
#[component]
pub(crate) fn ImageViewer() -> impl IntoView {
    let viewer = use_viewer();
    let dialog = NodeRef::<html::Dialog>::new();
    follow(dialog, viewer.open);
    let picture = move || viewer.pictures.with(|list| list.get(viewer.at.get()).cloned());
    let keys = move |event: web_sys::KeyboardEvent| {
        let count = viewer.pictures.with_untracked(Vec::len);
        let Some(wanted) = press(&event.key(), viewer.at.get_untracked(), count) else { return };
        event.prevent_default();
        match wanted {
            Move::To(at) => viewer.go(at),
            Move::Full(full) => viewer.full.set(full),
        }
    };
    let title = move || picture().map(|picture| picture.alt).filter(|alt| !alt.is_empty());
    let counted = move || caption(viewer.at.get(), viewer.pictures.with(Vec::len));
    let body = move || {
        viewer.open.get().then(|| {
            let image = move || {
                picture().map(|Picture { src, alt }| {
                    view! {
                        <img
                            class="wm-viewer__image"
                            src=src
                            alt=alt
                            on:click=move |_| viewer.full.update(|full| *full = !*full)
                        />
                    }
                })
            };
            view! {
                <div class="wm-viewer__bar">
                    <p class="wm-viewer__caption" role="status">
                        <span class="wm-viewer__alt">{move || title().unwrap_or_else(|| "Image".to_owned())}</span>
                        <span class="wm-viewer__count wm-num">{counted}</span>
                    </p>
                    <IconButton icon=Icon::Back label="Previous image" shortcut="←"
                        disabled=Signal::derive(move || viewer.at.get() == 0) on_press=move |()| viewer.step(-1)/>
                    <IconButton icon=Icon::Forward label="Next image" shortcut="→"
                        disabled=Signal::derive(move || viewer.at.get() + 1 >= viewer.pictures.with(Vec::len)) on_press=move |()| viewer.step(1)/>
                    <IconButton icon=Icon::Zoom
                        label=Signal::derive(move || if viewer.full.get() { "Fit the window".to_owned() } else { "Actual size".to_owned() })
                        on_press=move |()| viewer.full.update(|full| *full = !*full)/>
                    <IconButton icon=Icon::Close label="Close" shortcut="Esc" on_press=move |()| viewer.open.set(false)/>
                </div>
                <div class="wm-viewer__stage" class:wm-viewer__stage--full=move || viewer.full.get() tabindex="0" role="group" aria-label="Image" autofocus>
                    {image}
                </div>
            }
        })
    };
    view! {
        <dialog
            node_ref=dialog
            class="wm-viewer"
            aria-label="Image"
            on:close=move |_| viewer.open.set(false)
            on:keydown=keys
        >
            {body}
        </dialog>
    }
}
