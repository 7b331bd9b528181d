//! What became of a command: accepted with a reply, or refused; and which parts of the views it touched.

use crate::ids::{BallotId, GroupId, IssueId, LotId, PersonId, QuestionId, QuestionnaireId, RemarkId, SubjectId};
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

wire! {
    /// The answer to an accepted command, as it goes into the receipt.
    #[derive(Copy)]
    #[serde(tag = "type", rename_all = "snake_case")]
    pub enum Reply {
        Done {},
        PersonAdded { person: PersonId },
        SubjectAdded { subject: SubjectId },
        QuestionAsked { question: QuestionId },
        GroupAdded { group: GroupId },
        QuestionnaireAdded { questionnaire: QuestionnaireId },
        RemarkAdded { remark: RemarkId },
        IssueAdded { issue: IssueId },
        LotCalled { lot: LotId },
        /// The device generation that a bearer must carry from now on.
        DeviceBound { person: PersonId, generation: u32 },
        /// The token itself is computed by the issuer, outside the record.
        TokenTaken { ballot: BallotId, round: u32 },
        /// The receipt of a vote. It names no choice: neighbours look.
        VoteRecorded { ballot: BallotId, round: u32 },
    }
}

/// A part of the views that may have changed. Its text is the key on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Key {
    Case,
    Settings,
    Sitting,
    Agenda,
    Attendance,
    Screen,
    Console,
    Minutes,
    FollowUp,
    Scrutiny,
    /// The locality's rule.
    Rules,
    /// Changes with the surroundings, not with the record: who is connected, the hall code.
    Joined,
    Door,
    Subject(SubjectId),
    Question(QuestionId),
    Ballot(BallotId),
    Person(PersonId),
    /// Stages of the case and what was planned for them.
    Plan,
    /// The drawing of lots.
    Lot,
    Group(GroupId),
    Questionnaire(QuestionnaireId),
    /// Aspects and speaking list of the deliberation.
    Deliberation,
    Remark(RemarkId),
    /// Categories of the issue list.
    IssueList,
    Issue(IssueId),
    /// A subject's opinions as drafted and approved, its plan, reports and checks.
    Rectification(SubjectId),
    /// A subject's rectification ledger: committee, plan, reports, how its lines stand.
    Ledger(SubjectId),
    LedgerLine(IssueId),
    Publication,
    /// What is public about a subject after the sitting.
    Published(SubjectId),
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::Case => f.write_str("case"),
            Key::Settings => f.write_str("settings"),
            Key::Sitting => f.write_str("sitting"),
            Key::Agenda => f.write_str("agenda"),
            Key::Attendance => f.write_str("attendance"),
            Key::Screen => f.write_str("screen"),
            Key::Console => f.write_str("console"),
            Key::Minutes => f.write_str("minutes"),
            Key::FollowUp => f.write_str("follow_up"),
            Key::Rules => f.write_str("rules"),
            Key::Scrutiny => f.write_str("scrutiny"),
            Key::Joined => f.write_str("joined"),
            Key::Door => f.write_str("door"),
            Key::Subject(n) => write!(f, "subject/{n}"),
            Key::Question(n) => write!(f, "question/{n}"),
            Key::Ballot(n) => write!(f, "ballot/{n}"),
            Key::Person(n) => write!(f, "person/{n}"),
            Key::Plan => f.write_str("plan"),
            Key::Lot => f.write_str("lot"),
            Key::Group(n) => write!(f, "group/{n}"),
            Key::Questionnaire(n) => write!(f, "questionnaire/{n}"),
            Key::Deliberation => f.write_str("deliberation"),
            Key::Remark(n) => write!(f, "remark/{n}"),
            Key::IssueList => f.write_str("issue_list"),
            Key::Issue(n) => write!(f, "issue/{n}"),
            Key::Rectification(n) => write!(f, "rectification/{n}"),
            Key::Ledger(n) => write!(f, "ledger/{n}"),
            Key::LedgerLine(n) => write!(f, "ledger_line/{n}"),
            Key::Publication => f.write_str("publication"),
            Key::Published(n) => write!(f, "published/{n}"),
        }
    }
}

/// Which views a command touched: `keys` for every audience, `mine` for the named persons' own streams.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    pub keys: BTreeSet<Key>,
    pub mine: BTreeSet<PersonId>,
    /// Of a person's own stream this ballot alone: what a vote changes.
    pub mine_ballots: BTreeSet<(PersonId, BallotId)>,
    /// Everybody's own stream may have changed (a ballot began or ended, the item moved on).
    pub mine_of_all: bool,
    /// Devices that are out from now on: their sockets are closed at once.
    pub signed_out: Vec<SignedOut>,
}

/// A person's older devices are out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedOut {
    pub person: PersonId,
    /// The generation that stays valid; every lower one is out.
    pub valid_generation: u32,
    pub why: SignedOutWhy,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedOutWhy {
    /// The person signed in on another device.
    Moved,
    /// The desk issued a new credential or took the person off the roster.
    Reissued,
}

impl Touched {
    pub fn key(&mut self, key: Key) -> &mut Self {
        self.keys.insert(key);
        self
    }
    pub fn keys(&mut self, keys: impl IntoIterator<Item = Key>) -> &mut Self {
        self.keys.extend(keys);
        self
    }
    pub fn mine(&mut self, person: PersonId) -> &mut Self {
        self.mine.insert(person);
        self
    }
    pub fn mine_ballot(&mut self, person: PersonId, ballot: BallotId) -> &mut Self {
        self.mine_ballots.insert((person, ballot));
        self
    }
    pub fn is_nothing(&self) -> bool {
        self.keys.is_empty()
            && self.mine.is_empty()
            && self.mine_ballots.is_empty()
            && !self.mine_of_all
            && self.signed_out.is_empty()
    }
    /// Joins what another command touched.
    pub fn absorb(&mut self, other: Touched) {
        self.keys.extend(other.keys);
        self.mine.extend(other.mine);
        self.mine_ballots.extend(other.mine_ballots);
        self.mine_of_all |= other.mine_of_all;
        self.signed_out.extend(other.signed_out);
    }
}

/// What a command came to. The verdict is what its sender is told, now and whenever the same id is sent again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub verdict: Result<Reply, Refusal>,
    pub touched: Touched,
    /// False when this id had been decided before: nothing changed, the first verdict is repeated.
    pub first: bool,
}
