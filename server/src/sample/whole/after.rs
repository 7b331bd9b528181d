//! Last year's case after its sitting: issues, opinions, receipt, the ledger of ten lines with plans, reports, checks
//! and closings, and what the website shows.

use super::before::issue;
use super::earlier::{SITTING, officer};
use super::topics::LAST_YEAR;
use super::{Act, Days, Scene, Text, desk, person};
use pingyi_core::command::Command;
use pingyi_core::follow_up::DueMatter;
use pingyi_core::ids::{GroupId, IssueId, QuestionId, RemarkId, SubjectId};
use pingyi_core::issues::{ApproveOpinions, DraftOpinions, DropIssue, MergeIssue, Source};
use pingyi_core::ledger::{
    AddCheck, AddEvidence, CheckFinding, CloseLine, FilingEntry, LineEntry, LineState, ReopenLine, ReturnFiling,
    SetLine, TakeFiling,
};
use pingyi_core::publication::{Part, SetPublication, Timing};

pub(super) const EVIDENCE: [Text; 2] = [
    Text {
        file_name: "城东实验学校竣工验收意见.md",
        text: "# 城东实验学校竣工验收意见\n\n新建教学楼2栋、学位1620个，验收合格，于秋季学期投入使用。\n",
    },
    Text {
        file_name: "房屋渗漏投诉办结清单.md",
        text: "# 房屋渗漏投诉办结清单\n\n受理投诉64件，报称全部办结。\n",
    },
];

/// An issue of the opinions and the line that its officer keeps: what is done, by whom, and how many days ago it was due
/// (less than 0: still to come).
struct Line {
    subject: u32,
    category: &'static str,
    text: &'static str,
    measure: &'static str,
    target: &'static str,
    owner: &'static str,
    due: i32,
}

#[rustfmt::skip]
const LINES: [Line; 10] = [
    Line { subject: 1, category: "民生热点", text: "城乡结合部学校大班额突出，37个班级超过50人", measure: "建成城东实验学校，新增学位1620个，分流起始年级", target: "两年内基本消除大班额", owner: "副局长 孙某", due: 130 },
    Line { subject: 1, category: "依法行政水平", text: "学校布局调整方案征求意见不充分", measure: "重大调整事项三次公开征求意见并反馈采纳情况", target: "方案经论证后实施", owner: "办公室主任 李某", due: 200 },
    Line { subject: 1, category: "工作作风", text: "对薄弱学校蹲点指导不够", measure: "局领导每人联系两所薄弱学校，每月蹲点不少于两天", target: "形成长效机制", owner: "局长 周某", due: 150 },
    Line { subject: 2, category: "民生热点", text: "乡镇卫生院儿科、急诊力量薄弱", measure: "区人民医院骨干到三个中心卫生院轮值", target: "夜间急诊不断档", owner: "副局长 钱某", due: 180 },
    Line { subject: 2, category: "依法行政水平", text: "医疗机构校验、执法检查台账不完整", measure: "补齐台账，接入监管平台，每季度抽查", target: "台账完整率100%", owner: "监督所所长 何某", due: 220 },
    Line { subject: 3, category: "民生热点", text: "老旧小区改造后管护不到位", measure: "逐个小区确定管护单位并公示", target: "21个改造小区全部有人管护", owner: "副局长 许某", due: 70 },
    Line { subject: 3, category: "工作作风", text: "房屋渗漏投诉办理拖延", measure: "投诉15日内办结并回访", target: "办结率95%以上", owner: "物业科科长 吕某", due: 100 },
    Line { subject: 3, category: "依法行政水平", text: "物业维修资金使用公示不规范", measure: "使用情况逐笔上网公示", target: "公示率100%", owner: "副局长 许某", due: -25 },
    Line { subject: 4, category: "民生热点", text: "社区养老服务站利用率不高", measure: "引入社会力量运营，延长开放时间", target: "利用率提高一倍", owner: "副局长 施某", due: 60 },
    Line { subject: 4, category: "工作作风", text: "低保动态核查入户不足", measure: "每半年入户核查一次，结果公示", target: "应保尽保、应退尽退", owner: "救助科科长 张某", due: 160 },
];

pub(super) fn opinions_and_ledger(days: Days) -> Vec<Scene> {
    let mut scenes = opinions(days);
    scenes.extend(plans(days));
    scenes.extend(rectified(days));
    scenes.extend(checked_again(days));
    scenes
}

