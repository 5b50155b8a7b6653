//! The two people that steps send a new hire to.

use leptos::prelude::*;
use waymark_api::ipc::settings::{Contact, Preferences};

use crate::{
    features::settings::draft::DraftField,
    kit::{FieldKind, Group},
    state::use_session,
};

/// Buddy and manager.
#[component]
pub(super) fn People() -> impl IntoView {
    view! {
        <Group title="Your people" lead="Steps that need somebody show whom to ask.">
            <ContactFields title="Buddy" read=|preferences| &preferences.buddy write=|preferences| &mut preferences.buddy/>
            <ContactFields title="Manager" read=|preferences| &preferences.manager write=|preferences| &mut preferences.manager/>
        </Group>
    }
}

/// Name, place and link of one person.
#[component]
fn ContactFields(
    /// Who it is.
    title: &'static str,
    /// The person in the preferences.
    read: fn(&Preferences) -> &Contact,
    /// The same, to be changed.
    write: fn(&mut Preferences) -> &mut Contact,
) -> impl IntoView {
    let session = use_session();
    let kept = move |field: fn(&Contact) -> &String| {
        Signal::derive(move || session.preferences().with(|preferences| field(read(preferences)).clone()))
    };
    let set = move |field: fn(&mut Contact) -> &mut String| {
        move |text: String| session.update_preferences(|preferences| *field(write(preferences)) = text)
    };
    view! {
        <fieldset class="wm-person-fields">
            <legend class="wm-person-fields__title">{title}</legend>
            <div class="wm-group__fields">
                <DraftField label="Name" value=kept(|contact| &contact.name) on_commit=set(|contact| &mut contact.name)/>
                <DraftField
                    label="Team and place"
                    value=kept(|contact| &contact.place)
                    on_commit=set(|contact| &mut contact.place)
                    placeholder="Platform, second floor"
                />
                <DraftField
                    label="Mail or chat link"
                    kind=FieldKind::Url
                    value=kept(|contact| &contact.link)
                    on_commit=set(|contact| &mut contact.link)
                    placeholder="maria@corvane.example"
                />
            </div>
        </fieldset>
    }
}
