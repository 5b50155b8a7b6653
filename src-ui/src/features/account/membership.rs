//! Whose server it is and who the person is there.

use leptos::prelude::*;
use waymark_api::ipc::account::Member;

use super::model::member_lines;
use crate::{
    kit::{Group, Icon, LinkButton},
    routes::{Route, Section},
};

/// The membership in lines.
#[component]
pub(super) fn Membership(
    /// The membership.
    member: Member,
) -> impl IntoView {
    let lines = member_lines(&member);
    view! {
        <Group title=member.server_name lead="The team that you belong to.">
            <Lines lines/>
            <div class="wm-account__actions">
                <LinkButton href=Route::Settings(Section::Privacy).href() icon=Icon::Upload>"What leaves this computer"</LinkButton>
                <LinkButton href=Route::OwnPage.href() icon=Icon::Eye>"What my manager sees"</LinkButton>
            </div>
        </Group>
    }
}

/// Names and values under each other.
#[component]
pub(super) fn Lines(
    /// Name and value.
    lines: Vec<(&'static str, String)>,
) -> impl IntoView {
    let line = |(name, value): (&'static str, String)| {
        view! { <div class="wm-account__line"><dt>{name}</dt><dd>{value}</dd></div> }
    };
    view! { <dl class="wm-account__lines">{lines.into_iter().map(line).collect::<Vec<_>>()}</dl> }
}
