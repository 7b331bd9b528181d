//! Plans and reports: when they can be filed, what a return does, one report a round.

use super::*;

#[test]
fn a_plan_needs_measure_owner_and_day_of_every_line_and_completes_what_is_due() {
    let mut office = Office::received();
    office.write(OFFICER, FIRST, planned("2024-02-29")).unwrap();
    assert_eq!(office.file_plan(OFFICER), Err(Refusal::PlanIncomplete { lines: 1 }));
    office.plan_all();
    let without_words = FilingEntry {
        summary: " ".into(),
        ..filing("")
    };
    let field = TextField::Summary;
    assert_eq!(
        office.give(OFFICER, Command::FilePlan(without_words)),
        Err(Refusal::TextMissing { field })
    );
    office.file_plan(OFFICER).unwrap();
    assert_eq!(office.done_on(DueMatter::Plan), Some("2023-12-15".into()));
    assert_eq!(
        office.write(OFFICER, FIRST, planned("2024-05-01")),
        Err(Refusal::PlanFiled {}),
        "who is late does not grant itself a later day"
    );
    office.write(DESK, FIRST, planned("2024-03-10")).unwrap();
    office.write(OFFICER, FIRST, planned("2024-03-10")).unwrap();
    let emptied = LineEntry {
        measure: String::new(),
        ..planned("2024-03-10")
    };
    let field = TextField::Measure;
    assert_eq!(
        office.write(OFFICER, FIRST, emptied),
        Err(Refusal::TextMissing { field }),
        "a filed plan is not emptied"
    );
}

#[test]
fn a_returned_plan_is_due_again_and_stays_beside_its_reason() {
    let mut office = Office::received();
    office.plan_all();
    let give_back = ReturnFiling {
        subject: SubjectId(1),
        matter: DueMatter::Plan,
        reason: "措施不具体".into(),
    };
    assert_eq!(
        office.give(DESK, Command::ReturnFiling(give_back.clone())),
        Err(Refusal::NothingFiled {})
    );
    office.file_plan(OFFICER).unwrap();
    office.give(DESK, Command::ReturnFiling(give_back)).unwrap();
    assert_eq!(office.done_on(DueMatter::Plan), None);
    assert!(
        office.ledger(Audience::Member).unwrap().plans.is_empty(),
        "members read what is on the table"
    );
    office.days = 10;
    office.write(OFFICER, FIRST, planned("2024-03-01")).unwrap();
    office.file_plan(OFFICER).unwrap();
    office.file_plan(OFFICER).unwrap();
    assert_eq!(office.done_on(DueMatter::Plan), Some("2023-12-18".into()));
    let accept = Command::TakeFiling(TakeFiling {
        subject: SubjectId(1),
        matter: DueMatter::Plan,
    });
    office.give(DESK, accept.clone()).unwrap();
    assert_eq!(office.give(DESK, accept), Err(Refusal::FilingAccepted {}));
    assert_eq!(office.file_plan(OFFICER), Err(Refusal::FilingAccepted {}));
    let plans = office.ledger(Audience::Desk).unwrap().plans;
    assert_eq!(plans.len(), 2, "a filing nobody judged was replaced by the next");
    assert!(matches!(&plans[0].verdict, views::VerdictView::Returned { reason, .. } if reason == "措施不具体"));
}

#[test]
fn only_the_desk_enters_a_paper_that_came_in_earlier() {
    let mut office = Office::received();
    office.days = 90;
    let report = |on: &str| Command::FileRectification(filing(on));
    assert_eq!(office.give(OFFICER, report("2024-03-01")), Err(Refusal::NotAllowed {}));
    assert_eq!(office.give(OTHER, report("")), Err(Refusal::NotAllowed {}));
    assert!(matches!(
        office.give(DESK, report("2023-12-14")),
        Err(Refusal::DayTooEarly { .. })
    ));
    assert!(matches!(
        office.give(DESK, report("2024-03-08")),
        Err(Refusal::DayTooLate { .. })
    ));
    office.give(DESK, report("2024-03-01")).unwrap();
    assert_eq!(office.done_on(DueMatter::Report), Some("2024-03-01".into()));
    let reports = office.ledger(Audience::Member).unwrap().reports;
    assert_eq!((reports[0].by, reports[0].round), (FiledBy::Desk, 1));
    let mut office = Office::approved();
    let refused = office.give(DESK, Command::FileRectification(filing("")));
    assert_eq!(refused, Err(Refusal::OpinionsNotReceived {}));
}

#[test]
fn each_ordered_round_takes_a_report_of_its_own() {
    let mut office = Office::received();
    let report = || Command::FileRectification(filing(""));
    office.give(OFFICER, report()).unwrap();
    office.days = 100;
    let round = Round {
        ballot: BallotId(1),
        ordered_on: "2024-03-11".parse().unwrap(),
        until: "2024-05-31".parse().unwrap(),
        note: String::new(),
        report: Progress::default(),
    };
    let opinions = office.case.follow_up.subjects.get_mut(&SubjectId(1)).unwrap();
    opinions.rounds.push(round);
    let give_back = Command::ReturnFiling(ReturnFiling {
        subject: SubjectId(1),
        matter: DueMatter::Report,
        reason: "补充".into(),
    });
    assert_eq!(
        office.give(DESK, give_back.clone()),
        Err(Refusal::NothingFiled {}),
        "the first report was measured; it does not come back"
    );
    office.give(OFFICER, report()).unwrap();
    assert_eq!(office.done_on(DueMatter::FurtherReport), Some("2024-03-17".into()));
    let rounds = |office: &Office| {
        let reports = office.ledger(Audience::Desk).unwrap().reports;
        reports.iter().map(|r| r.round).collect::<Vec<_>>()
    };
    assert_eq!(rounds(&office), [1, 2]);
    office.give(DESK, give_back).unwrap();
    assert_eq!(office.done_on(DueMatter::FurtherReport), None);
    assert_eq!(office.done_on(DueMatter::Report), Some("2023-12-15".into()));
}

/// The paper came in time; its copy on the page does not make it late.
#[test]
fn the_day_that_the_desk_recorded_stands_when_the_copy_is_filed_later() {
    let mut office = Office::received();
    office.plan_all();
    office.days = 20;
    let came = Command::CompleteMatter {
        matter: DueMatter::Plan,
        subject: Some(SubjectId(1)),
        on: "2023-12-20".into(),
    };
    office.give(DESK, came).unwrap();
    office.days = 60;
    office.file_plan(OFFICER).unwrap();
    assert_eq!(office.done_on(DueMatter::Plan), Some("2023-12-20".into()));
    office.days = 70;
    office.file_plan(OFFICER).unwrap();
    assert_eq!(
        office.done_on(DueMatter::Plan),
        Some("2023-12-20".into()),
        "a better copy neither"
    );
}

#[test]
fn a_closed_case_stores_no_more_documents() {
    let mut office = Office::received();
    assert!(office.case.may_file_documents(PersonId(1)));
    let reason = "中止".into();
    office
        .give(DESK, Command::CloseCase(crate::stages::CaseClosing { reason }))
        .unwrap();
    assert!(!office.case.may_file_documents(PersonId(1)));
}
