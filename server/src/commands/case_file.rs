//! `pingyi export` and `pingyi verify`: a case in one file, and the check that needs nothing but that file.

use super::CommandError;
use crate::app::AppError;
use crate::blobs::Blobs;
use crate::case_file::{self, Extent, Fault, WriteError};
use crate::journal::{Digest, Journal, SqliteJournal};
use crate::limits::CASE_FILE_BYTES_MAX;
use crate::settings::{Export, Verify};
use std::io::{Read as _, Write as _};
use std::path::Path;

/// Why a case file was neither written nor read.
#[derive(Debug, thiserror::Error)]
pub enum CaseFileError {
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("{path} cannot be written or read: {source}")]
    File { path: String, source: std::io::Error },
    #[error("{0} holds no journal")]
    NoJournal(String),
    /// The first fault decides; the words before it are for people, the rest for the record.
    #[error("核对不通过 the file does not hold: {0}")]
    Fault(#[from] Fault),
}

/// Writes the file beside its place first, so that a half-written one never bears the name. The lock on the folder
/// refuses while the program runs.
pub async fn export(order: Export) -> Result<(), CommandError> {
    if !order.data.join("journal.db").is_file() {
        return Err(CaseFileError::NoJournal(order.data.display().to_string()).into());
    }
    let fatal = |reason: &str| tracing::error!(reason, "the journal cannot be written");
    let journal = SqliteJournal::open(&order.data, Box::new(fatal)).map_err(AppError::from)?;
    let read = case_file::read_journal(&journal, order.case).await;
    journal.close().await;
    let entries = read.map_err(CaseFileError::from)?;
    let extent = if order.public { Extent::Public } else { Extent::Archive };
    let blobs = Blobs::open(&order.data).map_err(AppError::from)?;
    let bytes = case_file::write(order.case, &entries, &blobs, extent).map_err(CaseFileError::from)?;
    keep(&order.out, &bytes).map_err(|source| file_error(&order.out, source))?;
    let head = entries.last().map(|e| e.link.to_string()).unwrap_or_default();
    println!("{}\n记录 records {}\n链首摘要 chain head {head}", order.out.display(), entries.len());
    Ok(())
}

/// An archive names persons: readable by its owner alone until somebody decides otherwise.
fn keep(out: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = out.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    beside.write_all(bytes)?;
    beside.as_file().sync_all()?;
    beside.persist_noclobber(out)?;
    Ok(())
}

/// Prints what holds; a fault is the error.
pub fn verify(order: &Verify) -> Result<(), CommandError> {
    let read = || -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        // One byte more than is allowed tells that it is too large.
        std::fs::File::open(&order.file)?.take(CASE_FILE_BYTES_MAX + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = read().map_err(|source| file_error(&order.file, source))?;
    let head = order.head.map(Digest);
    print!("{}", case_file::verify(&bytes, head).map_err(CaseFileError::from)?);
    Ok(())
}

fn file_error(path: &Path, source: std::io::Error) -> CaseFileError {
    CaseFileError::File { path: path.display().to_string(), source }
}
