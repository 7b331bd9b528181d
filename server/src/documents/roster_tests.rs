//! Rosters as clerks send them, and files that are none.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;

const THREE_BAD_ROWS: &[u8] = include_bytes!("../../../tests/fixtures/rosters/three-bad-rows.xlsx");
const CORRECTED: &[u8] = include_bytes!("../../../tests/fixtures/rosters/corrected.xlsx");
const GBK: &[u8] = include_bytes!("../../../tests/fixtures/rosters/roster-gbk.csv");
const WPS_MESSY: &[u8] = include_bytes!("../../../tests/fixtures/rosters/wps-messy.xlsx");

fn csv(text: &str) -> RosterSheet {
    read_roster("名册.csv", text.as_bytes()).expect("a roster")
}

fn faults(sheet: &RosterSheet) -> Vec<(u32, &str, RowFaultCode, &str)> {
    sheet
        .faults
        .iter()
        .map(|f| (f.line, f.column.as_str(), f.code, f.value.as_str()))
        .collect()
}

fn noted(sheet: &RosterSheet, code: RowNoteCode) -> Vec<(u32, &str)> {
    sheet
        .notes
        .iter()
        .filter(|note| note.code == code)
        .map(|note| (note.line, note.value.as_str()))
        .collect()
}

#[test]
fn all_three_bad_rows_are_named_at_once() {
    let sheet = read_roster("名册.xlsx", THREE_BAD_ROWS).expect("a roster");
    assert_eq!(
        faults(&sheet),
        [
            (11, "姓名", RowFaultCode::MissingName, ""),
            (18, "姓名", RowFaultCode::DuplicateName, "委员 03"),
            (34, "手机尾号", RowFaultCode::BadPin, "12a"),
        ]
    );
    assert_eq!(sheet.faults[1].earlier_line, Some(7));
    assert_eq!(sheet.header_row, 4);
    assert_eq!(sheet.rows.len(), 28);
}

#[test]
fn the_corrected_file_brings_everybody_in() {
    let sheet = read_roster("名册.xlsx", CORRECTED).expect("a roster");
    assert_eq!(sheet.faults, []);
    let members = sheet.rows.iter().filter(|r| r.kind == RosterKind::Member);
    assert_eq!(members.count(), 28);
    assert_eq!(sheet.rows.len(), 31);
    let first = &sheet.rows[0];
    assert_eq!((first.line, first.name.as_str()), (5, "委员 01"));
    assert_eq!(first.pin.as_deref(), Some("0373"));
    assert_eq!(noted(&sheet, RowNoteCode::ColumnIgnored), [(4, "序号")]);
}

#[test]
fn a_gbk_text_gives_the_same_people_as_the_workbook() {
    let text = read_roster("名册.csv", GBK).expect("a roster");
    let book = read_roster("名册.xlsx", CORRECTED).expect("a roster");
    assert_eq!(text.faults, []);
    let person = |r: &RosterRow| (r.name.clone(), r.kind, r.seat.clone(), r.pin.clone());
    assert_eq!(
        text.rows.iter().map(person).collect::<Vec<_>>(),
        book.rows.iter().map(person).collect::<Vec<_>>()
    );
    assert_eq!(noted(&text, RowNoteCode::PhoneShortened), [(2, "31")]);
}

