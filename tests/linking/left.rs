//! What a run leaves behind: files, views, log lines. Compared byte by byte where the program draws nothing at random;
//! the journal, the vault and the documents table by table. Masked are a record's random `salt`, the `digest` and `link`
//! that hash it, and in which order the office came back with the ballots of the sheet after the close, which is chance.

use pingyi::app::App;
use pingyi::case_file::{Extent, read_journal, write};
use pingyi::conductor::CaseHandle;
use pingyi::rehearsal::call::{Method, send};
use pingyi::secrecy::encoding::{from_hex, to_b64, to_hex};
use pingyi_core::ids::BallotId;
use pingyi_core::views::Audience;
use pingyi_tests::folder;
use rusqlite::types::Value as Cell;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Read as _, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};
use tracing_subscriber::filter::LevelFilter;
use uuid::Uuid;

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

/// What whoever runs the machine may ask the program beside the pages. Figures of its inside belong here.
const ASKED: [&str; 2] = ["/health", "/metrics"];

const BY_THE_OFFICE: &str = r#""actor":{"role":"system"}"#;

type Views = BTreeMap<&'static str, BTreeMap<String, Value>>;

/// One moment: what is on the disk, on the screens, and what the program answers to whoever runs it.
pub struct Seen {
    /// File by file, whole.
    files: BTreeMap<String, Vec<u8>>,
    /// Of the SQLite files: table by table, row by row.
    tables: BTreeMap<String, Vec<String>>,
    pub views: Views,
    answers: Vec<String>,
}

pub struct Left {
    /// When half have voted, the boxes open.
    pub middle: Seen,
    pub sealed: Seen,
    /// After the release.
    pub end: Seen,
    /// Parts of the case files written while sealed.
    pub exports: Vec<(String, Vec<u8>)>,
    pub boards: Vec<String>,
    /// Until the close, and after it.
    pub log: [String; 2],
}

impl Seen {
    /// Of a running program: from a copy of its folder, as a thief or a backup would take it.
    pub async fn look(folder: &Path, host: &str, views: Views) -> Seen {
        let answers = Seen::answers(host).await;
        let taken = tempfile::tempdir().unwrap();
        folder::copy(folder, taken.path());
        Seen::of(taken.path(), views, answers)
    }

    pub fn of(folder: &Path, views: Views, answers: Vec<String>) -> Seen {
        let (mut files, mut tables) = (BTreeMap::new(), BTreeMap::new());
        // Bytes first: looking into a table may write beside it.
        read_files(folder, "", &mut files);
        for name in files.keys().filter(|name| name.ends_with(".db")) {
            read_tables(&folder.join(name), name, &mut tables);
        }
        Seen {
            files,
            tables,
            views,
            answers,
        }
    }

    /// Of each box: its keys in the order in which they lie in the file.
    fn orders_on_disk(&self) -> Vec<Vec<String>> {
        let boxes = self
            .files
            .iter()
            .filter(|(name, _)| is_box(name) && name.ends_with(".db"));
        let order = |(name, bytes): (&String, &Vec<u8>)| {
            let rows = &self.tables[&format!("{name} casts")];
            let mut keys: Vec<_> = rows.iter().map(|row| key_of(row)).collect();
            keys.sort_by_key(|key| {
                let key: [u8; 32] = from_hex(key).unwrap();
                bytes.windows(key.len()).position(|part| part == key)
            });
            keys
        };
        boxes.map(order).collect()
    }

    pub async fn answers(host: &str) -> Vec<String> {
        let mut answers = Vec::new();
        for path in ASKED {
            let (status, bytes) = send(host, Method::GET, path, None, None).await.unwrap();
            let mut answer = String::from_utf8_lossy(&bytes).into_owned();
            if path == "/metrics" {
                answer = names_of_figures(&answer);
            }
            answers.push(format!("{path} {status} {answer}"));
        }
        answers
    }

