//! The values of the views, as they go over the wire. Counts are whole numbers, instants milliseconds since 1970 UTC.

use crate::ballot::{Secrecy, TallyDisplay};
use crate::ids::{BallotId, InstantMs, ItemId, PersonId, QuestionId, SubjectId};
use crate::inquiry::{QuestionReview, QuestionState, Visibility};
use crate::minutes::Minute;
use crate::refusal::Refusal;
use crate::roster::{Attendance, PersonKind, Way};
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
        /// The first is 1; later ones measure the rectification or hold what was put off.
        pub number: u32,
        pub opened_at: InstantMs,
        pub closed_at: InstantMs,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub current: Option<ItemId>,
        /// The ballot between presenting and sealing; of a sheet, the first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub running_ballot: Option<BallotId>,
        /// Sittings before it, in their order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<PastSittingView>>"))]
        pub past: Vec<PastSittingView>,
    }

    /// A sitting that is over. 应到 due, 实到 present.
    pub struct PastSittingView {
        pub session_name: String,
        pub held_on: String,
        pub opened_at: InstantMs,
        pub closed_at: InstantMs,
        pub due: u32,
        pub present: u32,
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
        /// The officer on the roster. Not for the public.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub person: Option<PersonId>,
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
        CallSpeaker { person: PersonId },
        EndSpeech {},
        PresentBallot { ballot: BallotId },
        OpenBallot { ballot: BallotId },
        ResumeBallot { ballot: BallotId },
        CloseBallot { ballot: BallotId },
        /// The five seconds of flushing.
        AwaitSeal { ballot: BallotId },
        AnnounceBallot { ballot: BallotId },
        /// The rule has it held again: the round is voided for this cause.
        RepeatBallot { ballot: BallotId, cause: crate::ballot::VoidCause },
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