fn opinions(days: Days) -> Vec<Scene> {
    let scene = |days_ago, hour, acts| Scene { days_ago, hour, acts };
    let subjects = || (1_u32..).zip(&LAST_YEAR);
    let mut gathered: Vec<Act> = LINES.iter().map(gathered).collect();
    gathered.push(issue(3, "工作作风", "群众来信反映渗漏报修后无人上门", vec![letter()]));
    gathered.push(issue(4, "工作作风", "个别窗口午间无人值守", vec![letter()]));
    gathered.push(desk(Command::MergeIssue(MergeIssue {
        from: IssueId(11),
        into: IssueId(7),
    })));
    gathered.push(desk(Command::DropIssue(DropIssue {
        issue: IssueId(12),
        reason: "会后已当场整改，不再列入".into(),
    })));
    let drafted = subjects().map(|(n, topic)| {
        desk(Command::DraftOpinions(DraftOpinions {
            subject: SubjectId(n),
            assessment: format!("{}\n\n总体上能够依法履职，自觉接受人大监督。", topic.found),
            advice: "对照问题清单，逐项查找原因，明确措施、责任人和时限。".into(),
            demands:
                "收到评议意见之日起一个月内报送整改方案，三个月内书面报告整改落实情况；坚决杜绝虚假整改、敷衍整改。"
                    .into(),
            number: format!("区人常评〔{}〕{n}号", days.ago(SITTING).year()),
        }))
    });
    let approved = subjects().map(|(n, _)| {
        desk(Command::ApproveOpinions(ApproveOpinions {
            subject: SubjectId(n),
            on: days.written(SITTING - 5),
            note: "主任会议审议通过".into(),
        }))
    });
    let handed = subjects().map(|(n, _)| {
        desk(Command::HandOverOpinions {
            subject: SubjectId(n),
            on: days.written(SITTING - 6),
        })
    });
    let to_party = desk(Command::CompleteMatter {
        matter: DueMatter::Results,
        subject: None,
        on: days.written(SITTING - 6),
    });
    let mut handed: Vec<_> = handed.collect();
    handed.push(to_party);
    handed.push(public(Part::Opinions, days.at(SITTING - 6, 9)));
    vec![
        scene(SITTING - 3, 15, gathered),
        scene(SITTING - 4, 15, drafted.collect()),
        scene(SITTING - 5, 11, approved.collect()),
        scene(SITTING - 6, 9, handed),
        scene(SITTING - 7, 10, (1..=4).map(|n| Act::Receipt(SubjectId(n))).collect()),
    ]
}

fn letter() -> Source {
    Source::Other {
        text: "群众来信".into(),
    }
}

fn public(part: Part, at: i64) -> Act {
    desk(Command::SetPublication(SetPublication {
        part,
        timing: Timing::At { at },
    }))
}

/// Every issue is in the group's report; those that were asked or spoken about say so.
fn gathered(line: &Line) -> Act {
    let place = "三、存在的主要问题".to_owned();
    let mut sources = vec![Source::InvestigationReport {
        group: GroupId(line.subject),
        place,
    }];
    if line.category == "民生热点" {
        sources.push(Source::Question {
            question: QuestionId(line.subject),
        });
        sources.push(Source::DutyReport {
            subject: SubjectId(line.subject),
            place: "三、存在的问题".into(),
        });
    }
    let remark = match (line.subject, line.category) {
        (1, "依法行政水平") => Some(1),
        (3, "工作作风") => Some(2),
        (4, "工作作风") => Some(3),
        _ => None,
    };
    sources.extend(remark.map(|n| Source::Remark { remark: RemarkId(n) }));
    issue(line.subject, line.category, line.text, sources)
}

fn line_of(number: u32) -> &'static Line {
    &LINES[(number as usize - 1) % LINES.len()]
}

/// The officer writes the line of this issue.
fn line(days: Days, number: u32, state: LineState) -> Act {
    let set = SetLine {
        issue: IssueId(number),
        entry: entry(days, number, state),
    };
    person(officer(line_of(number).subject), Command::SetLine(set))
}

fn entry(days: Days, number: u32, state: LineState) -> LineEntry {
    let line = line_of(number);
    LineEntry {
        cause: "对问题重视不够，制度措施没有落到具体人".into(),
        measure: line.measure.into(),
        target: line.target.into(),
        owner: line.owner.into(),
        due_on: days.written(line.due),
        state,
    }
}

fn filing(subject: u32, summary: &str) -> FilingEntry {
    FilingEntry {
        subject: SubjectId(subject),
        on: String::new(),
        summary: summary.into(),
        document: None,
    }
}

fn plan(subject: u32, summary: &str) -> Act {
    person(officer(subject), Command::FilePlan(filing(subject, summary)))
}

fn report(subject: u32, summary: &str) -> Act {
    person(officer(subject), Command::FileRectification(filing(subject, summary)))
}

fn take(subject: u32, matter: DueMatter) -> Act {
    let subject = SubjectId(subject);
    desk(Command::TakeFiling(TakeFiling { subject, matter }))
}

