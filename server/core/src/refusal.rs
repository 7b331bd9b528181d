//! Why a rule says no. The code is stable and part of the protocol; the sentence for people comes from the client's
//! words, one for each code and language. A refusal is a fact about the case, never a failure of the machine.

use crate::ballot::{BallotState, Secrecy, VoidCause};
use crate::ids::{BallotId, PersonId, QuestionId, QuestionnaireId, SubjectId};
use crate::questionnaire::QuestionnaireState;
use crate::rules::Identity;
use crate::scrutiny::Step;
use crate::sitting::ConsoleSeat;
use crate::stages::lots::LotState;
use crate::stages::{OpenMatter, Stage, StageLack};

wire_words! {
    /// Which text of a command was not acceptable.
    pub enum TextField { Name, Title, Unit, Post, Group, Seat, Question, Reason, Note, SessionName, BodyName, FileName, Template, Cause, Measure, Target, Owner, Committee, Summary, Category, Issue, Place, Source, Assessment, Advice, Demands, DocumentNumber, Intro, SurveyQuestion, Choice, Participants, Aspect, Remark, PlanText, Called }
}

wire! {
    /// A rule's no, with the figures that its sentence needs.
    #[derive(thiserror::Error)]
    #[error("{self:?}")]
    #[serde(tag = "code", rename_all = "snake_case")]
    pub enum Refusal {
        /// This role may not do this at all.
        NotAllowed {},
        /// Only the seat that holds the console conducts; hand it over first.
        ConsoleNotHeld { held_by: ConsoleSeat },
        /// The console's picture is older than the case: look again and decide anew.
        ScreenOutdated { ballot: BallotId, round: u32, state: BallotState },
        /// A ballot's conduct must say which round and state it means.
        ExpectsMissing {},
        TextMissing { field: TextField },
        TextTooLong { field: TextField, chars_max: u32 },
        /// Control, bidirectional or zero-width characters.
        TextHidden { field: TextField },
        /// Not a day as YYYY-MM-DD.
        DayUnreadable {},
        /// A list is at its bound.
        TooMany { of: Counted, max: u32 },
        /// Outside the range a setting allows.
        OutOfRange { min: u32, max: u32 },

        /// The event of this day cannot have been before `first`, YYYY-MM-DD.
        DayTooEarly { first: String },
        /// What has happened did not happen after `last`.
        DayTooLate { last: String },
        /// The calendar makes this day both off and worked.
        DayTwice { day: String },

        NoSuchPerson {},
        NoSuchSubject {},
        NoSuchItem {},
        NoSuchQuestion {},
        NoSuchBallot {},
        NoSuchDocument {},
        NoSuchQuestionnaire {},
        /// The order does not fit the questionnaire's state.
        QuestionnaireState { state: QuestionnaireState },
        /// Without a question, or without a subject it is about.
        QuestionnaireEmpty {},
        /// Two choices of one question read the same.
        ChoiceTwice {},
        /// Two people of one name cannot be told apart at the door; add a mark such as 张三（大）.
        NameTaken { name: String },
        SubjectInUse {},
        RosterFrozen {},
        /// The base is corrected only while no ballot is being held.
        BallotRunning {},

        /// The machine's clock is plainly wrong: set it before the sitting.
        ClockImplausible {},
        SittingNotOpen {},
        SittingAlreadyOpen {},
        SittingClosed {},
        /// What the sitting still lacks before it can open.
        NotReady { lacks: Lacking },
        /// 地方组织法 art. 51: a sitting needs more than half of all members.
        NoQuorum { present: u32, needed: u32 },
        NotCheckedIn {},
        AlreadyCheckedIn {},

        /// Only members vote; attendees may ask (列席人员 have a voice, no vote).
        NoVote {},
        BallotNotOpen { state: BallotState },
        BallotPaused {},
        BallotClosed {},
        /// The command does not fit the ballot's state.
        BallotState { state: BallotState },
        /// A voided round's vote, or a round that is not yet.
        OtherRound { round: u32 },
        NoSuchOption {},
        /// A ballot of another sheet is being held; one sheet at a time in this hall.
        OtherBallotRunning { ballot: BallotId },
        ResultNotRecorded {},
        /// The agenda evaluates a subject twice.
        SubjectTwice {},
        /// This subject's result is announced; what is measured later is its rectification, by a rule of its own.
        AppraisedAlready { subject: SubjectId },
        /// The announced board is being made public; in a moment the round can be voided.
        BoardNotReleased {},
        /// Another ballot of the same sheet is still being sealed.
        SheetNotSealed {},
        /// The round's key is being made; a moment.
        KeyNotReady {},
        /// A token was already given to this member for another element: another device, or a lost one.
        TokenTaken {},
        /// 回避: this member takes no part in the ballot on this subject.
        Recused {},
        /// This member was handed a paper in this round; phone and paper exclude each other.
        OnPaper {},
        /// This member's vote is recorded already, so no paper is handed out.
        AlreadyVoted {},
        /// The paper was handed out; the member is back on the phone from the next ballot.
        PaperIssued {},
        /// Paper is counted after the close.
        PaperNotDue { state: BallotState },
        /// Two people must have counted the paper, and to the same figures.
        PaperNotAgreed {},
        /// Marks, blank and invalid slips do not add up to the returned.
        PaperDoesNotAddUp {},
        /// Appointed scrutineers have yet to confirm this step.
        ScrutineersPending { step: Step, confirmed: u32, needed: u32 },
        ScrutineersTooFew { min: u32 },
        /// Only members present, who are not appraised themselves.
        NotEligible { person: PersonId },
        /// Nobody is appraised by a body and votes in it: the officer of a subject attends.
        OfficerIsMember { person: PersonId },
        NotScrutineer {},
        /// 无记名: casts go to the box, never over the member's own socket.
        SecretBallot {},
        /// 记名: there are no tokens.
        NamedBallot {},
        /// Accounting does not balance; nothing can be announced.
        AccountsDoNotBalance { identity: Identity },
        /// The rule allows no further round for this cause once the round is sealed.
        CauseNotAllowed { cause: VoidCause },
        /// The record shows that the cause is not there: no tie, a grade was reached, no more returned than issued.
        CauseNotThere { cause: VoidCause },
        /// The rule allows this many rounds; the matter goes to the council (主任会议).
        RoundsUsedUp { max: u32 },
        /// Whether votes are named is the adopted rule's to say.
        SecrecyByRule { secrecy: Secrecy },
        /// The rule profile breaks its own form; the desk page says where.
        ProfileFaulty {},

        /// Stages follow each other; the case is in this one.
        StageOrder { stage: Stage },
        /// What a stage needs before the case enters it.
        StageNotReady { stage: Stage, lacks: StageLack },
        /// The case is closed: it may be read, and reopened with a reason.
        CaseClosed {},
        /// Without a reason a case is closed only when nothing is open; with a sitting under way, never.
        StillOpen { matter: OpenMatter, count: u32 },
        NoSuchLot {},
        /// The drawing of lots is not at this step; one lot at a time.
        LotState { state: LotState },
        /// The shown seed is not the one that the program committed itself to.
        SeedDiffers {},

        /// The follow-up begins with an announced result.
        ResultNotAnnounced {},
        OpinionsNotHandedOver {},
        /// What was received was handed over: take the receipt back first.
        OpinionsReceived {},
        /// The subject's officer has signed for them; the desk does not change that day.
        ReceiptSigned {},
        /// A plan or report was filed since, or a further round ordered: the day of the receipt stands.
        FiledSince {},
        /// The receipt is recorded; nothing to sign.
        AlreadyReceived {},
        /// Only the subject's own officer.
        NotOfficer {},

        NoSuchIssue {},
        NoSuchCategory {},
        CategoryTwice { category: String },
        /// A live issue is in it.
        CategoryInUse { category: String },
        /// An issue says where it comes from.
        SourceMissing {},
        /// Issues of two subjects are not merged, and a merged one does not move.
        OtherSubject {},
        /// Merged or dropped already.
        IssueSettled {},
        /// The council approves what has been drafted, the assessment at least.
        OpinionsNotDrafted {},
        /// Text and issues stand; take the approval back first.
        OpinionsApproved {},
        OpinionsNotApproved {},
        /// What was handed over was approved: take the hand-over back first.
        OpinionsHandedOver {},

        /// The ledger begins with the receipt of the approved opinions.
        OpinionsNotReceived {},
        /// 已销号: a closed line is opened again before anything is written into it.
        LineClosed {},
        LineOpen {},
        /// It lay before a check: the subject does not take it back, the office may.
        EvidenceChecked {},
        /// 销号 takes a line that is done or kept up for good.
        LineNotDone {},
        /// 销号 takes a last check that found it sound.
        LineNotChecked {},
        /// The plan names the last day: only the office grants a later one.
        PlanFiled {},
        /// Lines without measure, owner or last day.
        PlanIncomplete { lines: u32 },
        NothingFiled {},
        FilingAccepted {},

        QuestionSettled {},
        QuestionNotShown {},
        OwnQuestion {},
        NotYourQuestion {},
        MergeIntoItself {},
        MergeChain { into: QuestionId },
        /// A private question cannot be put on the screen or merged into a shown one.
        QuestionPrivate {},

        NoSuchGroup {},
        /// What a group did stays on record, and the group with it.
        GroupInUse {},
        /// A draft is removed or given to another group first; one that was opened stays, and its group with it.
        GroupHasQuestionnaire { questionnaire: QuestionnaireId },
        /// Only the group's own people, and the office.
        NotInGroup {},
        /// Nobody investigates the own office.
        OfficerInGroup { person: PersonId },
        NoSuchActivity {},
        SignaturesMissing {},
        ReportNotFiled {},
        /// The council has heard it: the office takes it back.
        ReportHeard {},

        NoSuchAspect {},
        /// The list names it twice.
        AspectTwice {},
        NoSuchRemark {},
        NotYourRemark {},
        /// The speaker stands by it: it is corrected, not removed or disputed.
        RemarkConfirmed {},
        /// Its speaker has yet to stand by it.
        RemarkNotConfirmed {},
        /// There is another wording by now; read it first.
        RemarkChanged {},
        /// No item of deliberation is current.
        NoDeliberation {},
        AlreadyOnList {},
        NotOnList {},
        SpeakingAlready {},
        NobodySpeaking {},

        /// The door's binding names a device that is already out.
        StaleDevice { person: PersonId },
        /// A system command that came a second time or too early; harmless.
        NothingDue {},
    }

    /// What a sitting lacks before it can be opened.
    #[derive(Copy)]
    #[serde(rename_all = "snake_case")]
    pub enum Lacking { Roster, Subjects, Agenda, ProfileConfirmed }

    /// Which list is full.
    #[derive(Copy)]
    #[serde(rename_all = "snake_case")]
    pub enum Counted { Persons, Subjects, Documents, AgendaItems, Questions, YourQuestions, Rounds, Incidents, Scrutineers, Hands, CalendarDays, Sittings, Escalations, Evidence, Checks, Reopenings, Filings, Issues, Categories, Sources, Questionnaires, SurveyQuestions, Choices, Groups, GroupMembers, Activities, GroupReports, Aspects, Remarks, YourRemarks, Speeches, Lots }
}
