//! What the office, a group and the hall notice of an investigation, and each refusal.

use super::*;
use crate::command::{Command, RosterEntry, SubjectEntry};
use crate::ids::QuestionnaireId;
use crate::questionnaire::{Access, AnswerForm, Answering, SetQuestionnaire, SurveyQuestion};
use crate::roster::PersonKind;
use crate::stamp::{Actor, Stamped};
use crate::subject::{DocumentKind, ReportForm};
use crate::views::{Audience, GroupView, Surroundings, mine, view};
use crate::{Outcome, Reply};

const DESK: Actor = Actor::Desk { account: 1 };
const LEADER: u32 = 1;
const MEMBER: u32 = 2;
const OTHER: u32 = 3;
const OFFICER: u32 = 4;
const ONE: GroupId = GroupId(1);

fn person(n: u32) -> Actor {
    Actor::Person { person: PersonId(n) }
}

struct Office {
    case: Appraisal,
    given: u128,
}

impl Office {
    /// Three members, the officer of the first subject, and a group on it.
    fn new() -> Office {
        let mut office = Office {
            case: Appraisal::new(uuid::Uuid::from_u128(1)),
            given: 0,
        };
        for (n, kind) in [
            (LEADER, PersonKind::Member),
            (MEMBER, PersonKind::Member),
            (OTHER, PersonKind::Member),
            (OFFICER, PersonKind::Attendee),
        ] {
            let person = RosterEntry {
                name: format!("人员{n}"),
                kind,
                title: String::new(),
                group: String::new(),
                seat: String::new(),
            };
            office.go(DESK, Command::AddPerson { person }).unwrap();
        }
        let subject = SubjectEntry {
            officer: String::new(),
            post: "局长".into(),
            unit: "区教育局".into(),
            report: ReportForm::Oral,
        };
        office.go(DESK, Command::AddSubject { subject }).unwrap();
        let officer = Command::SetOfficer {
            subject: SubjectId(1),
            person: Some(PersonId(OFFICER)),
        };
        office.go(DESK, officer).unwrap();
        assert_eq!(
            office.go(DESK, group(None, &[MEMBER])),
            Ok(Reply::GroupAdded { group: ONE })
        );
        office
    }

    fn outcome(&mut self, actor: Actor, command: Command) -> Outcome {
        self.given += 1;
        self.case.apply(&Stamped {
            id: uuid::Uuid::from_u128(self.given),
            actor,
            // 2024-01-02 in Beijing.
            at: crate::limits::CLOCK_FIRST_MS + 86_400_000,
            expects: None,
            command,
        })
    }

    fn go(&mut self, actor: Actor, command: Command) -> Result<Reply, Refusal> {
        self.outcome(actor, command).verdict
    }

    fn seen_by(&self, audience: Audience) -> Option<GroupView> {
        let seen = view(&self.case, &Surroundings::default(), audience);
        seen.get("group/1").map(|v| serde_json::from_value(v.clone()).unwrap())
    }

    fn own(&self, n: u32) -> Option<GroupView> {
        let seen = mine(&self.case, &Surroundings::default(), PersonId(n));
        seen.get("my_group/1")
            .map(|v| serde_json::from_value(v.clone()).unwrap())
    }
}

fn group(id: Option<GroupId>, members: &[u32]) -> Command {
    Command::SetGroup(SetGroup {
        group: id,
        name: "第一评议工作组".into(),
        leader: PersonId(LEADER),
        members: members.iter().map(|n| PersonId(*n)).collect(),
        subjects: vec![SubjectId(1)],
    })
}

fn interview(activity: Option<u32>, summary: &str) -> Command {
    Command::RecordActivity(RecordActivity {
        group: ONE,
        activity,
        entry: ActivityEntry {
            kind: ActivityKind::Interview,
            on: "2024-01-01".into(),
            place: "区教育局".into(),
            with: "中层干部".into(),
            people: 1,
            summary: summary.into(),
        },
    })
}

