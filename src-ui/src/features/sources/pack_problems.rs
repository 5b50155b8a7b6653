//! What is wrong in a pack, loaded when somebody wants to see it.

use jiff::civil::DateTime;
use leptos::prelude::*;
use waymark_api::ipc::sources::{PackProblems, PackView};
use waymark_core::id::PackId;

use super::report::ProblemFiles;
use crate::{
    backend::use_backend,
    kit::{Disclosure, ErrorPanel, Skeleton},
};

/// A fold with the problems of a pack by file; nothing where there are none.
#[component]
pub(super) fn PackProblemsFold(
    /// The pack.
    pack: Signal<PackView>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let id = pack.with_untracked(|pack| pack.summary.id);
    let read_at = Memo::new(move |_| pack.with(|pack| pack.read_at));
    let any = Memo::new(move |_| pack.with(|pack| pack.errors + pack.warnings + pack.notes > 0));
    // The title is made once; the closure inside follows the fold.
    let title = move || move || if open.get() { "Hide problems" } else { "Show problems" };
    move || {
        any.get().then(|| {
            view! {
                <div class="wm-source__problems">
                    <Disclosure open title>
                        <Loaded id read_at/>
                    </Disclosure>
                </div>
            }
        })
    }
}

/// The open fold. It is made anew whenever it opens.
#[component]
fn Loaded(
    /// Which pack.
    id: PackId,
    /// When it was read last; the problems are loaded again after that.
    read_at: Memo<DateTime>,
) -> impl IntoView {
    let backend = use_backend();
    let loaded = LocalResource::new(move || {
        read_at.track();
        backend.call(PackProblems { pack: id })
    });
    let problems = Memo::new(move |_| loaded.get());
    move || match problems.get() {
        None => view! { <Skeleton lines=2/> }.into_any(),
        Some(Ok(problems)) => view! { <ProblemFiles problems/> }.into_any(),
        Some(Err(error)) => view! { <ErrorPanel error on_retry=move || loaded.refetch()/> }.into_any(),
    }
}