#[test]
fn a_table_edited_by_many_hands_is_read() {
    let sheet = read_roster("名册(1).xlsx", WPS_MESSY).expect("a roster");
    assert_eq!(faults(&sheet), []);
    let people: Vec<_> = sheet
        .rows
        .iter()
        .map(|r| {
            let pin = r.pin.as_deref().unwrap_or_default();
            (r.line, r.name.as_str(), r.group.as_str(), r.seat.as_str(), pin)
        })
        .collect();
    assert_eq!(
        people,
        [
            (7, "张三", "第一代表团", "1排1座", "0042"),
            (8, "王㛃", "第一代表团", "1排2座", "4321"),
            (9, "𬭩䶮", "第一代表团", "1排3座", "0042"),
            (12, "阿依古丽·买买提", "第二代表团", "1排4座", "0421"),
            (13, "张三丰（大）", "第二代表团", "列席1", "8307"),
            (16, "李四（小）", "", "列席2", "0099"),
        ]
    );
    assert_eq!(sheet.rows[0].title, "常委会 副主任");
    assert_eq!(noted(&sheet, RowNoteCode::PinPadded), [(9, "••42")]);
    assert_eq!(noted(&sheet, RowNoteCode::HeaderRepeated), [(15, "")]);
    assert_eq!(
        noted(&sheet, RowNoteCode::RowIgnored),
        [(19, "注：列席人员座位以现场安排为准。")]
    );
    let shortened: Vec<_> = sheet
        .notes
        .iter()
        .filter(|n| n.code == RowNoteCode::PhoneShortened)
        .map(|n| (n.column.as_str(), n.value.as_str()))
        .collect();
    assert_eq!(shortened, [("手机号码", "3")]);
    let everything = format!("{sheet:?}{}", serde_json::to_string(&sheet).expect("JSON"));
    assert!(!everything.contains("1380000"), "a telephone number got out");
    assert!(!everything.contains("0421"), "a PIN got out");
}

#[test]
fn kinds_have_synonyms_and_are_never_guessed() {
    let sheet = csv("姓名,类别\n甲,委员\n乙,常委会组成人员\n丙,列席代表\n丁,代表\n戊,嘉宾\n己,");
    let kinds: Vec<_> = sheet.rows.iter().map(|r| r.kind).collect();
    use RosterKind::{Attendee, Member};
    assert_eq!(kinds, [Member, Member, Attendee, Attendee]);
    assert_eq!(
        faults(&sheet),
        [
            (6, "类别", RowFaultCode::UnknownKind, "嘉宾"),
            (7, "类别", RowFaultCode::UnknownKind, ""),
        ]
    );
}

#[test]
fn each_kind_of_fault_is_told_with_its_place() {
    let long = "长".repeat(200);
    let sheet = csv(&format!(
        "姓名,类别,职务,座位号,口令\n\
         {long},委员,,,\n\
         甲,委员,{long},1排1座,\n\
         乙,委员,,1排2座,\n\
         丙,委员,, １排２座 ,\n\
         丁\u{202E}戊,委员,,,\n\
         己\u{FFFD},委员,,,\n\
         庚,委员,,,12345678901234567"
    ));
    let codes: Vec<_> = sheet.faults.iter().map(|f| (f.line, f.code)).collect();
    assert_eq!(
        codes,
        [
            (2, RowFaultCode::NameTooLong),
            (3, RowFaultCode::TextTooLong),
            (5, RowFaultCode::DuplicateSeat),
            (6, RowFaultCode::ControlCharacters),
            (7, RowFaultCode::UnreadableCharacter),
            (8, RowFaultCode::BadPin),
        ]
    );
    assert_eq!(sheet.faults[2].earlier_line, Some(4));
    assert_eq!(sheet.faults[3].value, "丁戊");
    assert!(sheet.faults.iter().all(|f| f.value.chars().count() <= 25));
}

#[test]
fn codes_on_the_wire_are_snake_case() {
    let fault = serde_json::to_value(RowFaultCode::MissingName).expect("JSON");
    assert_eq!(fault, "missing_name");
    let error = RosterFileError::NoHeader {
        missing: RosterColumn::Kind,
        found: vec!["姓名".to_owned()],
    };
    assert_eq!(
        serde_json::to_value(error).expect("JSON"),
        serde_json::json!({"code": "no_header", "missing": "kind", "found": ["姓名"]})
    );
}

#[test]
fn what_is_missing_in_the_header_is_said() {
    assert_eq!(
        read_roster("a.csv", "名单\n张三,委员\n李四,委员".as_bytes()),
        Err(RosterFileError::NoHeader {
            missing: RosterColumn::Name,
            found: vec!["张三".to_owned(), "委员".to_owned()],
        })
    );
    assert_eq!(
        read_roster("a.csv", "姓名,职务\n张三,委员".as_bytes()),
        Err(RosterFileError::NoHeader {
            missing: RosterColumn::Kind,
            found: vec!["姓名".to_owned(), "职务".to_owned()],
        })
    );
    let deep = format!("{}姓名,类别\n甲,委员", "\n".repeat(20));
    assert!(matches!(
        read_roster("a.csv", deep.as_bytes()),
        Err(RosterFileError::NoHeader { .. })
    ));
}

