//! Every thing that may be asked of a case. The names are a stored format: a type's meaning never changes, a new
//! meaning is a new name (`vote.cast/2`). Numbers are integers, texts are checked when applied.

use crate::appraisal::sittings::Convening;
use crate::ballot::{PaperCount, Secrecy, TallyDisplay, VoidCause};
use crate::follow_up::DueMatter;
use crate::follow_up::calendar::CalendarSpan;
use crate::follow_up::deadline::Term;
use crate::follow_up::rounds::{EscalationStep, RoundOrder};
use crate::ids::{BallotId, ItemId, PersonId, QuestionId, QuestionnaireId, SubjectId};
use crate::inquiry::{QuestionReview, Visibility};
use crate::issues;
use crate::ledger;
use crate::publication::{Release, SetPublication};
use crate::questionnaire::{CountQuestionnaire, SetQuestionnaire};
use crate::roster::{Attendance, Way};
use crate::rules::Profile;
use crate::scrutiny::Step;
use crate::sitting::{ConsoleSeat, Screen};
use crate::stages::lots::{LotCall, LotCancel, LotCommitment, LotDraw, LotSeed};
use crate::stages::{CaseClosing, CaseReopening, PlanEntry, StageStep};
use crate::subject::DocumentKind;
use crate::{deliberation, investigation};

pub use crate::roster::RosterEntry;
pub use crate::signed::{receipt_text, token_text, vote_text, votes_text};
pub use crate::sitting::AgendaEntry;
pub use crate::subject::SubjectEntry;

