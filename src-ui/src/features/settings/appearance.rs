//! How Waymark looks: theme, contrast, motion, sizes, single keys.

use leptos::prelude::*;
use waymark_api::ipc::{
    settings::{Contrast, Motion, Theme},
    start::Platform,
};

use crate::{
    commands::ZOOM_STEPS,
    kit::{Button, ButtonSize, Group, Row, Segmented, SelectField, Switch, unique_id},
    state::{mark_ready, use_session},
};

/// Looks.
#[component]
pub(super) fn Appearance() -> impl IntoView {
    mark_ready();
    let session = use_session();
    let theme = Signal::derive(move || session.preferences().with(|preferences| preferences.theme));
    let contrast = Signal::derive(move || session.preferences().with(|preferences| preferences.contrast));
    let motion = Signal::derive(move || session.preferences().with(|preferences| preferences.motion));
    let single_keys = Signal::derive(move || session.preferences().with(|preferences| preferences.single_keys));
    view! {
        <Group title="Colours and motion">
            <Row title="Theme">
                <Segmented
                    label="Theme"
                    options=named([(Theme::System, "System"), (Theme::Light, "Light"), (Theme::Dark, "Dark")])
                    value=theme
                    on_select=move |theme| session.update_preferences(|preferences| preferences.theme = theme)
                />
            </Row>
            <Row title="Contrast" text="More contrast draws darker lines and stronger text.">
                <Segmented
                    label="Contrast"
                    options=named([(Contrast::System, "System"), (Contrast::More, "More")])
                    value=contrast
                    on_select=move |contrast| session.update_preferences(|preferences| preferences.contrast = contrast)
                />
            </Row>
            <Row title="Motion" text="Reduced motion leaves out what slides and grows.">
                <Segmented
                    label="Motion"
                    options=named([(Motion::System, "System"), (Motion::Reduced, "Reduced")])
                    value=motion
                    on_select=move |motion| session.update_preferences(|preferences| preferences.motion = motion)
                />
            </Row>
        </Group>
        <Group title="Size">
            <TextSize/>
            <Zoom/>
        </Group>
        <Group title="Keys">
            <Row title="Single-letter shortcuts" text="In a list of steps, X ticks, E opens the docs and B says that you are blocked.">
                <Switch
                    label="Single-letter shortcuts"
                    hide_label=true
                    checked=single_keys
                    on_toggle=move |on| session.update_preferences(|preferences| preferences.single_keys = on)
                />
            </Row>
        </Group>
    }
}

fn named<T, const N: usize>(options: [(T, &str); N]) -> Vec<(T, String)> {
    options.into_iter().map(|(value, text)| (value, text.to_owned())).collect()
}

/// Size of the text in docs, with a line in that size.
#[component]
fn TextSize() -> impl IntoView {
    let session = use_session();
    let size = Memo::new(move |_| session.preferences().with(|preferences| preferences.text_size));
    let id = unique_id("text-size");
    let set = move |event| {
        // The control gives whole numbers between its ends; anything else changes nothing.
        if let Ok(wanted) = event_target_value(&event).parse::<u8>() {
            session.update_preferences(|preferences| preferences.text_size = wanted.clamp(14, 20));
        }
    };
    view! {
        <div class="wm-setting wm-setting--tall">
            <div class="wm-setting__words">
                <label class="wm-setting__title" for=id.clone()>"Text size in docs"</label>
                <p class="wm-size__sample">"Freight moves at night; so that you can sleep, the rota is public."</p>
            </div>
            <div class="wm-setting__control">
                <input
                    class="wm-size__range"
                    type="range"
                    id=id
                    min="14"
                    max="20"
                    step="1"
                    prop:value=move || size.get().to_string()
                    aria-valuetext=move || format!("{} pixels", size.get())
                    on:input=set
                />
                <span class="wm-size__value wm-num" aria-hidden="true">{move || format!("{} px", size.get())}</span>
            </div>
        </div>
    }
}

/// Zoom of the whole window.
#[component]
fn Zoom() -> impl IntoView {
    let session = use_session();
    let zoom = Memo::new(move |_| session.preferences().with(|preferences| preferences.zoom));
    let options = Signal::derive(move || {
        let mut steps = ZOOM_STEPS.to_vec();
        // A library of another Waymark may hold a step of its own.
        if !steps.contains(&zoom.get()) {
            steps.push(zoom.get());
            steps.sort_unstable();
        }
        steps.into_iter().map(|step| (step.to_string(), format!("{step} %"))).collect::<Vec<_>>()
    });
    let value = Signal::derive(move || zoom.get().to_string());
    let set = move |zoom: u16| session.update_preferences(|preferences| preferences.zoom = zoom);
    let key = if session.platform() == Platform::Macos { "⌘" } else { "Ctrl" };
    let is_normal = Signal::derive(move || zoom.get() == 100);
    view! {
        <Row title="Zoom" text=format!("{key} and + or − do the same.")>
            <SelectField
                label="Zoom"
                hide_label=true
                options
                value
                on_select=move |step: String| if let Ok(step) = step.parse() { set(step) }
            />
            <Button size=ButtonSize::Small disabled=is_normal on_press=move || set(100)>"Reset"</Button>
        </Row>
    }
}
