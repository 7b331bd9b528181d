//! What an uploaded document is, judged by its content, and how its name is shown.

use serde::{Deserialize, Serialize};

use super::archive::{Archive, ArchiveFault, contains, looks_like_archive};
use super::decode::decode_text;
use super::plain::{tidy, visible};
use super::roster::{OLE_MAGIC, is_encrypted_ole};
use super::{FILE_NAME_MAX_CHARS, UPLOAD_MAX_BYTES};

/// Readers accept a PDF whose header stands this far in, so we do too.
const PDF_HEADER_SEARCH_BYTES: usize = 1024;
/// The end mark may be followed by a little filling.
const PDF_END_SEARCH_BYTES: usize = 2048;
const EXTENSION_MAX_CHARS: usize = 10;
const UNNAMED: &str = "未命名";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum DocumentKind {
    Docx,
    Pdf,
    Markdown,
    Text,
    Jpeg,
    Png,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum UploadError {
    /// More than [`UPLOAD_MAX_BYTES`].
    #[error("the file is too large")]
    TooLarge,
    #[error("the file is empty")]
    Empty,
    #[error("neither .docx, PDF, Markdown, text nor a photograph")]
    UnknownKind,
    /// The page says: save it as .docx.
    #[error("a document of the old .doc format")]
    LegacyDoc,
    #[error("the document is locked with a password")]
    Encrypted,
    #[error("the document would inflate beyond all bounds")]
    ZipBomb,
    #[error("the document is damaged")]
    Damaged,
}

impl From<ArchiveFault> for UploadError {
    fn from(fault: ArchiveFault) -> Self {
        match fault {
            ArchiveFault::Damaged => Self::Damaged,
            ArchiveFault::Encrypted => Self::Encrypted,
            ArchiveFault::Bomb => Self::ZipBomb,
        }
    }
}

/// Content decides; the name only tells Markdown from text. Nothing is inflated:
/// who reads a `.docx` later must bound what comes out, for declared sizes can lie.
///
/// # Errors
/// [`UploadError`] with the reason the uploader is shown.
pub fn sniff(file_name: &str, bytes: &[u8]) -> Result<DocumentKind, UploadError> {
    if bytes.is_empty() {
        return Err(UploadError::Empty);
    }
    if bytes.len() > UPLOAD_MAX_BYTES {
        return Err(UploadError::TooLarge);
    }
    if bytes.starts_with(&OLE_MAGIC) {
        return Err(if is_encrypted_ole(bytes) {
            UploadError::Encrypted
        } else if has_stream(bytes, "WordDocument") {
            UploadError::LegacyDoc
        } else {
            UploadError::UnknownKind
        });
    }
    if let Some(picture) = sniff_picture(bytes) {
        return Ok(picture);
    }
    if looks_like_archive(bytes) {
        let archive = Archive::open(bytes)?;
        let is_docx = archive.has("word/document.xml") && archive.has("[Content_Types].xml");
        return if is_docx {
            Ok(DocumentKind::Docx)
        } else {
            Err(UploadError::UnknownKind)
        };
    }
    let head = &bytes[..bytes.len().min(PDF_HEADER_SEARCH_BYTES)];
    if contains(head, b"%PDF-") {
        return sniff_pdf(bytes);
    }
    let text = decode_text(bytes).ok_or(UploadError::UnknownKind)?;
    if text.trim_start().starts_with("{\\rtf") {
        return Err(UploadError::UnknownKind);
    }
    if text.trim().is_empty() {
        return Err(UploadError::Empty);
    }
    let lower = file_name.to_ascii_lowercase();
    if lower.ends_with(".md") || lower.ends_with(".markdown") {
        Ok(DocumentKind::Markdown)
    } else {
        Ok(DocumentKind::Text)
    }
}

/// By the first bytes. Whether a phone can draw the rest is seen by its reader, which bounds what comes out.
fn sniff_picture(bytes: &[u8]) -> Option<DocumentKind> {
    if bytes.starts_with(b"\xFF\xD8\xFF") {
        Some(DocumentKind::Jpeg)
    } else if bytes.starts_with(b"\x89PNG\r\n\x1A\n") {
        Some(DocumentKind::Png)
    } else {
        None
    }
}

fn sniff_pdf(bytes: &[u8]) -> Result<DocumentKind, UploadError> {
    let tail = &bytes[bytes.len().saturating_sub(PDF_END_SEARCH_BYTES)..];
    if !contains(tail, b"%%EOF") {
        return Err(UploadError::Damaged);
    }
    if names_encryption(bytes) {
        return Err(UploadError::Encrypted);
    }
    Ok(DocumentKind::Pdf)
}

/// A trailer's `/Encrypt 12 0 R` or `/Encrypt << … >>`. Trailers are never
/// compressed, so looking through the raw bytes suffices.
fn names_encryption(bytes: &[u8]) -> bool {
    const KEY: &[u8] = b"/Encrypt";
    bytes
        .windows(KEY.len())
        .enumerate()
        .filter(|(_, window)| *window == KEY)
        .any(|(at, _)| {
            bytes[at + KEY.len()..]
                .iter()
                .find(|b| !b.is_ascii_whitespace())
                .is_some_and(|b| b.is_ascii_digit() || *b == b'<')
        })
}

fn has_stream(bytes: &[u8], name: &str) -> bool {
    let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    contains(bytes, &name)
}

/// A name fit to be shown: no path, no controls, no marks that turn
/// `fdp.exe` round, at most [`FILE_NAME_MAX_CHARS`] with its extension kept.
/// Never use it as a path.
pub fn clean_file_name(file_name: &str) -> String {
    let last = file_name
        .rsplit(['/', '\\'])
        .find(|part| !part.trim().is_empty())
        .unwrap_or_default();
    let name = tidy(&visible(last));
    let name = name.trim_matches(|c: char| c == '.' || c.is_whitespace());
    if name.is_empty() {
        return UNNAMED.to_owned();
    }
    let chars = name.chars().count();
    if chars <= FILE_NAME_MAX_CHARS {
        return name.to_owned();
    }
    let extension = name
        .rsplit_once('.')
        .map(|(_, end)| end)
        .filter(|end| end.chars().count() <= EXTENSION_MAX_CHARS)
        .map_or(String::new(), |end| format!(".{end}"));
    let kept = FILE_NAME_MAX_CHARS - extension.chars().count() - 1;
    let stem: String = name.chars().take(kept).collect();
    format!("{stem}…{extension}")
}

#[cfg(test)]
#[path = "upload_tests.rs"]
mod tests;
