//! Our own drawings: 24 grid, one stroke width, drawn inline so that they take the text's colour.

use leptos::prelude::*;

/// A drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "the set is whole, whether or not a screen needs each one today")]
pub(crate) enum Icon {
    Mark,
    Today,
    Checklist,
    Docs,
    Roadmap,
    Team,
    Settings,
    Help,
    Search,
    Back,
    Forward,
    More,
    Copy,
    Check,
    Right,
    Down,
    Up,
    Page,
    Play,
    Message,
    Lock,
    Folder,
    Package,
    Compass,
    Link,
    Server,
    Offline,
    Shield,
    Flag,
    Close,
    Info,
    Enter,
    Expand,
    Edit,
    Undo,
    Warning,
    Trash,
    Download,
    Refresh,
    External,
    Person,
    Eye,
    Upload,
    Sliders,
    Clock,
    StatusDone,
    StatusProgress,
    StatusDue,
    StatusBlocked,
    StatusFailed,
    StatusTodo,
    StatusMilestone,
    StatusSkipped,
    Filter,
    Star,
    Starred,
    Print,
    Beside,
    List,
    Zoom,
    EvidenceAttested,
    EvidenceObserved,
    EvidenceConfirmed,
}

impl Icon {
    /// The shapes inside the `<svg>` element.
    fn shapes(self) -> &'static str {
        match self {
            Self::Mark => r#"<path d="M12 2.8 21.2 12 12 21.2 2.8 12Z"/><path d="M8.2 13.8 12 10l3.8 3.8"/>"#,
            Self::Today => {
                r#"<circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4"/>"#
            }
            Self::Checklist => r#"<path d="m3.5 6.5 1.7 1.7L8.5 5M3.5 16.5l1.7 1.7L8.5 15M12.5 7h8M12.5 17h8"/>"#,
            Self::Docs => {
                r#"<path d="M12 6.5C10 5 7.2 4.5 3.5 4.5v13.5c3.7 0 6.5.5 8.5 2 2-1.5 4.8-2 8.5-2V4.5c-3.7 0-6.5.5-8.5 2ZM12 6.5V20"/>"#
            }
            Self::Roadmap => r#"<path d="M12 3v18M12 5h6.5l2.5 2.5L18.5 10H12M12 11.5H6L3.5 14 6 16.5h6"/>"#,
            Self::Team => {
                r#"<circle cx="9" cy="8.5" r="3.5"/><path d="M2.8 19.5c.6-3.6 3-5.5 6.2-5.5s5.6 1.9 6.2 5.5M15.5 5.4a3.5 3.5 0 0 1 0 6.2M17.6 14.6c2 .8 3.2 2.5 3.6 4.9"/>"#
            }
            Self::Settings | Self::Sliders => {
                r#"<path d="M4 7.5h9M17 7.5h3M4 16.5h3M11 16.5h9"/><circle cx="15" cy="7.5" r="2.2"/><circle cx="9" cy="16.5" r="2.2"/>"#
            }
            Self::Help => {
                r#"<circle cx="12" cy="12" r="9"/><path d="M9.5 9.6c.2-1.5 1.2-2.3 2.6-2.3 1.5 0 2.5.9 2.5 2.2 0 2-2.5 2-2.5 4M12 16.8v.1"/>"#
            }
            Self::Search => r#"<circle cx="10.8" cy="10.8" r="6.3"/><path d="m15.5 15.5 4.5 4.5"/>"#,
            Self::Back => r#"<path d="M19 12H5M11 6l-6 6 6 6"/>"#,
            Self::Forward => r#"<path d="M5 12h14M13 6l6 6-6 6"/>"#,
            Self::More => r#"<path d="M5.5 12h.01M12 12h.01M18.5 12h.01" stroke-width="3"/>"#,
            Self::Copy => {
                r#"<rect x="8.5" y="8.5" width="11.5" height="11.5" rx="2.5"/><path d="M15.5 5.5V5a1.5 1.5 0 0 0-1.5-1.5H5.5a2 2 0 0 0-2 2V14a1.5 1.5 0 0 0 1.5 1.5h.5"/>"#
            }
            Self::Check => r#"<path d="m5 12.5 4.5 4.5L19 7.5"/>"#,
            Self::Right => r#"<path d="m9.5 6 6 6-6 6"/>"#,
            Self::Down => r#"<path d="m6 9.5 6 6 6-6"/>"#,
            Self::Up => r#"<path d="m6 14.5 6-6 6 6"/>"#,
            Self::Page => r#"<path d="M6 3.5h7.5L18.5 8.5v12H6Z"/><path d="M13.5 3.5v5h5M9 13h6M9 16.5h4"/>"#,
            Self::Play => r#"<path d="M8 5.5v13l10.5-6.5Z"/>"#,
            Self::Message => r#"<path d="M4 5.5h16v11.5h-8.5L7 20.5V17H4Z"/>"#,
            Self::Lock => {
                r#"<rect x="5" y="10.5" width="14" height="9.5" rx="2"/><path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"/>"#
            }
            Self::Folder => {
                r#"<path d="M3.5 18.5v-12a1.5 1.5 0 0 1 1.5-1.5h4.5l2.5 2.5h7a1.5 1.5 0 0 1 1.5 1.5v9.5a1.5 1.5 0 0 1-1.5 1.5H5a1.5 1.5 0 0 1-1.5-1.5Z"/>"#
            }
            Self::Package => r#"<path d="m4 8 8-4 8 4v8.5l-8 4-8-4Z"/><path d="m4 8 8 4 8-4M12 12v8.5M8 6l8 4"/>"#,
            Self::Compass => r#"<circle cx="12" cy="12" r="9"/><path d="m15.6 8.4-2.2 5-5 2.2 2.2-5Z"/>"#,
            Self::Link => {
                r#"<path d="M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1"/>"#
            }
            Self::Server => {
                r#"<rect x="4" y="4" width="16" height="7" rx="2"/><rect x="4" y="13" width="16" height="7" rx="2"/><path d="M7.8 7.5h.01M7.8 16.5h.01"/>"#
            }
            Self::Offline => {
                r#"<path d="M4 4l16 16M7.5 9.2A4.5 4.5 0 0 0 7.5 18.2H16M10.5 6.3a5.5 5.5 0 0 1 7 5 3.6 3.6 0 0 1 2 5.5"/>"#
            }
            Self::Shield => {
                r#"<path d="M12 3.5 19 6v5.5c0 4.3-2.7 7.3-7 9-4.3-1.7-7-4.7-7-9V6Z"/><path d="m9 12 2.2 2.2L15 10.4"/>"#
            }
            Self::Flag => r#"<path d="M5.5 21V4h12l-2.5 4.2 2.5 4.3h-12"/>"#,
            Self::Close => r#"<path d="m6.5 6.5 11 11M17.5 6.5l-11 11"/>"#,
            Self::Info => r#"<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.6v.1"/>"#,
            Self::Enter => r#"<path d="M19.5 6v5.5a3 3 0 0 1-3 3H5M9.5 10 5 14.5 9.5 19"/>"#,
            Self::Expand => r#"<path d="M13.5 4.5h6v6M10.5 19.5h-6v-6M19.5 4.5l-6.5 6.5M4.5 19.5 11 13"/>"#,
            Self::Edit => r#"<path d="M4.5 19.5 5.5 15 16 4.5l3.5 3.5L9 18.5ZM13.5 7l3.5 3.5"/>"#,
            Self::Undo => r#"<path d="M8.5 5 4.5 9l4 4M4.5 9h9a5.5 5.5 0 0 1 0 11H9"/>"#,
            Self::Warning => r#"<path d="M12 4 21 19.5H3Z"/><path d="M12 10v4.2M12 16.8v.1"/>"#,
            Self::Trash => r#"<path d="M4.5 6.5h15M9 6.5V4.5h6v2M6.5 6.5l.8 13h9.4l.8-13M10 10.5v5.5M14 10.5v5.5"/>"#,
            Self::Download => {
                r#"<path d="M12 4.5V15M7.5 10.5 12 15l4.5-4.5M4.5 16.5v2A1.5 1.5 0 0 0 6 20h12a1.5 1.5 0 0 0 1.5-1.5v-2"/>"#
            }
            Self::Refresh => {
                r#"<path d="M19.5 12a7.5 7.5 0 0 1-13.4 4.6M4.5 12a7.5 7.5 0 0 1 13.4-4.6M18.2 3.5v4.2H14M5.8 20.5v-4.2H10"/>"#
            }
            Self::External => {
                r#"<path d="M13.5 4.5h6v6M19.5 4.5 11 13M17.5 14v4a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 18V8A1.5 1.5 0 0 1 6 6.5h4"/>"#
            }
            Self::Person => {
                r#"<circle cx="12" cy="8" r="3.8"/><path d="M4.8 20c.7-4 3.4-6.2 7.2-6.2s6.5 2.2 7.2 6.2"/>"#
            }
            Self::Eye => {
                r#"<path d="M2.8 12C5 8 8.2 6 12 6s7 2 9.2 6c-2.2 4-5.4 6-9.2 6s-7-2-9.2-6Z"/><circle cx="12" cy="12" r="2.8"/>"#
            }
            Self::Upload => {
                r#"<path d="M12 15V4.5M7.5 9 12 4.5 16.5 9M4.5 16.5v2a1.5 1.5 0 0 0 1.5 1.5h12a1.5 1.5 0 0 0 1.5-1.5v-2"/>"#
            }
            Self::Clock => r#"<circle cx="12" cy="12" r="8.8"/><path d="M12 7v5.2l3.4 2"/>"#,
            Self::StatusDone => {
                r#"<circle cx="12" cy="12" r="9.5" fill="currentColor" stroke="none"/><path d="m7.8 12.4 2.9 2.9 5.5-6" stroke="var(--wm-surface)" stroke-width="2.2"/>"#
            }
            Self::StatusProgress => {
                r#"<circle cx="12" cy="12" r="8.8"/><path d="M12 7a5 5 0 0 1 0 10Z" fill="currentColor" stroke="none"/>"#
            }
            Self::StatusDue => {
                r#"<path d="M12 3.2 22 20.5H2Z" fill="currentColor" stroke="currentColor" stroke-width="1.5"/><path d="M12 9.5v5M12 17.4v.1" stroke="var(--wm-surface)" stroke-width="2.2"/>"#
            }
            Self::StatusBlocked => {
                r#"<rect x="3" y="3" width="18" height="18" rx="4" fill="currentColor" stroke="none"/><path d="M8 12h8" stroke="var(--wm-surface)" stroke-width="2.4"/>"#
            }
            Self::StatusFailed => {
                r#"<circle cx="12" cy="12" r="9.5" fill="currentColor" stroke="none"/><path d="m8.7 8.7 6.6 6.6M15.3 8.7l-6.6 6.6" stroke="var(--wm-surface)" stroke-width="2.2"/>"#
            }
            Self::StatusTodo => r#"<circle cx="12" cy="12" r="8.8"/>"#,
            Self::StatusMilestone => r#"<path d="M12 3 21 12l-9 9-9-9Z"/>"#,
            Self::StatusSkipped => r#"<circle cx="12" cy="12" r="8.8"/><path d="M6 18 18 6"/>"#,
            Self::Filter => r#"<path d="M4 6.5h16M7 12h10M10 17.5h4"/>"#,
            Self::Star => r#"<path d="m12 3.8 2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8Z"/>"#,
            Self::Starred => {
                r#"<path d="m12 3.8 2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8Z" fill="currentColor"/>"#
            }
            Self::Print => {
                r#"<path d="M7 8.5V4h10v4.5M7 17H4.5v-6.5a2 2 0 0 1 2-2h11a2 2 0 0 1 2 2V17H17M7 14h10v6H7Z"/>"#
            }
            Self::Beside => r#"<rect x="3.5" y="4.5" width="17" height="15" rx="2"/><path d="M13 4.5v15"/>"#,
            Self::List => r#"<path d="M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01"/>"#,
            Self::EvidenceAttested => r#"<path d="m14.5 5.5 4 4L9 19l-5 1 1-5ZM12 8l4 4"/>"#,
            Self::EvidenceObserved => {
                r#"<rect x="4.5" y="5" width="15" height="10.5" rx="1.5"/><path d="M2.5 19h19"/>"#
            }
            Self::EvidenceConfirmed => r#"<path d="m2.5 12.8 4.2 4.2L15 8.5M11.5 15.6l1.4 1.4 8.6-8.5"/>"#,
            Self::Zoom => {
                r#"<circle cx="10.8" cy="10.8" r="6.3"/><path d="m15.5 15.5 4.5 4.5M8.3 10.8h5M10.8 8.3v5"/>"#
            }
        }
    }
}

/// A drawing in the text's colour; invisible to screen readers, so its neighbour must say it in words.
#[component]
pub(crate) fn IconView(
    /// Which drawing.
    icon: Icon,
    /// 20 px instead of 16.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    view! {
        <svg
            class=if large { "wm-icon wm-icon--large" } else { "wm-icon" }
            viewBox="0 0 24 24"
            aria-hidden="true"
            inner_html=icon.shapes()
        ></svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_hold_shapes_only() {
        for icon in [Icon::Mark, Icon::Undo, Icon::StatusDone, Icon::StatusSkipped, Icon::Filter, Icon::Refresh] {
            let shapes = icon.shapes();
            assert!(shapes.starts_with('<') && shapes.ends_with("/>"), "{icon:?}");
            assert!(!shapes.contains("style="), "the page's policy refuses style attributes: {icon:?}");
        }
    }
}
