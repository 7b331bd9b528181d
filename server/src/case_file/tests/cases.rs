//! The cases that are written and checked: secret, named, and by items and groups.

use super::rig::{CHAIR, DEPUTIES, FIRST, Hall, SECOND};
use pingyi_core::ballot::{Secrecy, VoidCause};
use pingyi_core::command::Command;
use pingyi_core::ids::{ItemId, PersonId};
use pingyi_core::rules::built_in;
use pingyi_core::rules::profile::{Combine, PublishedWhen};

/// A round voided while open, one announced and released, and a second ballot that is open with two tokens out.
pub fn secret_case() -> Hall {
    secret_case_of([(1, 1), (2, 1), (3, 2), (4, 1)])
}

/// The same with these choices of each person in the round that counts.
pub fn secret_case_of(choices: [(u32, u8); 4]) -> Hall {
    let mut hall = Hall::new(Secrecy::Secret);
    hall.open(FIRST);
    hall.secret_vote(PersonId(3), FIRST, 3);
    hall.give(
        CHAIR,
        Command::VoidBallot {
            ballot: FIRST,
            cause: VoidCause::SystemFailure,
            note: "投影故障".into(),
        },
    );
    hall.perform_duties();
    hall.open(FIRST);
    for (person, choice) in choices {
        hall.secret_vote(PersonId(person), FIRST, choice);
    }
    hall.announce(FIRST);
    hall.give(CHAIR, Command::BeginItem { item: ItemId(3) });
    hall.open(SECOND);
    hall.secret_vote(PersonId(1), SECOND, 1);
    hall.secret_vote(PersonId(2), SECOND, 3);
    hall
}

pub fn named_case() -> Hall {
    let mut hall = Hall::new(Secrecy::Named);
    hall.open(FIRST);
    for (person, choice) in [(1, 0), (2, 1), (3, 0), (1, 2)] {
        hall.named_vote(PersonId(person), FIRST, choice);
    }
    hall.announce(FIRST);
    hall
}

/// Two items and two groups of voters, three to two: a ballot a group, and one verdict.
pub fn items_case(secrecy: Secrecy) -> Hall {
    items_case_shown_from(secrecy, 0)
}

/// The same, where a group's own votes are shown from so many papers on.
pub fn items_case_shown_from(secrecy: Secrecy, shown_from: u32) -> Hall {
    let mut rule = built_in::profile("songyang_items").unwrap().unwrap();
    let mut groups = built_in::profile("weighted_groups").unwrap().unwrap().groups;
    for group in &mut groups {
        group.shown_from = shown_from;
    }
    let deputies = groups[1].label.clone();
    (rule.name, rule.groups, rule.combine) = ("items_and_groups".into(), groups, Combine::WeightedShares);
    (rule.secrecy, rule.publication.when) = (secrecy, PublishedWhen::OnTheSpot);
    assert_eq!(rule.faults(), []);
    let rule = Command::AdoptProfile {
        confirmed: rule.assumed.clone(),
        profile: Box::new(rule),
    };
    let mut hall = Hall::by_rule(secrecy, rule, &DEPUTIES.map(|name| (name, deputies.as_str())));
    hall.open(FIRST);
    let votes = [
        (1, [1, 1]),
        (2, [1, 3]),
        (3, [1, 1]),
        (4, [2, 1]),
        (6, [1, 3]),
        (7, [2, 2]),
    ];
    for (person, choices) in votes {
        let ballot = if person <= 5 { FIRST } else { SECOND };
        let places = choices.map(u32::from).map(|place| place - 1);
        match secrecy {
            Secrecy::Secret => hall.secret_votes(PersonId(person), ballot, &choices),
            Secrecy::Named => hall.named_votes(PersonId(person), ballot, &places),
        }
    }
    hall.announce(FIRST);
    hall
}
