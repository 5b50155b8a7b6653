//! "Assign a journey": who, which, from when, and what would be due on which day.

use jiff::civil::Date;
use leptos::prelude::*;
use waymark_api::{
    http::journeys::TemplateRow,
    ipc::team::{AssignJourney, ListTemplates},
};
use waymark_core::id::PersonId;

use super::{
    line::{PersonField, use_line},
    preview::PlanPreview,
};
use crate::{
    features::team::hands::use_hands,
    kit::{Button, ErrorPanel, FieldKind, Refusal, SelectField, TextField},
    state::use_session,
};

/// The form with its preview.
#[component]
pub(super) fn AssignForm(
    /// Who was meant when the question was asked.
    person: Option<PersonId>,
) -> impl IntoView {
    let (hands, session) = (use_hands(), use_session());
    let (busy, refused) = (RwSignal::new(false), RwSignal::new(None));
    let line = use_line();
    let templates = LocalResource::new(move || hands.backend.call(ListTemplates {}));
    let (person, template) = (RwSignal::new(person), RwSignal::new(None::<TemplateRow>));
    let day = RwSignal::new(None::<String>);
    // Day 1 in the company is the likely day, until the person types another one.
    let likely = Memo::new(move |_| {
        let start = line
            .get()
            .and_then(Result::ok)
            .and_then(|line| line.into_iter().find(|row| Some(row.person) == person.get())?.start);
        start.unwrap_or_else(|| session.frame().with(|frame| frame.today))
    });
    let text = Memo::new(move |_| day.get().unwrap_or_else(|| likely.get().to_string()));
    let request = Memo::new(move |_| {
        let start = text.with(|text| text.parse::<Date>().ok())?;
        let TemplateRow { bundle, template, .. } = template.get()?;
        Some(Wanted { person: person.get()?, bundle, template: template.to_string(), start })
    });
    let preview = LocalResource::new(move || {
        let wanted = request.get();
        async move { Some(hands.backend.call(wanted?.request(true)).await) }
    });
    let options = Memo::new(move |_| {
        let rows = templates.get().and_then(Result::ok).unwrap_or_default();
        let mut options = vec![(String::new(), "Choose a journey".to_owned())];
        options.extend(rows.iter().map(|row| (key(row), format!("{} ({} steps)", row.title, row.steps))));
        options
    });
    let choose = move |wanted: String| {
        let rows = templates.get_untracked().and_then(Result::ok).unwrap_or_default();
        template.set(rows.into_iter().find(|row| key(row) == wanted));
    };
    let cannot = Signal::derive(move || busy.get() || request.with(Option::is_none));
    let send = move || {
        if let Some(wanted) = request.get_untracked() {
            hands.send(wanted.request(false), busy, refused, "The journey is assigned".to_owned());
        }
    };
    let trouble = move || {
        let error = templates.get().and_then(Result::err).or_else(|| line.get().and_then(Result::err));
        error.map(|error| {
            view! { <ErrorPanel error on_retry=move || { templates.refetch(); line.refetch() }/> }
        })
    };
    view! {
        <div class="wm-ask">
            {trouble}
            <div class="wm-ask__fields">
                <PersonField line chosen=person/>
                <SelectField
                    label="Journey" options on_select=choose
                    value=Signal::derive(move || template.with(|row| row.as_ref().map(key).unwrap_or_default()))
                />
                <TextField label="First day" kind=FieldKind::Date value=text on_change=move |text| day.set(Some(text))/>
            </div>
            <PlanPreview preview at_first="Choose somebody and a journey to see what would be due when."/>
            <Refusal refused/>
            <div class="wm-dialog__actions">
                <Button on_press=move || hands.close()>"Cancel"</Button>
                <button class="wm-button wm-button--primary" type="button" disabled=move || cannot.get() on:click=move |_| send()>
                    "Assign"
                </button>
            </div>
        </div>
    }
}

/// Everything that an assignment needs.
#[derive(Clone, PartialEq)]
struct Wanted {
    person: PersonId,
    bundle: String,
    template: String,
    start: Date,
}

impl Wanted {
    fn request(self, preview: bool) -> AssignJourney {
        let Self { person, bundle, template, start } = self;
        AssignJourney { person, bundle, template: template.as_str().into(), start, preview }
    }
}

fn key(row: &TemplateRow) -> String {
    format!("{}/{}", row.bundle, row.template)
}
