//! The names that templates may use, paper by paper. A name once given stays: the office's own templates use it.

mod whole_case;

use crate::documents::official::Name;

pub(super) use whole_case::{COPY_LETTER, IMPLEMENTATION_PLAN, SUBJECT_NOTICE, SUMMARY};

const BODY: Name = Name::text("机关名称");
const APPRAISAL: Name = Name::text("评议名称");
const SITTING: Name = Name::text("会议名称");
const HELD_ON: Name = Name::text("会议日期");
const DATED: Name = Name::text("成文日期");

const DUE: Name = Name::text("应到");
const PRESENT: Name = Name::text("实到");
const QUORUM: Name = Name::text("法定人数");
const ATTENDEES_PRESENT: Name = Name::text("列席人数");
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
        Name::text("单位"),
        Name::text("职务"),
        Name::text("姓名"),
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
        Name::text("答复方式"),
        Name::text("答复要点"),
        Name::text("时间"),
    ],
);
const QUESTIONS_PUT: Name = Name::text("询问件数");

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
        Name::text("单位"),
        Name::text("轮次"),
        DUE,
        PRESENT,
        Name::text("发出"),
        Name::text("收回"),
        Name::text("有效"),
        Name::text("无效"),
        Name::text("过半数"),
        COUNTS,
        Name::text("票数说明"),
        Name::text("等次"),
        REASONS,
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
        Name::text("单位"),
        Name::text("轮次"),
        DUE,
        PRESENT,
        Name::text("发出"),
        Name::text("收回"),
        Name::text("不一致"),
    ],
);

pub(super) const SIGN_IN_SHEET: &[Name] = &[BODY, APPRAISAL, SITTING, HELD_ON, DATED, MEMBERS, ATTENDEES];
pub(super) const BALLOT_PAPER: &[Name] = &[BODY, APPRAISAL, SITTING, HELD_ON, DATED, SUBJECTS];
pub(super) const INQUIRY_RECORD: &[Name] = &[BODY, APPRAISAL, SITTING, HELD_ON, DATED, QUESTIONS, QUESTIONS_PUT];
pub(super) const RESULTS: &[Name] = &[BODY, APPRAISAL, SITTING, HELD_ON, DATED, RESULT];
pub(super) const TALLY_SHEET: &[Name] = &[BODY, APPRAISAL, SITTING, HELD_ON, DATED, RESULT, UNBALANCED];
pub(super) const CHAIR_SCRIPT: &[Name] = &[
    BODY,
    APPRAISAL,
    SITTING,
    HELD_ON,
    DATED,
    DUE,
    PRESENT,
    QUORUM,
    ATTENDEES_PRESENT,
    AGENDA,
];
pub(super) const RESULT_REPORT: &[Name] = &[
    BODY,
    APPRAISAL,
    SITTING,
    HELD_ON,
    DATED,
    DUE,
    PRESENT,
    QUORUM,
    ATTENDEES_PRESENT,
    SUBJECTS,
    RESULT,
    QUESTIONS,
    QUESTIONS_PUT,
    Name::text("方案期限"),
    Name::text("报告期限"),
];
pub(super) const MINUTES: &[Name] = &[
    BODY,
    APPRAISAL,
    SITTING,
    HELD_ON,
    DATED,
    DUE,
    PRESENT,
    QUORUM,
    ATTENDEES_PRESENT,
    Name::text("开会时间"),
    Name::text("散会时间"),
    AGENDA,
    QUESTIONS,
    QUESTIONS_PUT,
    REMARKS,
    RESULT,
    Name::list("过程", &[Name::text("时间"), Name::text("事项")]),
];
pub(super) const DEADLINE_LIST: &[Name] = &[
    BODY,
    APPRAISAL,
    SITTING,
    HELD_ON,
    DATED,
    Name::list(
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
    ),
];
pub(super) const RECTIFICATION: &[Name] = &[
    BODY,
    APPRAISAL,
    SITTING,
    HELD_ON,
    DATED,
    Name::list(
        "整改对象",
        &[
            NUMBER,
            SUBJECT,
            Name::text("单位"),
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
                    Name::text("类别"),
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
    ),
];

const PARAGRAPHS: &[Name] = &[Name::text("段落")];
const UNIT: Name = Name::text("单位");
const POST: Name = Name::text("职务");
const OFFICER: Name = Name::text("姓名");
const CATEGORY: Name = Name::text("类别");
const SAID: Name = Name::text("内容");

pub(super) const ISSUE_LIST: &[Name] = &[
    BODY,
    APPRAISAL,
    SITTING,
    HELD_ON,
    DATED,
    Name::list(
        "问题清单",
        &[
            NUMBER,
            SUBJECT,
            UNIT,
            POST,
            OFFICER,
            Name::list("问题", &[NUMBER, CATEGORY, SAID, Name::text("来源")]),
        ],
    ),
];
pub(super) const OPINIONS: &[Name] = &[
    BODY,
    APPRAISAL,
    SITTING,
    HELD_ON,
    DATED,
    Name::text("方案期限"),
    Name::text("报告期限"),
    Name::list(
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
    ),
];
