//! The container of a case file: judged from its end and directory before anything is inflated, then read part by part.
//! A large part passes through in pieces and is never held.

use super::{DOCUMENTS_FOLDER, Fault, Part};
use crate::limits::{
    ARCHIVE_MAX_RATIO, ARCHIVE_RATIO_FLOOR_BYTES, CASE_FILE_BYTES_MAX, CASE_FILE_INFLATED_BYTES_MAX,
    CASE_FILE_PARTS_MAX,
};
use crate::secrecy::encoding::to_hex;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::io::{self, Read, Seek, SeekFrom};
use zip::{CompressionMethod, ZipArchive};

/// The record at the end of a container that has no comment, and what stands before it in a larger kind of container.
const END_BYTES: u64 = 22;
const END: [u8; 4] = *b"PK\x05\x06";
const LOCATOR_BYTES: u64 = 20;
const LOCATOR: [u8; 4] = *b"PK\x06\x07";
const PIECE_BYTES: usize = 64 * 1024;

#[derive(Debug)]
pub(super) struct Container<R> {
    zip: ZipArchive<R>,
    entries: Vec<Entry>,
    places: HashMap<String, usize>,
}

/// A part as the directory tells of it.
#[derive(Debug)]
struct Entry {
    name: String,
    bytes: u64,
}

impl<R: Read + Seek> Container<R> {
    /// Reads the directory and holds it against the bounds; inflates nothing.
    pub fn open(mut file: R) -> Result<Self, Fault> {
        bounded_end(&mut file)?;
        let mut zip = ZipArchive::new(file).map_err(|_| Fault::Damaged)?;
        if zip.is_empty() || zip.has_duplicate_names() {
            return Err(Fault::Damaged);
        }
        let (mut entries, mut packed, mut inflated) = (Vec::with_capacity(zip.len()), 0_u64, 0_u64);
        for place in 0..zip.len() {
            let entry = zip.by_index_raw(place).map_err(|_| Fault::Damaged)?;
            if entry.encrypted() {
                return Err(Fault::Encrypted);
            }
            let name = String::from_utf8(entry.name_raw().to_vec()).map_err(|_| Fault::Damaged)?;
            let bytes = entry.size();
            // Documents lie as they are, so that their size is bounded by the container's.
            let stored = entry.compression() == CompressionMethod::Stored && bytes == entry.compressed_size();
            if !(stored && name.starts_with(DOCUMENTS_FOLDER)) {
                packed = packed.saturating_add(entry.compressed_size());
                inflated = inflated.saturating_add(bytes);
            }
            entries.push(Entry { name, bytes });
        }
        let dense = inflated > ARCHIVE_RATIO_FLOOR_BYTES && inflated > packed.saturating_mul(ARCHIVE_MAX_RATIO);
        if inflated > CASE_FILE_INFLATED_BYTES_MAX || dense {
            return Err(Fault::Bomb);
        }
        // Entries that share bytes are how a small file declares honest sizes and still explodes.
        if zip.has_overlapping_files().map_err(|_| Fault::Damaged)? {
            return Err(Fault::Bomb);
        }
        let places = entries.iter().zip(0..).map(|(e, place)| (e.name.clone(), place));
        Ok(Container {
            places: places.collect(),
            entries,
            zip,
        })
    }

    /// In the order of the directory.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|e| e.name.as_str())
    }

    pub fn has(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    /// Declared; what comes out is held against it.
    pub fn bytes(&self, name: &str) -> Option<u64> {
        self.places.get(name).map(|place| self.entries[*place].bytes)
    }

    /// Shows a part piece by piece and answers with what it is.
    pub fn each(&mut self, name: &str, mut see: impl FnMut(&[u8]) -> Result<(), Fault>) -> Result<Part, Fault> {
        let damaged = || Fault::PartDamaged { name: name.into() };
        let place = *self.places.get(name).ok_or_else(damaged)?;
        let declared = self.entries[place].bytes;
        let entry = self.zip.by_index(place).map_err(|_| damaged())?;
        // One byte more than declared tells that the directory lied.
        let mut entry = entry.take(declared + 1);
        let (mut hash, mut bytes, mut piece) = (Sha256::new(), 0_u64, vec![0; PIECE_BYTES]);
        loop {
            let got = match entry.read(&mut piece) {
                Ok(0) => break,
                Ok(got) => &piece[..got],
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(_) => return Err(damaged()),
            };
            bytes += got.len() as u64;
            hash.update(got);
            see(got)?;
        }
        if bytes != declared {
            return Err(damaged());
        }
        Ok(Part {
            name: name.into(),
            bytes,
            sha256: to_hex(&hash.finalize()),
        })
    }

    /// A part as a whole: never a document.
    pub fn read(&mut self, name: &str) -> Result<(Vec<u8>, Part), Fault> {
        let mut bytes = Vec::new();
        let part = self.each(name, |piece| {
            bytes.extend_from_slice(piece);
            Ok(())
        })?;
        Ok((bytes, part))
    }
}

/// Looked at before the directory is parsed, for the parser allocates for every entry that the end counts.
fn bounded_end(file: &mut (impl Read + Seek)) -> Result<(), Fault> {
    let damaged = |_: io::Error| Fault::Damaged;
    let length = file.seek(SeekFrom::End(0)).map_err(damaged)?;
    if length > CASE_FILE_BYTES_MAX {
        return Err(Fault::TooLarge);
    }
    let start = length.checked_sub(END_BYTES).ok_or(Fault::Damaged)?;
    let mut end = [0; END_BYTES as usize];
    file.seek(SeekFrom::Start(start)).map_err(damaged)?;
    file.read_exact(&mut end).map_err(damaged)?;
    let number = |from: usize, to: usize| end[from..to].iter().rev().fold(0_u64, |n, b| n << 8 | u64::from(*b));
    let (entries, directory, at, comment) = (number(10, 12), number(12, 16), number(16, 20), number(20, 22));
    if end[..4] != END || comment != 0 || at + directory != start {
        return Err(Fault::Damaged);
    }
    if entries > CASE_FILE_PARTS_MAX as u64 {
        return Err(Fault::Bomb);
    }
    if let Some(before) = start.checked_sub(LOCATOR_BYTES) {
        let mut locator = [0; 4];
        file.seek(SeekFrom::Start(before)).map_err(damaged)?;
        file.read_exact(&mut locator).map_err(damaged)?;
        if locator == LOCATOR {
            return Err(Fault::Damaged);
        }
    }
    file.seek(SeekFrom::Start(0)).map_err(damaged)?;
    Ok(())
}
