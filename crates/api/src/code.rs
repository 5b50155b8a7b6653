//! What can go wrong, as far as a screen acts on it.

use serde::{Deserialize, Serialize};

/// A closed set: a code is added when a screen acts on it and removed when none does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// Something that no screen can act on; the message says what was attempted.
    Unknown,
    /// What was asked for is not there (any more).
    NotFound,
    /// Another step must be done first, or the step is not the person's to tick.
    StepLocked,
    /// The folder is gone or cannot be read.
    FolderUnreadable,
    /// Nothing in the folder is content.
    NothingFound,
    /// The disk is full; nothing was saved.
    DiskFull,
    /// The library cannot be written; nothing was saved.
    ReadOnly,
    /// The server cannot be reached; everything that is on this device can still be read.
    Offline,
    /// The server wants a token, or another one.
    SignIn,
    /// The request cannot be understood.
    BadRequest,
}

/// The error that crosses the bridge: screens match the code and show the message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{message}")]
pub struct IpcError {
    /// What a screen acts on.
    pub code: Code,
    /// What was attempted and what to do, lower case, without a full stop.
    pub message: String,
}

impl IpcError {
    /// An error with a code and a message.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}