fn report(digest: &str, signed: &[u32]) -> Command {
    Command::FileReport(FileReport {
        group: ONE,
        document: Document {
            digest: digest.repeat(64),
            kind: DocumentKind::Docx,
            file_name: "调查报告.docx".into(),
            size_bytes: 1,
        },
        summary: "总体较好，大班额问题突出".into(),
        signed: signed.iter().map(|n| PersonId(*n)).collect(),
    })
}

fn hearing(on: &str) -> Command {
    Command::RecordHearing(RecordHearing {
        group: ONE,
        on: on.into(),
        note: "原则同意".into(),
    })
}

fn withdraw() -> Command {
    Command::WithdrawReport(WithdrawReport {
        group: ONE,
        reason: "数字有误".into(),
    })
}

#[test]
fn what_was_said_in_an_interview_is_seen_by_the_desk_and_the_group_alone() {
    let mut office = Office::new();
    office.go(person(MEMBER), interview(None, "反映作风拖沓")).unwrap();
    office.go(person(LEADER), report("a", &[LEADER, MEMBER])).unwrap();
    office.go(DESK, hearing("2024-01-02")).unwrap();
    assert_eq!(
        office.seen_by(Audience::Desk).unwrap().activities[0].summary,
        "反映作风拖沓"
    );
    assert_eq!(office.own(LEADER).unwrap().activities[0].by, "人员2");
    assert_eq!(office.own(OTHER), None);
    for audience in [Audience::Member, Audience::Chair] {
        let seen = office.seen_by(audience).unwrap();
        assert!(seen.activities.is_empty());
        assert_eq!((seen.conducted[0].times, seen.conducted[0].people), (1, 1));
    }
    for audience in Audience::ALL.into_iter().filter(|a| *a != Audience::Desk) {
        let all = serde_json::to_string(&view(&office.case, &Surroundings::default(), audience)).unwrap();
        assert!(!all.contains("作风拖沓") && !all.contains("中层干部"), "{audience:?}");
    }
    assert_eq!(
        (office.seen_by(Audience::Projector), office.seen_by(Audience::Public)),
        (None, None)
    );
}

#[test]
fn a_report_is_shown_to_members_once_the_council_has_heard_it() {
    let mut office = Office::new();
    assert_eq!(office.go(DESK, hearing("2024-01-02")), Err(Refusal::ReportNotFiled {}));
    office.go(person(LEADER), report("a", &[LEADER])).unwrap();
    assert_eq!(office.seen_by(Audience::Member), None);
    assert_eq!(
        office.go(DESK, hearing("2024-01-03")),
        Err(Refusal::DayTooLate {
            last: "2024-01-02".into()
        })
    );
    office.go(DESK, hearing("2024-01-02")).unwrap();
    let seen = office.seen_by(Audience::Member).unwrap();
    assert_eq!(seen.reports[0].signed, ["人员1"]);
    assert_eq!(seen.reports[0].heard_on, "2024-01-02");
    assert_eq!(
        seen.reports[0].hearing_note, "",
        "the council's words stay with the office and the group"
    );
    assert_eq!(office.own(LEADER).unwrap().reports[0].hearing_note, "原则同意");

    office.go(person(LEADER), report("b", &[LEADER, MEMBER])).unwrap();
    let number = |office: &Office| office.seen_by(Audience::Member).map(|g| g.reports[0].number);
    assert_eq!(number(&office), Some(1), "the new one waits for its hearing");
    office.go(DESK, hearing("2024-01-02")).unwrap();
    assert_eq!(number(&office), Some(2));
    assert_eq!(
        office.seen_by(Audience::Desk).unwrap().reports.len(),
        2,
        "the replaced one stays"
    );
    office.go(DESK, hearing("")).unwrap();
    assert_eq!(number(&office), Some(1));
}

