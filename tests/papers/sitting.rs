//! A sitting that was held: the sample's hall, votes by name, a question of every kind, a voided round, opinions on
//! their way.

use pingyi::sample;
use pingyi_core::ballot::{Secrecy, VoidCause};
use pingyi_core::command::Command;
use pingyi_core::duties::{Work, duties};
use pingyi_core::ids::{BallotId, InstantMs, IssueId, ItemId, PersonId, QuestionId, SubjectId};
use pingyi_core::inquiry::Visibility;
use pingyi_core::issues::{AddIssue, ApproveOpinions, DraftOpinions, IssueEntry, Source};
use pingyi_core::ledger::{AddCheck, CheckFinding, CloseLine, LineEntry, LineState, NameCommittee, SetLine};
use pingyi_core::sitting::ConsoleSeat;
use pingyi_core::stamp::{Expects, Stamped};
use pingyi_core::{Actor, Appraisal};
use uuid::Uuid;

const DESK: Actor = Actor::Desk { account: 1 };
pub const CHAIR: Actor = Actor::Console {
    seat: ConsoleSeat::Chair,
};
/// 24 November 2026, 09:00 in Beijing.
pub const MORNING: InstantMs = 1_795_482_000_000;
const MINUTE_MS: InstantMs = 60_000;
pub const DAY_MS: InstantMs = 86_400_000;

/// A name that nobody may read on a paper: its owner asked without it.
pub const WITHHELD: &str = "委员09";
/// What was written to the chair alone.
pub const PRIVATE: &str = "只给主持人看的话";

/// What the opinions on the first subject name.
pub const ISSUES: [&str; 2] = ["城区大班额尚未消除", "农村学校教师不足"];
pub const COMMITTEE: &str = "教科文卫工委";

pub struct Sitting {
    pub case: Appraisal,
    now: InstantMs,
    given: u128,
}

impl Sitting {
    pub fn prepared() -> Sitting {
        let mut sitting = Sitting {
            case: Appraisal::new(Uuid::from_u128(1)),
            now: MORNING - DAY_MS,
            given: 0,
        };
        let describe = Command::DescribeCase {
            title: "2026年述职评议".into(),
            body_name: sample::BODY_NAME.into(),
            session_name: sample::SESSION.into(),
            held_on: "2026-11-24".into(),
        };
        sitting.order(DESK, describe);
        let people = sample::roster();
        sitting.order(DESK, Command::ImportRoster { people });
        for subject in sample::subjects() {
            sitting.order(DESK, subject);
        }
        sitting.order(DESK, sample::agenda());
        let rule = pingyi_core::rules::built_in::usual_confirmed(Secrecy::Named);
        sitting.order(DESK, rule);
        sitting.order(DESK, sample::settings(Secrecy::Named));
        sitting
    }

    /// Gives an order, a minute after the one before. It must be taken.
    pub fn order(&mut self, actor: Actor, command: Command) {
        self.now += MINUTE_MS;
        self.given += 1;
        let stamped = Stamped {
            id: Uuid::from_u128(self.given),
            actor,
            at: self.now,
            expects: ballot_of(&command).map(|ballot| Expects {
                ballot,
                round: self.case.ballots[&ballot].round,
                state: self.case.ballots[&ballot].state,
            }),
            command,
        };
        let verdict = self.case.apply(&stamped).verdict;
        assert!(verdict.is_ok(), "{:?}: {verdict:?}", stamped.command);
    }

    pub fn desk(&mut self, days_after_the_sitting: i64, command: Command) {
        self.now = self.now.max(MORNING + days_after_the_sitting * DAY_MS);
        self.order(DESK, command);
    }

    pub fn person(&mut self, n: u32, command: Command) {
        self.order(Actor::Person { person: PersonId(n) }, command);
    }

    pub fn opened(mut self) -> Sitting {
        self.now = MORNING;
        let rule = pingyi_core::rules::built_in::usual_confirmed(self.case.settings.secrecy);
        self.order(DESK, rule);
        self.order(CHAIR, Command::OpenSitting {});
        for n in 1..=25 {
            self.person(n, Command::CheckIn {});
        }
        self.person(29, Command::CheckIn {});
        self
    }

    pub fn questioned(mut self) -> Sitting {
        self.order(CHAIR, Command::BeginItem { item: ItemId(4) });
        let asked = [
            (7, 1, Visibility::Named, sample::QUESTIONS[0].1),
            (9, 2, Visibility::WithoutName, sample::QUESTIONS[4].1),
            (11, 3, Visibility::ChairOnly, PRIVATE),
        ];
        for (person, subject, visibility, text) in asked {
            let subject = Some(SubjectId(subject));
            let text = text.to_owned();
            self.person(
                person,
                Command::AskQuestion {
                    subject,
                    visibility,
                    text,
                },
            );
        }
        let question = QuestionId(1);
        self.person(12, Command::SupportQuestion { question });
        self.order(CHAIR, Command::TakeQuestion { question });
        let note = "2027年秋季学期前全部消除大班额。".to_owned();
        self.order(CHAIR, Command::AnswerQuestion { question, note });
        let question = QuestionId(2);
        self.order(CHAIR, Command::TakeQuestion { question });
        let due_on = "2026-12-15".to_owned();
        self.order(CHAIR, Command::DeferQuestion { question, due_on });
        self
    }