wire! {
    /// An order to the case. On the wire and in the journal: `{"type": "vote.cast/1", "body": {…}}`.
    #[serde(tag = "type", content = "body")]
    pub enum Command {
        /// Desk: names the case. `held_on` is a day, YYYY-MM-DD, or empty.
        #[serde(rename = "case.describe/1")]
        DescribeCase { title: String, body_name: String, session_name: String, held_on: String },
        /// Desk: replaces the roster before the sitting opens. People of the same name keep their number and card.
        #[serde(rename = "roster.import/1")]
        ImportRoster { people: Vec<RosterEntry> },
        /// Desk: one more person; a member only while no ballot is running.
        #[serde(rename = "person.add/1")]
        AddPerson { person: RosterEntry },
        #[serde(rename = "person.correct/1")]
        CorrectPerson { person: PersonId, entry: RosterEntry },
        #[serde(rename = "person.remove/1")]
        RemovePerson { person: PersonId },
        /// Desk: a new card; the old card and every device signed in with it are out at once.
        #[serde(rename = "credential.reissue/1")]
        ReissueCredential { person: PersonId },
        /// Door: a device of this person signed in; older devices are out. `device_key` is 64 hex digits (Ed25519).
        #[serde(rename = "device.bind/1")]
        BindDevice { person: PersonId, device_key: String },

        #[serde(rename = "subject.add/1")]
        AddSubject { subject: SubjectEntry },
        #[serde(rename = "subject.change/1")]
        ChangeSubject { subject: SubjectId, entry: SubjectEntry },
        /// Desk: who on the roster is this subject's officer; none takes it back.
        #[serde(rename = "subject.officer/1")]
        SetOfficer {
            subject: SubjectId,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "typescript", ts(optional))]
            person: Option<PersonId>,
        },
        #[serde(rename = "subject.remove/1")]
        RemoveSubject { subject: SubjectId },
        /// Desk: a document already stored under its digest (SHA-256, 64 hex digits).
        #[serde(rename = "subject.attach/1")]
        AttachDocument { subject: SubjectId, digest: String, kind: DocumentKind, file_name: String, size_bytes: u32 },
        #[serde(rename = "subject.detach/1")]
        DetachDocument { subject: SubjectId, digest: String },

        /// Desk: the agenda, before the sitting opens.
        #[serde(rename = "agenda.set/1")]
        SetAgenda { items: Vec<AgendaEntry> },
        /// Desk: how questions are reviewed, what the tally shows, days for a written answer, a ballot's time in seconds.
        #[serde(rename = "settings.change/1")]
        ChangeSettings {
            question_review: QuestionReview,
            tally_display: TallyDisplay,
            written_answer_days: u32,
            ballot_limit_s: u32,
            secrecy: Secrecy,
        },

        /// Desk: how long a matter of the follow-up may take, from its event on.
        #[serde(rename = "follow_up.term/1")]
        SetTerm { matter: DueMatter, term: Term },
        /// Desk: public holidays and worked weekend days, instead of those before.
        #[serde(rename = "follow_up.calendar/1")]
        SetCalendar { spans: Vec<CalendarSpan> },
        /// Desk: the opinions (评议意见) went to the subject on this day, YYYY-MM-DD; empty takes it back.
        #[serde(rename = "follow_up.hand_over/1")]
        HandOverOpinions { subject: SubjectId, on: String },
        /// Desk: the subject signed for the opinions (签收) on this day; empty takes it back. Its periods count from it.
        #[serde(rename = "follow_up.receive/1")]
        ReceiveOpinions { subject: SubjectId, on: String },
        /// Desk: the council grants a later last day; an empty day takes it back.
        #[serde(rename = "follow_up.extend/1")]
        ExtendDeadline {
            matter: DueMatter,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "typescript", ts(optional))]
            subject: Option<SubjectId>,
            until: String,
            reason: String,
        },
        /// Desk: handed in, or sent, on this day; empty takes it back.
        #[serde(rename = "follow_up.complete/1")]
        CompleteMatter {
            matter: DueMatter,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "typescript", ts(optional))]
            subject: Option<SubjectId>,
            on: String,
        },
        #[serde(rename = "rectification.order/1")]
        OrderRound(RoundOrder),
        #[serde(rename = "rectification.escalate/1")]
        Escalate(EscalationStep),
        #[serde(rename = "publication.set/1")]
        SetPublication(SetPublication),
        #[serde(rename = "publication.release/1")]
        ReleasePart(Release),

        #[serde(rename = "ledger.line/1")]
        SetLine(ledger::SetLine),
        #[serde(rename = "ledger.evidence/1")]
        AddEvidence(ledger::AddEvidence),
        #[serde(rename = "ledger.evidence_remove/1")]
        RemoveEvidence(ledger::RemoveEvidence),
        #[serde(rename = "ledger.committee/1")]
        NameCommittee(ledger::NameCommittee),
        #[serde(rename = "ledger.check/1")]
        AddCheck(ledger::AddCheck),
        #[serde(rename = "ledger.close/1")]
        CloseLine(ledger::CloseLine),
        #[serde(rename = "ledger.reopen/1")]
        ReopenLine(ledger::ReopenLine),
        #[serde(rename = "ledger.plan/1")]
        FilePlan(ledger::FilingEntry),
        #[serde(rename = "ledger.report/1")]
        FileRectification(ledger::FilingEntry),
        #[serde(rename = "ledger.accept/1")]
        TakeFiling(ledger::TakeFiling),
        #[serde(rename = "ledger.return/1")]
        ReturnFiling(ledger::ReturnFiling),
        #[serde(rename = "questionnaire.set/1")]
        SetQuestionnaire(SetQuestionnaire),
        /// Desk: a draft is taken away, or opened, and its questions stand from then on; what is closed is counted.
        #[serde(rename = "questionnaire.remove/1")]
        RemoveQuestionnaire { questionnaire: QuestionnaireId },
        #[serde(rename = "questionnaire.open/1")]
        OpenQuestionnaire { questionnaire: QuestionnaireId },
        #[serde(rename = "questionnaire.close/1")]
        CloseQuestionnaire { questionnaire: QuestionnaireId },
        #[serde(rename = "questionnaire.count/1")]
        CountQuestionnaire(CountQuestionnaire),

        #[serde(rename = "plan.set/1")]
        SetPlan(PlanEntry),
        #[serde(rename = "stage.enter/1")]
        EnterStage(StageStep),
        #[serde(rename = "case.close/1")]
        CloseCase(CaseClosing),
        #[serde(rename = "case.reopen/1")]
        ReopenCase(CaseReopening),
        #[serde(rename = "lot.call/1")]
        CallLot(LotCall),
        #[serde(rename = "lot.draw/1")]
        DrawLot(LotDraw),
        #[serde(rename = "lot.cancel/1")]
        CancelLot(LotCancel),
        #[serde(rename = "lot.commit/1")]
        CommitLot(LotCommitment),
        #[serde(rename = "lot.seed/1")]
        RevealLot(LotSeed),

        /// Desk: the locality's rule, before the sitting opens, and which of its assumed settings the office has checked.
        #[serde(rename = "profile.adopt/1")]
        AdoptProfile { profile: Box<Profile>, confirmed: Vec<String> },

        /// Console: check-in may begin.
        #[serde(rename = "sitting.open/1")]
        OpenSitting {},
        #[serde(rename = "sitting.close/1")]
        CloseSitting {},
        /// Desk: the case meets again, after a sitting was closed.
        #[serde(rename = "sitting.convene/1")]
        Convene(Convening),
        /// Desk: convened by mistake; only before it opens.
        #[serde(rename = "sitting.cancel/1")]
        CancelConvening {},
        /// Console: this item is the current one; needs a quorum unless it is the opening.
        #[serde(rename = "item.begin/1")]
        BeginItem { item: ItemId },
        /// Person: I am here.
        #[serde(rename = "attendance.check_in/1")]
        CheckIn {},
        /// Desk or console: what the hall sees of a person without a phone, or who leaves early.
        #[serde(rename = "attendance.record/1")]
        RecordAttendance { person: PersonId, attendance: Attendance },
        /// Console: what the hall screen shows.
        #[serde(rename = "screen.show/1")]
        ShowScreen { screen: Screen },
        /// Console: the other seat conducts from now on; the chair may also take it back.
        #[serde(rename = "console.hand/1")]
        HandConsole { to: ConsoleSeat },

        #[serde(rename = "question.ask/1")]
        AskQuestion {
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "typescript", ts(optional))]
            subject: Option<SubjectId>,
            visibility: Visibility,
            text: String,
        },
        #[serde(rename = "question.support/1")]
        SupportQuestion { question: QuestionId },
        #[serde(rename = "question.unsupport/1")]
        WithdrawSupport { question: QuestionId },
        #[serde(rename = "question.withdraw/1")]
        WithdrawQuestion { question: QuestionId },
        /// Desk or console: reviewed, may be shown.
        #[serde(rename = "question.accept/1")]
        AcceptQuestion { question: QuestionId },
        /// Desk: better wording; the original stays on record and its asker sees both.
        #[serde(rename = "question.edit/1")]
        EditQuestion { question: QuestionId, text: String },
        /// Desk: to which subject the question goes; none means to the sitting.
        #[serde(rename = "question.route/1")]
        RouteQuestion {
            question: QuestionId,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "typescript", ts(optional))]
            subject: Option<SubjectId>,
        },
        #[serde(rename = "question.reject/1")]
        RejectQuestion { question: QuestionId, reason: String },
        /// Desk: the same matter asked twice; every asker and supporter of `from` goes to `into`.
        #[serde(rename = "question.merge/1")]
        MergeQuestion { from: QuestionId, into: QuestionId },
        /// Console: put to the subject now; the screen shows it.
        #[serde(rename = "question.take/1")]
        TakeQuestion { question: QuestionId },
        /// Console: answered on the spot; the note may be empty.
        #[serde(rename = "question.answer/1")]
        AnswerQuestion { question: QuestionId, note: String },
        /// Console: to be answered in writing by this day, YYYY-MM-DD.
        #[serde(rename = "question.defer/1")]
        DeferQuestion { question: QuestionId, due_on: String },
        #[serde(rename = "question.skip/1")]
        SkipQuestion { question: QuestionId },

        /// Console, before opening: live bars or turnout only.
        #[serde(rename = "ballot.display/1")]
        SetTallyDisplay { ballot: BallotId, display: TallyDisplay },
        /// Console: the hall sees what will be voted on; phones make ready.
        #[serde(rename = "ballot.present/1")]
        PresentBallot { ballot: BallotId },
        /// Console: voting begins. `limit_s` 0 means no time limit.
        #[serde(rename = "ballot.open/1")]
        OpenBallot { ballot: BallotId, limit_s: u32 },
        #[serde(rename = "ballot.pause/1")]
        PauseBallot { ballot: BallotId },
        #[serde(rename = "ballot.resume/1")]
        ResumeBallot { ballot: BallotId },
        #[serde(rename = "ballot.extend/1")]
        ExtendBallot { ballot: BallotId, seconds: u32 },
        /// Console: no way back but to void; phones have five seconds to flush.
        #[serde(rename = "ballot.close/1")]
        CloseBallot { ballot: BallotId },
        #[serde(rename = "ballot.announce/1")]
        AnnounceBallot { ballot: BallotId },
        /// Console: this round does not count; the next is prepared. Only a mistake of procedure needs a note.
        #[serde(rename = "ballot.void/2")]
        VoidBallot { ballot: BallotId, cause: VoidCause, note: String },
        /// Console: the hall voted by show of hands because devices failed. Votes item by item, each option.
        #[serde(rename = "ballot.hands/1")]
        ShowOfHands { ballot: BallotId, votes: Vec<u32>, reason: String },
        /// Desk, console or scrutineer: what one person counted of the paper. Two must agree.
        #[serde(rename = "ballot.paper_count/1")]
        CountPaper { ballot: BallotId, round: u32, count: PaperCount },
        /// Desk or console: this member votes on paper, at the hall's tablet, or on the own phone again.
        #[serde(rename = "person.way/1")]
        SetWay { person: PersonId, way: Way },
        /// Desk or console: 回避, for one subject's ballot.
        #[serde(rename = "recusal.record/1")]
        Recuse { person: PersonId, subject: SubjectId, reason: String },
        #[serde(rename = "recusal.lift/1")]
        LiftRecusal { person: PersonId, subject: SubjectId },
        /// Console: the scrutineers of this sitting, all at once; nobody undoes it.
        #[serde(rename = "scrutineers.appoint/1")]
        AppointScrutineers { persons: Vec<PersonId> },
        /// Console: another member in a scrutineer's place, whose phone died for example.
        #[serde(rename = "scrutineers.replace/1")]
        ReplaceScrutineer { out: PersonId, by: PersonId, reason: String },
        /// Scrutineer: this step of the round is in order; it counts for the whole sheet.
        #[serde(rename = "scrutiny.confirm/1")]
        ConfirmStep { ballot: BallotId, round: u32, step: Step },
        /// Scrutineer: it is not; noted as an incident, and the own confirmation is withdrawn.
        #[serde(rename = "scrutiny.object/1")]
        ObjectToStep { ballot: BallotId, round: u32, step: Step, reason: String },
        /// Scrutineer, desk or console: something that the tally sheet should mention.
        #[serde(rename = "incident.note/1")]
        NoteIncident {
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "typescript", ts(optional))]
            ballot: Option<BallotId>,
            text: String,
        },
        /// Desk: an investigation group (评议工作组), new or changed.
        #[serde(rename = "investigation.group/1")]
        SetGroup(investigation::SetGroup),
        #[serde(rename = "investigation.group_remove/1")]
        RemoveGroup(investigation::RemoveGroup),
        /// Desk or the group's people: what the group did, new or corrected.
        #[serde(rename = "investigation.activity/1")]
        RecordActivity(investigation::RecordActivity),
        #[serde(rename = "investigation.activity_remove/1")]
        RemoveActivity(investigation::RemoveActivity),
        /// Desk or the group's people: the report, in place of an earlier one.
        #[serde(rename = "investigation.report/1")]
        FileReport(investigation::FileReport),
        #[serde(rename = "investigation.withdraw/1")]
        WithdrawReport(investigation::WithdrawReport),
        /// Desk: the council heard the report; from then on it is shown.
        #[serde(rename = "investigation.hearing/1")]
        RecordHearing(investigation::RecordHearing),

        /// Desk: aspects of the deliberation and minutes of a speech.
        #[serde(rename = "deliberation.set/1")]
        SetDeliberation(deliberation::SetDeliberation),
        /// Desk: what somebody said; it waits for the speaker's confirmation.
        #[serde(rename = "remark.record/1")]
        RecordRemark(deliberation::RecordRemark),
        /// Person: my remark, in my words.
        #[serde(rename = "remark.send/1")]
        SendRemark(deliberation::SendRemark),
        /// Desk: another wording, which waits for the speaker's confirmation.
        #[serde(rename = "remark.correct/1")]
        CorrectRemark(deliberation::CorrectRemark),
        /// The speaker stands by the wording; the desk for one who signed it on paper.
        #[serde(rename = "remark.confirm/1")]
        ConfirmRemark(deliberation::ConfirmRemark),
        /// Person: this is not what I said.
        #[serde(rename = "remark.dispute/1")]
        DisputeRemark(deliberation::DisputeRemark),
        #[serde(rename = "remark.remove/1")]
        RemoveRemark(deliberation::RemoveRemark),
        /// Person: I want to speak.
        #[serde(rename = "speech.ask/1")]
        AskToSpeak(deliberation::AskToSpeak),
        #[serde(rename = "speech.withdraw/1")]
        WithdrawSpeech {},
        /// Console: this person speaks now; whoever spoke has finished.
        #[serde(rename = "speech.call/1")]
        CallSpeaker(deliberation::CallSpeaker),
        #[serde(rename = "speech.end/1")]
        EndSpeech {},

        /// Person: a named vote, changed as often as wished until the close. `signature` is the device key's over
        /// `vote_text`, 128 hex digits, checked at the edge.
        #[serde(rename = "vote.cast/1")]
        CastVote { ballot: BallotId, round: u32, choice: u32, signature: String },

        /// Person: a named vote on several items, one choice each. `signature` is over `votes_text`.
        #[serde(rename = "vote.cast/2")]
        CastVotes { ballot: BallotId, round: u32, choices: Vec<u32>, signature: String },

        /// Person: a token for a secret round. `blinded` is base64url of 32 bytes; `signature` is the device key's over
        /// `token_text`, checked at the edge.
        #[serde(rename = "token.take/1")]
        TakeToken { ballot: BallotId, round: u32, blinded: String, signature: String },

        #[serde(rename = "issue.categories/1")]
        SetCategories(issues::SetCategories),
        #[serde(rename = "issue.add/1")]
        AddIssue(issues::AddIssue),
        #[serde(rename = "issue.change/1")]
        ChangeIssue(issues::ChangeIssue),
        #[serde(rename = "issue.merge/1")]
        MergeIssue(issues::MergeIssue),
        #[serde(rename = "issue.drop/1")]
        DropIssue(issues::DropIssue),
        #[serde(rename = "issue.restore/1")]
        RestoreIssue(issues::RestoreIssue),
        #[serde(rename = "opinions.draft/1")]
        DraftOpinions(issues::DraftOpinions),
        #[serde(rename = "opinions.approve/1")]
        ApproveOpinions(issues::ApproveOpinions),
        #[serde(rename = "opinions.sign/1")]
        SignOpinions(issues::SignOpinions),

        /// System: the secret round's key is made; the header names it.
        #[serde(rename = "ballot.key/1")]
        SetKey { ballot: BallotId, round: u32, header: String, header_hash: String },
        /// System: the secret round's box is frozen. The record learns its digest and how many casts it holds, not which.
        #[serde(rename = "ballot.seal_box/2")]
        SealBox { ballot: BallotId, round: u32, digest: String, returned: u32 },
        /// System: the announced secret round's votes, item by item, each option.
        #[serde(rename = "ballot.count_box/1")]
        CountBox { ballot: BallotId, round: u32, counts: Vec<u32> },
        /// System: board and seed are public. `board` is the board file's digest in the blob store.
        #[serde(rename = "ballot.release/1")]
        ReleaseBoard { ballot: BallotId, round: u32, board: String },
        /// System: a voided secret round's box and seed are gone.
        #[serde(rename = "ballot.destroyed/1")]
        BoxDestroyed { ballot: BallotId, round: u32 },
        /// System: the five seconds after closing are over.
        #[serde(rename = "ballot.seal/1")]
        SealBallot { ballot: BallotId, round: u32 },
        /// System: the result as counted when it was sealed. Later code shows this record, not its own count.
        #[serde(rename = "ballot.result/1")]
        RecordResult { ballot: BallotId, round: u32, result: Box<crate::ballot::BallotResult> },
        /// Operator: replay passes the record at this index, which stopped the case twice.
        #[serde(rename = "record.set_aside/1")]
        SetAside { index: u32, reason: String },
    }
}
