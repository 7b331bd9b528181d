//! The demonstration with all that lies around its sitting: it builds by orders that nobody refuses, and what it built
//! holds like any other case.

use pingyi::app::App;
use pingyi::case_file::{Extent, Standing, SurveyStanding, read_journal, verify, write};
use pingyi::commands::{Hands, open_whole};
use pingyi::sample::{Evaluation, Sample};
use pingyi_core::follow_up::{DueMatter, day};
use pingyi_core::ids::{IssueId, SubjectId};
use pingyi_core::ledger::{CheckFinding, LineState};
use pingyi_core::sitting::SittingState;
use pingyi_core::stages::Stage;
use pingyi_core::views::results;

#[tokio::test]
async fn a_demonstration_shows_a_whole_case_and_every_file_of_it_holds() {
    let data = tempfile::tempdir().unwrap();
    let (clock, hands) = Hands::new();
    let machine = pingyi::clock::Clock::default();
    let app = App::open(data.path(), 0, Some("http://127.0.0.1:1"), clock.clone())
        .await
        .unwrap();
    let sample = Sample {
        evaluation: Evaluation::OneSheet,
        ..Sample::default()
    };
    let demo = open_whole(&app, &hands, sample).await.expect("no order is refused");
    assert!(
        (clock.now_ms() - machine.now_ms()).abs() < 1_000,
        "the clock is the machine's again"
    );
    let earlier = demo.earlier.expect("last year's case");
    let today = day::BEIJING.day_of(machine.now_ms()).unwrap();

    let case = app.outer.registry.get(demo.appraisal).unwrap();
    case.look(|c| {
        assert_eq!((c.sitting.state, c.stage()), (SittingState::Open, Stage::Sitting));
        let reports = c.investigation.groups.values().filter_map(|g| g.standing());
        assert_eq!(
            reports.filter(|r| r.heard.is_some()).count(),
            4,
            "the council heard all groups"
        );
        let surveys: Vec<_> = c.questionnaires.all.values().collect();
        assert_eq!(surveys[0].result.as_ref().map(|r| r.answers), Some(86));
        assert!(c.issues.issues.values().all(|i| i.live() && !i.sources.is_empty()));
        assert_eq!(c.sitting.opened_at, c.now, "it opens now, not in the past");
    });

    let case = app.outer.registry.get(earlier.appraisal).unwrap();
    case.look(|c| {
        let grades = |subject| {
            results(c, subject)
                .into_iter()
                .map(|r| r.grade.label)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            grades(SubjectId(1)),
            ["基本满意", "责成继续整改", "整改情况予以认可"],
            "dissatisfied first, then satisfied"
        );
        assert_eq!(grades(SubjectId(3)), ["基本满意", "责成继续整改", "责成继续整改"]);
        let late = c
            .due(DueMatter::FurtherReport, Some(SubjectId(3)))
            .expect("a further report is due");
        assert!(late.done_on.is_none() && late.due_on() < today, "it is late today");
        let line = |n| &c.ledger.lines[&IssueId(n)];
        assert_eq!(
            line(7).last_check().map(|check| check.finding),
            Some(CheckFinding::Fake)
        );
        let open: Vec<_> = c
            .ledger
            .lines
            .values()
            .filter(|l| l.closed.is_none())
            .map(|l| l.state)
            .collect();
        for state in [
            LineState::NotStarted,
            LineState::Underway,
            LineState::Done,
            LineState::LongTerm,
        ] {
            assert!(open.contains(&state), "{state:?} can be seen");
        }
        assert!(c.lots().all(|(_, lot)| lot.drawn().len() == 2), "the lot is drawn");
    });

    for (appraisal, rounds) in [(demo.appraisal, 0), (earlier.appraisal, 10)] {
        let entries = read_journal(&*app.journal, appraisal).await.unwrap();
        let file = write(appraisal, &entries, app.outer.archive.stores(), Extent::Archive).unwrap();
        let report = verify(&file, entries.last().map(|e| e.link)).expect("the file holds");
        assert_eq!(report.rounds.len(), rounds);
        let surveys: Vec<_> = report.surveys.iter().map(|s| (s.standing, s.answers)).collect();
        assert_eq!(
            surveys,
            [(SurveyStanding::Recounted, 86)],
            "the questionnaire can be recounted too"
        );
        if appraisal == earlier.appraisal {
            let checked = report.rounds.iter().filter(|r| r.standing == Standing::BoardChecked);
            assert_eq!(checked.count(), rounds, "every secret round can be recounted");
        }
    }
}