    /// The ballot in this item, up to its sealing: 20 satisfied, 4 basically, 1 not.
    pub fn voted(mut self, item: u32, ballot: u32) -> Sitting {
        self.order(CHAIR, Command::BeginItem { item: ItemId(item) });
        let ballot = BallotId(ballot);
        self.order(CHAIR, Command::PresentBallot { ballot });
        self.order(CHAIR, Command::OpenBallot { ballot, limit_s: 0 });
        let round = self.case.ballots[&ballot].round;
        for n in 1..=25 {
            let choice = match n {
                1..=20 => 0,
                21..=24 => 1,
                _ => 2,
            };
            let signature = String::new();
            self.person(
                n,
                Command::CastVote {
                    ballot,
                    round,
                    choice,
                    signature,
                },
            );
        }
        self.order(CHAIR, Command::CloseBallot { ballot });
        self.do_duties();
        self
    }

    /// What the program does by itself. One duty may make the next.
    pub fn do_duties(&mut self) {
        for _ in 0..2 {
            for duty in duties(&self.case) {
                if let Work::Record(command) = duty.work {
                    self.order(Actor::System {}, command);
                }
            }
        }
    }

    pub fn announced(mut self, ballot: u32) -> Sitting {
        self.order(
            CHAIR,
            Command::AnnounceBallot {
                ballot: BallotId(ballot),
            },
        );
        self.do_duties();
        self
    }

    pub fn voided(mut self, ballot: u32) -> Sitting {
        let note = "大屏显示有误".to_owned();
        self.order(
            CHAIR,
            Command::VoidBallot {
                ballot: BallotId(ballot),
                cause: VoidCause::SystemFailure,
                note,
            },
        );
        self
    }

    pub fn closed(mut self) -> Sitting {
        self.order(CHAIR, Command::CloseSitting {});
        self
    }

    /// The whole day, and the first subject's receipt three days later.
    pub fn held() -> Sitting {
        let mut sitting = Sitting::prepared().opened().questioned();
        sitting = sitting.voted(8, 1).voided(1).voted(8, 1).announced(1);
        for ballot in 2..=4 {
            sitting = sitting.voted(7 + ballot, ballot).announced(ballot);
        }
        sitting = sitting.closed();
        let subject = SubjectId(1);
        let on = "2026-11-27".to_owned();
        let draft = DraftOpinions {
            subject,
            assessment: "区教育局及其负责人履职总体较好。".into(),
            advice: "1.制定消除大班额的年度计划。\n2.公开学位供给情况。".into(),
            demands: "请于收到本意见之日起一个月内报送整改方案。".into(),
            number: "某人常〔2026〕18号".into(),
        };
        for text in ISSUES {
            let entry = IssueEntry {
                subject,
                category: "民生热点".into(),
                text: text.into(),
                sources: vec![
                    Source::Question {
                        question: QuestionId(1),
                    },
                    Source::DutyReport {
                        subject,
                        place: "三、存在问题".into(),
                    },
                ],
            };
            sitting.desk(1, Command::AddIssue(AddIssue { entry }));
        }
        sitting.desk(1, Command::DraftOpinions(draft));
        let (approved_on, note) = ("2026-11-26".to_owned(), "第三十次主任会议".to_owned());
        let approve = ApproveOpinions {
            subject,
            on: approved_on,
            note,
        };
        sitting.desk(2, Command::ApproveOpinions(approve));
        sitting.desk(
            3,
            Command::HandOverOpinions {
                subject,
                on: on.clone(),
            },
        );
        sitting.desk(3, Command::ReceiveOpinions { subject, on });
        sitting.rectified(subject)
    }

    /// One issue is closed, the other is not due before the end of the year.
    fn rectified(mut self, subject: SubjectId) -> Sitting {
        let name = COMMITTEE.to_owned();
        self.desk(4, Command::NameCommittee(NameCommittee { subject, name }));
        let entry = |due_on: &str, state| LineEntry {
            cause: "学位供给跟不上".into(),
            measure: "新建校舍2处，新增学位600个。".into(),
            target: "消除大班额。".into(),
            owner: "基教科 王某".into(),
            due_on: due_on.into(),
            state,
        };
        for (n, due_on, state) in [
            (1, "2026-11-28", LineState::Done),
            (2, "2026-12-31", LineState::Underway),
        ] {
            let (issue, entry) = (IssueId(n), entry(due_on, state));
            self.desk(4, Command::SetLine(SetLine { issue, entry }));
        }
        let (issue, on, by) = (IssueId(1), "2026-11-28".to_owned(), COMMITTEE.to_owned());
        let check = AddCheck {
            issue,
            on: on.clone(),
            by: by.clone(),
            finding: CheckFinding::Sound,
            note: "=到校查看".into(),
        };
        self.desk(4, Command::AddCheck(check));
        self.desk(4, Command::CloseLine(CloseLine { issue, on, by }));
        self
    }
}

fn ballot_of(command: &Command) -> Option<BallotId> {
    match command {
        Command::PresentBallot { ballot }
        | Command::OpenBallot { ballot, .. }
        | Command::CloseBallot { ballot }
        | Command::AnnounceBallot { ballot }
        | Command::VoidBallot { ballot, .. } => Some(*ballot),
        _ => None,
    }
}
