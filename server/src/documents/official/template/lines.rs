//! Reads a template's lines, names every fault by its line.

use super::super::values::Name;
use super::super::{Align, Column, Level};
use super::{DEPTH_MAX, Line, Piece, TemplateFault, TemplateFaultCode as Code, Word, Words};
use crate::documents::plain::excerpt;

/// A loop or condition that is being read.
struct Open<'a> {
    line: u32,
    kind: Kind,
    name: String,
    /// Names that hold inside, the inner ones last.
    names: Vec<&'a [Name]>,
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Whole,
    Each,
    If,
}

struct Reading<'a> {
    open: Vec<Open<'a>>,
    faults: Vec<TemplateFault>,
    /// Columns of the table that is being read; a first row waits for its line of dashes.
    table: Option<TableSoFar>,
    line: u32,
}

#[derive(Clone, Copy)]
enum TableSoFar {
    Header { line: u32, cells: usize },
    Columns(usize),
}

pub(super) fn read(text: &str, names: &[Name]) -> (Vec<Piece>, Vec<TemplateFault>) {
    let whole = Open {
        line: 0,
        kind: Kind::Whole,
        name: String::new(),
        names: vec![names],
        pieces: Vec::new(),
    };
    let mut reading = Reading {
        open: vec![whole],
        faults: Vec::new(),
        table: None,
        line: 0,
    };
    for (line, text) in (1_u32..).zip(text.lines()) {
        reading.line = line;
        reading.take(text.trim());
    }
    reading.end()
}

impl<'a> Reading<'a> {
    fn fault(&mut self, code: Code, what: &str) {
        self.fault_at(self.line, code, what);
    }

    fn fault_at(&mut self, line: u32, code: Code, what: &str) {
        self.faults.push(TemplateFault {
            line,
            code,
            what: excerpt(what),
        });
    }

    fn take(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        match control(text) {
            Some(Control::Each(name)) => self.begin(Kind::Each, name),
            Some(Control::If(name)) => self.begin(Kind::If, name),
            Some(Control::End) => self.close(),
            None => match columns(text) {
                Some(columns) => self.begin_table(columns),
                None => {
                    let line = self.line_of(text);
                    self.follow_table(&line);
                    self.push(Piece::Line(line));
                }
            },
        }
    }

    fn push(&mut self, piece: Piece) {
        if let Some(open) = self.open.last_mut() {
            open.pieces.push(piece);
        }
    }

