//! The names that templates may use, paper by paper. A name once given stays: the office's own templates use it.

mod whole_case;

use crate::documents::official::Name;
use pingyi_core::papers::OfficePaper;

/// The names of a paper: those of every paper, those of its kin, its own.
pub(super) fn of(paper: OfficePaper) -> Vec<Name> {
    use whole_case::{COPY_LETTER, IMPLEMENTATION_PLAN, OCCASION, SUMMARY};
    let of_paper: &[&[Name]] = match paper {
        OfficePaper::ImplementationPlan => &[OCCASION, PERIODS, IMPLEMENTATION_PLAN],
        OfficePaper::SubjectNotice => &[OCCASION],
        OfficePaper::CopyLetter => &[OCCASION, COPY_LETTER],
        OfficePaper::Summary => &[OCCASION, SUMMARY],
        OfficePaper::SignInSheet => &[SIGN_IN_SHEET],
        OfficePaper::ChairScript => &[ATTENDANCE, &[AGENDA]],
        OfficePaper::BallotPaper => &[&[SUBJECTS], BALLOT_PAPER],
        OfficePaper::InquiryRecord => &[INQUIRY],
        OfficePaper::TallySheet => &[&[RESULT, UNBALANCED]],
        OfficePaper::ResultNotice => &[&[RESULT]],
        OfficePaper::ResultReport => &[ATTENDANCE, &[SUBJECTS, RESULT], INQUIRY, PERIODS, RESULT_REPORT],
        OfficePaper::Minutes => &[ATTENDANCE, &[AGENDA, RESULT], INQUIRY, MINUTES],
        OfficePaper::DeadlineList => &[&[DUES]],
        OfficePaper::RectificationNotice | OfficePaper::RectificationLedger => &[&[LEDGERS]],
        OfficePaper::IssueList => &[&[ISSUE_LIST]],
        OfficePaper::Opinions => &[PERIODS, &[OPINIONS]],
    };
    [&[EVERY], of_paper].concat().concat()
}

const EVERY: &[Name] = &[
    Name::text("机关名称"),
    Name::text("评议名称"),
    Name::text("会议名称"),
    Name::text("会议日期"),
    Name::text("成文日期"),
    // Whose congress it is: 某区 of 某区人民代表大会常务委员会.
    Name::text("地区"),
    Name::text("评议内容"),
];

const DUE: Name = Name::text("应到");
const PRESENT: Name = Name::text("实到");
const QUORUM: Name = Name::text("法定人数");
const ATTENDEES_PRESENT: Name = Name::text("列席人数");
const ATTENDANCE: &[Name] = &[DUE, PRESENT, QUORUM, ATTENDEES_PRESENT];
const PERIODS: &[Name] = &[Name::text("方案期限"), Name::text("报告期限"), Name::text("结果期限")];
const NUMBER: Name = Name::text("序号");
const SUBJECT: Name = Name::text("对象");

const PERSON: &[Name] = &[
    NUMBER,
    Name::text("姓名"),
    Name::text("职务"),
    Name::text("组别"),
    Name::text("座位"),
    Name::text("到会"),
];
const MEMBERS: Name = Name::list("组成人员", PERSON);
const ATTENDEES: Name = Name::list("列席人员", PERSON);

const SUBJECTS: Name = Name::list(
    "评议对象",
    &[
        NUMBER,
        SUBJECT,
        UNIT,
        POST,
        OFFICER,
        Name::text("述职方式"),
        Name::text("选项栏"),
    ],
);

/// One of the words from 开幕 on is there for each item: what kind of item it is.
const AGENDA: Name = Name::list(
    "议程",
    &[
        NUMBER,
        Name::text("名称"),
        SUBJECT,
        Name::text("开始时间"),
        Name::text("开幕"),
        Name::text("口头述职"),
        Name::text("书面述职"),
        Name::text("询问环节"),
        Name::text("审议"),
        Name::text("测评"),
        Name::text("讲话"),
        Name::text("其他"),
    ],
);

const QUESTIONS: Name = Name::list(
    "询问",
    &[
        NUMBER,
        Name::text("询问人"),
        SUBJECT,
        Name::text("内容"),
        Name::text("附议人数"),
        // Empty where nobody supported it.
        Name::text("附议说明"),
        Name::text("答复方式"),
        Name::text("答复要点"),
        Name::text("时间"),
    ],
);
const QUESTIONS_PUT: Name = Name::text("询问件数");
const INQUIRY: &[Name] = &[QUESTIONS, QUESTIONS_PUT];

