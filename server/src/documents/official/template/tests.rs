//! What the office may write, what it is told when it miswrites, and what comes out.

use super::super::{Align, Level};
use super::TemplateFaultCode as Code;
use super::*;

const NAMES: &[Name] = &[
    Name::text("机关名称"),
    Name::text("备注"),
    Name::list(
        "对象",
        &[
            Name::text("单位"),
            Name::list("票数", &[Name::text("选项"), Name::text("票")]),
        ],
    ),
];

fn fields() -> Fields {
    let votes = |yes: &str| {
        let vote = |option: &str, n: &str| Fields::default().text("选项", option).text("票", n);
        vec![vote("满意", yes), vote("不满意", "1")]
    };
    let unit = |name: &str, yes: &str| Fields::default().text("单位", name).list("票数", votes(yes));
    Fields::default()
        .text("机关名称", "某区人大常委会")
        .text("备注", "")
        .list("对象", [unit("区教育局", "20"), unit("区工信局", "19")])
}

fn fill(text: &str) -> Vec<Block> {
    Template::read(text, NAMES).expect("a good template").fill(&fields())
}

fn faults(text: &str) -> Vec<(u32, Code)> {
    let faults = Template::read(text, NAMES).expect_err("a bad template");
    faults.into_iter().map(|f| (f.line, f.code)).collect()
}

#[test]
fn lines_become_the_parts_of_a_paper() {
    let blocks = fill(
        "# {{机关名称}}\n# 公告\n> 各单位：\n\n正文。\n= （盖章）\n[空行]\n>> {{机关名称}}\n>> 2023年12月8日\n[分页]",
    );
    let said = |text: &str| text.to_owned();
    assert_eq!(
        blocks,
        [
            Block::Title(said("某区人大常委会")),
            Block::Title(said("公告")),
            Block::Addressee(said("各单位：")),
            Block::Paragraph(said("正文。")),
            Block::Centred(said("（盖章）")),
            Block::Blank,
            Block::Signature(vec![said("某区人大常委会"), said("2023年12月8日")]),
            Block::PageBreak,
        ]
    );
}

#[test]
fn what_stands_around_the_text_becomes_its_own_part() {
    let said = |text: &str| text.to_owned();
    let blocks = fill(
        "[横向]\n+ 附件：甲\n+ 附件：乙\n+ 出席：王　芳、李四\n~ 抄送：{{机关名称}}。\n~ 办公室 | 8日印发\n[附件1]\n[附件{{机关名称}}]",
    );
    assert_eq!(
        blocks,
        [
            Block::Sideways,
            Block::Enclosed(vec![said("甲"), said("乙")]),
            Block::Labelled(said("出席"), said("王　芳、李四")),
            Block::Imprint(vec![
                (said("抄送：某区人大常委会。"), String::new()),
                (said("办公室"), said("8日印发")),
            ]),
            Block::Annex(said("附件1")),
            Block::Annex(said("附件某区人大常委会")),
        ]
    );
    assert_eq!(faults("[附件{{号}}]"), [(1, Code::UnknownName)]);
}

#[test]
fn headings_are_numbered_through_loops_and_begin_anew_under_a_title() {
    let blocks = fill(
        "## 总体\n{{每个 对象}}\n### {{单位}}\n{{每个 票数}}\n#### {{选项}}\n{{完}}\n{{完}}\n## 下步\n# 附件\n## 说明",
    );
    let headings: Vec<_> = blocks
        .iter()
        .filter_map(|b| match b {
            Block::Heading(_, text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(
        headings,
        [
            "一、总体",
            "（一）区教育局",
            "1.满意",
            "2.不满意",
            "（二）区工信局",
            "1.满意",
            "2.不满意",
            "二、下步",
            "一、说明"
        ]
    );
    assert!(matches!(blocks[0], Block::Heading(Level::First, _)));
}

#[test]
fn a_table_grows_by_a_loop() {
    let blocks = fill("| 单位 | 票 |\n|:--:|------|\n{{每个 对象}}\n| {{单位}} | |\n{{完}}");
    let [Block::Table(table)] = blocks.as_slice() else {
        panic!("one table, not {blocks:?}");
    };
    assert_eq!(table.header, ["单位", "票"]);
    assert_eq!(table.rows, [["区教育局", ""], ["区工信局", ""]]);
    let columns: Vec<_> = table.columns.iter().map(|c| (c.width, c.align)).collect();
    assert_eq!(columns, [(2, Align::Centre), (6, Align::Left)]);
}

#[test]
fn every_turn_of_a_loop_has_a_table_of_its_own() {
    let blocks =
        fill("{{每个 对象}}\n| {{单位}} | 票 |\n|--|--|\n{{每个 票数}}\n| {{选项}} | {{票}} |\n{{完}}\n{{完}}");
    let [Block::Table(first), Block::Table(second)] = blocks.as_slice() else {
        panic!("two tables, not {blocks:?}");
    };
    assert_eq!(
        (first.header[0].as_str(), second.header[0].as_str()),
        ("区教育局", "区工信局")
    );
    assert_eq!(second.rows, [["满意", "19"], ["不满意", "1"]]);
}

#[test]
fn what_is_empty_is_left_out_and_a_value_is_never_read_as_a_template() {
    assert_eq!(fill("正文\n{{如有 备注}}\n备注：{{备注}}\n{{完}}").len(), 1);
    let tricky = Fields::default()
        .text("机关名称", "# {{备注}}")
        .text("备注", "漏")
        .list("对象", []);
    let filled = Template::read("{{机关名称}}", NAMES).expect("good").fill(&tricky);
    assert_eq!(filled, [Block::Paragraph("# {{备注}}".into())]);
}

#[test]
fn every_fault_is_told_by_its_line() {
    assert_eq!(faults("好\n{{机关}}"), [(2, Code::UnknownName)]);
    assert_eq!(
        faults("{{单位}}"),
        [(1, Code::UnknownName)],
        "a list's names hold inside its loop only"
    );
    assert_eq!(faults("{{对象}}"), [(1, Code::ListInText)]);
    assert_eq!(faults("{{每个 备注}}\n好\n{{完}}"), [(1, Code::NotAList)]);
    assert_eq!(faults("共{{机关名称"), [(1, Code::BrokenName)]);
    assert_eq!(
        faults("各位{{每个 对象}}{{完}}"),
        [(1, Code::NotAlone), (1, Code::NotAlone)]
    );
    assert_eq!(faults("{{每个 对象}}\n{{单位}}"), [(1, Code::NotClosed)]);
    assert_eq!(faults("好\n{{完}}"), [(2, Code::NothingToClose)]);
    assert_eq!(faults("| 甲 | 乙 |\n好"), [(1, Code::BrokenTable)]);
    assert_eq!(faults("| 甲 | 乙 |\n|--|--|\n| 甲 |"), [(3, Code::BrokenTable)]);
    assert_eq!(faults(" \n "), [(1, Code::Empty)]);
    let deep = "{{如有 备注}}\n".repeat(4) + "好\n" + &"{{完}}\n".repeat(4);
    assert_eq!(faults(&deep), [(4, Code::TooDeep)]);
}

#[test]
fn numbers_are_written_as_headings_write_them() {
    let words: Vec<_> = [1, 10, 11, 20, 21, 99].map(fill::chinese).into();
    assert_eq!(words, ["一", "十", "十一", "二十", "二十一", "九十九"]);
}
