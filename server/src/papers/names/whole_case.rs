//! Names of the papers before and after the sitting: plan, notice, letter, summary.

use super::{ATTENDEES_PRESENT, CATEGORY, DUE, NUMBER, PRESENT, QUESTIONS_PUT, SUBJECT, SUBJECTS};
use crate::documents::official::Name;

const SUBJECTS_COUNT: Name = Name::text("对象数");
const ORAL_COUNT: Name = Name::text("口头述职数");
const WRITTEN_COUNT: Name = Name::text("书面述职数");
const FORMS: Name = Name::text("述职说明");
const ADDRESSEES: Name = Name::text("主送单位");
const REPORT_PERIOD: Name = Name::text("报告期限");
const COUNT: Name = Name::text("件数");
const ANNOUNCED: Name = Name::text("公布内容");
const GRADE: Name = Name::text("等次");
const SESSION: Name = Name::text("会议");

const GROUPS: Name = Name::list(
    "评议工作组",
    &[
        Name::text("名称"),
        Name::text("组长"),
        Name::text("成员"),
        Name::text("成员说明"),
        Name::text("调查对象"),
    ],
);
const RESULTS: Name = Name::list("测评结果", &[NUMBER, SUBJECT, SESSION, ANNOUNCED, GRADE]);

/// How many are appraised and how they report, at the first sitting.
pub(super) const OCCASION: &[Name] = &[SUBJECTS, SUBJECTS_COUNT, ORAL_COUNT, WRITTEN_COUNT, FORMS, ADDRESSEES];
pub(super) const IMPLEMENTATION_PLAN: &[Name] = &[
    GROUPS,
    // As the desk wrote them into the plan; those that end in 未写 are there while it has not.
    Name::text("指导思想"),
    Name::text("指导思想未写"),
    Name::text("组织领导"),
    Name::text("组织领导未写"),
    Name::text("工作要求"),
    Name::text("工作要求未写"),
    Name::text("准备时间"),
    Name::text("调查时间"),
    Name::text("会议时间"),
    Name::text("整改时间"),
];
pub(super) const COPY_LETTER: &[Name] = &[
    RESULTS,
    Name::list(
        "评议意见",
        &[
            SUBJECT,
            Name::text("文号"),
            Name::text("审议日期"),
            Name::text("总体评价"),
            Name::list("问题", &[CATEGORY, Name::text("内容")]),
            Name::text("意见建议"),
            Name::text("整改要求"),
        ],
    ),
    // Measured, and the council has not approved their opinions.
    Name::text("待审议对象"),
];
/// Those that end in 待填 are there while the case holds nothing of their part.
pub(super) const SUMMARY: &[Name] = &[
    GROUPS,
    Name::text("工作组数"),
    Name::text("调查活动"),
    Name::text("问卷数"),
    Name::text("答卷数"),
    Name::text("听取报告数"),
    Name::text("调查待填"),
    DUE,
    PRESENT,
    ATTENDEES_PRESENT,
    QUESTIONS_PUT,
    Name::text("现场答复件数"),
    Name::text("书面答复件数"),
    Name::text("书面答复说明"),
    Name::text("审议意见数"),
    Name::text("发言人数"),
    RESULTS,
    Name::text("等次汇总"),
    Name::text("问题数"),
    Name::list("问题类别", &[CATEGORY, COUNT]),
    Name::list("问题对象", &[SUBJECT, COUNT]),
    Name::text("问题待填"),
    Name::text("意见通过数"),
    Name::text("意见送达数"),
    Name::text("意见签收数"),
    Name::text("结果报送日期"),
    Name::text("整改对象数"),
    Name::text("方案报送数"),
    Name::text("报告报送数"),
    Name::text("台账条数"),
    Name::text("已完成数"),
    Name::text("长期坚持数"),
    Name::text("正在整改数"),
    Name::text("未启动数"),
    Name::text("已销号数"),
    Name::text("检查次数"),
    Name::text("整改待填"),
    Name::list(
        "整改测评",
        &[NUMBER, SUBJECT, SESSION, ANNOUNCED, GRADE, Name::text("述职测评等次")],
    ),
    Name::list(
        "责成继续整改",
        &[
            SUBJECT,
            Name::text("责成日期"),
            REPORT_PERIOD,
            Name::text("报告日期"),
            Name::text("再次报告说明"),
        ],
    ),
    Name::list("监督措施", &[SUBJECT, Name::text("日期"), Name::text("措施")]),
];