/// 方面 is empty for a remark on none in particular.
const REMARKS: Name = Name::list(
    "审议发言",
    &[
        NUMBER,
        Name::text("发言人"),
        SUBJECT,
        Name::text("方面"),
        Name::text("内容"),
    ],
);

const COUNTS: Name = Name::list("票数", &[Name::text("选项"), Name::text("票"), Name::text("百分比")]);
const REASONS: Name = Name::list("定等理由", &[Name::text("理由")]);
const RESULT: Name = Name::list(
    "结果",
    &[
        NUMBER,
        SUBJECT,
        UNIT,
        Name::text("轮次"),
        DUE,
        PRESENT,
        Name::text("发出"),
        Name::text("收回"),
        Name::text("有效"),
        Name::text("无效"),
        Name::text("过半数"),
        COUNTS,
        // What the percentages are of: 收回票.
        Name::text("百分比基数"),
        Name::text("票数说明"),
        Name::text("等次"),
        REASONS,
        // The same reasons in one text.
        Name::text("定等说明"),
        Name::text("名次"),
        Name::text("公布时间"),
        Name::list("作废轮次", &[Name::text("轮次"), Name::text("原因")]),
    ],
);

/// Sealed rounds whose accounts do not hold: there is no result to sign, but what was counted is signed for.
const UNBALANCED: Name = Name::list(
    "核对不一致",
    &[
        SUBJECT,
        UNIT,
        Name::text("轮次"),
        DUE,
        PRESENT,
        Name::text("发出"),
        Name::text("收回"),
        Name::text("不一致"),
    ],
);

const SIGN_IN_SHEET: &[Name] = &[MEMBERS, ATTENDEES];
/// 无记名 or 记名 is there, as the ballot will be; 空白票说明 tells what a paper without a mark counts as.
const BALLOT_PAPER: &[Name] = &[Name::text("无记名"), Name::text("记名"), Name::text("空白票说明")];
const MINUTES: &[Name] = &[
    Name::text("开会时间"),
    Name::text("散会时间"),
    // Names in the order of the roster; empty where there is none.
    Name::text("出席名单"),
    Name::text("请假名单"),
    Name::text("缺席名单"),
    Name::text("列席名单"),
    REMARKS,
    Name::list("过程", &[Name::text("时间"), Name::text("事项")]),
];
const DUES: Name = Name::list(
    "期限",
    &[
        NUMBER,
        Name::text("事项"),
        SUBJECT,
        Name::text("起算日"),
        Name::text("截止日"),
        Name::text("延期原因"),
        Name::text("办结日"),
        Name::text("状态"),
    ],
);
const LEDGERS: Name = Name::list(
    "整改对象",
    &[
        NUMBER,
        SUBJECT,
        UNIT,
        Name::text("联系委室"),
        Name::text("签收日期"),
        Name::text("方案截止日"),
        Name::text("报告截止日"),
        Name::text("问题数"),
        Name::text("已销号数"),
        Name::list(
            "台账",
            &[
                NUMBER,
                CATEGORY,
                Name::text("问题"),
                Name::text("原因"),
                Name::text("措施"),
                Name::text("目标"),
                Name::text("责任人"),
                Name::text("完成时限"),
                Name::text("状态"),
                Name::text("检查情况"),
                Name::text("销号情况"),
            ],
        ),
    ],
);

const PARAGRAPHS: &[Name] = &[Name::text("段落")];
const UNIT: Name = Name::text("单位");
const POST: Name = Name::text("职务");
const OFFICER: Name = Name::text("姓名");
const CATEGORY: Name = Name::text("类别");
const SAID: Name = Name::text("内容");

/// The issues of one subject.
const ISSUES: Name = Name::list("问题", &[NUMBER, CATEGORY, SAID, Name::text("来源")]);
const ISSUE_LIST: Name = Name::list("问题清单", &[NUMBER, SUBJECT, UNIT, POST, OFFICER, ISSUES]);
/// 问题待填 is there while nobody entered an issue.
const RESULT_REPORT: &[Name] = &[ISSUE_LIST, Name::text("问题数"), Name::text("问题待填")];
const OPINIONS: Name = Name::list(
    "评议意见",
    &[
        NUMBER,
        SUBJECT,
        UNIT,
        POST,
        OFFICER,
        Name::text("文号"),
        // There while the council has not approved.
        Name::text("送审稿"),
        Name::text("审议日期"),
        Name::text("审议说明"),
        Name::list("总体评价", PARAGRAPHS),
        Name::list("问题类别", &[CATEGORY, Name::list("问题", &[NUMBER, SAID])]),
        Name::list("意见建议", PARAGRAPHS),
        Name::list("整改要求", PARAGRAPHS),
    ],
);