#[test]
fn a_withdrawn_report_is_gone_from_the_phones_and_kept_at_the_desk() {
    let mut office = Office::new();
    assert_eq!(office.go(person(LEADER), withdraw()), Err(Refusal::ReportNotFiled {}));
    office.go(person(LEADER), report("a", &[LEADER])).unwrap();
    office.go(person(MEMBER), withdraw()).unwrap();
    office.go(person(LEADER), report("b", &[LEADER])).unwrap();
    office.go(DESK, hearing("2024-01-02")).unwrap();
    assert_eq!(office.go(person(LEADER), withdraw()), Err(Refusal::ReportHeard {}));
    office.go(DESK, withdraw()).unwrap();
    assert_eq!(office.seen_by(Audience::Member), None);
    let kept = office.seen_by(Audience::Desk).unwrap().reports;
    assert!(kept.len() == 2 && kept.iter().all(|r| r.withdrawn_because == "数字有误"));
}

#[test]
fn a_document_opens_for_the_group_first_and_for_all_after_the_hearing() {
    use crate::appraisal::Reader;
    let mut office = Office::new();
    office.go(DESK, report("a", &[LEADER])).unwrap();
    let digest = "a".repeat(64);
    let opens = |office: &Office, reader| office.case.document(&digest, reader).is_some();
    let (group, other) = (Reader::Person(PersonId(MEMBER)), Reader::Person(PersonId(OTHER)));
    assert!(opens(&office, Reader::Desk) && opens(&office, group));
    assert!(!opens(&office, other) && !opens(&office, Reader::Station));
    office.go(DESK, hearing("2024-01-02")).unwrap();
    assert!(opens(&office, other) && opens(&office, Reader::Station));
    office.go(DESK, withdraw()).unwrap();
    assert!(!opens(&office, other) && opens(&office, group));
    assert!(office.case.may_file_documents(PersonId(MEMBER)) && !office.case.may_file_documents(PersonId(OTHER)));
}

#[test]
fn only_the_groups_own_people_write_for_it() {
    let mut office = Office::new();
    for order in [interview(None, "x"), report("a", &[LEADER]), withdraw()] {
        assert_eq!(office.go(person(OTHER), order), Err(Refusal::NotInGroup {}));
    }
    assert_eq!(
        office.go(person(LEADER), group(Some(ONE), &[])),
        Err(Refusal::NotAllowed {})
    );
    assert_eq!(
        office.go(person(LEADER), hearing("2024-01-02")),
        Err(Refusal::NotAllowed {})
    );
    assert_eq!(office.go(DESK, report("a", &[OTHER])), Err(Refusal::NotInGroup {}));
    assert_eq!(office.go(DESK, report("a", &[])), Err(Refusal::SignaturesMissing {}));
    assert_eq!(office.go(DESK, report("x", &[LEADER])), Err(Refusal::NoSuchDocument {}));
    // Who leaves the group sees it no more, and is told at once.
    let left = office.outcome(DESK, group(Some(ONE), &[OTHER]));
    assert!(left.touched.mine.contains(&PersonId(MEMBER)));
    assert!(office.own(MEMBER).is_none() && office.own(OTHER).is_some());
}

#[test]
fn nobody_investigates_the_own_office() {
    let mut office = Office::new();
    let refused = Err(Refusal::OfficerInGroup {
        person: PersonId(OFFICER),
    });
    assert_eq!(office.go(DESK, group(None, &[OFFICER])), refused);
    let unbind = |person| Command::SetOfficer {
        subject: SubjectId(1),
        person,
    };
    office.go(DESK, unbind(None)).unwrap();
    office.go(DESK, group(Some(ONE), &[OFFICER])).unwrap();
    assert_eq!(office.go(DESK, unbind(Some(PersonId(OFFICER)))), refused);
}

