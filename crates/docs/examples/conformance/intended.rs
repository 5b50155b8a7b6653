//! Where this engine means to differ from a suite; each difference has its reason.

use crate::cases::Case;

/// Why a case may differ, if it may.
pub(crate) fn reason(_case: &Case) -> Option<&'static str> {
    None
}
