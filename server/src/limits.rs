//! Every bound of this crate, with its unit in the name and why it is as it is.
//! What happens at a bound is said where the bound is kept.

// Journal.

/// A record is one command: a long written answer fits, a file does not (that goes to the blobs).
pub const RECORD_BYTES_MAX: usize = 64 * 1024;
/// A frame is what one appraisal decided while the last commit ran: a hall of 1,000 phones in one go.
pub const FRAME_RECORDS_MAX: usize = 1024;
/// Keeps one appraisal from filling the queue alone.
pub const FRAME_BYTES_MAX: usize = 4 * 1024 * 1024;
/// One commit takes what queued meanwhile; measured: a lower limit hurts on slow disks, a higher one gains nothing.
pub const JOURNAL_BATCH_FRAMES_MAX: usize = 4096;
/// Four batches. Beyond that the disk has stalled and refusing is kinder than waiting.
pub const JOURNAL_QUEUE_FRAMES_MAX: usize = 4 * JOURNAL_BATCH_FRAMES_MAX;
/// Memory the queue may hold; must take the largest snapshot.
pub const JOURNAL_QUEUE_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Entries in one page of a replay, however many were asked for.
pub const JOURNAL_PAGE_ENTRIES_MAX: usize = 1024;
/// Memory one page of a replay may take (and one record more).
pub const JOURNAL_PAGE_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Chain heads the writer remembers; a forgotten one costs one look into the file.
pub const JOURNAL_HEADS_KEPT_MAX: usize = 4096;
/// The state of the largest appraisal we plan for is about 10 MiB as JSON.
pub const SNAPSHOT_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Schema and build in one short line.
pub const SNAPSHOT_TAG_BYTES_MAX: usize = 128;

// Vault.

/// Signed-in devices over all appraisals: 50 appraisals of 3,000 phones, with a third to spare.
pub const VAULT_BEARERS_MAX: u64 = 200_000;
/// The longest role name is "scrutineer"; the rest is room.
pub const VAULT_ROLE_BYTES_MAX: usize = 32;
/// PINs of one import: the largest hall we plan for has 3,000.
pub const VAULT_PINS_AT_ONCE_MAX: usize = 5_000;
/// A PIN is a few digits; the bound only stops someone feeding the hash.
pub const PIN_BYTES_MAX: usize = 64;
/// A long passphrase in Chinese characters.
pub const PASSWORD_BYTES_MAX: usize = 256;
/// Slow hashes running at a time. Each takes 8 MiB: a hall entering its PINs at once must not take gigabytes.
pub const VAULT_HASHES_AT_ONCE_MAX: usize = 4;

// Blobs.

/// A scanned duty report as PDF.
pub const BLOB_BYTES_MAX: usize = 20 * 1024 * 1024;
/// Some 400 uploads a year over decades.
pub const BLOBS_COUNT_MAX: u64 = 20_000;
