//! What a zip container holds, judged from its directory before anything is inflated.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{ARCHIVE_INFLATED_MAX_BYTES, ARCHIVE_MAX_ENTRIES, ARCHIVE_MAX_RATIO, ARCHIVE_RATIO_FLOOR_BYTES};

const LOCAL_HEADER: &[u8] = b"PK\x03\x04";
const DIRECTORY_ENTRY: &[u8] = b"PK\x01\x02";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ArchiveFault {
    Damaged,
    Encrypted,
    Bomb,
}

pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
}

pub(super) fn looks_like_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(LOCAL_HEADER)
}

impl<'a> Archive<'a> {
    /// Reads the directory and holds it against the bounds; inflates nothing.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ArchiveFault> {
        // Counted before parsing, for the parser allocates for every entry.
        if occurrences(bytes, DIRECTORY_ENTRY) > ARCHIVE_MAX_ENTRIES {
            return Err(ArchiveFault::Bomb);
        }
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ArchiveFault::Damaged)?;
        if zip.is_empty() {
            return Err(ArchiveFault::Damaged);
        }
        let (mut packed, mut inflated) = (0_u64, 0_u64);
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index).map_err(|_| ArchiveFault::Damaged)?;
            if entry.encrypted() {
                return Err(ArchiveFault::Encrypted);
            }
            packed = packed.saturating_add(entry.compressed_size());
            inflated = inflated.saturating_add(entry.size());
        }
        let dense = inflated > ARCHIVE_RATIO_FLOOR_BYTES && inflated > packed.saturating_mul(ARCHIVE_MAX_RATIO);
        if inflated > ARCHIVE_INFLATED_MAX_BYTES || dense {
            return Err(ArchiveFault::Bomb);
        }
        // Entries that share bytes are how a small file declares honest sizes and still explodes.
        if zip.has_overlapping_files().map_err(|_| ArchiveFault::Damaged)? {
            return Err(ArchiveFault::Bomb);
        }
        Ok(Self { zip })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.zip
            .file_names_raw()
            .any(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    }

    pub(super) fn has_under(&self, folder: &str) -> bool {
        self.zip.file_names_raw().any(|found| {
            found
                .get(..folder.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(folder.as_bytes()))
        })
    }

    /// Inflates every part, one at a time, and shows each to `inspect`.
    /// The declared sizes may lie, so the bound is held again on what comes out.
    pub(super) fn inflate_each(
        &mut self,
        mut inspect: impl FnMut(&[u8]) -> Result<(), ArchiveFault>,
    ) -> Result<(), ArchiveFault> {
        let mut left = ARCHIVE_INFLATED_MAX_BYTES;
        let mut part = Vec::new();
        for index in 0..self.zip.len() {
            part.clear();
            let entry = self.zip.by_index(index).map_err(|_| ArchiveFault::Damaged)?;
            entry
                .take(left + 1)
                .read_to_end(&mut part)
                .map_err(|_| ArchiveFault::Damaged)?;
            left = left.checked_sub(part.len() as u64).ok_or(ArchiveFault::Bomb)?;
            inspect(&part)?;
        }
        Ok(())
    }
}

pub(super) fn occurrences(haystack: &[u8], needle: &[u8]) -> usize {
    haystack.windows(needle.len()).filter(|w| *w == needle).count()
}

pub(super) fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|w| w == needle)
}
