//! Puts values into a template that was read. Headings are numbered here, for loops make more of them than were written.

use super::super::values::{Fields, Value};
use super::super::{Block, Level, Table};
use super::{Line, Piece, Word, Words};

const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

pub(super) fn fill(pieces: &[Piece], fields: &Fields) -> Vec<Block> {
    let mut filling = Filling::default();
    filling.pieces(pieces, &mut vec![fields]);
    filling.blocks
}

#[derive(Default)]
struct Filling {
    blocks: Vec<Block>,
    numbers: [u32; 3],
}

impl Filling {
    fn pieces(&mut self, pieces: &[Piece], scopes: &mut Vec<&Fields>) {
        for piece in pieces {
            match piece {
                Piece::Line(line) => self.line(line, scopes),
                Piece::Each { name, pieces } => {
                    if let Some(Value::List(items)) = find(scopes, name) {
                        for item in items {
                            scopes.push(item);
                            self.pieces(pieces, scopes);
                            scopes.pop();
                        }
                    }
                }
                Piece::If { name, pieces } => {
                    let there = match find(scopes, name) {
                        Some(Value::Text(text)) => !text.is_empty(),
                        Some(Value::List(items)) => !items.is_empty(),
                        None => false,
                    };
                    if there {
                        self.pieces(pieces, scopes);
                    }
                }
            }
        }
    }

    fn line(&mut self, line: &Line, scopes: &[&Fields]) {
        let say = |words: &Words| say(words, scopes);
        match line {
            Line::Table { columns, header } => self.blocks.push(Block::Table(Table {
                columns: columns.clone(),
                header: header.iter().map(say).collect(),
                rows: Vec::new(),
            })),
            Line::Row(cells) => {
                if let Some(Block::Table(table)) = self.blocks.last_mut() {
                    table.rows.push(cells.iter().map(say).collect());
                }
            }
            Line::Title(words) => {
                self.numbers = [0; 3];
                self.blocks.push(Block::Title(say(words)));
            }
            Line::Heading(level, words) => {
                let number = self.number(*level);
                self.blocks.push(Block::Heading(*level, number + &say(words)));
            }
            Line::Addressee(words) => self.blocks.push(Block::Addressee(say(words))),
            Line::Signature(words) => match self.blocks.last_mut() {
                Some(Block::Signature(lines)) => lines.push(say(words)),
                _ => self.blocks.push(Block::Signature(vec![say(words)])),
            },
            Line::Annex(words) => self.blocks.push(Block::Annex(say(words))),
            Line::Hanging(words) => self.hanging(&say(words)),
            Line::Imprint(words) => {
                let text = say(words);
                let (left, right) = text.split_once('|').unwrap_or((&text, ""));
                let line = (left.trim().to_owned(), right.trim().to_owned());
                match self.blocks.last_mut() {
                    Some(Block::Imprint(lines)) => lines.push(line),
                    _ => self.blocks.push(Block::Imprint(vec![line])),
                }
            }
            Line::Centred(words) => self.blocks.push(Block::Centred(say(words))),
            Line::Paragraph(words) => {
                let text = say(words);
                let lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
                self.blocks.extend(lines.map(|l| Block::Paragraph(l.to_owned())));
            }
            Line::Blank => self.blocks.push(Block::Blank),
            Line::PageBreak => self.blocks.push(Block::PageBreak),
            Line::Sideways => self.blocks.push(Block::Sideways),
        }
    }

    fn hanging(&mut self, text: &str) {
        let (label, text) = text.split_once('：').unwrap_or(("", text));
        match (label, self.blocks.last_mut()) {
            ("附件", Some(Block::Enclosed(all))) => all.push(text.to_owned()),
            ("附件", _) => self.blocks.push(Block::Enclosed(vec![text.to_owned()])),
            _ => self.blocks.push(Block::Labelled(label.to_owned(), text.to_owned())),
        }
    }

    fn number(&mut self, level: Level) -> String {
        let [first, second, third] = &mut self.numbers;
        match level {
            Level::First => {
                (*first, *second, *third) = (*first + 1, 0, 0);
                format!("{}、", chinese(*first))
            }
            Level::Second => {
                (*second, *third) = (*second + 1, 0);
                format!("（{}）", chinese(*second))
            }
            Level::Third => {
                *third += 1;
                format!("{third}.")
            }
        }
    }
}

fn find<'a>(scopes: &[&'a Fields], name: &str) -> Option<&'a Value> {
    scopes.iter().rev().find_map(|fields| fields.get(name))
}

fn say(words: &Words, scopes: &[&Fields]) -> String {
    let mut text = String::new();
    for word in words {
        match word {
            Word::Plain(plain) => text.push_str(plain),
            Word::Name(name) => {
                if let Some(Value::Text(value)) = find(scopes, name) {
                    text.push_str(value);
                }
            }
        }
    }
    text
}

/// 1 to 99 as 一 to 九十九; beyond it, which no paper has, the digits one by one.
pub(super) fn chinese(n: u32) -> String {
    let digit = |n: u32| DIGITS.get(n as usize).copied().unwrap_or_default();
    match n {
        0..=9 => digit(n).to_owned(),
        10..=19 => format!("十{}", if n == 10 { "" } else { digit(n % 10) }),
        20..=99 => format!(
            "{}十{}",
            digit(n / 10),
            if n.is_multiple_of(10) { "" } else { digit(n % 10) }
        ),
        _ => n.to_string().bytes().map(|b| digit(u32::from(b - b'0'))).collect(),
    }
}
