//! A sitting of five members at its evaluation, driven order by order, with what becomes due in between.

use super::*;
use crate::refusal::Refusal;
use crate::rules::Profile;

pub struct Hall {
    pub case: Appraisal,
    n: u32,
}

impl Hall {
    pub fn open(secrecy: Secrecy, sheets: Sheets) -> Hall {
        Hall::at_the_evaluation(open_case(secrecy, sheets))
    }

    /// By another rule than the usual one, everything in it confirmed. The attendee is of the group of that name.
    pub fn by_rule(profile: Profile, sheets: Sheets, attendee_of: &str) -> Hall {
        assert_eq!(profile.faults(), []);
        let mut case = prepared_case(sheets);
        case.roster.people.get_mut(&PersonId(MEMBERS + 1)).unwrap().group = attendee_of.into();
        let confirmed = profile.assumed.clone();
        let profile = Box::new(profile);
        let orders = [
            (DESK, Command::AdoptProfile { profile, confirmed }),
            (CHAIR, Command::OpenSitting {}),
        ];
        for (n, (actor, command)) in orders.into_iter().enumerate() {
            let stamped = Stamped {
                id: id(50 + n as u128),
                actor,
                at: START + 5,
                expects: None,
                command,
            };
            case.apply(&stamped).verdict.unwrap();
        }
        Hall::at_the_evaluation(case)
    }

    fn at_the_evaluation(case: Appraisal) -> Hall {
        let mut hall = Hall { case, n: 0 };
        for p in 1..=MEMBERS {
            hall.go(person(p), Command::CheckIn {}).unwrap();
        }
        hall.go(CHAIR, Command::BeginItem { item: ItemId(3) }).unwrap();
        hall
    }

    /// Presents and opens a ballot, and its sheet with it, without a time limit.
    pub fn open_ballot(&mut self, ballot: BallotId) {
        self.go(CHAIR, Command::PresentBallot { ballot }).unwrap();
        self.go(CHAIR, Command::OpenBallot { ballot, limit_s: 0 }).unwrap();
    }

    pub fn close_ballot(&mut self, ballot: BallotId) {
        self.go(CHAIR, Command::CloseBallot { ballot }).unwrap();
    }

    /// Ten seconds later, with what became due in between.
    pub fn go(&mut self, actor: Actor, command: Command) -> Result<(), Refusal> {
        self.n += 1;
        let at = START + 20_000 + i64::from(self.n) * 10_000;
        let expects = expects(&self.case, &command);
        let verdict = self.apply(u128::from(self.n) * 1000, actor, at, expects, command);
        self.settle(at + 9_000);
        verdict
    }

    fn settle(&mut self, at: i64) {
        for k in 1.. {
            let due = duties::duties(&self.case).into_iter().find(|d| d.due_at <= at);
            let Some(duty) = due else { break };
            let command = follow::brought_back(&self.case, duty.work);
            let id = u128::from(self.n) * 1000 + k;
            self.apply(id, Actor::System {}, at, None, command).unwrap();
        }
    }

    pub fn apply(
        &mut self,
        n: u128,
        actor: Actor,
        at: i64,
        expects: Option<Expects>,
        command: Command,
    ) -> Result<(), Refusal> {
        let stamped = Stamped {
            id: id(10_000 + n),
            actor,
            at,
            expects,
            command,
        };
        let outcome = self.case.apply(&stamped);
        assert_eq!(invariants::breach(&self.case), None);
        outcome.verdict.map(|_| ())
    }

    pub fn states(&self) -> [BallotState; 2] {
        [1, 2].map(|b| self.case.ballots[&BallotId(b)].state)
    }

    pub fn blocked(&self) -> Value {
        render(&self.case, &Surroundings::default(), Audience::Chair, Key::Console).unwrap()["blocked"].clone()
    }

    pub fn next(&self) -> Value {
        render(&self.case, &Surroundings::default(), Audience::Chair, Key::Console).unwrap()["next"].clone()
    }
}

pub const ONE: BallotId = BallotId(1);
pub const TWO: BallotId = BallotId(2);

pub fn take_token(p: u32, ballot: BallotId, round: u32) -> (Actor, Command) {
    let command = Command::TakeToken {
        ballot,
        round,
        blinded: "A".repeat(43),
        signature: String::new(),
    };
    (person(p), command)
}