    /// Names what is not the same, in words.
    fn differences(&self, other: &Seen, boxes: Boxes, found: &mut Vec<String>) {
        // Whether SQLite had put its log away by the moment of looking is chance; its rows are read with it either way.
        let passing = |name: &str| is_read_by_table(name) && (name.ends_with("-wal") || name.ends_with("-shm"));
        let names = |seen: &Seen| {
            let names = seen.files.keys().filter(|name| !passing(name));
            names.cloned().collect::<Vec<_>>()
        };
        if names(self) != names(other) {
            found.push(format!("files: {:?} and {:?}", names(self), names(other)));
        }
        if boxes == Boxes::Open && self.orders_on_disk() != other.orders_on_disk() {
            found.push("where the casts lie in the pages of an open box".into());
        }
        let by_table = |name: &str| is_read_by_table(name) || (boxes == Boxes::Open && is_box(name));
        let whole = self.files.iter().filter(|(name, _)| !by_table(name));
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
        if self.answers != other.answers {
            found.push(format!("answers: {:?} and {:?}", self.answers, other.answers));
        }
    }

    /// Everything but the boxes, and the documents if they hold the boards.
    pub fn beside_the_boxes(&self, documents: Documents) -> Vec<(String, Vec<u8>)> {
        let beside = |name: &str| !is_box(name) && (documents == Documents::Too || !name.starts_with("blobs.db"));
        let files = self.files.iter().filter(|(name, _)| beside(name));
        let mut all: Vec<_> = files.map(|(name, bytes)| (name.clone(), bytes.clone())).collect();
        let views = self
            .views
            .iter()
            .map(|(name, view)| (format!("the view of {name}"), serde_json::to_vec(view).unwrap()));
        all.extend(views);
        all.extend(self.answers.iter().map(|a| (a.clone(), a.clone().into_bytes())));
        all
    }

    pub fn bytes_of_box(&self, ballot: BallotId) -> &[u8] {
        let of = format!("-{ballot}-1.db");
        let mut boxes = self
            .files
            .iter()
            .filter(|(name, _)| is_box(name) && name.ends_with(&of));
        let (_, bytes) = boxes.next().expect("the ballot has a box");
        assert!(boxes.next().is_none());
        bytes
    }

    /// The keys in a box, in the order in which its table gives them.
    pub fn keys_of_box(&self, ballot: BallotId) -> Vec<String> {
        let of = format!("-{ballot}-1.db casts");
        let (_, rows) = self.tables.iter().find(|(name, _)| name.ends_with(&of)).unwrap();
        rows.iter()
            .map(|row| row.split(" | ").next().unwrap().to_owned())
            .collect()
    }
}

/// Whether a box may show how its pages grew.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Boxes {
    Open,
    Sealed,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Documents {
    Too,
    /// They hold the public boards by now.
    Not,
}

impl Left {
    pub fn views_of(case: &CaseHandle) -> Views {
        let name = |audience| match audience {
            Audience::Member => "member",
            Audience::Projector => "projector",
            Audience::Chair => "chair",
            Audience::Desk => "desk",
            Audience::Public => "public",
        };
        Audience::ALL
            .into_iter()
            .map(|audience| (name(audience), in_no_order(case.view(audience))))
            .collect()
    }

    /// The case file as the desk or the command line writes it, for the archive and for the public, unpacked.
    pub async fn exports(app: &App, appraisal: Uuid) -> Vec<(String, Vec<u8>)> {
        let entries = read_journal(&*app.journal, appraisal).await.unwrap();
        let mut parts = Vec::new();
        for extent in [Extent::Archive, Extent::Public] {
            let file = write(appraisal, &entries, app.outer.archive.stores(), extent).unwrap();
            let mut packed = zip::ZipArchive::new(Cursor::new(file)).unwrap();
            for at in 0..packed.len() {
                let mut part = packed.by_index(at).unwrap();
                let (name, mut bytes) = (part.name().unwrap().into_owned(), Vec::new());
                part.read_to_end(&mut bytes).unwrap();
                parts.push((format!("{name} of the {extent:?} case file"), bytes));
            }
        }
        parts
    }

