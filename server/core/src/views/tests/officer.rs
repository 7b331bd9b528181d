//! The officer of a subject on the roster: heard, never one of those who vote.

use super::*;
use crate::refusal::Refusal;

const OFFICER: PersonId = PersonId(MEMBERS + 1);

fn go(case: &mut Appraisal, n: u128, command: Command) -> Result<(), Refusal> {
    let stamped = Stamped {
        id: id(900 + n),
        actor: DESK,
        at: START + 10,
        expects: None,
        command,
    };
    case.apply(&stamped).verdict.map(|_| ())
}

fn row(name: &str, kind: PersonKind) -> RosterEntry {
    RosterEntry {
        name: name.into(),
        kind,
        title: String::new(),
        group: String::new(),
        seat: String::new(),
    }
}

#[test]
fn an_officer_is_made_no_member_in_any_way() {
    let mut case = prepared_case(Sheets::Apart);
    let officer = |person| Command::SetOfficer {
        subject: SubjectId(1),
        person,
    };
    let is_member = |person| Err(Refusal::OfficerIsMember { person });
    assert_eq!(go(&mut case, 1, officer(Some(PersonId(1)))), is_member(PersonId(1)));
    go(&mut case, 2, officer(Some(OFFICER))).unwrap();
    let name = case.name_of(OFFICER).to_owned();
    let correct = |kind| Command::CorrectPerson {
        person: OFFICER,
        entry: row(&name, kind),
    };
    assert_eq!(go(&mut case, 3, correct(PersonKind::Member)), is_member(OFFICER));
    let import = |kind| Command::ImportRoster {
        people: vec![row("新委员", PersonKind::Member), row(&name, kind)],
    };
    let before = case.roster.clone();
    assert_eq!(go(&mut case, 4, import(PersonKind::Member)), is_member(OFFICER));
    assert!(
        before.people.keys().eq(case.roster.people.keys()),
        "nothing of the file was taken"
    );
    go(&mut case, 5, import(PersonKind::Attendee)).unwrap();
    go(&mut case, 6, officer(None)).unwrap();
    go(&mut case, 7, correct(PersonKind::Member)).expect("nobody's officer any more");
}
