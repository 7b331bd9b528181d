//! Last year's case: prepared, investigated, held. What came after its sitting is beside this file.

use super::before::{first_day, officer_of, prepared};
use super::topics::LAST_YEAR;
use super::{Act, Days, Scene, after, chair, desk, later_sittings, person};
use crate::sample::{BODY_NAME, MEMBERS, roster, settings};
use pingyi_core::ballot::Secrecy;
use pingyi_core::command::{AgendaEntry, Command, SubjectEntry};
use pingyi_core::deliberation::{ConfirmRemark, RecordRemark};
use pingyi_core::ids::{ItemId, PersonId, QuestionId, RemarkId, SubjectId};
use pingyi_core::inquiry::Visibility;
use pingyi_core::rules::built_in;
use pingyi_core::sitting::ItemKind;
use pingyi_core::stages::lots::{LotCall, LotPurpose};
use pingyi_core::subject::ReportForm;

/// Its sitting was so many days ago.
pub(super) const SITTING: i32 = 380;

/// The whole of it, from its first day. The case is new and empty.
pub fn earlier_case(days: Days) -> Vec<Scene> {
    let mut scenes = vec![made(days), lot()];
    scenes.extend(prepared(days, SITTING, MEMBERS, &LAST_YEAR));
    scenes.push(sitting_prepared());
    scenes.push(sitting());
    scenes.extend(after::opinions_and_ledger(days));
    scenes.extend(later_sittings::scenes(days));
    // Each part is written by matter; it is played by time.
    scenes.sort_by_key(|s| (std::cmp::Reverse(s.days_ago), s.hour));
    scenes
}

pub(super) fn officer(subject: u32) -> PersonId {
    officer_of(subject, MEMBERS)
}

fn made(days: Days) -> Scene {
    let year = days.ago(SITTING).year();
    let describe = Command::DescribeCase {
        title: format!("{year}年述职评议"),
        body_name: BODY_NAME.into(),
        session_name: "区九届人大常委会第二十二次会议".into(),
        held_on: days.written(SITTING),
    };
    let mut acts = vec![desk(describe), desk(Command::ImportRoster { people: roster() })];
    for topic in &LAST_YEAR {
        acts.push(desk(Command::AddSubject {
            subject: SubjectEntry {
                officer: topic.officer.into(),
                post: "局长".into(),
                unit: topic.unit.into(),
                report: ReportForm::Written,
            },
        }));
    }
    acts.push(desk(built_in::usual_confirmed(Secrecy::Secret)));
    acts.push(desk(settings(Secrecy::Secret)));
    Scene {
        days_ago: first_day(SITTING),
        hour: 9,
        acts,
    }
}

/// Who reports orally is drawn by lot.
fn lot() -> Scene {
    let call = LotCall {
        purpose: LotPurpose::OralReport,
        candidates: (1..=4).map(SubjectId).collect(),
        draw: 2,
    };
    Scene {
        days_ago: SITTING + 20,
        hour: 10,
        acts: vec![Act::Lot(call, "三十七")],
    }
}

fn item(kind: ItemKind, title: &str, subject: Option<u32>) -> AgendaEntry {
    AgendaEntry {
        kind,
        title: title.into(),
        subject: subject.map(SubjectId),
        subjects: Vec::new(),
    }
}

fn sitting_prepared() -> Scene {
    let attach = (1_u32..).zip(&LAST_YEAR).filter_map(|(n, topic)| {
        let document = topic.duty_report?.document();
        Some(desk(Command::AttachDocument {
            subject: SubjectId(n),
            digest: document.digest,
            kind: document.kind,
            file_name: document.file_name,
            size_bytes: document.size_bytes,
        }))
    });
    let mut acts: Vec<_> = attach.collect();
    let mut items = vec![item(ItemKind::Opening, "签到，宣布开会", None)];
    for (n, topic) in (1..).zip(&LAST_YEAR) {
        items.push(item(ItemKind::Report, &format!("听取{}局长述职", topic.unit), Some(n)));
    }
    items.push(item(ItemKind::Inquiry, "询问与现场答复", None));
    items.push(item(ItemKind::Deliberation, "审议", None));
    items.push(sheet("民主测评：四个单位一张票", &[1, 2, 3, 4]));
    items.push(item(ItemKind::Speech, "常委会主任讲话", None));
    acts.push(desk(Command::SetAgenda { items }));
    Scene {
        days_ago: SITTING + 1,
        hour: 15,
        acts,
    }
}

