//! Reports as they are uploaded, and what is uploaded instead of them.

use std::io::{Cursor, Write};

use encoding_rs::GB18030;
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;
use crate::documents::ARCHIVE_MAX_ENTRIES;

fn pack(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in parts {
        zip.start_file(*name, options).expect("started");
        zip.write_all(content).expect("written");
    }
    zip.finish().expect("finished").into_inner()
}

fn docx(document: &[u8]) -> Vec<u8> {
    pack(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document)])
}

fn ole(stream: &str) -> Vec<u8> {
    let mut bytes = OLE_MAGIC.to_vec();
    bytes.extend([0; 600]);
    bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

#[test]
fn content_tells_the_kind_whatever_the_name() {
    let (gb, _, _) = GB18030.encode("述职报告");
    let word = docx(b"<w:document/>");
    let pdf = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";
    let cases: [(&str, &[u8], DocumentKind); 8] = [
        ("现场.docx", b"\xFF\xD8\xFF\xE0\0\x10JFIF", DocumentKind::Jpeg),
        ("现场.jpg", b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", DocumentKind::Png),
        ("报告.pdf", &word, DocumentKind::Docx),
        ("报告.docx", pdf, DocumentKind::Pdf),
        ("报告.MD", "# 述职报告".as_bytes(), DocumentKind::Markdown),
        ("报告.txt", "述职报告".as_bytes(), DocumentKind::Text),
        ("报告", &gb, DocumentKind::Text),
        ("报告.txt", b"\xFF\xFE\x01\x4E", DocumentKind::Text),
    ];
    for (name, bytes, kind) in cases {
        assert_eq!(sniff(name, bytes), Ok(kind), "{name}");
    }
}

#[test]
fn refusals_say_what_to_do_about_it() {
    let workbook = pack(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"")]);
    let locked_pdf = b"%PDF-1.7\ntrailer << /Encrypt 5 0 R >>\n%%EOF";
    let mut cut_docx = docx(b"<w:document/>");
    cut_docx.truncate(60);
    let cases: [(&[u8], UploadError); 10] = [
        (b"", UploadError::Empty),
        (b" \r\n", UploadError::Empty),
        (&ole("WordDocument"), UploadError::LegacyDoc),
        (&ole("EncryptedPackage"), UploadError::Encrypted),
        (&ole("Workbook"), UploadError::UnknownKind),
        (&workbook, UploadError::UnknownKind),
        (locked_pdf, UploadError::Encrypted),
        (b"%PDF-1.7\nbroken off", UploadError::Damaged),
        (&cut_docx, UploadError::Damaged),
        (b"\x7FELF\0\0", UploadError::UnknownKind),
    ];
    for (bytes, error) in cases {
        assert_eq!(sniff("报告.docx", bytes), Err(error));
    }
    assert_eq!(
        sniff("报告.txt", &vec![b'a'; UPLOAD_MAX_BYTES + 1]),
        Err(UploadError::TooLarge)
    );
}

#[test]
fn a_pdf_that_only_speaks_of_encryption_is_not_locked() {
    let pdf = b"%PDF-1.4\n(the /Encrypt key) Tj /EncryptMetadata true\n%%EOF";
    assert_eq!(sniff("a.pdf", pdf), Ok(DocumentKind::Pdf));
}

#[test]
fn bombs_are_told_by_their_directory() {
    let dense = docx(&vec![b' '; 8 << 20]);
    assert_eq!(sniff("a.docx", &dense), Err(UploadError::ZipBomb));

    // 4.9 GB as declared: the size field is forged, the content is tiny.
    let mut forged = docx(b"<w:document/>");
    let entry = forged
        .windows(4)
        .rposition(|w| w == b"PK\x01\x02")
        .expect("a directory entry");
    forged[entry + 24..entry + 28].copy_from_slice(&0xF000_0000_u32.to_le_bytes());
    assert_eq!(sniff("a.docx", &forged), Err(UploadError::ZipBomb));

    let names: Vec<String> = (0..=ARCHIVE_MAX_ENTRIES).map(|n| n.to_string()).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), &b""[..])).collect();
    assert_eq!(sniff("a.docx", &pack(&parts)), Err(UploadError::ZipBomb));
}

#[test]
fn a_plain_long_report_is_no_bomb() {
    let text: Vec<u8> = (0..200_000_u32)
        .flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes())
        .collect();
    assert_eq!(sniff("a.docx", &docx(&text)), Ok(DocumentKind::Docx));
}

#[test]
fn file_names_are_fit_to_be_shown() {
    for (given, shown) in [
        ("C:\\用户\\报告.docx", "报告.docx"),
        ("../../etc/passwd", "passwd"),
        ("报告\u{202E}fdp.exe", "报告fdp.exe"),
        (" ..报告\r\n.txt ", "报告 .txt"),
        ("a/", "a"),
        ("///", UNNAMED),
        ("\u{0}", UNNAMED),
    ] {
        assert_eq!(clean_file_name(given), shown, "{given:?}");
    }
    let long = clean_file_name(&format!("{}.docx", "长".repeat(300)));
    assert_eq!(long.chars().count(), FILE_NAME_MAX_CHARS);
    assert!(long.ends_with("….docx"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_bring_it_down(
        head in prop::sample::select(vec![&b""[..], b"%PDF-", b"PK\x03\x04", &OLE_MAGIC]),
        rest in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        let _ = sniff("a.md", &[head, &rest].concat());
    }

    #[test]
    fn no_mutated_container_brings_it_down(at in 0_usize..300, byte in any::<u8>()) {
        let mut bytes = docx(b"<w:document/>");
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = sniff("a.docx", &bytes);
    }

    #[test]
    fn every_shown_name_is_short_and_visible(name in "\\PC{0,300}") {
        let shown = clean_file_name(&name);
        prop_assert!(!shown.is_empty() && shown.chars().count() <= FILE_NAME_MAX_CHARS);
        prop_assert!(!shown.contains(['/', '\\']) && !shown.chars().any(char::is_control));
    }
}
