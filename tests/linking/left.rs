//! What a run leaves behind: files, views, log lines. Compared byte by byte where the program draws nothing at random;
//! the journal, the vault and the documents table by table. Masked is only: a record's random `salt`, and the `digest`
//! and `link` columns of the journal's entries, which hash it.

use pingyi::conductor::CaseHandle;
use pingyi::secrecy::encoding::{to_b64, to_hex};
use pingyi_core::views::Audience;
use rusqlite::types::Value as Cell;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};
use tracing_subscriber::filter::LevelFilter;

const START_BYTES: usize = 8;

/// All log lines of the process, down to the finest.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub fn take(&self) -> String {
        String::from_utf8(std::mem::take(&mut *self.0.lock().unwrap())).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

pub fn gather_log() -> Log {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .without_time()
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();
    log
}

pub struct Left {
    /// File by file, whole.
    files: BTreeMap<String, Vec<u8>>,
    /// Of the SQLite files: table by table, row by row.
    tables: BTreeMap<String, Vec<String>>,
    pub board: String,
    pub views: BTreeMap<&'static str, BTreeMap<String, Value>>,
    pub log: String,
}

impl Left {
    pub fn views_of(case: &CaseHandle) -> BTreeMap<&'static str, BTreeMap<String, Value>> {
        let name = |audience| match audience {
            Audience::Member => "member",
            Audience::Projector => "projector",
            Audience::Chair => "chair",
            Audience::Desk => "desk",
            Audience::Public => "public",
        };
        Audience::ALL
            .into_iter()
            .map(|audience| (name(audience), case.view(audience)))
            .collect()
    }

    pub fn look(
        folder: &Path,
        board: String,
        views: BTreeMap<&'static str, BTreeMap<String, Value>>,
        log: String,
    ) -> Left {
        let (mut files, mut tables) = (BTreeMap::new(), BTreeMap::new());
        // Bytes first: looking into a table may write beside it.
        read_files(folder, "", &mut files);
        for name in files.keys().filter(|name| name.ends_with(".db")) {
            read_tables(&folder.join(name), name, &mut tables);
        }
        let log = log.replace(&folder.display().to_string(), "FOLDER");
        Left {
            files,
            tables,
            board,
            views,
            log,
        }
    }

    /// Names what is not the same, in words.
    pub fn differences(&self, other: &Left) -> Vec<String> {
        let mut found = Vec::new();
        // Whether SQLite had put its log away by the moment of looking is chance; its rows are read with it either way.
        let passing = |name: &str| is_read_by_table(name) && (name.ends_with("-wal") || name.ends_with("-shm"));
        let names = |left: &Left| {
            left.files
                .keys()
                .filter(|name| !passing(name))
                .cloned()
                .collect::<Vec<_>>()
        };
        if names(self) != names(other) {
            found.push(format!("files: {:?} and {:?}", names(self), names(other)));
        }
        let whole = self.files.iter().filter(|(name, _)| !is_read_by_table(name));
        found.extend(
            whole
                .filter(|(name, bytes)| other.files.get(*name) != Some(bytes))
                .map(|(name, _)| format!("bytes of {name}")),
        );
        for (table, rows) in &self.tables {
            if other.tables.get(table) != Some(rows) {
                let none = Vec::new();
                let theirs = other.tables.get(table).unwrap_or(&none);
                let first = rows.iter().zip(theirs).find(|(a, b)| a != b);
                found.push(format!(
                    "{table}: {} and {} rows, first: {first:?}",
                    rows.len(),
                    theirs.len()
                ));
            }
        }
        found.extend(
            other
                .tables
                .keys()
                .filter(|t| !self.tables.contains_key(*t))
                .map(|t| format!("{t} only in the other")),
        );
        for (audience, view) in &self.views {
            if other.views.get(audience) != Some(view) {
                found.push(format!("the view of {audience}"));
            }
        }
        if self.board != other.board {
            found.push("the board".into());
        }
        if self.log != other.log {
            found.push(format!("log lines:\n{}\nand\n{}", self.log, other.log));
        }
        found
    }

    /// The board's place in the documents is public, as is the box's content once released.
    pub fn everything_but_box_and_board(&self) -> Vec<(String, Vec<u8>)> {
        let files = self
            .files
            .iter()
            .filter(|(name, _)| !name.starts_with("boxes/") && !name.starts_with("blobs.db"));
        let mut all: Vec<_> = files.map(|(name, bytes)| (name.clone(), bytes.clone())).collect();
        all.push(("the log".into(), self.log.clone().into_bytes()));
        let views = self
            .views
            .iter()
            .map(|(name, view)| (format!("the view of {name}"), serde_json::to_vec(view).unwrap()));
        all.extend(views);
        all
    }

    pub fn bytes_of_box(&self) -> Vec<u8> {
        let boxes: Vec<_> = self
            .files
            .iter()
            .filter(|(name, _)| name.starts_with("boxes/"))
            .collect();
        assert_eq!(
            boxes.len(),
            1,
            "{:?}",
            boxes.iter().map(|(name, _)| name).collect::<Vec<_>>()
        );
        boxes[0].1.clone()
    }
}

