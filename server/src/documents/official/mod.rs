//! Papers in the layout of GB/T 9704-2012: the office's template and the case's words in, a .docx out. It knows no case:
//! what a name stands for comes from its caller. The same input gives the same bytes.

mod body;
mod docx;
mod imprint;
pub mod measures;
mod parts;
mod table;
mod template;
mod values;

pub use docx::DocxError;
pub use template::{Template, TemplateFault, TemplateFaultCode};
pub use values::{Fields, Name, Value};

/// One part of a paper, as it stands on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A line of the title: 2号小标宋, centred.
    Title(String),
    /// 主送机关: flush left.
    Addressee(String),
    /// 附件1: on a new page, 黑体, flush left on its first line; the title stands on the third.
    Annex(String),
    /// 一、黑体 (1), （一）楷体 (2), 1. 仿宋 (3); numbered when it was filled in.
    Heading(Level, String),
    Paragraph(String),
    Centred(String),
    /// Lines of the signature, the date last: the date four characters from the right, the rest centred above it.
    Signature(Vec<String>),
    /// 附件说明: what is enclosed, numbered where there are several; a long name stays under its own beginning.
    Enclosed(Vec<String>),
    /// 出席：… : the words before the colon in 黑体, the rest under its own beginning.
    Labelled(String, String),
    /// 版记: the last lines of the last page between rules; the second text of a line stands at the right.
    Imprint(Vec<(String, String)>),
    Table(Table),
    Blank,
    PageBreak,
    /// The whole paper lies on its side: for wide tables.
    Sideways,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    First,
    Second,
    Third,
}

/// A table over the whole width of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub columns: Vec<Column>,
    /// Repeated on every page.
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// In proportion to the others.
    pub width: u32,
    pub align: Align,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Centre,
}

/// The paper as a Word document.
///
/// # Errors
/// Only if the container cannot be packed, or the paper is longer than any paper is.
pub fn docx(title: &str, blocks: &[Block]) -> Result<Vec<u8>, DocxError> {
    docx::write(title, blocks)
}