    /// Names what is not the same in two runs, in words.
    pub fn differences(&self, other: &Left) -> Vec<String> {
        let mut found = Vec::new();
        self.middle.differences(&other.middle, Boxes::Open, &mut found);
        self.sealed.differences(&other.sealed, Boxes::Sealed, &mut found);
        self.end.differences(&other.end, Boxes::Sealed, &mut found);
        let names =
            |left: &Left| -> Vec<_> { left.exports.iter().map(|(n, bytes)| (n.clone(), bytes.len())).collect() };
        if names(self) != names(other) {
            found.push(format!("case files: {:?} and {:?}", names(self), names(other)));
        }
        if self.boards != other.boards {
            found.push("a board".into());
        }
        // When a frame leaves is the network's chance, also to this side of the close or that; what the frames say is
        // compared as views.
        let of_a_frame = |line: &&str| {
            let parts = [
                "TRACE tung",
                "<FRAME>",
                "final: ",
                "reserved: ",
                "opcode: ",
                "length: ",
                "payload",
            ];
            parts.iter().any(|part| line.starts_with(part))
        };
        let lines = |log: &str| -> Vec<String> {
            let told = log.lines().filter(|l| !of_a_frame(l)).filter(|l| !l.trim().is_empty());
            told.map(str::to_owned).collect()
        };
        let in_no_order = |log: &str| {
            let mut lines = lines(log);
            lines.sort();
            lines
        };
        let same =
            lines(&self.log[0]) == lines(&other.log[0]) && in_no_order(&self.log[1]) == in_no_order(&other.log[1]);
        if !same {
            found.push(format!(
                "log lines:\n{}\nand\n{}",
                self.log.concat(),
                other.log.concat()
            ));
        }
        found
    }

    /// All that anybody may get hold of without opening a box or waiting for the boards.
    pub fn everything_but_boxes_and_boards(&self) -> Vec<(String, Vec<u8>)> {
        let mut all = self.middle.beside_the_boxes(Documents::Too);
        all.extend(self.sealed.beside_the_boxes(Documents::Too));
        all.extend(self.end.beside_the_boxes(Documents::Not));
        all.extend(self.exports.iter().cloned());
        all.push(("the log".into(), self.log.concat().into_bytes()));
        all
    }
}

/// Figures are of the whole process, which holds one hall after another here, and frames are told by chance; none of
/// them may be about casts at all.
fn names_of_figures(metrics: &str) -> String {
    let named = metrics
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split(' ').next());
    let names: Vec<_> = named.collect();
    assert!(!names.is_empty(), "the program answers with its figures");
    for word in ["cast", "box", "token", "vote", "ballot"] {
        assert!(
            !names.iter().any(|n| n.contains(word)),
            "a figure about {word}s: {names:?}"
        );
    }
    names.join(" ")
}

/// Minutes without the order of their lines.
fn in_no_order(mut view: BTreeMap<String, Value>) -> BTreeMap<String, Value> {
    view.get_mut("minutes").into_iter().for_each(sort_lines);
    view
}

fn sort_lines(minutes: &mut Value) {
    let lines = minutes["lines"].as_array_mut().expect("minutes have lines");
    lines.sort_by_key(Value::to_string);
}

fn key_of(row: &str) -> String {
    let key = row.strip_prefix("vote_pk=").and_then(|rest| rest.split(" | ").next());
    key.expect("a cast begins with its key").to_owned()
}

fn is_box(name: &str) -> bool {
    name.starts_with("boxes/")
}

/// Their pages hold random salts and hashes; the box's do not.
fn is_read_by_table(name: &str) -> bool {
    !is_box(name) && name.contains(".db")
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
        if table == "entries" {
            // The office's records come after the others, in no order; those of people keep theirs.
            texts.sort_by_key(|row| {
                if row.contains(BY_THE_OFFICE) {
                    row.clone()
                } else {
                    String::new()
                }
            });
        } else if table == "blobs" {
            texts.sort();
        }
        tables.insert(format!("{file} {table}"), texts);
    }
}

fn cell(table: &str, column: &str, value: Cell) -> String {
    let text = match (table, column, value) {
        ("entries", "digest" | "link", _) | ("snapshots", "digest", _) => "hash".to_owned(),
        ("entries", "idx" | "frame", _) | ("blobs", "rowid", _) => "place".to_owned(),
        ("entries", "data", Cell::Blob(bytes)) => {
            let mut record: Value = serde_json::from_slice(&bytes).unwrap();
            record["salt"] = "salt".into();
            record.to_string()
        }
        ("snapshots", "data", Cell::Blob(bytes)) => {
            let mut state: Value = serde_json::from_slice(&bytes).unwrap();
            sort_lines(&mut state["minutes"]);
            state.to_string()
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
