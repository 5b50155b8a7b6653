//! Where this app's secrets lie: the ladder of keyring, sealed file and memory.

use std::{path::Path, sync::Arc};

use waymark_app::ports::{Ladder, Secrets};

use crate::args::Args;

/// The name under which the keyring's own window shows them.
const SERVICE: &str = "dev.waymark.desktop";
/// The sealed file, in the folder of the library; it is made only where the person wants it.
const FILE: &str = "secrets.sealed";

/// The ladder; without the keyring in a test, which must not touch the person's.
pub(crate) fn secrets(args: &Args, data: &Path) -> Arc<dyn Secrets> {
    let file = data.join(FILE);
    Arc::new(match args.e2e {
        Some(_) => Ladder::without_keyring(file),
        None => Ladder::new(SERVICE, file),
    })
}
