//! All keys, from the same registry as the palette, the menu and the shortcut sheet.

use leptos::prelude::*;

use crate::kit::Group;
use crate::{
    commands::{SheetGroup, sheet, use_commands},
    kit::Kbd,
    state::{mark_ready, use_session},
};

/// The shortcuts in groups.
#[component]
pub(super) fn Shortcuts() -> impl IntoView {
    mark_ready();
    let session = use_session();
    let commands = use_commands();
    let single_keys = Memo::new(move |_| session.preferences().with(|preferences| preferences.single_keys));
    let group = |SheetGroup { title, lines }: SheetGroup| {
        view! { <Group title><table class="wm-keys"><tbody>{lines.into_iter().map(line).collect_view()}</tbody></table></Group> }
    };
    move || sheet(&commands.all(), single_keys.get()).into_iter().map(group).collect_view()
}

fn line((what, keys): (&'static str, Vec<&'static str>)) -> impl IntoView {
    let keys = keys.into_iter().enumerate().map(|(index, keys)| {
        view! { {(index > 0).then(|| view! { <span class="wm-keys__or">"or"</span> })}<Kbd keys/> }
    });
    view! {
        <tr class="wm-keys__line">
            <th class="wm-keys__what" scope="row">{what}</th>
            <td class="wm-keys__keys">{keys.collect_view()}</td>
        </tr>
    }
}
