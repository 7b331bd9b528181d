//! The values of the views, as they go over the wire. Counts are whole numbers, instants milliseconds since 1970 UTC.

use crate::ballot::{
    BallotOption, BallotResult, BallotState, OptionCount, PaperCount, PaperEntry, Secrecy, TallyDisplay, VoidedRound,
};
use crate::ids::{BallotId, InstantMs, ItemId, PersonId, QuestionId, SubjectId};
use crate::inquiry::{QuestionReview, QuestionState, Visibility};
use crate::minutes::Minute;
use crate::refusal::Refusal;
use crate::roster::{Attendance, PersonKind, Way};
use crate::scrutiny::{Incident, ScrutinyRule, Step};
use crate::sitting::{ConsoleSeat, ItemKind, ItemState, SittingState};
use crate::subject::{Document, ReportForm};

wire! {
    /// Key `case`. All audiences.
    pub struct CaseView {
        pub id: String,
        pub title: String,
        pub body_name: String,
        pub session_name: String,
        /// YYYY-MM-DD or empty.
        pub held_on: String,
    }

    /// Key `settings`. All but the public.
    pub struct SettingsView {
        pub question_review: QuestionReview,
        pub tally_display: TallyDisplay,
        pub written_answer_days: u32,
        pub ballot_limit_s: u32,
        pub secrecy: Secrecy,
    }

    /// Key `sitting`. All but the public.
    pub struct SittingView {
        pub state: SittingState,
        pub opened_at: InstantMs,
        pub closed_at: InstantMs,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub current: Option<ItemId>,
        /// The ballot between presenting and sealing; of a sheet, the first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub running_ballot: Option<BallotId>,
    }

    /// Key `agenda`. All but the public.
    pub struct AgendaView { pub items: Vec<ItemView> }

    pub struct ItemView {
        pub id: ItemId,
        pub kind: ItemKind,
        pub title: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub subject: Option<SubjectId>,
        /// Of an evaluation on one sheet.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<SubjectId>>"))]
        pub subjects: Vec<SubjectId>,
        pub state: ItemState,
        pub began_at: InstantMs,
    }

    /// Key `attendance`. All but the public. 应到 due, 实到 present; `quorum` is the least number present that is more
    /// than half of all members.
    pub struct AttendanceView {
        pub due: u32,
        pub present: u32,
        pub attendees: u32,
        pub attendees_present: u32,
        pub quorum: u32,
        pub quorum_met: bool,
    }

    /// Key `joined`. Projector, chair, desk.
    pub struct JoinedView {
        /// Members with a signed-in device, and with a live socket.
        pub members: u32,
        pub members_connected: u32,
        pub attendees: u32,
        pub attendees_connected: u32,
        /// Chair and desk only.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub stations: Option<Stations>,
    }

    /// Live sockets of the other screens.
    pub struct Stations { pub projectors: u32, pub chairs: u32, pub operators: u32, pub desks: u32 }

    /// Key `door`. Projector, chair, desk: the way in through the hall's code.
    pub struct DoorView {
        pub code: String,
        pub url: String,
        /// The address to type by hand, without the code.
        pub address: String,
        /// The QR as an SVG document.
        pub svg: String,
        pub expires_at: InstantMs,
    }

    /// Key `subject/N`. All; documents not for the public.
    pub struct SubjectView {
        pub id: SubjectId,
        pub officer: String,
        pub post: String,
        pub unit: String,
        pub report: ReportForm,
        /// 回避: members who take no part in its ballot. Not for the public.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<PersonId>>"))]
        pub recused: Vec<PersonId>,
        pub documents: Vec<Document>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub ballot: Option<BallotId>,
        /// Once announced.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub grade: Option<GradeView>,
    }

    /// The announced grade's option key and its label.
    pub struct GradeView { pub key: String, pub label: String }

    /// Key `question/N`. Members: once shown. Projector: while on the screen. Chair: all but withdrawn. Desk: all but
    /// those for the chair only. `askers` holds the names this audience may know, in the order asked.
    pub struct QuestionView {
        pub id: QuestionId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub subject: Option<SubjectId>,
        pub text: String,
        /// The wording as asked, where the desk has edited it. Chair and desk only.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub original: Option<String>,
        pub visibility: Visibility,
        pub state: QuestionState,
        pub askers: Vec<AskerView>,
        /// People who asked or support it, each once.
        pub voices: u32,
        pub asked_at: InstantMs,
        pub settled_at: InstantMs,
        pub reason: String,
        pub note: String,
        pub due_on: String,
        /// Chair and desk only.
        pub merged: Vec<QuestionId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub merged_into: Option<QuestionId>,
    }

    pub struct AskerView { pub name: String, pub group: String }

    /// Key `ballot/N`. `tally` is there only where this audience may see a distribution now; `result` once announced
    /// (for the chair once sealed). The public sees announced ballots only.
    pub struct BallotView {
        pub id: BallotId,
        pub subject: SubjectId,
        /// All ballots on the same sheet, this one included, in order; empty if it stands alone.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<BallotId>>"))]
        pub sheet: Vec<BallotId>,
        pub round: u32,
        pub state: BallotState,
        pub display: TallyDisplay,
        pub options: Vec<BallotOption>,
        pub secrecy: Secrecy,
        /// A secret round's key, once it is made.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub secret: Option<SecretView>,
        /// All members: the base of the majority.
        pub due: u32,
        /// Members present in this round.
        pub present: u32,
        /// Named: members entitled. Secret: tokens taken.
        pub issued: u32,
        pub returned: u32,
        /// Votes that are more than half of all members.
        pub majority: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub tally: Option<Vec<OptionCount>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub result: Option<BallotResult>,
        pub presented_at: InstantMs,
        pub opened_at: InstantMs,
        /// 0 without a limit. The chair closes, not the clock.
        pub limit_ends_at: InstantMs,
        /// Time left while paused, in milliseconds.
        pub paused_left_ms: InstantMs,
        pub closed_at: InstantMs,
        pub seals_at: InstantMs,
        pub announced_at: InstantMs,
        pub voided: Vec<VoidedRound>,
        /// Members present who take no part (回避).
        pub recused: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub paper: Option<PaperView>,
        /// Chair and desk: which steps scrutineers have confirmed.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<ConfirmedView>>"))]
        pub confirmed: Vec<ConfirmedView>,
        /// Held by show of hands (举手), because devices failed.
        pub by_hands: bool,
        /// Chair only: turnout by group, where groups are on the roster.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub groups: Option<Vec<GroupTurnout>>,
        /// Desk only, while a secret round is held: whose token is on a phone that is no longer theirs. They take part
        /// again from the next round.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub left_behind: Option<Vec<PersonId>>,
    }

    /// What everyone may know of a secret round.
    pub struct SecretView {
        /// The header text, byte for byte.
        pub header: String,
        /// SHA-256 of it, 64 hex digits; the hall screen shows its short form.
        pub header_hash: String,
        /// The digest of the whole board, from the sealing on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub digest: Option<String>,
        /// Once released: the board file's digest, to be fetched as a public document.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub board: Option<String>,
    }

    /// The paper of a round: how many were handed out; who has one and what was counted is for chair and desk, the
    /// agreed count for all once announced.
    pub struct PaperView {
        pub issued: u32,
        pub marks: Vec<PersonId>,
        pub entries: Vec<PaperEntry>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub agreed: Option<PaperCount>,
    }

    pub struct ConfirmedView { pub step: Step, pub by: Vec<String> }

    /// Key `scrutiny`. Chair and desk; in the own stream of each scrutineer too.
    pub struct ScrutinyView {
        pub rule: ScrutinyRule,
        pub scrutineers: Vec<ScrutineerView>,
        pub incidents: Vec<Incident>,
    }

    pub struct ScrutineerView { pub person: PersonId, pub name: String }

    /// Own stream of a scrutineer, key `scrutiny_ballot/N`: what the member's view does not have.
    pub struct ScrutinyBallotView {
        pub ballot: BallotId,
        /// Steps that I have confirmed in this round, and who else has.
        pub confirmed: Vec<ConfirmedView>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub paper: Option<PaperView>,
        /// Once sealed: what will be announced.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub result: Option<BallotResult>,
    }

    pub struct GroupTurnout { pub group: String, pub issued: u32, pub returned: u32 }

    /// Key `console`. Chair only.
    pub struct ConsoleView {
        pub held_by: ConsoleSeat,
        pub next: Next,
        /// Why the next action cannot be taken now, if so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub blocked: Option<Refusal>,
        /// Open questions in the order to be taken.
        pub queue: Vec<QuestionId>,
    }

    /// The chair's one big next action.
    #[derive(Copy)]
    #[serde(tag = "type", rename_all = "snake_case")]
    pub enum Next {
        OpenSitting {},
        BeginItem { item: ItemId },
        TakeQuestion { question: QuestionId },
        SettleQuestion { question: QuestionId },
        PresentBallot { ballot: BallotId },
        OpenBallot { ballot: BallotId },
        ResumeBallot { ballot: BallotId },
        CloseBallot { ballot: BallotId },
        /// The five seconds of flushing.
        AwaitSeal { ballot: BallotId },
        AnnounceBallot { ballot: BallotId },
        CloseSitting {},
        Finished {},
    }

    /// Key `person/N`. Chair and desk.
    pub struct PersonView {
        pub id: PersonId,
        pub name: String,
        pub kind: PersonKind,
        pub title: String,
        pub group: String,
        pub seat: String,
        pub attendance: Attendance,
        pub attendance_at: InstantMs,
        pub way: Way,
        /// A device has signed in.
        pub joined: bool,
        pub connected: bool,
        pub card_generation: u32,
    }

    /// Key `minutes`. Chair and desk: the latest lines, oldest first.
    pub struct MinutesView { pub lines: Vec<Minute> }

    /// Own stream, key `me`.
    pub struct MeView {
        pub person: PersonId,
        pub name: String,
        pub kind: PersonKind,
        pub title: String,
        pub group: String,
        pub seat: String,
        pub attendance: Attendance,
    }

    /// Own stream, key `my_question/N`: a question I asked, whatever became of it.
    pub struct MyQuestionView {
        pub id: QuestionId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub subject: Option<SubjectId>,
        pub text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub original: Option<String>,
        pub visibility: Visibility,
        pub state: QuestionState,
        pub voices: u32,
        pub asked_at: InstantMs,
        pub reason: String,
        pub note: String,
        pub due_on: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub merged_into: Option<QuestionId>,
    }

    /// Own stream, key `my_support`: questions I support.
    pub struct MySupportView { pub questions: Vec<QuestionId> }

    /// Own stream, key `my_ballot/N`: whether I may vote and whether my vote is recorded. Never which.
    pub struct MyBallotView {
        pub ballot: BallotId,
        pub round: u32,
        pub entitled: bool,
        /// 回避 from this subject.
        pub recused: bool,
        /// I was handed a paper, or vote at the hall's tablet: my phone takes no token.
        pub way: Way,
        /// Named only; of a secret ballot the server does not know.
        pub recorded: bool,
        /// Secret only: a token was given in my name.
        pub token_taken: bool,
    }
}