fn plans(days: Days) -> Vec<Scene> {
    let lines = (1..=10).map(|n| line(days, n, LineState::NotStarted));
    let mut filed: Vec<_> = lines.collect();
    for (n, topic) in (1..).zip(&LAST_YEAR) {
        let summary = format!("{}按问题清单逐项制定整改措施，明确责任人和完成时限。", topic.unit);
        filed.push(plan(n, &summary));
    }
    filed.extend([1, 2, 3].map(|n| take(n, DueMatter::Plan)));
    filed.push(desk(Command::ReturnFiling(ReturnFiling {
        subject: SubjectId(4),
        matter: DueMatter::Plan,
        reason: "入户核查的频次没有写明，请补充后再报".into(),
    })));
    let again = plan(4, "已补充：低保对象每半年入户核查一次，结果在村（社区）公示。");
    vec![
        Scene {
            days_ago: 350,
            hour: 15,
            acts: filed,
        },
        Scene {
            days_ago: 346,
            hour: 10,
            acts: vec![again, take(4, DueMatter::Plan)],
        },
    ]
}

fn check(days: Days, number: u32, ago: i32, finding: CheckFinding, note: &str) -> Act {
    let subject = line_of(number).subject;
    desk(Command::AddCheck(AddCheck {
        issue: IssueId(number),
        on: days.written(ago),
        by: LAST_YEAR[(subject as usize - 1) % LAST_YEAR.len()].committee.into(),
        finding,
        note: note.into(),
    }))
}

fn close(days: Days, number: u32, ago: i32) -> Act {
    let subject = line_of(number).subject;
    desk(Command::CloseLine(CloseLine {
        issue: IssueId(number),
        on: days.written(ago),
        by: LAST_YEAR[(subject as usize - 1) % LAST_YEAR.len()].committee.into(),
    }))
}

/// The first round: work begins, reports come within three months, the working committees look at it.
fn rectified(days: Days) -> Vec<Scene> {
    let scene = |days_ago, acts| Scene {
        days_ago,
        hour: 14,
        acts,
    };
    let begun = [1, 2, 3, 4, 5, 6, 7, 9, 10].map(|n| line(days, n, LineState::Underway));
    let mut reported: Vec<_> = [2, 4, 5, 10].map(|n| line(days, n, LineState::Done)).to_vec();
    reported.extend([
        report(1, "学位建设项目加快推进，布局调整方案已公开征求意见。"),
        report(2, "轮值医师全部到位，监管台账补齐并接入平台。"),
        report(3, "已着手确定改造小区管护单位，投诉办理时限有所缩短。"),
        report(4, "养老服务站已委托专业机构运营，低保入户核查完成一轮。"),
        public(Part::Rectification, days.at(290, 14)),
    ]);
    vec![
        scene(330, begun.to_vec()),
        scene(290, reported),
        scene(
            280,
            vec![
                take(1, DueMatter::Report),
                take(2, DueMatter::Report),
                take(3, DueMatter::Report),
                take(4, DueMatter::Report),
            ],
        ),
        scene(
            270,
            vec![
                check(days, 5, 270, CheckFinding::Sound, "抽查40份台账，要素齐全"),
                close(days, 5, 270),
                check(days, 4, 270, CheckFinding::Sound, "三个中心卫生院夜间均有医师值守"),
                close(days, 4, 270),
                check(days, 10, 270, CheckFinding::Sound, "抽查20户，均已入户核查"),
                close(days, 10, 270),
                check(days, 6, 270, CheckFinding::Partial, "21个小区中只有6个确定了管护单位"),
            ],
        ),
    ]
}

/// Later: what is closed, what was opened again, and what was found out as fake.
fn checked_again(days: Days) -> Vec<Scene> {
    let scene = |days_ago, acts| Scene {
        days_ago,
        hour: 16,
        acts,
    };
    let evidence = |issue: u32, subject: u32, text: Text| {
        person(
            officer(subject),
            Command::AddEvidence(AddEvidence {
                issue: IssueId(issue),
                document: text.document(),
            }),
        )
    };
    vec![
        scene(
            132,
            vec![
                evidence(1, 1, EVIDENCE[0]),
                line(days, 1, LineState::Done),
                line(days, 3, LineState::LongTerm),
            ],
        ),
        scene(
            104,
            vec![
                check(days, 1, 104, CheckFinding::Sound, "学校已投入使用，大班额由37个减到9个"),
                close(days, 1, 104),
                check(days, 2, 104, CheckFinding::Sound, "三次征求意见的记录和采纳情况齐全"),
                close(days, 2, 104),
            ],
        ),
        scene(102, vec![evidence(7, 3, EVIDENCE[1]), line(days, 7, LineState::Done)]),
        scene(
            64,
            vec![
                line(days, 9, LineState::Done),
                desk(Command::ReopenLine(ReopenLine {
                    issue: IssueId(4),
                    reason: "代表视察发现一个卫生院夜间又无人值守".into(),
                })),
                desk(Command::SetLine(SetLine {
                    issue: IssueId(4),
                    entry: LineEntry {
                        due_on: days.written(-20),
                        ..entry(days, 4, LineState::Underway)
                    },
                })),
            ],
        ),
        scene(
            40,
            vec![check(
                days,
                7,
                40,
                CheckFinding::Fake,
                "电话回访30户，12户称从未有人上门维修，办结清单与实际不符",
            )],
        ),
    ]
}
