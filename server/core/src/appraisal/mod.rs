//! The case: all its state, and `apply`, the one way to change it. Each room's orders are applied in a file of this
//! folder. A refused command changes nothing but the count of its sender's commands and the list of decided ids.

mod adoption;
mod allowed;
mod conduct;
mod counting;
mod desk;
mod documents;
mod inquiry;
mod keys;
mod ranking;
mod rounds;
mod scrutiny;
mod settings;
mod sheet;
pub mod sittings;
mod subjects;
mod usage;
mod voters;
mod voting;

pub use rounds::AfterRound;

use crate::ballot::Ballot;
use crate::command::Command;
use crate::deliberation::Deliberation;
use crate::follow_up::FollowUp;
use crate::ids::{AppraisalId, BallotId, CommandId, InstantMs, PersonId, SubjectId};
use crate::inquiry::Inquiry;
use crate::investigation::Investigation;
use crate::issues::IssueList;
use crate::ledger::Ledger;
use crate::minutes::Minutes;
use crate::outcome::{Outcome, Reply, Touched};
use crate::publication::Publication;
use crate::questionnaire::Questionnaires;
use crate::refusal::Refusal;
use crate::roster::Roster;
use crate::rules::{Profile, built_in};
use crate::scrutiny::Scrutiny;
use crate::sitting::{Sitting, SittingState};
use crate::stages::{Stages, timeline};
use crate::stamp::{Actor, Expects, Stamped};
use crate::subject::Subject;
use serde::{Deserialize, Serialize};
use sittings::PastSitting;
use std::collections::BTreeMap;

pub use documents::{HeldAs, Reader, named_by};
pub use settings::Settings;

/// Names of the case as screens and papers show them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    /// 述职评议 of this year, for example 2023年述职评议.
    pub title: String,
    /// The body, for example 某区人民代表大会常务委员会.
    pub body_name: String,
    /// The sitting, for example 第十二次会议.
    pub session_name: String,
    /// Day of the sitting, YYYY-MM-DD or empty.
    pub held_on: String,
}

/// What was decided for a command id, and for whom: nobody can burn another's id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    pub actor: Actor,
    pub verdict: Result<Reply, Refusal>,
}

/// One appraisal with everything in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appraisal {
    pub id: AppraisalId,
    pub now: InstantMs,
    pub names: Names,
    pub settings: Settings,
    /// The locality's rule, frozen when the sitting opens.
    pub profile: Profile,
    /// Paths of assumed settings that the office has checked against its own rule.
    pub confirmed: Vec<String>,
    pub roster: Roster,
    pub subjects: BTreeMap<SubjectId, Subject>,
    pub subjects_added: u32,
    pub sitting: Sitting,
    /// Sittings before it.
    pub past: Vec<PastSitting>,
    pub inquiry: Inquiry,
    pub ballots: BTreeMap<BallotId, Ballot>,
    pub scrutiny: Scrutiny,
    pub minutes: Minutes,
    pub follow_up: FollowUp,
    pub questionnaires: Questionnaires,
    pub investigation: Investigation,
    pub deliberation: Deliberation,
    pub issues: IssueList,
    pub ledger: Ledger,
    pub publication: Publication,
    pub stages: Stages,
    pub decided: BTreeMap<CommandId, Decided>,
    /// Commands of desk accounts and consoles, refused ones included.
    pub office_commands: BTreeMap<String, u32>,
}

impl Appraisal {
    pub fn new(id: AppraisalId) -> Appraisal {
        Appraisal {
            id,
            now: 0,
            names: Names::default(),
            settings: Settings::default(),
            profile: built_in::usual(),
            confirmed: Vec::new(),
            roster: Roster::default(),
            subjects: BTreeMap::new(),
            subjects_added: 0,
            sitting: Sitting::default(),
            past: Vec::new(),
            inquiry: Inquiry::default(),
            ballots: BTreeMap::new(),
            scrutiny: Scrutiny::default(),
            minutes: Minutes::default(),
            follow_up: FollowUp::default(),
            questionnaires: Questionnaires::default(),
            investigation: Investigation::default(),
            deliberation: Deliberation::default(),
            issues: IssueList::default(),
            ledger: Ledger::default(),
            publication: Publication::default(),
            stages: Stages::default(),
            decided: BTreeMap::new(),
            office_commands: BTreeMap::new(),
        }
    }

