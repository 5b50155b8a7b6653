//! What a use case could not do, and what a screen can act on.

use waymark_api::{Code, IpcError, http::problem::ProblemKind, ipc::start};
use waymark_core::id::StepId;
use waymark_store::{ReadError, RecordError, Trouble, WriteError};
use waymark_sync::{backstage::FetchError, bundle::BundleError, folder::ReadFolderError, team::client::CallError};

use crate::ports::VaultError;

/// Why a use case failed. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The library could not be opened.
    #[error("{}", trouble.message)]
    LibraryUnusable {
        /// What is wrong with it.
        trouble: start::Trouble,
    },
    /// Something was read that is not there.
    #[error("this {what} is not on this device (any more)")]
    NotFound {
        /// What it is: "journey", "page".
        what: &'static str,
    },
    /// A step's turn has not come.
    #[error("“{title}” comes after {after}")]
    StepLocked {
        /// The step.
        step: StepId,
        /// Its title.
        title: String,
        /// What is missing, in words.
        after: String,
    },
    /// There is nothing to take back.
    #[error("there is nothing left to take back")]
    NothingToUndo,
    /// The step was ticked before, here or on another screen.
    #[error("“{title}” is done already")]
    DoneAlready {
        /// Its title.
        title: String,
    },
    /// A folder could not be read.
    #[error(transparent)]
    ReadFolder(#[from] ReadFolderError),
    /// A bundle could not be read, breaks a rule, or is not from the known publisher.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// Nobody signed a bundle, and the person did not say that it may come in.
    #[error("nobody signed {path}, so Waymark cannot tell who made it; say that you trust it to add it")]
    Unsigned {
        /// The file.
        path: String,
    },
    /// A folder has nothing for Waymark in it.
    #[error(
        "there is no content in {path}; Waymark looks for mkdocs.yml, journey files, roadmap files and Markdown checklists"
    )]
    NothingFound {
        /// The folder.
        path: String,
    },
    /// A server did not give what was asked for.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// What a person typed cannot be used.
    #[error("{why}")]
    Input {
        /// What is wrong with it and what to do.
        why: String,
    },
    /// No token is at hand for a server.
    #[error("Waymark has no token for {host}; enter one")]
    NoToken {
        /// The server.
        host: String,
    },
    /// The team's server did not give what was asked for.
    #[error(transparent)]
    Call(#[from] CallError),
    /// Secrets could not be put into the sealed file, or it could not be opened.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// There is no team.
    #[error("Waymark works alone here; join a team in Settings › Account")]
    NoTeam,
    /// An address may not be opened.
    #[error("this address is not opened, because {why}")]
    LinkRefused {
        /// The rule.
        why: &'static str,
    },
    /// Data could not be exported.
    #[error("could not write {path}")]
    Export {
        /// The file.
        path: String,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
    /// Files could not be moved or deleted.
    #[error("could not {attempt}")]
    Files {
        /// What was attempted.
        attempt: &'static str,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
    /// Work on another thread did not come back.
    #[error("could not {attempt}, because the work stopped unexpectedly; the log says more")]
    Interrupted {
        /// What was attempted.
        attempt: &'static str,
    },
    /// The library could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The library could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A fact could not be recorded.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl AppError {
    /// Whether the team's server could not be reached.
    pub(crate) fn is_offline(&self) -> bool {
        matches!(self, Self::Call(error) if error.is_offline())
    }

    fn code(&self) -> Code {
        match self {
            Self::LibraryUnusable { .. } | Self::Export { .. } | Self::Files { .. } | Self::Interrupted { .. } => {
                Code::Unknown
            }
            Self::NotFound { .. } | Self::NothingToUndo | Self::DoneAlready { .. } => Code::NotFound,
            Self::StepLocked { .. } => Code::StepLocked,
            Self::ReadFolder(_) | Self::Bundle(_) => Code::FolderUnreadable,
            Self::NothingFound { .. } => Code::NothingFound,
            Self::Vault(_) | Self::LinkRefused { .. } | Self::Input { .. } | Self::Unsigned { .. } => Code::BadRequest,
            Self::NoToken { .. } | Self::Fetch(FetchError::Refused { .. }) => Code::SignIn,
            Self::Fetch(error) if error.is_offline() => Code::Offline,
            Self::Fetch(FetchError::Address(_)) => Code::BadRequest,
            Self::Fetch(FetchError::Missing { .. }) => Code::NotFound,
            Self::Fetch(_) => Code::Unknown,
            Self::NoTeam => Code::SignIn,
            Self::Call(error) if error.is_offline() => Code::Offline,
            Self::Call(error) => match error.kind() {
                Some(ProblemKind::SignIn | ProblemKind::SignedOut) => Code::SignIn,
                Some(ProblemKind::NotFound) => Code::NotFound,
                Some(
                    ProblemKind::BadRequest
                    | ProblemKind::Conflict
                    | ProblemKind::Refused
                    | ProblemKind::InviteUsed
                    | ProblemKind::Forbidden
                    | ProblemKind::SignInExpired
                    | ProblemKind::SignInDenied
                    | ProblemKind::IdentityRefused
                    | ProblemKind::UnknownPerson
                    | ProblemKind::UnverifiedEmail
                    | ProblemKind::SlowDown,
                ) => Code::BadRequest,
                _ => Code::Unknown,
            },
            Self::Read(error) => code_of(error.trouble()),
            Self::Write(error) => code_of(error.trouble()),
            Self::Record(error) => code_of(error.trouble()),
        }
    }
}

fn code_of(trouble: Trouble) -> Code {
    match trouble {
        Trouble::DiskFull => Code::DiskFull,
        Trouble::ReadOnly | Trouble::NoPermission => Code::ReadOnly,
        Trouble::NewerVersion | Trouble::Damaged | Trouble::Busy | Trouble::Other => Code::Unknown,
    }
}

impl From<AppError> for IpcError {
    /// Joins the chain of causes once, here; the log gets it as well.
    fn from(error: AppError) -> Self {
        let code = error.code();
        let mut message = match code {
            Code::DiskFull => "the disk is full, so nothing was saved; make room and try again".to_owned(),
            Code::ReadOnly => {
                "the library cannot be written, so nothing was saved; see Settings › Diagnostics".to_owned()
            }
            _ => String::new(),
        };
        let mut chain = error.to_string();
        let mut cause = std::error::Error::source(&error);
        while let Some(inner) = cause {
            chain.push_str(": ");
            chain.push_str(&inner.to_string());
            cause = inner.source();
        }
        tracing::warn!(?code, chain, "a request failed");
        if message.is_empty() {
            message = chain;
        }
        Self::new(code, message)
    }
}
