//! Every bound of this crate, with its unit in the name and why it is as it is.
//! What happens at a bound is said where the bound is kept.

// Journal.

/// A record is one command; the largest is a roster of some thousand people. Files go to the blobs.
pub const RECORD_BYTES_MAX: usize = 1024 * 1024;
/// A frame is what one appraisal decided while the last commit ran: a hall of some thousand phones in one go, also on a
/// slow disk.
pub const FRAME_RECORDS_MAX: usize = 4096;
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

// Secret ballot.

/// Options of one ballot. Crowds of candidates are another kind of ballot.
pub const BALLOT_OPTIONS_MAX: usize = 32;
/// Choices on one slip. With more of them a slip is as good as a name.
pub const BALLOT_DIMENSIONS_MAX: u8 = 16;
/// A subject of some hundred characters and the keys of all options, well escaped.
pub const HEADER_BYTES_MAX: usize = 8 * 1024;
/// Lines, or token rows, of one board: everyone on the largest roster.
pub const BALLOT_LINES_MAX: usize = 6_000;
/// A full board takes about 3 MiB as text.
pub const BOARD_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Casts waiting for one box: the whole hall at once, and every phone trying again.
pub const BOX_QUEUE_CASTS_MAX: usize = 2 * BALLOT_LINES_MAX;
/// One commit takes what queued meanwhile; the more casts share it, the less it tells of their order.
pub const BOX_BATCH_CASTS_MAX: usize = 2_048;

// Conductor and hub.

/// Wishes waiting for the conductor of one case: every phone of the largest hall at once, twice.
pub const WISHES_QUEUED_MAX: usize = 16_384;
/// Changes are gathered this long before screens hear of them; a lone change goes out at once.
pub const PUBLISH_EVERY_MS: u64 = 50;
/// While nothing but votes, check-ins and the like come in, their counts are told this often. At the pace of other
/// changes a full hall's vote would cost each phone ten messages.
pub const PUBLISH_GATHERED_EVERY_MS: u64 = 250;
/// Differences kept for screens that come back: some minutes of a busy sitting.
pub const DIFFERENCES_KEPT_MAX: usize = 512;
pub const DIFFERENCES_KEPT_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Records after which a snapshot of the state is worth its writing.
pub const SNAPSHOT_EVERY_RECORDS: u64 = 5_000;
/// What may wait for one slow socket; beyond it the socket is closed and comes back with its position.
pub const SOCKET_QUEUE_FRAMES_MAX: usize = 64;
pub const SOCKET_QUEUE_BYTES_MAX: usize = 4 * 1024 * 1024;

// Sockets.

/// All sockets of this program. 10,000 phones and their screens.
pub const SOCKETS_MAX: usize = 12_000;
/// Of these, sockets of which nobody knows whose they are: before their hello, and the public's. Beyond it the oldest one
/// goes, so that a script that opens thousands and says nothing keeps no member out.
pub const SOCKETS_OF_STRANGERS_MAX: usize = 2_000;
/// A person's phone, its second tab and stale sockets that have not noticed yet; one more closes the oldest.
pub const SOCKETS_PER_PERSON_MAX: usize = 6;
/// The largest message a page sends is an agenda, or a rule with the list of what was confirmed in it.
pub const MESSAGE_BYTES_MAX: usize = 64 * 1024;
/// Time for the first message.
pub const HELLO_WITHIN_MS: u64 = 10_000;
/// Pages ping this often; silence of three beats is the end.
pub const HEARTBEAT_MS: u32 = 10_000;
pub const SILENT_AFTER_MS: u64 = 30_000;
/// A write that takes longer than this is to a phone that is gone.
pub const WRITE_WITHIN_MS: u64 = 15_000;
/// Messages a second on one socket, pings and repeats included, and at once. A phone sends a few a minute, an outbox
/// after an outage some dozens at once.
pub const MESSAGES_PER_S: u32 = 40;
pub const MESSAGES_BURST: u32 = 400;
/// Commands a second that one person, or one office account or console, may give for long, and at once.
pub const PERSON_COMMANDS_PER_S: u32 = 4;
pub const PERSON_COMMANDS_BURST: u32 = 30;
pub const OFFICE_COMMANDS_PER_S: u32 = 30;
pub const OFFICE_COMMANDS_BURST: u32 = 200;
/// Sign-ins a second of one person: each is a record. Somebody who is asked twice tries five times.
pub const BINDINGS_PER_S: u32 = 1;
pub const BINDINGS_BURST: u32 = 20;

// Connections.

/// All connections of the port, phones' sockets among them.
pub const CONNECTIONS_MAX: usize = 16_000;
/// Time for the head of a request, the wait for it included. A page that comes back later connects anew.
pub const HEAD_WITHIN_MS: u64 = 15_000;

// Doors.

/// Persons and account names somebody guesses at, over all appraisals; beyond it the oldest are forgotten.
pub const GUESS_TARGETS_MAX: usize = 10_000;
/// Addresses remembered for one of them; beyond it the oldest are forgotten.
pub const GUESS_SOURCES_MAX: usize = 64;
/// Bearers held in memory, some 100 bytes each; the vault has them all.
pub const SESSIONS_CACHED_MAX: usize = 20_000;
/// Sign-ins that bind a device side by side; each waits for one commit of the journal.
pub const BINDINGS_AT_ONCE_MAX: usize = 64;

// Calls.

