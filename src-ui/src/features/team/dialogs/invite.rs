//! "Invite somebody": a link and a code to hand on.

use leptos::{prelude::*, task::spawn_local};
use waymark_api::ipc::team::{InvitePerson, InviteText};
use waymark_core::id::PersonId;

use super::line::{PersonField, use_line};
use crate::{
    features::team::hands::use_hands,
    kit::{Button, ButtonKind, ButtonSize, CopyButton, Refusal, dates},
    state::use_session,
};

/// Makes an invite and shows it.
#[component]
pub(super) fn InviteForm(
    /// Who was meant when the question was asked.
    person: Option<PersonId>,
) -> impl IntoView {
    let hands = use_hands();
    let (busy, refused) = (RwSignal::new(false), RwSignal::new(None));
    let (person, made) = (RwSignal::new(person), RwSignal::new(None::<InviteText>));
    let line = use_line();
    // An invite of somebody else must not stay beside the new name.
    Effect::new(move |before: Option<Option<PersonId>>| {
        let person = person.get();
        if before.is_some_and(|before| before != person) {
            made.set(None);
        }
        person
    });
    let cannot = Signal::derive(move || busy.get() || person.get().is_none());
    let make = move || {
        let Some(person) = person.get_untracked() else { return };
        busy.set(true);
        refused.set(None);
        spawn_local(async move {
            match hands.backend.call(InvitePerson { person }).await {
                Ok(invite) => drop(made.try_set(Some(invite))),
                Err(error) => drop(refused.try_set(Some(error))),
            }
            busy.try_set(false);
        });
    };
    view! {
        <div class="wm-ask">
            <p class="wm-ask__lead">
                "Who opens the link in Waymark, or types the code there, joins as this person. It works once; send it where only they can read it."
            </p>
            <PersonField line chosen=person/>
            {move || made.get().map(|invite| view! { <Made invite/> })}
            <Refusal refused/>
            <div class="wm-dialog__actions">
                <Button on_press=move || hands.close()>"Close"</Button>
                <Button kind=ButtonKind::Primary disabled=cannot on_press=make>
                    {move || if made.with(Option::is_some) { "Make another invite" } else { "Make an invite" }}
                </Button>
            </div>
        </div>
    }
}

/// Link and code, each to be copied.
#[component]
fn Made(
    /// The invite.
    invite: InviteText,
) -> impl IntoView {
    let today = use_session().frame().with_untracked(|frame| frame.today);
    let InviteText { link, code, expires } = invite;
    let until = format!("Until {}, {}", dates::day_of_year(expires.date(), today), dates::time(expires));
    view! {
        <div class="wm-invite" role="status">
            <div class="wm-invite__line">
                <span class="wm-invite__name">"Link"</span>
                <code class="wm-invite__value">{link.clone()}</code>
                <CopyButton text=link label="Copy link" size=ButtonSize::Small/>
            </div>
            <div class="wm-invite__line">
                <span class="wm-invite__name">"Code"</span>
                <code class="wm-invite__value wm-invite__value--code">{code.clone()}</code>
                <CopyButton text=code label="Copy code" size=ButtonSize::Small/>
            </div>
            <p class="wm-invite__until wm-num">{until}</p>
        </div>
    }
}