    /// Decides a command. The same id decides once: a repeat gets the first verdict and changes nothing.
    pub fn apply(&mut self, stamped: &Stamped) -> Outcome {
        if let Some(decided) = self.decided.get(&stamped.id) {
            let verdict = if decided.actor == stamped.actor {
                decided.verdict.clone()
            } else {
                Err(Refusal::NotAllowed {})
            };
            return Outcome {
                verdict,
                touched: Touched::default(),
                first: false,
            };
        }
        self.now = self.now.max(stamped.at);
        let mut touched = Touched::default();
        let verdict = self.decide(stamped, &mut touched);
        if verdict.is_err() {
            touched = Touched::default();
        }
        self.follow_keys(&mut touched);
        timeline::follows(stamped.actor, &mut touched);
        self.count_command(stamped.actor);
        self.decided.insert(
            stamped.id,
            Decided {
                actor: stamped.actor,
                verdict: verdict.clone(),
            },
        );
        Outcome {
            verdict,
            touched,
            first: true,
        }
    }

    fn decide(&mut self, stamped: &Stamped, touched: &mut Touched) -> Result<Reply, Refusal> {
        self.need_allowed(stamped.actor, &stamped.command)?;
        self.need_case_open(stamped.actor, &stamped.command)?;
        if let Some(ballot) = allowed::needs_expects(&stamped.command) {
            let expects = stamped.expects.ok_or(Refusal::ExpectsMissing {})?;
            self.need_as_expected(ballot, expects)?;
        }
        use Command as C;
        match &stamped.command {
            C::AskQuestion { .. }
            | C::SupportQuestion { .. }
            | C::WithdrawSupport { .. }
            | C::WithdrawQuestion { .. }
            | C::AcceptQuestion { .. }
            | C::EditQuestion { .. }
            | C::RouteQuestion { .. }
            | C::RejectQuestion { .. }
            | C::MergeQuestion { .. }
            | C::TakeQuestion { .. }
            | C::AnswerQuestion { .. }
            | C::DeferQuestion { .. }
            | C::SkipQuestion { .. } => self.apply_inquiry(stamped, touched),
            C::SetTallyDisplay { .. }
            | C::PresentBallot { .. }
            | C::OpenBallot { .. }
            | C::PauseBallot { .. }
            | C::ResumeBallot { .. }
            | C::ExtendBallot { .. }
            | C::CloseBallot { .. }
            | C::AnnounceBallot { .. }
            | C::VoidBallot { .. }
            | C::CastVote { .. }
            | C::CastVotes { .. }
            | C::SealBallot { .. }
            | C::RecordResult { .. }
            | C::TakeToken { .. }
            | C::ShowOfHands { .. }
            | C::CountPaper { .. }
            | C::SetKey { .. }
            | C::SealBox { .. }
            | C::CountBox { .. }
            | C::ReleaseBoard { .. }
            | C::BoxDestroyed { .. } => self.apply_voting(stamped, touched),
            C::OpenSitting {}
            | C::CloseSitting {}
            | C::BeginItem { .. }
            | C::CheckIn {}
            | C::RecordAttendance { .. }
            | C::ShowScreen { .. }
            | C::HandConsole { .. } => self.apply_conduct(stamped, touched),
            C::SetWay { .. } | C::Recuse { .. } | C::LiftRecusal { .. } => self.apply_voters(stamped, touched),
            C::AppointScrutineers { .. }
            | C::ReplaceScrutineer { .. }
            | C::ConfirmStep { .. }
            | C::ObjectToStep { .. }
            | C::NoteIncident { .. } => self.apply_scrutiny(stamped, touched),
            C::DescribeCase { .. }
            | C::ImportRoster { .. }
            | C::AddPerson { .. }
            | C::CorrectPerson { .. }
            | C::RemovePerson { .. }
            | C::ReissueCredential { .. }
            | C::BindDevice { .. }
            | C::SetAgenda { .. }
            | C::AdoptProfile { .. }
            | C::ChangeSettings { .. } => self.apply_desk(stamped, touched),
            C::AddSubject { .. }
            | C::ChangeSubject { .. }
            | C::RemoveSubject { .. }
            | C::SetOfficer { .. }
            | C::AttachDocument { .. }
            | C::DetachDocument { .. } => self.apply_subjects(stamped, touched),
            C::SetTerm { .. }
            | C::SetCalendar { .. }
            | C::HandOverOpinions { .. }
            | C::ReceiveOpinions { .. }
            | C::ExtendDeadline { .. }
            | C::CompleteMatter { .. }
            | C::OrderRound(_)
            | C::Escalate(_) => self.apply_follow_up(stamped, touched),
            C::Convene(_) | C::CancelConvening {} => self.apply_sittings(stamped, touched),
            C::SetLine(..)
            | C::AddEvidence(..)
            | C::RemoveEvidence(..)
            | C::NameCommittee(..)
            | C::AddCheck(..)
            | C::CloseLine(..)
            | C::ReopenLine(..)
            | C::FilePlan(..)
            | C::FileRectification(..)
            | C::TakeFiling(..)
            | C::ReturnFiling(..) => self.apply_ledger(stamped, touched),
            C::SetCategories(_)
            | C::AddIssue(_)
            | C::ChangeIssue(_)
            | C::MergeIssue(_)
            | C::DropIssue(_)
            | C::RestoreIssue(_)
            | C::DraftOpinions(_)
            | C::ApproveOpinions(_)
            | C::SignOpinions(_) => self.apply_issues(stamped, touched),
            C::SetQuestionnaire(_)
            | C::RemoveQuestionnaire { .. }
            | C::OpenQuestionnaire { .. }
            | C::CloseQuestionnaire { .. }
            | C::CountQuestionnaire(_) => self.apply_questionnaires(stamped, touched),
            C::SetPublication(_) | C::ReleasePart(_) => self.apply_publication(stamped, touched),
            C::SetGroup(_)
            | C::RemoveGroup(_)
            | C::RecordActivity(_)
            | C::RemoveActivity(_)
            | C::FileReport(_)
            | C::WithdrawReport(_)
            | C::RecordHearing(_) => self.apply_investigation(stamped, touched),
            C::SetDeliberation(_)
            | C::RecordRemark(_)
            | C::SendRemark(_)
            | C::CorrectRemark(_)
            | C::ConfirmRemark(_)
            | C::DisputeRemark(_)
            | C::RemoveRemark(_)
            | C::AskToSpeak(_)
            | C::WithdrawSpeech {}
            | C::CallSpeaker(_)
            | C::EndSpeech {} => self.apply_deliberation(stamped, touched),
            C::SetPlan(_)
            | C::EnterStage(_)
            | C::CloseCase(_)
            | C::ReopenCase(_)
            | C::CallLot(_)
            | C::CommitLot(_)
            | C::DrawLot(_)
            | C::RevealLot(_)
            | C::CancelLot(_) => self.apply_stages(stamped, touched),
            C::SetAside { .. } => Ok(Reply::Done {}),
        }
    }