    fn find(&self, name: &str) -> Option<&'a Name> {
        let names = &self.open.last()?.names;
        names.iter().rev().find_map(|n| n.iter().find(|n| n.name == name))
    }

    fn begin(&mut self, kind: Kind, name: &str) {
        let mut names = self.open.last().map_or_else(Vec::new, |o| o.names.clone());
        if self.open.len() > DEPTH_MAX {
            self.fault(Code::TooDeep, name);
        }
        match self.find(name) {
            None => self.fault(Code::UnknownName, name),
            Some(found) if kind == Kind::Each && !found.is_list() => self.fault(Code::NotAList, name),
            Some(found) if kind == Kind::Each => names.push(found.inner),
            Some(_) => {}
        }
        self.open.push(Open {
            line: self.line,
            kind,
            name: name.to_owned(),
            names,
            pieces: Vec::new(),
        });
    }

    fn close(&mut self) {
        if self.open.len() < 2 {
            return self.fault(Code::NothingToClose, "");
        }
        if let Some(Open { kind, name, pieces, .. }) = self.open.pop() {
            self.push(match kind {
                Kind::If => Piece::If { name, pieces },
                Kind::Each | Kind::Whole => Piece::Each { name, pieces },
            });
        }
    }

    fn end(mut self) -> (Vec<Piece>, Vec<TemplateFault>) {
        self.follow_table(&Line::Blank);
        while self.open.len() > 1 {
            if let Some(open) = self.open.pop() {
                self.fault_at(open.line, Code::NotClosed, &open.name);
            }
        }
        let pieces = self.open.pop().map_or_else(Vec::new, |o| o.pieces);
        if pieces.is_empty() && self.faults.is_empty() {
            self.fault_at(1, Code::Empty, "");
        }
        (pieces, self.faults)
    }

    /// Loops may stand between the rows of a table; any other line ends it.
    fn follow_table(&mut self, line: &Line) {
        self.table = match (line, self.table) {
            (Line::Row(cells), None) => Some(TableSoFar::Header {
                line: self.line,
                cells: cells.len(),
            }),
            (Line::Row(row), Some(TableSoFar::Columns(cells))) => {
                if row.len() != cells {
                    self.fault(Code::BrokenTable, "");
                }
                Some(TableSoFar::Columns(cells))
            }
            (_, Some(TableSoFar::Header { line, .. })) => {
                self.fault_at(line, Code::BrokenTable, "");
                None
            }
            _ => None,
        };
    }

    /// The line of dashes: the row above it is the table's first.
    fn begin_table(&mut self, columns: Vec<Column>) {
        let above = self.open.last_mut().and_then(|o| o.pieces.pop());
        match (self.table, above) {
            (Some(TableSoFar::Header { cells, .. }), Some(Piece::Line(Line::Row(header))))
                if cells == columns.len() =>
            {
                self.table = Some(TableSoFar::Columns(cells));
                self.push(Piece::Line(Line::Table { columns, header }));
            }
            _ => {
                self.table = None;
                self.fault(Code::BrokenTable, "");
            }
        }
    }

    fn line_of(&mut self, text: &str) -> Line {
        let after = |mark: &str| text.strip_prefix(mark).map(str::trim);
        match text {
            "[空行]" | "【空行】" => return Line::Blank,
            "[分页]" | "【分页】" => return Line::PageBreak,
            "[横向]" | "【横向】" => return Line::Sideways,
            _ => {}
        }
        if let Some(annex) = annex(text) {
            return Line::Annex(self.words(annex));
        }
        if let Some(text) = after("####") {
            Line::Heading(Level::Third, self.words(text))
        } else if let Some(text) = after("###") {
            Line::Heading(Level::Second, self.words(text))
        } else if let Some(text) = after("##") {
            Line::Heading(Level::First, self.words(text))
        } else if let Some(text) = after("#") {
            Line::Title(self.words(text))
        } else if let Some(text) = after(">>") {
            Line::Signature(self.words(text))
        } else if let Some(text) = after(">") {
            Line::Addressee(self.words(text))
        } else if let Some(text) = after("=") {
            Line::Centred(self.words(text))
        } else if let Some(text) = after("+") {
            Line::Hanging(self.words(text))
        } else if let Some(text) = after("~") {
            Line::Imprint(self.words(text))
        } else if let Some(cells) = cells(text) {
            Line::Row(cells.map(|cell| self.words(cell)).collect())
        } else {
            Line::Paragraph(self.words(text))
        }
    }

    fn words(&mut self, text: &str) -> Words {
        let mut words = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            if !before.is_empty() {
                words.push(Word::Plain(before.to_owned()));
            }
            let Some((name, after)) = after.split_once("}}") else {
                self.fault(Code::BrokenName, after);
                return words;
            };
            let name = name.trim();
            match self.find(name) {
                _ if control_word(name).is_some() => self.fault(Code::NotAlone, name),
                None => self.fault(Code::UnknownName, name),
                Some(found) if found.is_list() => self.fault(Code::ListInText, name),
                Some(_) => {}
            }
            words.push(Word::Name(name.to_owned()));
            rest = after;
        }
        if !rest.is_empty() {
            words.push(Word::Plain(rest.to_owned()));
        }
        words
    }
}

enum Control<'a> {
    Each(&'a str),
    If(&'a str),
    End,
}

/// A line that holds one control word and nothing else.
fn control(text: &str) -> Option<Control<'_>> {
    let inside = text.strip_prefix("{{")?.strip_suffix("}}")?;
    if inside.contains("{{") {
        return None;
    }
    control_word(inside.trim())
}

fn control_word(inside: &str) -> Option<Control<'_>> {
    if inside == "完" {
        return Some(Control::End);
    }
    let (word, name) = inside.split_once(char::is_whitespace)?;
    match word {
        "每个" => Some(Control::Each(name.trim())),
        "如有" => Some(Control::If(name.trim())),
        _ => None,
    }
}

/// `[附件]`, `[附件1]`, `[附件{{序号}}]`: what stands between the brackets.
fn annex(text: &str) -> Option<&str> {
    let round = |open, close| text.strip_prefix(open).and_then(|t: &str| t.strip_suffix(close));
    let inside = round('[', ']').or_else(|| round('【', '】'))?;
    inside.starts_with("附件").then_some(inside)
}

/// The cells of a row.
fn cells(text: &str) -> Option<impl Iterator<Item = &str>> {
    let inside = text.strip_prefix('|')?;
    Some(inside.strip_suffix('|').unwrap_or(inside).split('|').map(str::trim))
}

fn columns(text: &str) -> Option<Vec<Column>> {
    cells(text)?.map(column).collect()
}

/// `---` is as wide as it has dashes; colons at both ends centre it.
fn column(cell: &str) -> Option<Column> {
    let dashes = cell.trim_matches(':');
    let width = u32::try_from(dashes.len()).ok()?;
    let all_dashes = width > 0 && dashes.bytes().all(|b| b == b'-');
    let centred = cell.starts_with(':') && cell.ends_with(':');
    all_dashes.then_some(Column {
        width,
        align: if centred { Align::Centre } else { Align::Left },
    })
}
