//! A .docx around the body of a paper: parts in a fixed order, with a fixed time, so that the same paper gives the same
//! bytes.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{Block, body, parts};
use crate::limits::PAPER_BYTES_MAX;

/// Why no document came out.
#[derive(Debug, thiserror::Error)]
pub enum DocxError {
    #[error("the paper is longer than any paper is")]
    TooLong,
    #[error("the container: {0}")]
    Zip(#[from] zip::result::ZipError),
    #[error("the container: {0}")]
    Io(#[from] std::io::Error),
}

pub(super) fn write(title: &str, blocks: &[Block]) -> Result<Vec<u8>, DocxError> {
    let document = body::document(blocks);
    if document.len() > PAPER_BYTES_MAX {
        return Err(DocxError::TooLong);
    }
    let parts = [
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::PACKAGE_RELATIONS.to_owned()),
        ("docProps/core.xml", parts::properties(title)),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS.to_owned()),
        ("word/styles.xml", parts::styles()),
        ("word/settings.xml", parts::SETTINGS.to_owned()),
        ("word/fontTable.xml", parts::font_table()),
        ("word/footer1.xml", parts::footer(parts::Side::Odd)),
        ("word/footer2.xml", parts::footer(parts::Side::Even)),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (name, text) in parts {
        zip.start_file(name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}