    fn need_as_expected(&self, ballot: BallotId, expects: Expects) -> Result<(), Refusal> {
        let b = self.ballot(ballot)?;
        if b.sitting != self.sitting_number() {
            return Err(Refusal::SittingClosed {});
        }
        if (ballot, b.round, b.state) == (expects.ballot, expects.round, expects.state) {
            Ok(())
        } else {
            Err(Refusal::ScreenOutdated {
                ballot,
                round: b.round,
                state: b.state,
            })
        }
    }

    pub fn subject(&self, id: SubjectId) -> Result<&Subject, Refusal> {
        self.subjects.get(&id).ok_or(Refusal::NoSuchSubject {})
    }

    pub fn ballot(&self, id: BallotId) -> Result<&Ballot, Refusal> {
        self.ballots.get(&id).ok_or(Refusal::NoSuchBallot {})
    }

    fn ballot_mut(&mut self, id: BallotId) -> Result<&mut Ballot, Refusal> {
        self.ballots.get_mut(&id).ok_or(Refusal::NoSuchBallot {})
    }

    /// The first of the ballots being held, if any. All that run are on one sheet.
    pub fn running_ballot(&self) -> Option<(BallotId, &Ballot)> {
        self.ballots.iter().find(|(_, b)| b.running()).map(|(id, b)| (*id, b))
    }

    pub(crate) fn need_no_ballot_running(&self) -> Result<(), Refusal> {
        if self.running_ballot().is_some() {
            Err(Refusal::BallotRunning {})
        } else {
            Ok(())
        }
    }

    pub(crate) fn need_preparing(&self) -> Result<(), Refusal> {
        match self.sitting.state {
            SittingState::Preparing => Ok(()),
            SittingState::Open => Err(Refusal::SittingAlreadyOpen {}),
            SittingState::Closed => Err(Refusal::SittingClosed {}),
        }
    }

    /// Whether the office has confirmed every setting of the rule that is only assumed.
    pub fn profile_confirmed(&self) -> bool {
        self.profile.unconfirmed(&self.confirmed).is_empty()
    }

    /// The first ballot of the current item that is still to be presented.
    pub fn ballot_to_present(&self) -> Option<BallotId> {
        let current = self.sitting.current?;
        let of_item = self.ballots.iter().filter(|(_, b)| b.item == current);
        let mut prepared = of_item.filter(|(_, b)| b.state == crate::ballot::BallotState::Prepared);
        prepared.next().map(|(id, _)| *id)
    }

    /// A person's name for screens; empty once they are off the roster.
    pub fn name_of(&self, person: PersonId) -> &str {
        self.roster.people.get(&person).map_or("", |p| p.name.as_str())
    }
}
