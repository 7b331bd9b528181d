//! The case meets again: rounds of rectification until a subject is satisfactory, each with the roster of its day.

use super::rig::{Hall, ONE, TWO};
use super::*;
use crate::appraisal::sittings::Convening;
use crate::follow_up::rounds::{Escalation, EscalationStep, RoundOrder};
use crate::refusal::Refusal;
use crate::rules::{Profile, built_in};
use crate::sitting::SittingState;

fn convene(name: &str) -> Command {
    Command::Convene(Convening {
        session_name: name.into(),
        held_on: "2024-01-01".into(),
    })
}

fn order(until: &str) -> Command {
    Command::OrderRound(RoundOrder {
        subject: SubjectId(1),
        on: "2024-01-01".into(),
        until: until.into(),
        note: "主任会议责成继续整改".into(),
    })
}

fn vote(hall: &mut Hall, ballot: BallotId, choices: &[u32]) {
    hall.open_ballot(ballot);
    for (p, choice) in (1..).zip(choices) {
        let cast = Command::CastVote {
            ballot,
            round: 1,
            choice: *choice,
            signature: String::new(),
        };
        hall.go(person(p), cast).unwrap();
    }
    hall.close_ballot(ballot);
    hall.go(CHAIR, Command::AnnounceBallot { ballot }).unwrap();
}

/// The first sitting is over: one subject was measured, the other was not.
fn over() -> Hall {
    let mut hall = Hall::open(Secrecy::Named, Sheets::Apart);
    vote(&mut hall, ONE, &[0, 0, 0, 1, 2]);
    hall.go(CHAIR, Command::CloseSitting {}).unwrap();
    hall
}

/// An agenda of nothing but a subject's evaluation.
fn evaluate(subject: u32) -> Command {
    Command::SetAgenda {
        items: vec![AgendaEntry {
            kind: ItemKind::Evaluation,
            title: "满意度测评".into(),
            subject: Some(SubjectId(subject)),
            subjects: Vec::new(),
        }],
    }
}

/// A sitting that was convened begins with everybody there, at the first subject's evaluation.
fn evaluation(hall: &mut Hall) -> BallotId {
    hall.go(DESK, evaluate(1)).unwrap();
    hall.go(CHAIR, Command::OpenSitting {}).unwrap();
    for p in 1..=MEMBERS {
        hall.go(person(p), Command::CheckIn {}).unwrap();
    }
    let item = *hall.case.sitting.agenda.keys().next().unwrap();
    hall.go(CHAIR, Command::BeginItem { item }).unwrap();
    hall.case.ballot_of_subject(SubjectId(1)).unwrap().0
}

/// A later sitting on the first subject's rectification, at its evaluation.
fn again(hall: &mut Hall, name: &str) -> BallotId {
    hall.go(DESK, convene(name)).unwrap();
    let profile = built_in::profile("seed_rectification").unwrap().unwrap();
    let profile = Box::new(Profile {
        secrecy: Secrecy::Named,
        ..profile
    });
    let confirmed = profile.assumed.clone();
    hall.go(DESK, Command::AdoptProfile { profile, confirmed }).unwrap();
    evaluation(hall)
}

fn opinions(hall: &Hall) -> Value {
    let shown = render(&hall.case, &Surroundings::default(), Audience::Desk, Key::FollowUp).unwrap();
    shown["opinions"][0].clone()
}

#[test]
fn rectification_goes_on_until_no_more_than_half_of_all_members_are_dissatisfied() {
    let mut hall = over();
    assert_eq!(hall.go(DESK, order("2024-02-01")), Err(Refusal::NothingDue {}));
    let second = again(&mut hall, "第十五次会议");
    assert_ne!(second, ONE);
    // Three of five members are dissatisfied: more than half of all, though two have not voted.
    vote(&mut hall, second, &[2, 2, 2]);
    assert_eq!(opinions(&hall)["to_order"], true);
    hall.go(CHAIR, Command::CloseSitting {}).unwrap();
    hall.go(DESK, order("2024-02-01")).unwrap();
    assert_eq!(
        hall.go(DESK, order("2024-02-01")),
        Err(Refusal::NothingDue {}),
        "ordered once"
    );
    let due = hall
        .case
        .due(crate::follow_up::DueMatter::FurtherReport, Some(SubjectId(1)))
        .unwrap();
    assert_eq!(crate::follow_up::day::write(due.due_on()), "2024-02-01");

    let third = again(&mut hall, "第十八次会议");
    vote(&mut hall, third, &[2, 2, 0, 0, 0]);
    let shown = opinions(&hall);
    assert_eq!(shown["to_order"], false);
    let results: Vec<_> = shown["results"].as_array().unwrap().iter().collect();
    let said: Vec<_> = results
        .iter()
        .map(|r| {
            (
                r["session_name"].as_str().unwrap(),
                r["grade"]["label"].as_str().unwrap(),
                r["goes_on"].as_bool(),
            )
        })
        .collect();
    assert_eq!(said[0].1, "满意");
    assert_eq!(said[1], ("第十五次会议", "责成继续整改", Some(true)));
    assert_eq!(said[2], ("第十八次会议", "整改情况予以认可", Some(false)));
    // The grade of the duty report stays what it was.
    let subject = render(
        &hall.case,
        &Surroundings::default(),
        Audience::Desk,
        Key::Subject(SubjectId(1)),
    )
    .unwrap();
    assert_eq!(subject["grade"]["label"], "满意");
}

