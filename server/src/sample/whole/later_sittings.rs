//! Last year's case meets again on the rectification: twice over two of the subjects, one of whom must go on still.

use super::earlier::{check_in, officer, other, sheet};
use super::{Act, Days, LATE, Scene, chair, desk, person};
use pingyi_core::appraisal::sittings::Convening;
use pingyi_core::command::{AgendaEntry, Command};
use pingyi_core::follow_up::DueMatter;
use pingyi_core::follow_up::rounds::{Escalation, EscalationStep, RoundOrder};
use pingyi_core::ids::{ItemId, SubjectId};
use pingyi_core::ledger::{FilingEntry, TakeFiling};
use pingyi_core::rules::built_in;

const SECOND: i32 = 240;
const THIRD: i32 = 110;

pub(super) fn scenes(days: Days) -> Vec<Scene> {
    let scene = |days_ago, acts: Vec<Act>| Scene {
        days_ago,
        hour: 10,
        acts,
    };
    let convene = |ago: i32, name: &str| {
        desk(Command::Convene(Convening {
            session_name: name.into(),
            held_on: days.written(ago),
        }))
    };
    let go_on = |subject: u32, ago: i32, until: i32| {
        desk(Command::OrderRound(RoundOrder {
            subject: SubjectId(subject),
            on: days.written(ago),
            until: days.written(until),
            note: "不满意票超过全体组成人员的半数，主任会议责成继续整改".into(),
        }))
    };
    vec![
        scene(
            SECOND + 4,
            prepare(
                convene(SECOND, "区九届人大常委会第二十五次会议"),
                vec![
                    other("听取整改落实情况报告"),
                    sheet("整改情况满意度测评：四个单位一张票", &[1, 2, 3, 4]),
                ],
            ),
        ),
        scene(SECOND, meet(&[17], 10, &SECOND_VOTES)),
        scene(SECOND - 3, vec![go_on(1, SECOND - 3, 125), go_on(3, SECOND - 3, 125)]),
        scene(
            130,
            vec![
                report(
                    1,
                    "城东实验学校已投入使用，56人以上班额全部消除，大班额由37个减到9个；布局调整方案三次公开征求意见，采纳43条。",
                ),
                take(1),
            ],
        ),
        scene(
            126,
            vec![report(
                3,
                "已有14个小区确定管护单位，维修资金使用开始公示；渗漏投诉办结率提高到71%。",
            )],
        ),
        scene(
            THIRD + 3,
            prepare(
                convene(THIRD, "区九届人大常委会第二十八次会议"),
                vec![
                    other("听取再次整改情况报告"),
                    sheet("整改情况满意度测评：两个单位一张票", &[1, 3]),
                ],
            ),
        ),
        scene(THIRD, meet(&[4, 21], 12, &THIRD_VOTES)),
        scene(THIRD - 2, vec![go_on(3, THIRD - 2, 12)]),
        scene(6, talk(days)),
    ]
}

/// The further report is late: a talk with the officer. The officers' cards are printed anew, so that a link opens
/// their pages without asking whether their phone moves.
fn talk(days: Days) -> Vec<Act> {
    let talk = Command::Escalate(EscalationStep {
        subject: LATE,
        step: Escalation::Talk,
        on: days.written(6),
        note: "再次整改情况报告逾期未报，主任会议约谈主要负责同志".into(),
    });
    let anew = (1..=4).map(|n| Command::ReissueCredential { person: officer(n) });
    std::iter::once(talk).chain(anew).map(desk).collect()
}

const SECOND_VOTES: [(u32, [u32; 3]); 4] = [(1, [5, 7, 15]), (2, [18, 8, 1]), (3, [4, 7, 16]), (4, [19, 7, 1])];
const THIRD_VOTES: [(u32, [u32; 3]); 2] = [(1, [15, 8, 3]), (3, [4, 6, 16])];

fn prepare(convene: Act, items: Vec<AgendaEntry>) -> Vec<Act> {
    // Without it the sitting does not open, and the demonstration says so.
    let rule = built_in::profile("seed_rectification").and_then(Result::ok);
    let adopt = rule.map(|profile| {
        desk(Command::AdoptProfile {
            confirmed: profile.assumed.clone(),
            profile: Box::new(profile),
        })
    });
    let agenda = desk(Command::SetAgenda { items });
    [convene].into_iter().chain(adopt).chain([agenda]).collect()
}

/// The sitting's items are numbered on from those before; `first` is its first.
fn meet(absent: &[u32], first: u32, votes: &[(u32, [u32; 3])]) -> Vec<Act> {
    let mut acts = vec![chair(Command::OpenSitting {})];
    acts.extend(check_in(absent));
    acts.push(chair(Command::BeginItem { item: ItemId(first) }));
    let votes = votes.iter().map(|(s, v)| (SubjectId(*s), v.to_vec())).collect();
    acts.push(Act::Evaluation(ItemId(first + 1), votes));
    acts.push(chair(Command::CloseSitting {}));
    acts
}

fn report(subject: u32, summary: &str) -> Act {
    person(
        officer(subject),
        Command::FileRectification(FilingEntry {
            subject: SubjectId(subject),
            on: String::new(),
            summary: summary.into(),
            document: None,
        }),
    )
}

fn take(subject: u32) -> Act {
    desk(Command::TakeFiling(TakeFiling {
        subject: SubjectId(subject),
        matter: DueMatter::FurtherReport,
    }))
}
