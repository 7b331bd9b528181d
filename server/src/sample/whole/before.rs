//! A case before its sitting: plan, officers, groups and what they did, the questionnaire, the reports and the council's
//! hearing. Its days are counted back from the sitting.

use super::topics::Topic;
use super::{Act, Days, Scene, desk, holidays, survey};
use crate::sample::ATTENDEES;
use pingyi_core::command::{Command, RosterEntry};
use pingyi_core::deliberation::SetDeliberation;
use pingyi_core::ids::{GroupId, PersonId, QuestionnaireId, SubjectId};
use pingyi_core::investigation::{ActivityEntry, ActivityKind, FileReport, RecordActivity, RecordHearing, SetGroup};
use pingyi_core::issues::{AddIssue, IssueEntry, Source};
use pingyi_core::ledger::NameCommittee;
use pingyi_core::roster::PersonKind;
use pingyi_core::stages::{PlanEntry, Stage, StageDays, StageStep};

/// Days before the sitting on which a case is made.
const MADE: i32 = 66;

/// How many days ago the case of a sitting so many days ago was made.
pub const fn first_day(sitting_ago: i32) -> i32 {
    sitting_ago + MADE
}

/// This year's case up to the door of its sitting, which is today. Its first scene is for a case with roster and
/// subjects. `members` is how many there are on the roster.
pub fn before_the_sitting(days: Days, members: u32) -> Vec<Scene> {
    let mut scenes = prepared(days, 0, members, &super::topics::THIS_YEAR);
    let issues = ISSUES.iter().map(|(subject, category, text, from)| {
        let (report, place) = from;
        let source = match report {
            From::Duty => Source::DutyReport {
                subject: SubjectId(*subject),
                place: (*place).into(),
            },
            From::Investigation => Source::InvestigationReport {
                group: GroupId(*subject),
                place: (*place).into(),
            },
            From::Letters => Source::Other { text: (*place).into() },
        };
        issue(*subject, category, text, vec![source])
    });
    scenes.push(Scene {
        days_ago: 1,
        hour: 15,
        acts: issues.collect(),
    });
    scenes
}

enum From {
    Duty,
    Investigation,
    Letters,
}

/// What the seed's speech says was found wanting, and where.
const ISSUES: [(u32, &str, &str, (From, &str)); 8] = [
    (
        1,
        "民生热点",
        "教育发展与区位优势还不相适应，优质教育资源总量不足",
        (From::Duty, "五、存在的问题"),
    ),
    (
        1,
        "民生热点",
        "教育资源配置不尽合理，城区学校拥挤与部分农村学校生源减少并存",
        (From::Investigation, "三、存在的主要问题"),
    ),
    (
        1,
        "依法行政水平",
        "民办培训机构日常监管力量不足，执法检查留痕不全",
        (From::Investigation, "三、存在的主要问题"),
    ),
    (
        2,
        "民生热点",
        "对中小企业服务力度不够，惠企政策兑付周期长",
        (From::Investigation, "三、存在的主要问题"),
    ),
    (
        2,
        "工作作风",
        "深入企业调研不多，企业反映的问题办理后回访不够",
        (From::Letters, "企业座谈会和来信反映"),
    ),
    (
        3,
        "民生热点",
        "医疗卫生保障体系不健全，乡镇卫生院专业技术人员缺口较大",
        (From::Investigation, "三、存在的主要问题"),
    ),
    (
        4,
        "民生热点",
        "巩固拓展脱贫攻坚成果同乡村振兴衔接谋划不足",
        (From::Duty, "五、存在的问题"),
    ),
    (
        4,
        "工作作风",
        "部分产业项目重建设轻管护，联农带农效果不明显",
        (From::Investigation, "三、存在的主要问题"),
    ),
];

pub(super) fn issue(subject: u32, category: &str, text: &str, sources: Vec<Source>) -> Act {
    desk(Command::AddIssue(AddIssue {
        entry: IssueEntry {
            subject: SubjectId(subject),
            category: category.into(),
            text: text.into(),
            sources,
        },
    }))
}

/// The officer of this subject as a person on the roster; officers follow members and attendees.
pub(super) fn officer_of(subject: u32, members: u32) -> PersonId {
    PersonId(members + ATTENDEES + subject)
}