#[test]
fn two_rosters_side_by_side_are_not_halved() {
    assert_eq!(
        read_roster("a.csv", "姓名,类别,姓名,类别\n甲,委员,乙,委员".as_bytes()),
        Err(RosterFileError::HeaderRepeatsColumn {
            column: RosterColumn::Name,
            line: 1
        })
    );
}

#[test]
fn too_many_people_are_a_fault_and_reading_ends() {
    let mut text = "姓名,类别\n".to_owned();
    for n in 0..ROSTER_MAX_ROWS + 50 {
        text.push_str(&format!("委员 {n},委员\n"));
    }
    let sheet = csv(&text);
    assert_eq!(sheet.rows.len(), ROSTER_MAX_ROWS);
    let line = ROSTER_MAX_ROWS as u32 + 2;
    assert_eq!(faults(&sheet), [(line, "姓名", RowFaultCode::TooManyRows, "")]);
}

#[test]
fn a_flood_of_faults_is_bounded_and_counted() {
    let text = format!("姓名,类别\n{}", ",委员\n".repeat(700));
    let sheet = csv(&text);
    assert_eq!((sheet.faults.len(), sheet.unlisted), (500, 200));
}

#[test]
fn files_that_are_no_rosters_say_what_they_are() {
    let mut encrypted = OLE_MAGIC.to_vec();
    encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let cases: [(&str, &[u8], RosterFileError); 8] = [
        ("a.xlsx", b"", RosterFileError::Empty),
        ("a.csv", b"\r\n , \r\n", RosterFileError::Empty),
        ("a.xls", &OLE_MAGIC, RosterFileError::XlsUnsupported),
        ("a.xlsx", &encrypted, RosterFileError::Encrypted),
        ("a.xls", b"<html><table></table>", RosterFileError::NotASpreadsheet),
        (
            "a.png",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            RosterFileError::NotASpreadsheet,
        ),
        ("a.csv", b"\xFF\xFF\xFF\xFF", RosterFileError::UnreadableEncoding),
        ("a.xlsx", b"PK\x03\x04 and no more", RosterFileError::Damaged),
    ];
    for (name, bytes, expected) in cases {
        assert_eq!(read_roster(name, bytes), Err(expected), "{name}");
    }
    let large = vec![b'a'; ROSTER_FILE_MAX_BYTES + 1];
    assert_eq!(
        read_roster("a.csv", &large),
        Err(RosterFileError::TooLarge {
            limit: RosterLimit::FileBytes
        })
    );
}

