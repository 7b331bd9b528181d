//! The office's template: a text of lines. `#` title, `##` `###` `####` headings, `>` addressee, `>>` signature, `=`
//! centred, `+ 附件：` enclosed, `+ 词：` a label with what hangs from it, `~ … | …` lines of the imprint, `| … |` rows of
//! a table, `[空行]`, `[分页]`, `[附件1]`, `[横向]`, everything else a paragraph. `{{名称}}` is replaced by what the
//! name stands for; `{{每个 名称}} … {{完}}` repeats lines, `{{如有 名称}} … {{完}}` keeps them where there is something.
//! A template is read and checked as a whole before it is kept: a paper never comes out with a hole in it.

mod fill;
mod lines;

use super::values::{Fields, Name};
use super::{Block, Column};
use serde::{Deserialize, Serialize};

/// Loops in loops that a template may have.
const DEPTH_MAX: usize = 3;
/// Faults told at once.
const FAULTS_MAX: usize = 20;

/// Something that must be mended before a template can be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TemplateFault {
    /// From 1.
    pub line: u32,
    pub code: TemplateFaultCode,
    /// The name or text in question, shortened; may be empty.
    pub what: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum TemplateFaultCode {
    /// This paper knows no such name here.
    UnknownName,
    /// A list stands where a text is wanted: use it with 每个.
    ListInText,
    /// 每个 wants a list.
    NotAList,
    /// `{{` without `}}`.
    BrokenName,
    /// 每个 and 如有 stand on a line of their own.
    NotAlone,
    /// 每个 or 如有 without 完.
    NotClosed,
    /// 完 without 每个 or 如有.
    NothingToClose,
    TooDeep,
    /// A row has not as many cells as its table has columns, or the line of dashes under the first row is missing.
    BrokenTable,
    /// There is nothing in it.
    Empty,
}

/// A template that was found good for one paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Line(Line),
    Each { name: String, pieces: Vec<Piece> },
    If { name: String, pieces: Vec<Piece> },
}

/// What a line is, its text still with names in it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Line {
    Title(Words),
    Heading(super::Level, Words),
    Addressee(Words),
    Signature(Words),
    Centred(Words),
    Paragraph(Words),
    /// A table begins, with its first row.
    Table {
        columns: Vec<Column>,
        header: Vec<Words>,
    },
    Row(Vec<Words>),
    /// `label：text`.
    Hanging(Words),
    Imprint(Words),
    Annex(Words),
    Blank,
    PageBreak,
    Sideways,
}

type Words = Vec<Word>;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Word {
    Plain(String),
    Name(String),
}

impl Template {
    /// Reads a template for a paper that knows these names.
    ///
    /// # Errors
    /// Everything that must be mended, by line.
    pub fn read(text: &str, names: &[Name]) -> Result<Template, Vec<TemplateFault>> {
        let (pieces, mut faults) = lines::read(text, names);
        faults.sort_by_key(|f| f.line);
        faults.truncate(FAULTS_MAX);
        if faults.is_empty() {
            Ok(Template { pieces })
        } else {
            Err(faults)
        }
    }

    /// The paper that these values make of it.
    pub fn fill(&self, fields: &Fields) -> Vec<Block> {
        fill::fill(&self.pieces, fields)
    }
}

#[cfg(test)]
mod tests;
