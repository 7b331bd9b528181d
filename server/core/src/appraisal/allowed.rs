//! Who may give which order at all, before any rule looks at the state.

use super::Appraisal;
use crate::command::Command;
use crate::ids::BallotId;
use crate::refusal::Refusal;
use crate::stamp::Actor;

/// The kinds of order, by who may give them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Desk,
    /// Only the seat that holds the console.
    Conduct,
    /// Desk or console, whoever holds it.
    Office,
    /// Desk, console, or a scrutineer.
    Watch,
    /// Either console seat: handing over.
    Seat,
    Person,
    /// The desk, or a person whom the order concerns, as officer, in a group, as speaker: the room looks who.
    DeskOrPerson,
    Door,
    System,
}

fn order(command: &Command) -> Order {
    use Command as C;
    match command {
        C::DescribeCase { .. }
        | C::ImportRoster { .. }
        | C::AddPerson { .. }
        | C::CorrectPerson { .. }
        | C::RemovePerson { .. }
        | C::ReissueCredential { .. }
        | C::AddSubject { .. }
        | C::ChangeSubject { .. }
        | C::RemoveSubject { .. }
        | C::SetOfficer { .. }
        | C::SetPublication(_)
        | C::SetPlan(_)
        | C::EnterStage(_)
        | C::CloseCase(_)
        | C::ReopenCase(_)
        | C::CallLot(_)
        | C::CancelLot(_)
        | C::OrderRound(_)
        | C::Escalate(_)
        | C::Convene(_)
        | C::CancelConvening {}
        | C::AttachDocument { .. }
        | C::DetachDocument { .. }
        | C::SetAgenda { .. }
        | C::AdoptProfile { .. }
        | C::ChangeSettings { .. }
        | C::SetTerm { .. }
        | C::SetCalendar { .. }
        | C::HandOverOpinions { .. }
        | C::ReceiveOpinions { .. }
        | C::ExtendDeadline { .. }
        | C::CompleteMatter { .. }
        | C::SetQuestionnaire(_)
        | C::RemoveQuestionnaire { .. }
        | C::OpenQuestionnaire { .. }
        | C::CloseQuestionnaire { .. }
        | C::NameCommittee(..)
        | C::AddCheck(..)
        | C::CloseLine(..)
        | C::ReopenLine(..)
        | C::TakeFiling(..)
        | C::ReturnFiling(..)
        | C::SetCategories(..)
        | C::AddIssue(..)
        | C::ChangeIssue(..)
        | C::MergeIssue(..)
        | C::DropIssue(..)
        | C::RestoreIssue(..)
        | C::DraftOpinions(..)
        | C::ApproveOpinions(..)
        | C::SetGroup(_)
        | C::RemoveGroup(_)
        | C::RecordHearing(_)
        | C::SetDeliberation(_)
        | C::RecordRemark(_)
        | C::CorrectRemark(_)
        | C::RemoveRemark(_) => Order::Desk,
        C::SetLine(..) | C::AddEvidence(..) | C::RemoveEvidence(..) | C::FilePlan(..) | C::FileRectification(..) => {
            Order::DeskOrPerson
        }
        C::RecordActivity(_) | C::RemoveActivity(_) | C::FileReport(_) | C::WithdrawReport(_) | C::ConfirmRemark(_) => {
            Order::DeskOrPerson
        }
        C::OpenSitting {}
        | C::CloseSitting {}
        | C::BeginItem { .. }
        | C::ShowScreen { .. }
        | C::TakeQuestion { .. }
        | C::AnswerQuestion { .. }
        | C::DeferQuestion { .. }
        | C::SkipQuestion { .. }
        | C::SetTallyDisplay { .. }
        | C::PresentBallot { .. }
        | C::OpenBallot { .. }
        | C::PauseBallot { .. }
        | C::ResumeBallot { .. }
        | C::ExtendBallot { .. }
        | C::CloseBallot { .. }
        | C::AnnounceBallot { .. }
        | C::VoidBallot { .. }
        | C::ShowOfHands { .. }
        | C::AppointScrutineers { .. }
        | C::ReplaceScrutineer { .. }
        | C::CallSpeaker(_)
        | C::EndSpeech {} => Order::Conduct,
        C::RecordAttendance { .. }
        | C::SetWay { .. }
        | C::Recuse { .. }
        | C::LiftRecusal { .. }
        | C::AcceptQuestion { .. }
        | C::EditQuestion { .. }
        | C::RouteQuestion { .. }
        | C::RejectQuestion { .. }
        | C::MergeQuestion { .. }
        | C::DrawLot(_) => Order::Office,
        C::CountPaper { .. } | C::NoteIncident { .. } => Order::Watch,
        C::HandConsole { .. } => Order::Seat,
        C::CheckIn {}
        | C::AskQuestion { .. }
        | C::SupportQuestion { .. }
        | C::WithdrawSupport { .. }
        | C::WithdrawQuestion { .. }
        | C::CastVote { .. }
        | C::CastVotes { .. }
        | C::ConfirmStep { .. }
        | C::ObjectToStep { .. }
        | C::TakeToken { .. }
        | C::SignOpinions(_)
        | C::SendRemark(_)
        | C::DisputeRemark(_)
        | C::AskToSpeak(_)
        | C::WithdrawSpeech {} => Order::Person,
        C::BindDevice { .. } => Order::Door,
        C::SetKey { .. }
        | C::SealBox { .. }
        | C::CountBox { .. }
        | C::ReleaseBoard { .. }
        | C::BoxDestroyed { .. }
        | C::SealBallot { .. }
        | C::RecordResult { .. }
        | C::CountQuestionnaire(_)
        | C::ReleasePart(_)
        | C::CommitLot(_)
        | C::RevealLot(_)
        | C::SetAside { .. } => Order::System,
    }
}

/// The ballot that a conduct order is about: such an order must say what the console saw.
pub(super) fn needs_expects(command: &Command) -> Option<BallotId> {
    use Command as C;
    match command {
        C::PresentBallot { ballot }
        | C::OpenBallot { ballot, .. }
        | C::PauseBallot { ballot }
        | C::ResumeBallot { ballot }
        | C::ExtendBallot { ballot, .. }
        | C::CloseBallot { ballot }
        | C::AnnounceBallot { ballot }
        | C::VoidBallot { ballot, .. }
        | C::ShowOfHands { ballot, .. } => Some(*ballot),
        _ => None,
    }
}

impl Appraisal {
    pub(super) fn need_allowed(&self, actor: Actor, command: &Command) -> Result<(), Refusal> {
        let holds = |seat| {
            if self.sitting.console == seat {
                Ok(())
            } else {
                Err(Refusal::ConsoleNotHeld {
                    held_by: self.sitting.console,
                })
            }
        };
        match (order(command), actor) {
            (Order::Desk | Order::Office | Order::Watch | Order::DeskOrPerson, Actor::Desk { .. })
            | (Order::Office | Order::Watch | Order::Seat, Actor::Console { .. })
            | (Order::Door, Actor::Door {})
            | (Order::System, Actor::System {}) => Ok(()),
            (Order::Conduct, Actor::Console { seat }) => holds(seat),
            (Order::Watch, Actor::Person { person }) => self.need_scrutineer(person),
            (Order::Person | Order::DeskOrPerson, Actor::Person { person }) => self.roster.get(person).map(|_| ()),
            _ => Err(Refusal::NotAllowed {}),
        }
    }
}
