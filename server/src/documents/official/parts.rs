//! The parts of a .docx that every paper has alike: styles, fonts and what stands in for them, settings, page numbers.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::measures::{
    BODY_FONT, BODY_SIZE, CHAR, CHAR_SPACE, FIRST_FONT, IMPRINT_SIZE, LATIN_FONT, LINE, NUMBER_FONT, NUMBER_SIZE,
    SECOND_FONT, TABLE_SIZE, TITLE_FONT, TITLE_SIZE,
};

pub(super) const WORD: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
pub(super) const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

pub(super) const CONTENT_TYPES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
    r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#,
    r#"<Default Extension="xml" ContentType="application/xml"/>"#,
    r#"<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>"#,
    r#"<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>"#,
    r#"<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>"#,
    r#"<Override PartName="/word/fontTable.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"/>"#,
    r#"<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>"#,
    r#"<Override PartName="/word/footer2.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>"#,
    r#"<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>"#,
    "</Types>"
);

pub(super) const PACKAGE_RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>"#,
    r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>"#,
    "</Relationships>"
);

pub(super) const DOCUMENT_RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    r#"<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>"#,
    r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/>"#,
    r#"<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable" Target="fontTable.xml"/>"#,
    r#"<Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/>"#,
    r#"<Relationship Id="rId5" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer2.xml"/>"#,
    "</Relationships>"
);

/// Odd and even pages have their numbers on different sides; punctuation may hang over the edge, as in print.
pub(super) const SETTINGS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#,
    r#"<w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/>"#,
    r#"<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>"#,
    r#"<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>"#,
    "</w:settings>"
);

pub(super) fn properties(title: &str) -> String {
    format!(
        concat!(
            "{head}",
            r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" "#,
            r#"xmlns:dc="http://purl.org/dc/elements/1.1/">"#,
            "<dc:title>{title}</dc:title><dc:language>zh-CN</dc:language></cp:coreProperties>"
        ),
        head = HEAD,
        title = escape(title)
    )
}

/// Fonts with the names of others that may stand in, most of them of the other makers' systems. No font is embedded:
/// the ones that offices use may not be passed on.
const FONTS: [(&str, &str, &str); 6] = [
    (
        TITLE_FONT,
        "方正小标宋_GBK,华文中宋,STZhongsong,SimSun",
        "02010600030101010101",
    ),
    (
        BODY_FONT,
        "FangSong,仿宋_GB2312,华文仿宋,STFangsong,方正仿宋_GBK",
        "02010609060101010101",
    ),
    (
        FIRST_FONT,
        "SimHei,华文黑体,STHeiti,方正黑体_GBK",
        "02010609060101010101",
    ),
    (
        SECOND_FONT,
        "KaiTi,楷体_GB2312,华文楷体,STKaiti,方正楷体_GBK",
        "02010609060101010101",
    ),
    (NUMBER_FONT, "SimSun,华文宋体,STSong", "02010600030101010101"),
    (LATIN_FONT, "Liberation Serif", "02020603050405020304"),
];

pub(super) fn font_table() -> String {
    let mut xml = format!("{HEAD}<w:fonts {WORD}>");
    for (name, others, panose) in FONTS {
        let charset = if name == LATIN_FONT { "00" } else { "86" };
        // Writing to a string cannot fail.
        let _ = write!(
            xml,
            concat!(
                r#"<w:font w:name="{}"><w:altName w:val="{}"/><w:panose1 w:val="{}"/>"#,
                r#"<w:charset w:val="{}"/><w:family w:val="auto"/><w:pitch w:val="default"/></w:font>"#
            ),
            name, others, panose, charset
        );
    }
    xml + "</w:fonts>"
}

