//! What Word is strict about and LibreOffice forgives: the order of elements, the package's own lists, unique names.

use super::*;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet};

/// Children in the order of their sequence in ECMA-376 part 1 (transitional schema); of wml.xsd and sml.xsd the elements
/// that our files may have, with their neighbours. An element that has no place here fails the test.
const ORDER: &[(&str, &str)] = &[
    ("w:document", "w:background w:body"),
    ("w:styles", "w:docDefaults w:latentStyles w:style*"),
    ("w:docDefaults", "w:rPrDefault w:pPrDefault"),
    (
        "w:style",
        "w:name w:aliases w:basedOn w:next w:link w:autoRedefine w:hidden w:uiPriority w:semiHidden w:unhideWhenUsed \
         w:qFormat w:locked w:personal w:rsid w:pPr w:rPr w:tblPr w:trPr w:tcPr",
    ),
    (
        "w:pPr",
        "w:pStyle w:keepNext w:keepLines w:pageBreakBefore w:framePr w:widowControl w:numPr w:suppressLineNumbers w:pBdr \
         w:shd w:tabs w:suppressAutoHyphens w:kinsoku w:wordWrap w:overflowPunct w:topLinePunct w:autoSpaceDE \
         w:autoSpaceDN w:bidi w:adjustRightInd w:snapToGrid w:spacing w:ind w:contextualSpacing w:mirrorIndents \
         w:suppressOverlap w:jc w:textDirection w:textAlignment w:textboxTightWrap w:outlineLvl w:divId w:cnfStyle w:rPr \
         w:sectPr",
    ),
    ("w:pBdr", "w:top w:left w:bottom w:right w:between w:bar"),
    ("w:tabs", "w:tab*"),
    (
        "w:rPr",
        "w:rStyle w:rFonts w:b w:bCs w:i w:iCs w:caps w:smallCaps w:strike w:outline w:shadow w:vanish w:color w:spacing \
         w:w w:kern w:position w:sz w:szCs w:highlight w:u w:effect w:bdr w:shd w:fitText w:vertAlign w:rtl w:cs w:em \
         w:lang w:eastAsianLayout",
    ),
    (
        "w:sectPr",
        "w:headerReference* w:footerReference* w:footnotePr w:endnotePr w:type w:pgSz w:pgMar w:paperSrc w:pgBorders \
         w:lnNumType w:pgNumType w:cols w:formProt w:vAlign w:noEndnote w:titlePg w:textDirection w:bidi w:rtlGutter \
         w:docGrid",
    ),
    ("w:tbl", "w:tblPr w:tblGrid w:tr*"),
    (
        "w:tblPr",
        "w:tblStyle w:tblpPr w:tblOverlap w:bidiVisual w:tblStyleRowBandSize w:tblStyleColBandSize w:tblW w:jc \
         w:tblCellSpacing w:tblInd w:tblBorders w:shd w:tblLayout w:tblCellMar w:tblLook",
    ),
    ("w:tblBorders", "w:top w:left w:bottom w:right w:insideH w:insideV"),
    ("w:tblCellMar", "w:top w:left w:bottom w:right"),
    ("w:tblGrid", "w:gridCol*"),
    ("w:tr", "w:tblPrEx w:trPr w:tc*"),
    ("w:tc", "w:tcPr w:p*"),
    (
        "w:tcPr",
        "w:cnfStyle w:tcW w:gridSpan w:hMerge w:vMerge w:tcBorders w:shd w:noWrap w:tcMar w:textDirection w:tcFitText \
         w:vAlign w:hideMark",
    ),
    (
        "w:settings",
        "w:writeProtection w:view w:zoom w:mirrorMargins w:defaultTabStop w:evenAndOddHeaders w:characterSpacingControl \
         w:compat w:rsids w:themeFontLang w:clrSchemeMapping w:decimalSymbol w:listSeparator",
    ),
    (
        "w:font",
        "w:altName w:panose1 w:charset w:family w:notTrueType w:pitch w:sig",
    ),
    (
        "worksheet",
        "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection autoFilter mergeCells \
         conditionalFormatting* dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter",
    ),
    (
        "workbook",
        "fileVersion fileSharing workbookPr workbookProtection bookViews sheets definedNames calcPr",
    ),
    (
        "styleSheet",
        "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors",
    ),
    ("sheetData", "row*"),
    ("row", "c*"),
];