#[test]
fn a_later_sitting_has_its_own_attendance_rule_and_numbers() {
    let mut hall = over();
    let before = render(&hall.case, &Surroundings::default(), Audience::Public, Key::Ballot(ONE)).unwrap();
    hall.go(DESK, convene("第十五次会议")).unwrap();
    assert_eq!(hall.case.roster.present(), 0);
    assert_eq!(hall.case.sitting_number(), 2);
    let again = render(&hall.case, &Surroundings::default(), Audience::Public, Key::Ballot(ONE)).unwrap();
    assert_eq!(before, again, "what was announced does not change by another rule");
    // The roster of the day: two more members make 7, so that 3 of 5 are no majority any more.
    for name in ["新委员甲", "新委员乙"] {
        let person = RosterEntry {
            name: name.into(),
            kind: PersonKind::Member,
            title: String::new(),
            group: String::new(),
            seat: String::new(),
        };
        hall.go(DESK, Command::AddPerson { person }).unwrap();
    }
    hall.go(DESK, Command::CancelConvening {}).unwrap();
    assert_eq!(hall.case.sitting_number(), 1);
    assert_eq!(hall.case.sitting.state, SittingState::Closed);
    assert_eq!(hall.case.roster.present(), MEMBERS);
    let second = self::again(&mut hall, "第十五次会议");
    vote(&mut hall, second, &[2, 2, 2]);
    assert_eq!(opinions(&hall)["results"][1]["goes_on"], false);
    assert_eq!(hall.case.ballots[&second].result.as_ref().unwrap().due, 7);
}

#[test]
fn what_belongs_to_a_past_sitting_is_not_touched_any_more() {
    let mut hall = over();
    let second = again(&mut hall, "第十五次会议");
    let void = Command::VoidBallot {
        ballot: ONE,
        cause: VoidCause::SystemFailure,
        note: "误操作".into(),
    };
    assert_eq!(hall.go(CHAIR, void), Err(Refusal::SittingClosed {}));
    // The subject that was not measured then has a ballot of the past, which cannot be presented now.
    assert_eq!(
        hall.go(CHAIR, Command::PresentBallot { ballot: TWO }),
        Err(Refusal::SittingClosed {})
    );
    hall.go(CHAIR, Command::PresentBallot { ballot: second }).unwrap();
}

#[test]
fn nothing_is_measured_again_before_it_was_measured_and_nobody_meets_over_a_sealed_result() {
    let mut hall = Hall::open(Secrecy::Named, Sheets::Apart);
    hall.open_ballot(ONE);
    hall.close_ballot(ONE);
    assert_eq!(
        hall.go(DESK, convene("第十五次会议")),
        Err(Refusal::SittingAlreadyOpen {})
    );
    hall.go(CHAIR, Command::CloseSitting {}).unwrap();
    assert_eq!(
        hall.go(DESK, convene("第十五次会议")),
        Err(Refusal::ResultNotAnnounced {})
    );

    let mut hall = over();
    hall.go(DESK, convene("第十五次会议")).unwrap();
    let profile = Box::new(built_in::profile("seed_rectification").unwrap().unwrap());
    let confirmed = profile.assumed.clone();
    hall.go(DESK, Command::AdoptProfile { profile, confirmed }).unwrap();
    let items = vec![AgendaEntry {
        kind: ItemKind::Evaluation,
        title: "整改情况满意度测评".into(),
        subject: Some(SubjectId(2)),
        subjects: Vec::new(),
    }];
    hall.go(DESK, Command::SetAgenda { items }).unwrap();
    assert_eq!(
        hall.go(CHAIR, Command::OpenSitting {}),
        Err(Refusal::ResultNotAnnounced {})
    );
}

