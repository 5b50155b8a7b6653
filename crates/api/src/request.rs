//! The one trait that ties a request to its command name and its reply.

use serde::{Serialize, de::DeserializeOwned};

/// Something that the interface can ask of the shell.
pub trait Request: Serialize + DeserializeOwned {
    /// Name of the shell's command; nobody types it a second time.
    const COMMAND: &'static str;
    /// What comes back.
    type Reply: Serialize + DeserializeOwned;
}

/// Declares requests: their structs, command names and replies, and the list of all command names.
macro_rules! requests {
    ($(
        $(#[$meta:meta])*
        $name:ident $({ $($(#[$field_meta:meta])* $field:ident : $type:ty),* $(,)? })? = $command:literal -> $reply:ty
    );+ $(;)?) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
            #[serde(deny_unknown_fields)]
            pub struct $name { $($($(#[$field_meta])* pub $field: $type,)*)? }

            impl $crate::Request for $name {
                const COMMAND: &'static str = $command;
                type Reply = $reply;
            }
        )+
        /// Command names of this feature.
        pub(crate) const COMMANDS: &[&str] = &[$($command),+];
    };
}
pub(crate) use requests;
