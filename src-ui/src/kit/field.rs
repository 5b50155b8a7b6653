//! Fields for text and for a choice of many.

use leptos::{html, prelude::*};

use super::{Icon, IconView, unique_id};

/// What a text field takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum FieldKind {
    /// Any text.
    #[default]
    Text,
    /// A day; its value is `YYYY-MM-DD` or empty.
    Date,
    /// An address.
    Url,
    /// Something to look for.
    Search,
    /// What nobody may read over a shoulder.
    Secret,
}

impl FieldKind {
    fn input_type(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Date => "date",
            // Not "url": the browser's own complaint would come before ours.
            Self::Url => "text",
            Self::Search => "search",
            Self::Secret => "password",
        }
    }
}

/// The label over a field and the hint under it.
#[component]
fn Field(
    /// Id of the control that the label belongs to.
    id: String,
    /// What goes in.
    #[prop(into)]
    label: Signal<String>,
    /// One sentence of help, possibly empty.
    #[prop(into)]
    hint: Signal<String>,
    /// Keeps the label for screen readers only.
    hide_label: bool,
    /// The control.
    children: Children,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    view! {
        <div class="wm-field">
            <label class="wm-field__label" class:wm-hidden=hide_label for=id>{move || label.get()}</label>
            {children()}
            {move || {
                let text = hint.get();
                (!text.is_empty()).then(|| view! { <p class="wm-field__hint" id=hint_id.clone()>{text}</p> })
            }}
        </div>
    }
}

/// Names the hint of a control, where there is one.
fn described_by(id: &str, hint: Signal<String>) -> impl Fn() -> Option<String> + Send + Sync + 'static + use<> {
    let hint_id = format!("{id}-hint");
    move || (!hint.with(String::is_empty)).then(|| hint_id.clone())
}

/// A line of text.
#[component]
pub(crate) fn TextField(
    /// What goes in.
    #[prop(into)]
    label: Signal<String>,
    /// What is in it.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the whole text after every change.
    #[prop(into)]
    on_change: Callback<String>,
    /// One sentence of help under the field.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// An example of what goes in; never the only label.
    #[prop(optional, into)]
    placeholder: String,
    /// What it takes.
    #[prop(optional)]
    kind: FieldKind,
    /// Keeps the label for screen readers only.
    #[prop(optional)]
    hide_label: bool,
) -> impl IntoView {
    let id = unique_id("field");
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        let wanted = value.get();
        // A half-typed day counts as empty to the browser: writing the empty value back would wipe it.
        if let Some(input) = input.get().filter(|input| input.value() != wanted) {
            input.set_value(&wanted);
        }
    });
    view! {
        <Field id=id.clone() label hint hide_label>
            <input
                node_ref=input
                class="wm-input"
                type=kind.input_type()
                id=id.clone()
                placeholder=placeholder
                autocomplete="off"
                spellcheck=if kind == FieldKind::Text { None } else { Some("false") }
                aria-describedby=described_by(&id, hint)
                on:input=move |event| on_change.run(event_target_value(&event))
            />
        </Field>
    }
}

/// Several lines of text.
#[component]
pub(crate) fn TextArea(
    /// What goes in.
    #[prop(into)]
    label: Signal<String>,
    /// What is in it.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the whole text after every change.
    #[prop(into)]
    on_change: Callback<String>,
    /// One sentence of help under the field.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// An example of what goes in; never the only label.
    #[prop(optional, into)]
    placeholder: String,
    /// How many lines are visible at first.
    #[prop(default = 3)]
    rows: u32,
    /// Keeps the label for screen readers only.
    #[prop(optional)]
    hide_label: bool,
) -> impl IntoView {
    let id = unique_id("field");
    view! {
        <Field id=id.clone() label hint hide_label>
            <textarea
                class="wm-input wm-input--area"
                id=id.clone()
                rows=rows
                placeholder=placeholder
                aria-describedby=described_by(&id, hint)
                prop:value=move || value.get()
                on:input=move |event| on_change.run(event_target_value(&event))
            ></textarea>
        </Field>
    }
}

/// One of many: the system's own list.
#[component]
pub(crate) fn SelectField(
    /// What is chosen.
    #[prop(into)]
    label: Signal<String>,
    /// Value and words of each option.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The chosen value.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the value that the person wants.
    #[prop(into)]
    on_select: Callback<String>,
    /// Keeps the label for screen readers only.
    #[prop(optional)]
    hide_label: bool,
) -> impl IntoView {
    let id = unique_id("select");
    let choices = move || {
        let chosen = value.get();
        let option = |(key, text): (String, String)| {
            let on = key == chosen;
            view! { <option value=key selected=on>{text}</option> }
        };
        options.get().into_iter().map(option).collect_view()
    };
    view! {
        <Field id=id.clone() label hint="" hide_label>
            <span class="wm-select">
                <select
                    class="wm-select__native"
                    id=id.clone()
                    prop:value=move || value.get()
                    on:change=move |event| on_select.run(event_target_value(&event))
                >
                    {choices}
                </select>
                <IconView icon=Icon::Down/>
            </span>
        </Field>
    }
}
