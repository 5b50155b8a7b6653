//! Waiting for the person, who is in a browser now, here or on another device.

use leptos::prelude::*;
use waymark_api::ipc::account::{SignInView, TypedCode};

use crate::{
    features::{account::model::host, sources::Reading},
    kit::{Button, ButtonKind, ButtonSize, CopyButton, Icon, dates},
    state::{open_link, use_session},
};

/// What the person does elsewhere, and how to give it up.
#[component]
pub(super) fn Waiting(
    /// The sign-in.
    view: SignInView,
    /// Called when the person gives it up.
    #[prop(into)]
    on_cancel: Callback<()>,
) -> impl IntoView {
    let SignInView { url, code, until } = view;
    let today = use_session().frame().with_untracked(|frame| frame.today);
    let until = format!("Until {}, {}", dates::day_of_year(until.date(), today), dates::time(until));
    let place = host(&url);
    let again = {
        let url = url.clone();
        move |()| open_link(&url)
    };
    let (title, what) = match code {
        None => (
            "Sign in in your browser",
            view! { <p>{format!("The page of {place} is open there. Come back when it says that you can close it.")}</p> }
                .into_any(),
        ),
        Some(code) => ("Type this code on another device", view! { <Code code/> }.into_any()),
    };
    view! {
        <div class="wm-join" role="group" aria-labelledby="join-waiting">
            <section class="wm-card wm-join__card">
                <h2 class="wm-join__name" id="join-waiting" role="status">{title}</h2>
                {what}
                <p class="wm-join__fine wm-num">{until}</p>
            </section>
            <Reading at_first="Waiting for you to sign in"/>
            <div class="wm-account__actions">
                <Button icon=Icon::External on_press=again>"Open the page here"</Button>
                <Button kind=ButtonKind::Ghost on_press=on_cancel>"Cancel"</Button>
            </div>
        </div>
    }
}

/// The code and the page where it is typed, each to be copied.
#[component]
fn Code(
    /// The code.
    code: TypedCode,
) -> impl IntoView {
    let TypedCode { code, page } = code;
    view! {
        <div class="wm-join__code">
            <code class="wm-join__digits">{code.clone()}</code>
            <CopyButton text=code label="Copy code" size=ButtonSize::Small/>
        </div>
        <p class="wm-join__page">"On your phone or another computer, open "<code>{page.clone()}</code></p>
        <div><CopyButton text=page label="Copy address" size=ButtonSize::Small/></div>
    }
}