#[test]
fn steps_up_the_ladder_are_on_the_record() {
    let mut hall = over();
    let step = |subject| {
        Command::Escalate(EscalationStep {
            subject: SubjectId(subject),
            step: Escalation::Talk,
            on: "2024-01-01".into(),
            note: "主任会议约谈".into(),
        })
    };
    assert_eq!(hall.go(DESK, step(2)), Err(Refusal::ResultNotAnnounced {}));
    hall.go(DESK, step(1)).unwrap();
    assert_eq!(opinions(&hall)["escalations"][0]["step"], "talk");
}

#[test]
fn a_cancelled_convening_leaves_rule_and_attendance_as_they_were() {
    let mut hall = over();
    let before = hall.case.clone();
    hall.go(DESK, convene("第十五次会议")).unwrap();
    let profile = Box::new(Profile {
        secrecy: Secrecy::Secret,
        ..built_in::profile("seed_rectification").unwrap().unwrap()
    });
    let confirmed = profile.assumed.clone();
    hall.go(DESK, Command::AdoptProfile { profile, confirmed }).unwrap();
    hall.go(DESK, Command::CancelConvening {}).unwrap();
    assert_eq!(
        hall.case.settings, before.settings,
        "votes stay as the rule of the record has them"
    );
    assert_eq!(
        hall.case.roster, before.roster,
        "the hour of every check-in is on the sheet"
    );
}

#[test]
fn who_was_appraised_is_not_appraised_once_more_by_mistake() {
    let mut hall = over();
    hall.go(DESK, convene("第十五次会议")).unwrap();
    hall.go(DESK, evaluate(1)).unwrap();
    let subject = SubjectId(1);
    assert_eq!(
        hall.go(CHAIR, Command::OpenSitting {}),
        Err(Refusal::AppraisedAlready { subject }),
        "the rule for rectification was not adopted"
    );
    hall.go(DESK, evaluate(2)).unwrap();
    hall.go(CHAIR, Command::OpenSitting {}).expect("that one was put off");
}

/// Nothing was measured at the first sitting: there was nothing to send to the party committee.
#[test]
fn results_are_due_from_the_sitting_that_had_one() {
    const WEEKS_MS: i64 = 40 * 86_400_000;
    let mut hall = Hall::open(Secrecy::Named, Sheets::Apart);
    hall.go(CHAIR, Command::CloseSitting {}).unwrap();
    hall.go(DESK, convene("第十五次会议")).unwrap();
    let first = hall.case.past.first_mut().unwrap();
    (first.sitting.opened_at, first.sitting.closed_at) = (START - WEEKS_MS, START - WEEKS_MS);
    let ballot = evaluation(&mut hall);
    vote(&mut hall, ballot, &[0, 0, 0]);
    hall.go(CHAIR, Command::CloseSitting {}).unwrap();
    let due = hall.case.due(crate::follow_up::DueMatter::Results, None).unwrap();
    assert_eq!(crate::follow_up::day::write(due.anchor_on), "2024-01-01");
}

/// Its report stands on the agenda of a sitting that is over: the minutes would name nobody.
#[test]
fn a_subject_of_a_past_agenda_stays_on_the_record() {
    let mut hall = over();
    let entry = SubjectEntry {
        officer: String::new(),
        post: "局长".into(),
        unit: "区民政局".into(),
        report: ReportForm::Written,
    };
    hall.go(DESK, convene("第十五次会议")).unwrap();
    hall.go(DESK, Command::AddSubject { subject: entry }).unwrap();
    let subject = SubjectId(3);
    let items = vec![AgendaEntry {
        kind: ItemKind::Report,
        title: "书面述职".into(),
        subject: Some(subject),
        subjects: Vec::new(),
    }];
    hall.go(DESK, Command::SetAgenda { items }).unwrap();
    hall.go(CHAIR, Command::OpenSitting {}).unwrap();
    hall.go(CHAIR, Command::CloseSitting {}).unwrap();
    hall.go(DESK, convene("第十六次会议")).unwrap();
    assert_eq!(
        hall.go(DESK, Command::RemoveSubject { subject }),
        Err(Refusal::SubjectInUse {})
    );
}
