//! What a bundle says of itself, and the question where nobody signed it.

use leptos::prelude::*;
use waymark_api::ipc::sources::BundleReport;

use crate::kit::{Checkbox, Icon, Notice, Tone, unique_id};

/// Which version it is, whose, and what it takes the place of.
#[component]
pub(super) fn BundleFacts(
    /// The bundle.
    bundle: BundleReport,
    /// Whether the person says that it may come in though nobody signed it.
    trusted: RwSignal<bool>,
) -> impl IntoView {
    let id = unique_id("unsigned");
    let facts = facts(&bundle);
    match bundle.publisher {
        Some(publisher) => view! {
            <Notice icon=Icon::Shield>
                <p class="wm-bundle__facts">{facts}</p>
                <p>"Signed by the key "<code class="wm-num">{publisher}</code>". Compare it with the one that the publisher told you; from now on only this publisher’s newer versions can take its place."</p>
            </Notice>
        }
        .into_any(),
        None => view! {
            <Notice tone=Tone::Warning icon=Icon::Warning>
                <p class="wm-bundle__facts">{facts}</p>
                <p>"Nobody signed this bundle, so Waymark cannot tell who made it or whether it was changed on its way. Do you know where it comes from?"</p>
                <p class="wm-bundle__answer">
                    <Checkbox
                        id
                        label="I know where this file comes from, and I trust it"
                        checked=trusted
                        show_label=true
                        on_toggle=move |wanted| trusted.set(wanted)
                    />
                </p>
            </Notice>
        }
        .into_any(),
    }
}

/// "guide, version 1.2. It takes the place of version 1.1; nothing that you did is lost."
fn facts(bundle: &BundleReport) -> String {
    let BundleReport { name, version, before, .. } = bundle;
    match before {
        None => format!("{name}, version {version}."),
        Some(before) if before == version => {
            format!("{name}, version {version}, which is in Waymark already. Nothing that you did is lost.")
        }
        Some(before) => {
            format!("{name}, version {version}. It takes the place of version {before}; nothing that you did is lost.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_says_what_it_takes_the_place_of() {
        let bundle = |before: Option<&str>| BundleReport {
            name: "guide".to_owned(),
            version: "1.2".to_owned(),
            publisher: None,
            before: before.map(str::to_owned),
        };
        assert_eq!(facts(&bundle(None)), "guide, version 1.2.");
        assert!(facts(&bundle(Some("1.1"))).contains("takes the place of version 1.1"));
        assert!(facts(&bundle(Some("1.2"))).contains("already"));
    }
}
