//! Filling a fresh index, and bringing single documents up to date.

use std::path::{Path, PathBuf};

use tantivy::{IndexWriter, TantivyDocument, Term, index::IndexSettings, indexer::IndexWriterOptions};

use crate::{
    Document, Index, WriteError,
    fields::{Fields, rows, schema},
    folder,
};

/// What the writer may hold in memory before it writes a segment, in bytes. Fewer, larger segments
/// make a search faster.
const REBUILD_MEMORY: usize = 96 * 1024 * 1024;
const UPDATE_MEMORY: usize = 16 * 1024 * 1024;

/// The size of the blocks that shown texts are packed in, in bytes. A hit unpacks one.
const BLOCK: usize = 8 * 1024;

/// A change of single documents. Nothing is seen of it before [`Writer::commit`]; dropping it takes
/// it back.
pub struct Writer {
    index: Index,
    writer: IndexWriter,
}

impl Writer {
    pub(crate) fn begin(index: &Index) -> Result<Self, WriteError> {
        let writer = open(index.tantivy(), UPDATE_MEMORY)?;
        Ok(Self { index: index.clone(), writer })
    }

    /// Puts a document in the place of the one with the same key, if there is one.
    ///
    /// # Errors
    ///
    /// Where the writing has failed; the writer must be dropped.
    pub fn replace(&mut self, document: &Document) -> Result<(), WriteError> {
        self.remove(&document.key);
        add(&self.writer, self.index.fields(), document)
    }

    /// Removes the document with this key, if there is one.
    pub fn remove(&mut self, key: &str) {
        self.writer.delete_term(Term::from_field_text(self.index.fields().key, key));
    }

    /// Makes the change last, and seen by every clone of the index.
    ///
    /// # Errors
    ///
    /// Where the disk cannot be written; the index is as it was.
    pub fn commit(mut self) -> Result<(), WriteError> {
        self.writer.commit().map_err(WriteError::Commit)?;
        self.index.reload().map_err(WriteError::Commit)?;
        // Waiting keeps the next writer from finding the folder taken.
        self.writer.wait_merging_threads().map_err(WriteError::Commit)?;
        self.index.reload().map_err(WriteError::Commit)
    }
}

/// A fresh index that is being filled. Dropping it leaves the old one as it is.
pub struct Rebuild {
    root: PathBuf,
    folder: PathBuf,
    fields: Fields,
    /// Gone once it is finished.
    writer: Option<IndexWriter>,
}

impl Rebuild {
    pub(crate) fn begin(root: &Path) -> Result<Self, WriteError> {
        let folder = folder::next(root)?;
        let (schema, fields) = schema();
        let settings = IndexSettings { docstore_blocksize: BLOCK, ..IndexSettings::default() };
        let index = tantivy::Index::builder()
            .schema(schema)
            .settings(settings)
            .create_in_dir(&folder)
            .map_err(WriteError::Begin)?;
        let writer = Some(open(&index, REBUILD_MEMORY)?);
        Ok(Self { root: root.to_owned(), folder, fields, writer })
    }

    /// Adds a document; its key must not have been added before.
    ///
    /// # Errors
    ///
    /// Where the writing has failed.
    pub fn add(&mut self, document: &Document) -> Result<(), WriteError> {
        self.writer.as_ref().map_or(Ok(()), |writer| add(writer, &self.fields, document))
    }

    /// Puts the fresh index in the old one's place and opens it.
    ///
    /// # Errors
    ///
    /// Where the disk cannot be written; the old index is as it was.
    pub fn finish(mut self) -> Result<Index, WriteError> {
        let Some(mut writer) = self.writer.take() else {
            // Only `finish` takes it, and only once.
            return Err(WriteError::Folder { path: self.folder.clone(), source: std::io::ErrorKind::NotFound.into() });
        };
        let index = writer.index().clone();
        writer.commit().map_err(WriteError::Commit)?;
        let segments = index.searchable_segment_ids().map_err(WriteError::Commit)?;
        if segments.len() > 1 {
            writer.merge(&segments).wait().map_err(WriteError::Commit)?;
        }
        writer.wait_merging_threads().map_err(WriteError::Commit)?;
        let opened = Index::from_tantivy(index, self.fields).map_err(WriteError::Commit)?;
        folder::switch(&self.root, &self.folder)?;
        Ok(opened)
    }
}

impl Drop for Rebuild {
    fn drop(&mut self) {
        if let Some(writer) = self.writer.take() {
            drop(writer);
            folder::remove(&self.folder);
        }
    }
}

fn open(index: &tantivy::Index, memory: usize) -> Result<IndexWriter, WriteError> {
    let options = IndexWriterOptions::builder()
        .num_worker_threads(1)
        .num_merge_threads(1)
        .memory_budget_per_thread(memory)
        .build();
    index.writer_with_options(options).map_err(WriteError::Begin)
}

fn add(writer: &IndexWriter, fields: &Fields, document: &Document) -> Result<(), WriteError> {
    let add = |row: TantivyDocument| writer.add_document(row);
    rows(fields, document)
        .try_for_each(|row| add(row).map(drop))
        .map_err(|source| WriteError::Add { key: document.key.clone(), source })
}
