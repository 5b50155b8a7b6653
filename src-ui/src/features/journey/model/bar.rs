//! What the bar below a step offers, by where the step stands.

use waymark_api::ipc::journey::{StepItem, StepStatus};

use super::words;

/// The main button of the bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Main {
    /// Tick the step; the label says for whom and how much.
    Complete(String),
    /// The same, but something else comes first: what.
    Locked {
        /// The button's label.
        label: String,
        /// "after Set up the VPN".
        after: String,
    },
    /// It is done: take it back.
    Reopen,
    /// It was skipped: put it back on the list.
    Restore,
    /// Nothing can be done here.
    Nothing,
}

/// What the bar offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bar {
    /// The main button.
    pub(crate) main: Main,
    /// Whether "I'm blocked…" is there; a step that is blocked has "Unblock" in its notice.
    pub(crate) block: bool,
    /// Whether "Skip with reason…" is there.
    pub(crate) skip: bool,
}

/// What the bar offers for this step.
pub(crate) fn bar(item: &StepItem) -> Bar {
    match &item.status {
        StepStatus::Open | StepStatus::Started => Bar { main: Main::Complete(label(item)), block: true, skip: true },
        StepStatus::Blocked { .. } => Bar { main: Main::Complete(label(item)), block: false, skip: true },
        StepStatus::Locked { by } => {
            Bar { main: Main::Locked { label: label(item), after: words::after(by) }, block: true, skip: true }
        }
        StepStatus::Done { .. } => Bar { main: Main::Reopen, block: false, skip: false },
        StepStatus::Waived { .. } => Bar { main: Main::Restore, block: false, skip: false },
        StepStatus::NotApplicable => Bar { main: Main::Nothing, block: false, skip: false },
    }
}

fn label(item: &StepItem) -> String {
    match (words::role_badge(item.role), item.parts) {
        (Some("IT"), _) => "Done by IT".to_owned(),
        (Some(role), _) => format!("Done by {}", role.to_lowercase()),
        (None, Some(parts)) if parts.done > 0 && !parts.complete() => "Mark the rest as done".to_owned(),
        (None, _) => "Mark as done".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;
    use waymark_api::ipc::journey::StepRef;
    use waymark_core::{event::BlockReason, journey::Role};

    use super::*;
    use crate::features::journey::model::samples::{done, parent, step};

    #[test]
    fn every_status_has_a_way_on() {
        let with = |status| StepItem { status, ..step("vpn") };
        assert_eq!(bar(&step("vpn")).main, Main::Complete("Mark as done".to_owned()));
        assert!(bar(&step("vpn")).block && bar(&step("vpn")).skip);

        let blocked = with(StepStatus::Blocked {
            since: datetime(2026, 1, 19, 9, 0, 0, 0),
            reason: BlockReason::MissingAccess,
            note: String::new(),
        });
        assert_eq!(
            bar(&blocked),
            Bar { main: Main::Complete("Mark as done".to_owned()), block: false, skip: true },
            "the notice has Unblock; the step can still be done"
        );

        let locked = with(StepStatus::Locked { by: vec![StepRef { id: "a".into(), title: "Accounts".to_owned() }] });
        assert_eq!(
            bar(&locked).main,
            Main::Locked { label: "Mark as done".to_owned(), after: "after Accounts".to_owned() }
        );
        assert_eq!(bar(&done("vpn")), Bar { main: Main::Reopen, block: false, skip: false });
        assert_eq!(bar(&with(StepStatus::Waived { reason: "No laptop".to_owned() })).main, Main::Restore);
        assert_eq!(bar(&with(StepStatus::NotApplicable)).main, Main::Nothing);
    }

    #[test]
    fn the_label_says_whose_and_how_much() {
        let started = StepItem { status: StepStatus::Started, ..parent("vpn", vec![done("a"), step("b")]) };
        assert_eq!(bar(&started).main, Main::Complete("Mark the rest as done".to_owned()));
        let role = |role| bar(&StepItem { role, ..step("laptop") }).main;
        assert_eq!(role(Role::It), Main::Complete("Done by IT".to_owned()));
        assert_eq!(role(Role::Manager), Main::Complete("Done by manager".to_owned()));
    }
}