/// Their pages hold random salts and hashes; the box's do not.
fn is_read_by_table(name: &str) -> bool {
    !name.starts_with("boxes/") && name.contains(".db")
}

fn read_files(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            read_files(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, std::fs::read(entry.path()).unwrap());
        }
    }
}

/// Rows in the order of the file itself, with hidden row numbers where a table has them.
fn read_tables(path: &Path, file: &str, tables: &mut BTreeMap<String, Vec<String>>) {
    let conn = rusqlite::Connection::open(path).unwrap();
    let mut list = conn
        .prepare("SELECT name, sql LIKE '%WITHOUT ROWID%' FROM sqlite_schema WHERE type = 'table'")
        .unwrap();
    let names: Vec<(String, bool)> = list
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for (table, without_rowid) in names {
        let rowid = if without_rowid { "" } else { "rowid, " };
        let mut rows = conn.prepare(&format!("SELECT {rowid}* FROM {table}")).unwrap();
        let columns: Vec<String> = rows.column_names().into_iter().map(str::to_owned).collect();
        let mut read = rows.query([]).unwrap();
        let mut texts = Vec::new();
        while let Some(row) = read.next().unwrap() {
            let cells = columns
                .iter()
                .enumerate()
                .map(|(n, column)| cell(&table, column, row.get(n).unwrap()));
            texts.push(cells.collect::<Vec<_>>().join(" | "));
        }
        tables.insert(format!("{file} {table}"), texts);
    }
}

fn cell(table: &str, column: &str, value: Cell) -> String {
    let text = match (table, column, value) {
        ("entries", "digest" | "link", _) => "hash".to_owned(),
        ("entries", "data", Cell::Blob(bytes)) => {
            let mut record: Value = serde_json::from_slice(&bytes).unwrap();
            record["salt"] = "salt".into();
            record.to_string()
        }
        (_, _, Cell::Blob(bytes)) => to_hex(&bytes),
        (_, _, other) => format!("{other:?}"),
    };
    format!("{column}={text}")
}

/// How bytes may stand in a file or a line.
pub fn spellings(bytes: &[u8]) -> Vec<Vec<u8>> {
    let listed = format!("{bytes:?}");
    let numbers = listed.trim_matches(['[', ']']).to_owned();
    vec![
        bytes.to_vec(),
        to_b64(bytes).into_bytes(),
        to_hex(bytes).into_bytes(),
        to_hex(bytes).to_uppercase().into_bytes(),
        numbers.into_bytes(),
    ]
}

pub fn bytes_of_b64(text: &str) -> [u8; 32] {
    pingyi::secrecy::encoding::from_b64(text).unwrap()
}

/// Looks for many parts in one pass; each is longer than what it is first looked up by.
pub fn first_held<'a>(whole: &[u8], parts: &'a [Vec<u8>]) -> Option<&'a Vec<u8>> {
    let mut by_start: HashMap<&[u8], Vec<&Vec<u8>>> = HashMap::new();
    for part in parts {
        by_start.entry(&part[..START_BYTES]).or_default().push(part);
    }
    whole.windows(START_BYTES).enumerate().find_map(|(at, start)| {
        by_start
            .get(start)?
            .iter()
            .find(|part| whole[at..].starts_with(part))
            .copied()
    })
}

pub fn holds(whole: &[u8], part: &[u8]) -> bool {
    first_held(whole, &[part.to_vec()]).is_some()
}