pub(super) fn prepared(days: Days, sitting: i32, members: u32, topics: &[Topic; 4]) -> Vec<Scene> {
    let scene = |before: i32, hour: i8, acts: Vec<Act>| Scene {
        days_ago: sitting + before,
        hour,
        acts,
    };
    let mut first = vec![plan(days, sitting), desk(holidays::calendar())];
    first.extend(officers(members, topics));
    first.push(desk(Command::SetDeliberation(SetDeliberation {
        aspects: ASPECTS.map(String::from).to_vec(),
        first_minutes: 8,
        later_minutes: 3,
    })));
    let enter = Command::EnterStage(StageStep {
        stage: Stage::Investigation,
    });
    let mut begins = vec![desk(enter)];
    begins.extend(topics.iter().enumerate().map(|(n, topic)| group(n, topic)));
    let questionnaire = QuestionnaireId(1);
    let survey_opens = vec![
        desk(survey::questionnaire(topics)),
        desk(Command::OpenQuestionnaire { questionnaire }),
        Act::Answers(questionnaire, survey::answers()),
    ];
    let at = |before: i32| days.written(sitting + before);
    let mut scenes = vec![
        scene(MADE - 2, 9, first),
        scene(49, 9, begins),
        scene(42, 9, survey_opens),
        scene(38, 17, activities(topics, ActivityKind::Forum, &at(38))),
        scene(31, 17, activities(topics, ActivityKind::Visit, &at(31))),
        scene(24, 17, activities(topics, ActivityKind::Interview, &at(24))),
        scene(21, 18, vec![desk(Command::CloseQuestionnaire { questionnaire })]),
        scene(16, 17, activities(topics, ActivityKind::Papers, &at(16))),
        scene(8, 16, topics.iter().enumerate().map(|(n, t)| report(n, t)).collect()),
    ];
    // 前天上午，主任会议专门听取了各调查组调查情况汇报。
    let heard = (1..=4).map(|group| {
        desk(Command::RecordHearing(RecordHearing {
            group: GroupId(group),
            on: at(2),
            note: "主任会议听取调查情况汇报，同意提交常委会会议".into(),
        }))
    });
    scenes.push(scene(2, 11, heard.collect()));
    scenes
}

pub(super) const ASPECTS: [&str; 4] = [
    "贯彻法律法规情况",
    "依法履行职责情况",
    "接受人大监督情况",
    "勤政廉政情况",
];

fn plan(days: Days, sitting: i32) -> Act {
    let stage = |stage, first: i32, last: i32| StageDays {
        stage,
        first: days.written(sitting + first),
        last: days.written(sitting + last),
    };
    desk(Command::SetPlan(PlanEntry {
        stages: vec![
            stage(Stage::Preparation, MADE - 2, 50),
            stage(Stage::Investigation, 49, 2),
            stage(Stage::Sitting, 0, 0),
            stage(Stage::Rectification, -1, -150 - sitting),
        ],
        guidance:
            "以习近平新时代中国特色社会主义思想为指导，依法开展述职评议，促进被任命人员依法行政、转变作风、改进工作。"
                .into(),
        leadership: "成立述职评议工作领导小组，下设办公室和四个评议工作组，由常委会领导分别率队。".into(),
        demands: "深入调查，客观公正；程序严密，环环相扣；问题整改到位，坚决杜绝虚假整改、敷衍整改。".into(),
    }))
}

fn officers(members: u32, topics: &[Topic; 4]) -> Vec<Act> {
    let numbered = || (1_u32..).zip(topics);
    let people = numbered().map(|(n, topic)| Command::AddPerson {
        person: RosterEntry {
            name: topic.officer.into(),
            kind: PersonKind::Attendee,
            title: format!("{}局长", topic.unit),
            group: String::new(),
            seat: format!("述职{n}座"),
        },
    });
    let named = numbered().map(|(n, _)| Command::SetOfficer {
        subject: SubjectId(n),
        person: Some(officer_of(n, members)),
    });
    let committees = numbered().map(|(n, topic)| {
        Command::NameCommittee(NameCommittee {
            subject: SubjectId(n),
            name: topic.committee.into(),
        })
    });
    people.chain(named).chain(committees).map(desk).collect()
}

/// Led by a deputy chair (副主任), members 2 to 5; the group's members are from elsewhere in the roster.
fn group(n: usize, topic: &Topic) -> Act {
    let number = u32::try_from(n).unwrap_or_default();
    desk(Command::SetGroup(SetGroup {
        group: None,
        name: format!("第{}评议工作组（{}）", ["一", "二", "三", "四"][n % 4], topic.unit),
        leader: PersonId(2 + number),
        members: (0..4).map(|k| PersonId(8 + number * 5 + k)).collect(),
        subjects: vec![SubjectId(1 + number)],
    }))
}

fn activities(topics: &[Topic; 4], kind: ActivityKind, on: &str) -> Vec<Act> {
    let of_group = |(group, topic): (u32, &Topic)| {
        let did = topic.activity(kind)?;
        Some(desk(Command::RecordActivity(RecordActivity {
            group: GroupId(group),
            activity: None,
            entry: ActivityEntry {
                kind,
                on: on.into(),
                place: did.place.into(),
                with: did.with.into(),
                people: did.people,
                summary: did.summary.into(),
            },
        })))
    };
    (1..).zip(topics).filter_map(of_group).collect()
}

fn report(n: usize, topic: &Topic) -> Act {
    let number = u32::try_from(n).unwrap_or_default();
    desk(Command::FileReport(FileReport {
        group: GroupId(number + 1),
        document: topic.investigation.document(),
        summary: topic.found.into(),
        signed: vec![PersonId(2 + number), PersonId(8 + number * 5), PersonId(9 + number * 5)],
    }))
}
