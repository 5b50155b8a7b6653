//! Waiting for the person, who is in a browser now, here or on another device.

use leptos::prelude::*;
use waymark_api::ipc::account::{SignInView, TypedCode};

use crate::{
    features::{account::model::host, sources::Reading},
    kit::{Button, ButtonKind, ButtonSize, CopyButton, Icon, dates, keep_focus},
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
    // The button that led here is gone.
    keep_focus("#join-waiting");
    let SignInView { url, code, until } = view;
    let today = use_session().frame().with_untracked(|frame| frame.today);
    let until = if until.date() == today {
        dates::time(until)
    } else {
        format!("{}, {}", dates::day_of_year(until.date(), today), dates::time(until))
    };
    let place = host(&url);
    let again = {
        let url = url.clone();
        move |()| open_link(&url)
    };
    let (title, what, holds, again_words) = match code {
        None => (
            "Sign in in your browser",
            view! { <p>{format!("The page of {place} is open there. Come back when it says that you can close it.")}</p> }
                .into_any(),
            format!("Waymark waits for you until {until}."),
            "Open the page again",
        ),
        Some(code) => (
            "Sign in on another device",
            view! { <Code code/> }.into_any(),
            format!("The code is good until {until}. Once it is typed there, Waymark goes on by itself."),
            "Open the page here",
        ),
    };
    view! {
        <div class="wm-join" role="group" aria-labelledby="join-waiting">
            <section class="wm-card wm-join__card">
                <h2 class="wm-join__name" id="join-waiting" tabindex="-1">{title}</h2>
                {what}
                <p class="wm-join__fine">{holds}</p>
            </section>
            <Reading at_first="Waiting for you to sign in"/>
            <div class="wm-account__actions">
                <Button icon=Icon::External on_press=again>{again_words}</Button>
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
        <ol class="wm-join__steps">
            <li>
                <p>"On your phone or another computer, open"</p>
                <div class="wm-join__step">
                    <code class="wm-join__page">{page.clone()}</code>
                    <CopyButton text=page label="Copy address" size=ButtonSize::Small/>
                </div>
            </li>
            <li>
                <p>"Type this code there"</p>
                <div class="wm-join__step">
                    <code class="wm-join__digits">{code.clone()}</code>
                    <CopyButton text=code label="Copy code" size=ButtonSize::Small/>
                </div>
            </li>
        </ol>
    }
}