type Parts = BTreeMap<String, String>;

fn unpack(bytes: &[u8]) -> Parts {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a container");
    let mut parts = Parts::new();
    for n in 0..zip.len() {
        let mut part = zip.by_index(n).expect("a part");
        let mut text = String::new();
        part.read_to_string(&mut text).expect("UTF-8");
        let name = part.name().expect("a name").into_owned();
        assert!(!parts.contains_key(&name), "{name} is there twice");
        parts.insert(name, text);
    }
    parts
}

/// Every element of a part with its attributes and the names of its children.
fn elements(name: &str, xml: &str) -> Vec<(String, BTreeMap<String, String>, Vec<String>)> {
    let mut reader = Reader::from_str(xml);
    let (mut open, mut done) = (Vec::new(), Vec::new());
    let begin = |start: &BytesStart| {
        let tag = start.name().as_ref().to_owned();
        let attributes = start.attributes().map(|a| {
            let a = a.unwrap_or_else(|e| panic!("{name}: {e}"));
            (a.key.as_ref().to_owned(), a.value.into_owned())
        });
        (tag, attributes.collect::<BTreeMap<_, _>>(), Vec::new())
    };
    loop {
        match reader.read_event().unwrap_or_else(|e| panic!("{name}: {e}")) {
            Event::Start(start) => open.push(begin(&start)),
            Event::Empty(start) => {
                let one = begin(&start);
                if let Some((_, _, children)) = open.last_mut() {
                    children.push(one.0.clone());
                }
                done.push(one);
            }
            Event::End(_) => {
                let one: (String, _, _) = open.pop().expect("an open element");
                if let Some((_, _, children)) = open.last_mut() {
                    children.push(one.0.clone());
                }
                done.push(one);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "{name}: {open:?} stays open");
    done
}

/// The first child that comes too late, too often, or not at all in the schema.
fn misplaced(tag: &str, children: &[String]) -> Option<String> {
    let (_, sequence) = ORDER.iter().find(|(name, _)| *name == tag)?;
    let sequence: Vec<&str> = sequence.split_whitespace().collect();
    let mut at = 0;
    for child in children {
        let place = sequence.iter().position(|s| s.trim_end_matches('*') == child);
        let Some(place) = place.filter(|p| *p >= at) else {
            return Some(format!("{child} in {tag}, after {children:?}"));
        };
        at = place + usize::from(!sequence[place].ends_with('*'));
    }
    None
}

/// Order and attributes of every part; relations that lead somewhere; a type for every part.
fn check(what: &str, bytes: &[u8]) {
    let parts = unpack(bytes);
    let types = elements(what, &parts["[Content_Types].xml"]);
    for (name, xml) in parts
        .iter()
        .filter(|(n, _)| n.ends_with(".xml") || n.ends_with(".rels"))
    {
        let path = format!("/{name}");
        let typed = types.iter().any(|(_, a, _)| {
            let ending = a.get("Extension").is_some_and(|e| name.ends_with(&format!(".{e}")));
            ending || a.get("PartName") == Some(&path)
        });
        assert!(
            typed || name == "[Content_Types].xml",
            "{what}: {name} has no content type"
        );
        for text in xml
            .split("<w:t>")
            .skip(1)
            .filter_map(|rest| rest.split("</w:t>").next())
        {
            assert_eq!(
                text,
                text.trim(),
                "{what}: {name}: without xml:space the spaces are lost"
            );
        }
        let all = elements(&format!("{what}: {name}"), xml);
        for (tag, _, children) in &all {
            if let Some(fault) = misplaced(tag, children) {
                panic!("{what}: {name}: {fault}");
            }
            // A cell must hold a paragraph.
            assert!(
                tag != "w:tc" || children.iter().any(|c| c == "w:p"),
                "{what}: an empty cell"
            );
        }
        if let Some(folder) = name.strip_suffix(".rels").and_then(|n| n.split_once("_rels/")) {
            let mut ids = BTreeSet::new();
            for (_, a, _) in all.iter().filter(|(tag, ..)| tag == "Relationship") {
                let target = format!("{}{}", folder.0, a["Target"]);
                assert!(
                    parts.contains_key(&target),
                    "{what}: {name} leads to {target}, which is not there"
                );
                assert!(ids.insert(a["Id"].clone()), "{what}: {name} has {} twice", a["Id"]);
            }
        }
    }
    for (_, a, _) in types.iter().filter(|(tag, ..)| tag == "Override") {
        let name = a["PartName"].trim_start_matches('/');
        assert!(
            parts.contains_key(name),
            "{what}: a type for {name}, which is not there"
        );
    }
    if let Some(body) = parts.get("word/document.xml") {
        names_lead_somewhere(what, &parts, body);
    }
}

/// Styles and relations that the body names are there, once each.
fn names_lead_somewhere(what: &str, parts: &Parts, body: &str) {
    let styles = elements(what, &parts["word/styles.xml"]);
    let ids: Vec<&String> = styles.iter().filter_map(|(_, a, _)| a.get("w:styleId")).collect();
    let names: BTreeSet<&String> = ids.iter().copied().collect();
    assert_eq!(ids.len(), names.len(), "{what}: a style is there twice");
    let relations = elements(what, &parts["word/_rels/document.xml.rels"]);
    for (tag, attributes, _) in elements(what, body) {
        if tag == "w:pStyle" {
            assert!(
                names.contains(&attributes["w:val"]),
                "{what}: no style {}",
                attributes["w:val"]
            );
        }
        if let Some(id) = attributes.get("r:id") {
            assert!(
                relations.iter().any(|(_, a, _)| a.get("Id") == Some(id)),
                "{what}: no relation {id}"
            );
        }
    }
}

#[test]
fn a_document_keeps_the_order_of_its_schema() {
    let case = whole::whole().case;
    for paper in OfficePaper::ALL.into_iter().filter(|p| p.ready(&case)) {
        check(&format!("{paper:?}"), &make(&case, paper, None));
    }
    // Every kind of block, and what XML cannot hold.
    let every = "[横向]\n# 题\n= 号\n> 主送：\n## 一\n### 二\n#### 三\n文<&>\"\u{1}'文\n+ 附件：甲\n+ 附件：乙\n+ 出席：丙\n| 甲 | 乙 |\n\
                 |--|:--:|\n| 1 | |\n[空行]\n>> 名\n>> 日\n~ 抄送：甲，乙。\n~ 丁 | 日印发\n[分页]\n| 甲 |\n|--|\n[附件1]\n# 附";
    check("every block", &make(&case, OfficePaper::Minutes, Some(every)));
}

#[test]
fn a_workbook_keeps_the_order_of_its_schema() {
    let case = Sitting::held().case;
    let tables = [
        papers::results_table::results_table(&case),
        papers::ledger_table::ledger_table(&case, NOW),
        papers::issues_table::issues_table(&case),
    ];
    for table in tables {
        let table = table.expect("a table");
        check(table.name, &table.xlsx().expect("a workbook"));
    }
}

#[test]
fn an_element_out_of_order_is_found() {
    let said = |children: &[&str]| children.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>();
    assert_eq!(misplaced("w:pPr", &said(&["w:pStyle", "w:ind", "w:jc"])), None);
    assert!(misplaced("w:pPr", &said(&["w:jc", "w:ind"])).is_some(), "too late");
    assert!(misplaced("w:pPr", &said(&["w:ind", "w:ind"])).is_some(), "twice");
    assert!(
        misplaced("w:tbl", &said(&["w:tblPr", "w:p"])).is_some(),
        "no such child"
    );
}
