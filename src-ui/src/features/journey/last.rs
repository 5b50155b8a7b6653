//! The journey that the person looked at last, for addresses that name none.

use waymark_api::ipc::journey::JourneyList;
use waymark_core::id::JourneyId;

const STORED: &str = "waymark.journey";

/// The journey that was open last while it is there, else the first one.
pub(crate) fn journey(all: &JourneyList) -> Option<JourneyId> {
    let known = |id: &JourneyId| all.journeys.iter().any(|journey| journey.id == *id);
    recall().filter(known).or_else(|| all.journeys.first().map(|journey| journey.id))
}

/// Remembers the journey on this device.
pub(crate) fn keep(journey: JourneyId) {
    if let Some(storage) = storage() {
        // Without storage the first journey opens instead.
        let _ = storage.set_item(STORED, &journey.to_string());
    }
}

fn recall() -> Option<JourneyId> {
    storage()?.get_item(STORED).ok()??.parse().ok()
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}
