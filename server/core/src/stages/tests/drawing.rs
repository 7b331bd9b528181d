//! Lots: repeatable by anybody, and not to be steered by who calls them.

use super::*;

#[test]
fn a_lot_is_drawn_as_anybody_can_repeat_it() {
    let mut desk = Desk::of(4);
    assert_eq!(
        desk.call(LotPurpose::OralReport, &[4, 2, 1, 3], 2),
        Ok(Reply::LotCalled { lot: LOT })
    );
    assert_eq!(desk.case.sitting.screen, Screen::Lot { lot: LOT }, "the hall sees it");
    assert_eq!(desk.asked_of_the_office(), [OfficeWork::CommitLot { lot: LOT }]);
    let state = LotState::Called;
    assert_eq!(
        desk.draw("37"),
        Err(Refusal::LotState { state }),
        "nothing is drawn before the commitment"
    );
    desk.commit().unwrap();
    assert_eq!(
        desk.asked_of_the_office(),
        [],
        "the seed stays secret until a number is called out"
    );
    let state = LotState::Committed;
    assert_eq!(desk.reveal(SEED), Err(Refusal::LotState { state }));
    desk.draw(" 37 ").unwrap();
    assert_eq!(
        desk.draw("38"),
        Err(Refusal::LotState {
            state: LotState::Revealing
        }),
        "called out once"
    );
    assert_eq!(desk.asked_of_the_office(), [OfficeWork::RevealLot { lot: LOT }]);
    assert_eq!(desk.reveal(&SEED.replace('0', "1")), Err(Refusal::SeedDiffers {}));
    desk.reveal(SEED).unwrap();

    // Computed with `sha256sum` from the text that docs/lots.md names.
    let by_hand = [EXPECTED_ORDER[0], EXPECTED_ORDER[1]].map(SubjectId);
    assert_eq!(desk.case.lot(LOT).unwrap().drawn(), by_hand);
    for (id, s) in &desk.case.subjects {
        let drawn = by_hand.contains(id);
        assert_eq!(s.report == ReportForm::Oral, drawn, "subject {id}");
    }
    let state = LotState::Drawn;
    assert_eq!(desk.reveal(SEED), Err(Refusal::LotState { state }));
    let reason = "再抽一次".into();
    let cancel = Command::CancelLot(LotCancel { lot: LOT, reason });
    assert_eq!(
        desk.go(DESK, cancel),
        Err(Refusal::LotState { state }),
        "a drawn lot stands"
    );
}

/// In the order of `sha256sum` of `pingyi-lot/1|SEED|37|N`.
const EXPECTED_ORDER: [u32; 4] = [3, 4, 1, 2];

#[test]
fn the_digests_are_those_of_sha256() {
    assert_eq!(
        commitment(SEED).unwrap(),
        "4773d12e2371bb935b9a0f5439b4a1c3ad3f2414b86980f8418d1cfabdfadfef"
    );
    assert_eq!(
        digest(SEED, "37", SubjectId(1)),
        "3abaef1a63a2229cdd0e7534a4683e04e4dd77395110dcc9f2ea8bc7d2b669c9"
    );
    assert_eq!(commitment("00"), None);
    assert_eq!(commitment(&"Z".repeat(64)), None);
}

#[test]
fn what_is_called_out_decides_the_draw() {
    let drawn = |called: &str| {
        let mut desk = Desk::of(20);
        let all: Vec<u32> = (1..=20).collect();
        desk.call(LotPurpose::OralReport, &all, 4).unwrap();
        desk.commit().unwrap();
        desk.draw(called).unwrap();
        desk.reveal(SEED).unwrap();
        desk.case.lot(LOT).unwrap().drawn()
    };
    assert_eq!(drawn("37"), drawn("37"));
    assert_ne!(drawn("37"), drawn("38"));
}

#[test]
fn who_is_not_drawn_leaves_the_list_but_stays_on_the_record() {
    let mut desk = Desk::of(4);
    desk.call(LotPurpose::Appraised, &[1, 2, 3, 4], 1).unwrap();
    desk.commit().unwrap();
    desk.draw("37").unwrap();
    desk.reveal(SEED).unwrap();
    let left: Vec<_> = desk.case.subjects.keys().copied().collect();
    let lot = desk.case.lot(LOT).unwrap();
    assert_eq!(left, lot.drawn());
    let units: Vec<_> = lot.candidates.iter().map(|c| c.unit.as_str()).collect();
    assert_eq!(units, ["第1局", "第2局", "第3局", "第4局"]);
}

#[test]
fn a_lot_that_cannot_be_is_refused() {
    let mut desk = Desk::of(3);
    let oral = LotPurpose::OralReport;
    assert_eq!(desk.call(oral, &[1, 2, 9], 1), Err(Refusal::NoSuchSubject {}));
    assert_eq!(desk.call(oral, &[1, 2, 2], 1), Err(Refusal::SubjectTwice {}));
    let (min, max) = (1, 2);
    assert_eq!(desk.call(oral, &[1, 2, 3], 3), Err(Refusal::OutOfRange { min, max }));
    assert_eq!(desk.call(oral, &[1, 2, 3], 0), Err(Refusal::OutOfRange { min, max }));
    desk.call(oral, &[1, 2, 3], 1).unwrap();
    let state = LotState::Called;
    assert_eq!(
        desk.call(oral, &[1, 2, 3], 1),
        Err(Refusal::LotState { state }),
        "one at a time"
    );
    let reason = "名单有误".into();
    desk.go(DESK, Command::CancelLot(LotCancel { lot: LOT, reason }))
        .unwrap();
    assert_eq!(
        desk.commit(),
        Err(Refusal::LotState {
            state: LotState::Cancelled
        })
    );
    desk.call(oral, &[1, 2], 1).unwrap();

    let mut desk = Desk::of(2);
    let items = vec![AgendaEntry {
        kind: ItemKind::Report,
        title: "述职".into(),
        subject: Some(SubjectId(1)),
        subjects: Vec::new(),
    }];
    desk.go(DESK, Command::SetAgenda { items }).unwrap();
    assert_eq!(
        desk.call(LotPurpose::Appraised, &[1, 2], 1),
        Err(Refusal::SubjectInUse {}),
        "the agenda counts on both"
    );
}