/// A form of the desk; nobody types more.
pub const JSON_BODY_BYTES_MAX: usize = 16 * 1024;
/// A locality's rule as JSON beside the figures of a trial; both are far below.
pub const RULES_BODY_BYTES_MAX: usize = 256 * 1024;
/// What is read and thrown away of an upload that is too large, so that the browser hears why instead of a reset.
pub const DRAINED_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Longest wait for a body; the pages give up after two minutes.
pub const BODY_WITHIN_MS: u64 = 150_000;
/// Files of up to 20 MiB held in memory side by side.
pub const UPLOADS_AT_ONCE_MAX: usize = 4;
/// A password of the desk.
pub const PASSWORD_CHARS_MIN: usize = 8;

// Documents.

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
/// What one person stores in one case within a day, evidence and reports, say; an office's clerk has no such bound.
pub const PERSON_UPLOADS_PER_DAY_MAX: u32 = 80;
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

// Papers.

/// The body of one paper; a sign-in sheet of the largest congress takes about 3 MiB.
pub const PAPER_BYTES_MAX: usize = 16 * 1024 * 1024;
/// A calendar file: a year's notice is some twenty lines.
pub const CALENDAR_FILE_MAX_BYTES: usize = 1024 * 1024;
/// Rows of it looked at.
pub const CALENDAR_MAX_ROWS: usize = 400;
/// Faults of it reported at once.
pub const CALENDAR_MAX_FAULTS: usize = 50;

// Guesses at the doors.

/// Wrong tries before the first wait.
pub const GUESS_TRIES_FREE: u32 = 5;
pub const GUESS_WAIT_FIRST_MS: i64 = 30_000;
pub const GUESS_WAIT_LONGEST_MS: i64 = 600_000;
/// A source that tried nothing for so long starts anew.
pub const GUESS_FORGET_MS: i64 = 3_600_000;

/// Wrong tries on one target from everywhere before wrong answers are slowed.
pub const GUESS_TRIES_BEFORE_SLOW: u32 = 20;
pub const GUESS_SLOW_STEP_MS: u64 = 250;
pub const GUESS_SLOW_LONGEST_MS: u64 = 5_000;

/// Wrong card codes of one address in one window. Generous, for a hall may be behind it; a right code always opens.
pub const CARD_WRONG_MAX: u32 = 30;
pub const CARD_WINDOW_MS: i64 = 300_000;

// Questionnaires.

/// Answers to one questionnaire: a county's survey has some thousands.
pub const ANSWERS_MAX: usize = 20_000;
/// Answers waiting for one box; beyond it a page is told to try again.
pub const ANSWERS_QUEUED_MAX: usize = 1_024;
/// One commit takes what queued meanwhile.
pub const ANSWERS_BATCH_MAX: usize = 512;
/// Forty questions, half of them answered with a thousand characters.
pub const ANSWER_BODY_BYTES_MAX: usize = 64 * 1024;
/// A device's mark as the page sends it.
pub const DEVICE_MARK_CHARS_MAX: usize = 64;
/// Answers of one address in one window. A village's meeting may be behind one; a script is not to fill the box.
pub const ANSWERS_PER_ADDRESS_MAX: u32 = 200;
pub const ANSWERS_WINDOW_MS: i64 = 600_000;
/// Slips of one questionnaire, and of one printing.
pub const INVITATIONS_MAX: usize = 5_000;
pub const INVITATIONS_AT_ONCE_MAX: usize = 500;

// Ballot office.

/// Screens learn of casts in a secret box at most this often.
pub const BOX_SIGHT_EVERY_MS: u64 = 1_000;
/// And only when at least so many have come since.
pub const BOX_SIGHT_STEP_MIN: u32 = 3;
/// After work of the ballot office failed.
pub const OFFICE_RETRY_MS: i64 = 1_000;

// Case files.

/// A case file as it lies on the disk. Documents and boards go through it one at a time; a container of 4 GiB and more
/// would be of another kind.
pub const CASE_FILE_BYTES_MAX: u64 = 2 * 1024 * 1024 * 1024;
/// All parts but the documents once inflated: the journal of the largest hall takes some 100 MiB, sixty full boards
/// 180 MiB, a full answer box of a usual questionnaire 30 MiB.
pub const CASE_FILE_INFLATED_BYTES_MAX: u64 = 512 * 1024 * 1024;
/// The fixed parts, a board for every round of every subject, a box for every questionnaire, and the documents: some
/// hundreds for each of twenty subjects.
pub const CASE_FILE_PARTS_MAX: usize = 10_000;
/// Case files that wait to be fetched at the desk; the oldest goes. Together no more than one may be large.
pub const EXPORTS_WAITING_MAX: usize = 4;
/// The page fetches at once; the rest is for a browser that first asks where to keep the file.
pub const EXPORT_KEPT_MS: u64 = 2 * 60 * 1000;
/// The manifest names each part in some 200 bytes.
pub const CASE_FILE_MANIFEST_BYTES_MAX: u64 = 4 * 1024 * 1024;
/// One answer in its box: what a page may send, and as much again for another spelling of it.
pub const CASE_FILE_ANSWER_BYTES_MAX: u64 = 2 * ANSWER_BODY_BYTES_MAX as u64;

/// Subjects that one look into the years gives; some decades of a county's.
pub const HISTORY_LINES_MAX: usize = 500;
/// Characters of the words that are looked for.
pub const HISTORY_WORDS_CHARS_MAX: usize = 100;
