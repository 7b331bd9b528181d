//! The measures of GB/T 9704-2012, in twentieths of a point (twips) as Word counts: 1 mm is 56.69 of them.

/// A4, 210 × 297 mm.
pub const PAGE_WIDTH: u32 = 11_906;
pub const PAGE_HEIGHT: u32 = 16_838;
/// 天头 37 mm, 订口 28 mm; 版心 156 × 225 mm leaves 26 mm on the right and 35 mm below.
pub const TOP: u32 = 2_098;
pub const LEFT: u32 = 1_588;
pub const RIGHT: u32 = 1_474;
pub const BOTTOM: u32 = 1_984;
/// 版心 156 mm wide, 225 mm high.
pub const TEXT_WIDTH: u32 = PAGE_WIDTH - LEFT - RIGHT;
pub const TEXT_HEIGHT: u32 = PAGE_HEIGHT - TOP - BOTTOM;
/// 22 lines in 225 mm: 28.95 pt each.
pub const LINE: u32 = 579;
pub const LINES_PER_PAGE: u32 = 22;
pub const CHARS_PER_LINE: u32 = 28;
/// What a character of 16 pt gives up so that 28 fit into 156 mm: 0.25 pt. It is set on the text itself and not as a grid
/// of characters, which LibreOffice reads otherwise than Word.
pub const CHAR_SPACE: i32 = -5;
/// The page number's dash lies 7 mm below the text: 4号 type, its foot about 25 mm above the paper's edge.
pub const FOOTER: u32 = 1_417;

/// Sizes in half points. 3号 body, 2号 title, 4号 page number, 小四 in tables.
pub const BODY_SIZE: u32 = 32;
pub const TITLE_SIZE: u32 = 44;
pub const NUMBER_SIZE: u32 = 28;
pub const TABLE_SIZE: u32 = 24;
/// 版记: 4号.
pub const IMPRINT_SIZE: u32 = 28;
/// 版记's outer rules, 0.35 mm, and those between its lines, 0.25 mm, in eighths of a point.
pub const OUTER_RULE: u32 = 8;
pub const INNER_RULE: u32 = 6;
/// A character of the body.
pub const CHAR: u32 = BODY_SIZE * 10;

/// Fonts by name; which others stand in where one is missing is said in the font table.
pub const TITLE_FONT: &str = "方正小标宋简体";
pub const BODY_FONT: &str = "仿宋";
pub const FIRST_FONT: &str = "黑体";
pub const SECOND_FONT: &str = "楷体";
pub const NUMBER_FONT: &str = "宋体";
pub const LATIN_FONT: &str = "Times New Roman";