#[test]
fn an_activity_is_corrected_and_taken_back_with_its_reason() {
    let mut office = Office::new();
    let back = |reason: &str| {
        Command::RemoveActivity(RemoveActivity {
            group: ONE,
            activity: 1,
            reason: reason.into(),
        })
    };
    office.go(DESK, interview(None, "初稿")).unwrap();
    office.go(person(LEADER), interview(Some(1), "更正")).unwrap();
    assert_eq!(office.own(LEADER).unwrap().activities[0].summary, "更正");
    assert_eq!(
        office.go(DESK, interview(Some(2), "x")),
        Err(Refusal::NoSuchActivity {})
    );
    assert_eq!(
        office.go(DESK, back(" ")),
        Err(Refusal::TextMissing {
            field: crate::refusal::TextField::Reason
        })
    );
    office.go(DESK, back("重复登记")).unwrap();
    let desk = office.seen_by(Audience::Desk).unwrap();
    assert_eq!(desk.activities[0].removed_because, "重复登记");
    assert!(desk.conducted.is_empty(), "it no longer counts");
    assert_eq!(office.go(DESK, back("再来")), Err(Refusal::NoSuchActivity {}));
    assert_eq!(
        office.go(DESK, Command::RemoveGroup(RemoveGroup { group: ONE })),
        Err(Refusal::GroupInUse {})
    );
}

#[test]
fn what_a_group_needs_stays_and_an_idle_group_goes() {
    let mut office = Office::new();
    assert_eq!(
        office.go(DESK, Command::RemoveSubject { subject: SubjectId(1) }),
        Err(Refusal::SubjectInUse {})
    );
    let nobody = |leader: u32, subjects: &[u32]| {
        Command::SetGroup(SetGroup {
            group: None,
            name: "第二组".into(),
            leader: PersonId(leader),
            members: vec![],
            subjects: subjects.iter().map(|s| SubjectId(*s)).collect(),
        })
    };
    assert_eq!(office.go(DESK, nobody(9, &[1])), Err(Refusal::NoSuchPerson {}));
    assert_eq!(office.go(DESK, nobody(LEADER, &[])), Err(Refusal::NoSuchSubject {}));
    assert_eq!(office.go(DESK, nobody(LEADER, &[7])), Err(Refusal::NoSuchSubject {}));
    assert_eq!(
        office.go(DESK, group(Some(GroupId(5)), &[])),
        Err(Refusal::NoSuchGroup {})
    );
    office
        .go(DESK, Command::RemoveGroup(RemoveGroup { group: ONE }))
        .unwrap();
    assert_eq!(office.seen_by(Audience::Desk), None);
    let again = office.go(DESK, group(None, &[])).unwrap();
    assert_eq!(
        again,
        Reply::GroupAdded { group: GroupId(2) },
        "a number is not given twice"
    );
}

#[test]
fn a_group_goes_after_its_questionnaires_and_stays_with_one_that_was_put_to_the_public() {
    let mut office = Office::new();
    let survey = |questionnaire, group| {
        Command::SetQuestionnaire(SetQuestionnaire {
            questionnaire,
            group,
            title: "教育工作群众问卷".into(),
            intro: String::new(),
            subjects: vec![SubjectId(1)],
            access: Access::Open,
            questions: vec![SurveyQuestion {
                text: "您还有什么意见？".into(),
                answering: Answering::Optional,
                answer: AnswerForm::Text {},
            }],
        })
    };
    let remove = || Command::RemoveGroup(RemoveGroup { group: ONE });
    let first = QuestionnaireId(1);
    office.go(DESK, survey(None, Some(ONE))).unwrap();
    assert_eq!(
        office.go(DESK, remove()),
        Err(Refusal::GroupHasQuestionnaire { questionnaire: first })
    );
    office.go(DESK, survey(Some(first), None)).unwrap();
    office.go(DESK, remove()).expect("the draft is the office's now");

    let two = office.go(DESK, group(None, &[])).unwrap();
    assert_eq!(two, Reply::GroupAdded { group: GroupId(2) });
    office.go(DESK, survey(Some(first), Some(GroupId(2)))).unwrap();
    office
        .go(DESK, Command::OpenQuestionnaire { questionnaire: first })
        .unwrap();
    office
        .go(DESK, Command::CloseQuestionnaire { questionnaire: first })
        .unwrap();
    assert_eq!(
        office.go(DESK, Command::RemoveGroup(RemoveGroup { group: GroupId(2) })),
        Err(Refusal::GroupHasQuestionnaire { questionnaire: first }),
        "a closed one is part of what the group did"
    );
    assert!(office.case.investigation.get(GroupId(2)).is_ok());
}