fn fonts(chinese: &str) -> String {
    format!(r#"<w:rFonts w:ascii="{LATIN_FONT}" w:hAnsi="{LATIN_FONT}" w:eastAsia="{chinese}" w:cs="{LATIN_FONT}"/>"#)
}

/// 黑体, for the words before a colon.
pub(super) fn label_font() -> String {
    fonts(FIRST_FONT)
}

fn size(half_points: u32) -> String {
    format!(r#"<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>"#)
}

/// Named styles, so that an office can restyle a paper in its own editor in one place.
pub(super) fn styles() -> String {
    let style = |id: &str, name: &str, paragraph: &str, run: &str| {
        format!(
            concat!(
                r#"<w:style w:type="paragraph" w:customStyle="1" w:styleId="{}"><w:name w:val="{}"/>"#,
                r#"<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{}</w:pPr><w:rPr>{}</w:rPr></w:style>"#
            ),
            id, name, paragraph, run
        )
    };
    let flush = r#"<w:ind w:firstLineChars="0" w:firstLine="0"/>"#;
    let centred = format!(r#"{flush}<w:jc w:val="center"/>"#);
    let heading = |level: u32| format!(r#"<w:keepNext/><w:outlineLvl w:val="{level}"/>"#);
    // A title's type is higher than the grid's lines would have it: it keeps their distance, not their places.
    let title = format!(r#"<w:keepNext/><w:snapToGrid w:val="0"/>{centred}"#);
    let unspaced = r#"<w:spacing w:val="0"/>"#;
    let cell = r#"<w:snapToGrid w:val="0"/><w:spacing w:line="240" w:lineRule="auto"/>"#;
    let mut xml = format!(
        concat!(
            "{head}<w:styles {word}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}{size}",
            r#"<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"#,
            r#"<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>"#,
            r#"<w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>"#,
            r#"<w:spacing w:before="0" w:after="0" w:line="{line}" w:lineRule="exact"/>"#,
            r#"<w:ind w:firstLineChars="200" w:firstLine="{indent}"/><w:jc w:val="both"/></w:pPr>"#,
            r#"<w:rPr><w:spacing w:val="{char_space}"/></w:rPr></w:style>"#
        ),
        head = HEAD,
        word = WORD,
        fonts = fonts(BODY_FONT),
        size = size(BODY_SIZE),
        line = LINE,
        indent = 2 * CHAR,
        char_space = CHAR_SPACE,
    );
    xml += &style(
        "Title",
        "公文标题",
        &title,
        &(fonts(TITLE_FONT) + unspaced + &size(TITLE_SIZE)),
    );
    xml += &style("Addressee", "主送机关", flush, "");
    xml += &style("Annex", "附件标识", flush, &fonts(FIRST_FONT));
    xml += &style("Heading1", "公文一级标题", &heading(0), &fonts(FIRST_FONT));
    xml += &style("Heading2", "公文二级标题", &heading(1), &fonts(SECOND_FONT));
    xml += &style("Heading3", "公文三级标题", r#"<w:outlineLvl w:val="2"/>"#, "");
    xml += &style("Centred", "居中", &centred, "");
    xml += &style(
        "Signature",
        "落款",
        &format!(r#"<w:keepLines/>{flush}<w:jc w:val="right"/>"#),
        "",
    );
    xml += &style(
        "Cell",
        "表格文字",
        &format!(r#"{cell}{flush}<w:jc w:val="left"/>"#),
        &size(TABLE_SIZE),
    );
    xml += &style(
        "Imprint",
        "版记",
        &format!(
            r#"<w:snapToGrid w:val="0"/><w:spacing w:line="{LINE}" w:lineRule="exact"/>{flush}<w:jc w:val="left"/>"#
        ),
        &(r#"<w:spacing w:val="0"/>"#.to_owned() + &size(IMPRINT_SIZE)),
    );
    xml += &style(
        "CellHead",
        "表头",
        &format!("{cell}{centred}"),
        &(fonts(FIRST_FONT) + unspaced + &size(TABLE_SIZE)),
    );
    xml + "</w:styles>"
}

/// 单页码居右空一字, 双页码居左空一字.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Odd,
    Even,
}

pub(super) fn footer(side: Side) -> String {
    let one_char = NUMBER_SIZE * 10;
    let (edge, align) = match side {
        Side::Odd => ("right", "right"),
        Side::Even => ("left", "left"),
    };
    let run = format!(
        r#"<w:rPr><w:rFonts w:ascii="{NUMBER_FONT}" w:hAnsi="{NUMBER_FONT}" w:eastAsia="{NUMBER_FONT}"/>{}</w:rPr>"#,
        size(NUMBER_SIZE)
    );
    format!(
        concat!(
            "{head}<w:ftr {word}><w:p><w:pPr>",
            r#"<w:snapToGrid w:val="0"/><w:spacing w:line="240" w:lineRule="auto"/>"#,
            r#"<w:ind w:{edge}="{one_char}" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="{align}"/></w:pPr>"#,
            r#"<w:r>{run}<w:t xml:space="preserve">— </w:t></w:r>"#,
            r#"<w:fldSimple w:instr=" PAGE "><w:r>{run}<w:t>1</w:t></w:r></w:fldSimple>"#,
            r#"<w:r>{run}<w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>"#
        ),
        head = HEAD,
        word = WORD,
        edge = edge,
        one_char = one_char,
        align = align,
        run = run,
    )
}
