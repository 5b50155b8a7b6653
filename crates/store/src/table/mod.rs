//! One file for each table: its row, its reads on [`Db`](crate::Db), its writes on [`Tx`](crate::Tx).

pub(crate) mod device;
pub(crate) mod event;
pub(crate) mod journey;
pub(crate) mod outbox;
pub(crate) mod step_status;

mod asset;
mod bookmark;
mod diagnostic;
mod note;
mod pack;
mod pack_update;
mod page;
mod page_html;
mod page_link;
mod preference;
mod reading;
mod remote;
mod roadmap;
mod site;
mod site_about;
mod site_context;
mod template;
mod time;

pub use asset::{Asset, Assets};
pub use bookmark::{Bookmark, Bookmarks, BookmarksMut};
pub use device::{Device, Numbering};
pub use diagnostic::Diagnostics;
pub use event::{Action, Events, EventsInTx};
pub use journey::{Journey, Journeys};
pub use note::{Note, Notes, NotesMut};
pub use outbox::{Outbox, OutboxEntry};
pub use pack::{Pack, PackContent, PackCounts, PackSource, Packs, PacksMut};
pub use pack_update::PackUpdate;
pub use page::{Page, PageStamp, PageTitle, Pages, PagesMut, SearchRow};
pub use page_html::PageHtml;
pub use page_link::{LinkingPage, PageLink};
pub use preference::{Preferences, PreferencesMut};
pub use reading::{ReadingPlace, Readings, ReadingsMut};
pub use remote::{RemoteSite, Remotes, RemotesMut};
pub use roadmap::Roadmaps;
pub use site::{Site, SiteContent, Sites};
pub use step_status::{StepStatus, StepStatuses};
pub use template::{PackTemplate, TemplateContent, Templates};
