//! Files from the clerk's desk: rosters in, templates out, what an uploaded report is.
//!
//! Pure functions over bytes. They know neither the case nor the network, and
//! must return for any bytes whatever: what a clerk uploads is outside input.

pub(crate) mod archive;
pub mod calendar;
pub(crate) mod decode;
mod grid;
mod grid_csv;
mod grid_xlsx;
pub mod ics;
pub mod ics_words;
pub mod official;
mod plain;
pub mod roster;
pub mod roster_template;
pub mod upload;

pub use crate::limits::{
    ARCHIVE_INFLATED_MAX_BYTES, ARCHIVE_MAX_ENTRIES, ARCHIVE_MAX_RATIO, ARCHIVE_RATIO_FLOOR_BYTES, FILE_NAME_MAX_CHARS,
    ROSTER_FILE_MAX_BYTES, ROSTER_GROUP_MAX_CHARS, ROSTER_HEADER_SEARCH_LINES, ROSTER_MAX_COLUMNS, ROSTER_MAX_FAULTS,
    ROSTER_MAX_NOTES, ROSTER_MAX_ROWS, ROSTER_MAX_SHEETS, ROSTER_NAME_MAX_CHARS, ROSTER_PIN_MAX_DIGITS,
    ROSTER_PIN_MIN_DIGITS, ROSTER_SEAT_MAX_CHARS, ROSTER_TEXT_MAX_BYTES, ROSTER_TITLE_MAX_CHARS, UPLOAD_MAX_BYTES,
};