pub(super) fn sheet(title: &str, subjects: &[u32]) -> AgendaEntry {
    AgendaEntry {
        subjects: subjects.iter().copied().map(SubjectId).collect(),
        ..item(ItemKind::Evaluation, title, None)
    }
}

pub(super) fn other(title: &str) -> AgendaEntry {
    item(ItemKind::Other, title, None)
}

/// Members who came: all but these.
pub(super) fn check_in(absent: &[u32]) -> impl Iterator<Item = Act> {
    let came = (1..=MEMBERS).filter(|n| !absent.contains(n));
    came.map(|n| person(PersonId(n), Command::CheckIn {}))
}

const QUESTIONS: [(u32, u32, &str, &str); 4] = [
    (
        6,
        1,
        "城乡结合部学校的大班额，什么时候能够消除？",
        "明年秋季消除56人以上班额，两年内基本消除大班额。",
    ),
    (
        12,
        2,
        "乡镇卫生院晚上没有儿科医生，群众看病怎么办？",
        "由区人民医院派骨干轮值，三个中心卫生院先行。",
    ),
    (
        19,
        3,
        "老旧小区改造完没人管，管网又坏了，谁来负责？",
        "逐个小区明确管护单位，费用从维修资金中列支。",
    ),
    (
        24,
        4,
        "社区养老服务站建了不少，为什么白天也关着门？",
        "引入社会力量运营，开放时间和服务项目上墙公示。",
    ),
];

const REMARKS: [(u32, u32, &str, &str); 3] = [
    (
        3,
        1,
        "依法履行职责情况",
        "学校布局调整涉及千家万户，方案应当公开征求意见。",
    ),
    (
        11,
        3,
        "依法履行职责情况",
        "群众反映的房屋渗漏问题，有的拖了两年没有回音，要限时办结。",
    ),
    (15, 4, "接受人大监督情况", "代表建议办理认真，低保核查还要再下功夫。"),
];

fn sitting() -> Scene {
    let mut acts = vec![chair(Command::OpenSitting {})];
    acts.extend(check_in(&[9, 23]));
    acts.extend((2..=5).map(|n| chair(Command::BeginItem { item: ItemId(n) })));
    acts.push(chair(Command::BeginItem { item: ItemId(6) }));
    for (n, (asker, subject, text, note)) in (1..).zip(QUESTIONS) {
        let question = QuestionId(n);
        let ask = Command::AskQuestion {
            subject: Some(SubjectId(subject)),
            visibility: Visibility::Named,
            text: text.into(),
        };
        acts.push(person(PersonId(asker), ask));
        acts.push(person(PersonId(asker + 2), Command::SupportQuestion { question }));
        acts.push(chair(Command::TakeQuestion { question }));
        acts.push(chair(Command::AnswerQuestion {
            question,
            note: note.into(),
        }));
    }
    acts.push(chair(Command::BeginItem { item: ItemId(7) }));
    for (n, (speaker, subject, aspect, text)) in (1..).zip(REMARKS) {
        acts.push(desk(Command::RecordRemark(RecordRemark {
            speaker: PersonId(speaker),
            subject: Some(SubjectId(subject)),
            aspect: aspect.into(),
            text: text.into(),
        })));
        acts.push(desk(Command::ConfirmRemark(ConfirmRemark {
            remark: RemarkId(n),
            wording: 1,
        })));
    }
    acts.push(Act::Evaluation(
        ItemId(8),
        vec![
            (SubjectId(1), vec![13, 10, 3]),
            (SubjectId(2), vec![17, 7, 2]),
            (SubjectId(3), vec![9, 10, 7]),
            (SubjectId(4), vec![18, 6, 1, 1]),
        ],
    ));
    acts.push(chair(Command::BeginItem { item: ItemId(9) }));
    acts.push(chair(Command::CloseSitting {}));
    Scene {
        days_ago: SITTING,
        hour: 9,
        acts,
    }
}
