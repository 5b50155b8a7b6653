//! What a failed disk operation means for the person in front of the screen.

use std::io;

/// The closed set of causes that the app acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// There is no room left. Nothing was lost; the write can be tried again.
    DiskFull,
    /// The place cannot be written to by anybody.
    ReadOnly,
    /// This account may not open or write the file.
    NoPermission,
    /// A newer Waymark made the file.
    NewerVersion,
    /// The file is not a whole library.
    Damaged,
    /// Another program holds the file.
    Busy,
    /// Something else.
    Other,
}

impl Trouble {
    /// Judges an error of the file system.
    pub fn of_io(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => Self::DiskFull,
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            io::ErrorKind::PermissionDenied => Self::NoPermission,
            io::ErrorKind::ResourceBusy | io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Self::Busy,
            _ => Self::Other,
        }
    }

    /// Judges an error of the database by SQLite's extended result code.
    pub(crate) fn of(error: &sqlx::Error) -> Self {
        match error {
            sqlx::Error::Io(error) => Self::of_io(error),
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::Database(error) => {
                error.code().and_then(|code| code.parse().ok()).map_or(Self::Other, Self::of_code)
            }
            _ => Self::Other,
        }
    }

    /// The codes are listed in SQLite's "Result and Error Codes"; the low byte is the primary one.
    fn of_code(code: i32) -> Self {
        const IOERR_SHMSIZE: i32 = 10 | (19 << 8);
        const IOERR_CORRUPTFS: i32 = 10 | (33 << 8);
        match code {
            // The index of the write-ahead log could not grow.
            IOERR_SHMSIZE => Self::DiskFull,
            IOERR_CORRUPTFS => Self::Damaged,
            _ => match code & 0xff {
                3 | 14 | 23 => Self::NoPermission,
                5 | 6 => Self::Busy,
                8 => Self::ReadOnly,
                11 | 26 => Self::Damaged,
                13 => Self::DiskFull,
                _ => Self::Other,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extended_codes_are_judged_by_their_family() {
        for (code, trouble) in [
            (13, Trouble::DiskFull),
            (4874, Trouble::DiskFull),
            (8, Trouble::ReadOnly),
            (1032, Trouble::ReadOnly),
            (14, Trouble::NoPermission),
            (11, Trouble::Damaged),
            (267, Trouble::Damaged),
            (26, Trouble::Damaged),
            (5, Trouble::Busy),
            (261, Trouble::Busy),
            (517, Trouble::Busy),
            (2067, Trouble::Other),
            (778, Trouble::Other),
        ] {
            assert_eq!(Trouble::of_code(code), trouble, "code {code}");
        }
    }
}