/// A workbook by hand, with the rows and the shared texts as given.
fn forge(sheet_data: &str, shared: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let sheet = format!("<worksheet><sheetData>{sheet_data}</sheetData></worksheet>");
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let parts = [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        (
            "_rels/.rels",
            format!(
                "<Relationships><Relationship Id=\"r1\" Type=\"{relation}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships><Relationship Id=\"r1\" Type=\"{relation}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns:r=\"{relation}\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", shared.to_owned()),
    ];
    for (name, text) in parts {
        zip.start_file(name, options).expect("started");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("finished").into_inner()
}

fn inline(at: &str, text: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

#[test]
fn cells_at_opposite_corners_cost_nothing() {
    let data = format!(
        "<row r=\"1\">{}{}</row><row r=\"2\">{}{}</row><row r=\"1048576\">{}</row>",
        inline("A1", "姓名"),
        inline("B1", "类别"),
        inline("A2", "委员 01"),
        inline("B2", "委员"),
        inline("XFD1048576", "远"),
    );
    let sheet = read_roster("a.xlsx", &forge(&data, "<sst/>")).expect("a roster");
    assert_eq!((sheet.rows.len(), sheet.faults.len()), (1, 0));
}

#[test]
fn forged_workbooks_are_refused_before_they_fill_memory() {
    let too_large = Err(RosterFileError::TooLarge {
        limit: RosterLimit::InflatedBytes,
    });
    let counted = forge("", "<sst uniqueCount=\"99999999999\"></sst>");
    assert_eq!(read_roster("a.xlsx", &counted), too_large);
    let blown_up = forge(&" ".repeat(70 << 20), "<sst/>");
    assert!(blown_up.len() < ROSTER_FILE_MAX_BYTES);
    assert_eq!(read_roster("a.xlsx", &blown_up), too_large);
}

#[test]
fn a_merge_that_runs_backwards_does_not_take_the_task_down() {
    let data = "</sheetData><mergeCells><mergeCell ref=\"B9:A1\"/></mergeCells><sheetData>";
    let read = read_roster("a.xlsx", &forge(data, "<sst/>"));
    assert!(matches!(read, Err(RosterFileError::Damaged | RosterFileError::Empty)));
}

#[test]
fn a_failed_formula_and_a_date_are_faults() {
    let data = format!(
        "<row r=\"1\">{}{}{}</row><row r=\"2\">{}{}{}</row>",
        inline("A1", "姓名"),
        inline("B1", "类别"),
        inline("C1", "座位号"),
        "<c r=\"A2\" t=\"e\"><v>#N/A</v></c>",
        inline("B2", "委员"),
        "<c r=\"C2\" t=\"d\"><v>2024-03-12</v></c>",
    );
    let sheet = read_roster("a.xlsx", &forge(&data, "<sst/>")).expect("a roster");
    assert_eq!(
        faults(&sheet),
        [
            (2, "姓名", RowFaultCode::CellIsError, ""),
            (2, "座位号", RowFaultCode::CellIsDate, ""),
        ]
    );
}

/// Whatever comes back, it is within bounds and safe to show.
fn assert_sound(bytes: &[u8]) {
    let Ok(sheet) = read_roster("a.csv", bytes) else {
        return;
    };
    assert!(sheet.rows.len() <= ROSTER_MAX_ROWS);
    for row in &sheet.rows {
        assert!(!row.name.is_empty() && row.line > sheet.header_row);
        assert!(!row.name.chars().any(char::is_control));
    }
    for fault in &sheet.faults {
        assert!(!fault.value.chars().any(char::is_control));
    }
}

fn mutated(original: &'static [u8]) -> impl Strategy<Value = Vec<u8>> {
    let changes = prop::collection::vec((0..original.len(), any::<u8>()), 1..12);
    (changes, original.len() / 2..=original.len()).prop_map(|(changes, kept)| {
        let mut bytes = original.to_vec();
        for (at, byte) in changes {
            bytes[at] = byte;
        }
        bytes.truncate(kept);
        bytes
    })
}

/// Pieces of which sheets are made, wrongly put together.
fn sheet_pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<row r=\"0\">",
        "<row r=\"4294967295\">",
        "<row>",
        "</row>",
        "<c r=\"A1\">",
        "<c>",
        "</c>",
        "<c r=\"XFD1048576\" t=\"s\">",
        "<c r=\"AAAAAAAAAA1\">",
        "<v>",
        "</v>",
        "0",
        "-1",
        "1e999",
        "<is><t>姓名</t></is>",
        "<is><t>类别</t></is>",
        "&#x202E;",
        "&amp;",
        "<c r=\"B2\" s=\"99\">",
        "</sheetData><mergeCells><mergeCell ref=\"B9:A1\"/></mergeCells>",
        "<dimension ref=\"Z9:A1\"/>",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_bring_it_down(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        assert_sound(&bytes);
    }

    #[test]
    fn no_text_brings_it_down(text in "(姓名|类别|委员|[,;\t，\"\r\n]|\\PC){0,200}") {
        assert_sound(text.as_bytes());
        assert_sound(format!("姓名,类别,口令,座位号\n{text}").as_bytes());
    }

    #[test]
    fn no_mutated_file_brings_it_down(
        bytes in prop_oneof![mutated(CORRECTED), mutated(WPS_MESSY), mutated(GBK)]
    ) {
        assert_sound(&bytes);
    }

    #[test]
    fn no_forged_sheet_brings_it_down(data in sheet_pieces()) {
        assert_sound(&forge(&data, "<sst><si><t>姓名</t></si></sst>"));
    }
}
