//! How much of a folder is read.

const MIB: u64 = 1024 * 1024;

/// How much of a folder is read. What lies beyond is left out with a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Entries that are looked at while walking, folders included.
    pub entries: u32,
    /// Folders below one another.
    pub depth: u32,
    /// Files that are read.
    pub files: u32,
    /// Bytes of one Markdown, YAML or TOML file.
    pub text_bytes: u64,
    /// Bytes of all Markdown, YAML and TOML files.
    pub text_total_bytes: u64,
    /// Bytes of one image.
    pub image_bytes: u64,
    /// Bytes of one document that pages may offer to save (PDF, archive, office file).
    pub document_bytes: u64,
    /// Bytes of one other file; larger ones are left out without a finding, because they are rarely content.
    pub other_bytes: u64,
    /// Bytes of everything.
    pub total_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            entries: 400_000,
            depth: 64,
            files: 20_000,
            text_bytes: 2 * MIB,
            text_total_bytes: 64 * MIB,
            image_bytes: 20 * MIB,
            document_bytes: 20 * MIB,
            other_bytes: MIB / 4,
            total_bytes: 512 * MIB,
        }
    }
}
