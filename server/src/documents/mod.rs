//! Files from the clerk's desk: rosters in, templates out, what an uploaded report is.
//!
//! Pure functions over bytes. They know neither the case nor the network, and
//! must return for any bytes whatever: what a clerk uploads is outside input.

mod archive;
mod decode;
mod grid;
mod grid_csv;
mod grid_xlsx;
mod plain;
pub mod roster;
pub mod roster_template;
pub mod upload;

/// A roster file as uploaded.
pub const ROSTER_FILE_MAX_BYTES: usize = 5 * 1024 * 1024;
/// Persons in one roster; the largest congress has under 3,000.
pub const ROSTER_MAX_ROWS: usize = 5_000;
/// Lines from the top in which the header row must be found.
pub const ROSTER_HEADER_SEARCH_LINES: u32 = 20;
/// Columns looked at; what stands further right is not read.
pub const ROSTER_MAX_COLUMNS: usize = 64;
/// Sheets of a workbook looked at.
pub const ROSTER_MAX_SHEETS: usize = 20;
/// Text of all cells kept while a roster is read.
pub const ROSTER_TEXT_MAX_BYTES: usize = 16 * 1024 * 1024;
/// Faults reported at once; further ones are only counted.
pub const ROSTER_MAX_FAULTS: usize = 500;
/// Notes reported at once; further ones are only counted.
pub const ROSTER_MAX_NOTES: usize = 500;

pub const ROSTER_NAME_MAX_CHARS: usize = 30;
pub const ROSTER_TITLE_MAX_CHARS: usize = 100;
pub const ROSTER_GROUP_MAX_CHARS: usize = 60;
pub const ROSTER_SEAT_MAX_CHARS: usize = 20;
pub const ROSTER_PIN_MIN_DIGITS: usize = 4;
pub const ROSTER_PIN_MAX_DIGITS: usize = 8;

/// An uploaded report.
pub const UPLOAD_MAX_BYTES: usize = 20 * 1024 * 1024;
/// A file name as it is shown.
pub const FILE_NAME_MAX_CHARS: usize = 120;

/// All parts of a zip container together, once inflated.
pub const ARCHIVE_INFLATED_MAX_BYTES: u64 = 64 * 1024 * 1024;
/// Parts of a zip container.
pub const ARCHIVE_MAX_ENTRIES: usize = 2_000;
/// Inflated bytes for one packed byte, over the whole container.
pub const ARCHIVE_MAX_RATIO: u64 = 200;
/// Below this inflated size the ratio is not judged: a page of blank cells packs well.
pub const ARCHIVE_RATIO_FLOOR_BYTES: u64 = 1024 * 1024;
