// Generated from the Rust types. Do not edit: run the protocol test with UPDATE=1.

export type PersonId = number;
export type SubjectId = number;
export type ItemId = number;
export type QuestionId = number;
export type BallotId = number;
export type GroupId = number;
export type QuestionnaireId = number;
export type RemarkId = number;
export type LotId = number;
export type IssueId = number;
export type PersonKind = "member" | "attendee";
export type Attendance = "absent" | "present" | "left" | "excused";
export type Way = "phone" | "paper" | "booth";
export type ReportForm = "oral" | "written";
export type DocumentKind = "docx" | "pdf" | "md" | "txt" | "jpeg" | "png";
export type Document = { digest: string, kind: DocumentKind, file_name: string, size_bytes: number, };
export type ItemKind = "opening" | "report" | "inquiry" | "deliberation" | "evaluation" | "speech" | "other";
export type ItemState = "waiting" | "current" | "done";
export type SittingState = "preparing" | "open" | "closed";
export type ConsoleSeat = "chair" | "operator";
export type Station = "chair" | "operator" | "projector";
export type Screen = { "type": "welcome", } | { "type": "check_in", } | { "type": "item", item: ItemId, } | { "type": "question", question: QuestionId, } | { "type": "ballot", ballot: BallotId, } | { "type": "lot", lot: LotId, } | { "type": "title", };
export type Step = "open" | "close" | "unseal";
export type ScrutinyRule = "none" | "watch" | "confirm";
export type NotedBy = { "type": "scrutineer", name: string, } | { "type": "console", seat: ConsoleSeat, } | { "type": "desk", };
export type Incident = { at: number, by: NotedBy, ballot?: BallotId, text: string, };
export type Visibility = "named" | "chair_only" | "without_name";
export type QuestionReview = "first" | "at_once";
export type QuestionState = "asked" | "accepted" | "taken" | "answered" | "deferred" | "skipped" | "rejected" | "merged" | "withdrawn";
export type BallotState = "prepared" | "presented" | "open" | "paused" | "closing" | "sealed" | "announced";
export type Secrecy = "named" | "secret";
export type TallyDisplay = "live" | "turnout_only";
export type BallotOption = { key: string, label: string, kind: MarkKind, };
export type BallotItem = { key: string, label: string, };
export type OptionCount = { key: string, label: string, votes: number, percent: string, };
export type BallotResult = { due: number, present: number, issued: number, returned: number, valid: number, invalid: number, 
/**
 * Each option; with several items, item by item.
 */
counts: Array<OptionCount>, 
/**
 * Of these, what two people counted on paper. The rest is on the board of a secret round.
 */
paper?: PaperCount, 
/**
 * The grade's key; empty if the rule gives none.
 */
grade: string, grade_label: string, 
/**
 * Votes of all members that the first rule asks for; 0 if it asks for none.
 */
majority: number, 
/**
 * The option whose share of votes gave the grade, if it was a rule on one option.
 */
by_majority_of?: string, 
/**
 * What the rule says of the subject, all groups of voters together, and why.
 */
verdict: RuleVerdict, 
/**
 * What is read out.
 */
text: string, };
export type VoidCause = "returned_over_issued" | "system_failure" | "quorum_lost" | "no_grade" | "tie" | "procedure";
export type VoidedRound = { round: number, cause: VoidCause, 
/**
 * What the chair added; may be empty.
 */
note: string, 
/**
 * Of a tie: who shared the place, and is voted on again too.
 */
tied_with?: Array<SubjectId>, at: number, 
/**
 * Voting had begun: it is one of the rounds that the rule counts.
 */
held: boolean, issued: number, returned: number, 
/**
 * Of a sealed secret round: the digest that was announced with it.
 */
digest?: string, 
/**
 * A secret round's box and seed still have to be destroyed.
 */
to_destroy: boolean, };
export type Part = "results" | "opinions" | "rectification";
export type Timing = { "when": "held", } | { "when": "with_announcement", } | { "when": "at", at: number, };
export type SetPublication = { part: Part, timing: Timing, };
export type Release = { part: Part, at: number, };
export type DueMatter = "results" | "plan" | "report" | "further_report";
export type TermSource = "program" | "rule" | "office";
export type Term = { amount: number, unit: DeadlineUnit, roll: RollRule, };
export type Escalation = "written_explanation" | "talk" | "special_inquiry" | "interpellation" | "special_investigation" | "removal_motion";
export type RoundOrder = { subject: SubjectId, on: string, until: string, note: string, };
export type EscalationStep = { subject: SubjectId, step: Escalation, on: string, note: string, };
export type DayKind = "off" | "work";
export type CalendarSpan = { first: string, last: string, kind: DayKind, name: string, };
export type CalendarYear = { year: number, off: number, work: number, };
export type Source = { "from": "duty_report", subject: SubjectId, place: string, } | { "from": "investigation_report", group: GroupId, place: string, } | { "from": "question", question: QuestionId, } | { "from": "remark", remark: RemarkId, } | { "from": "other", text: string, };
export type IssueEntry = { subject: SubjectId, category: string, text: string, sources: Array<Source>, };
export type CategoryEntry = { name: string, was: string, };
export type SetCategories = { categories: Array<CategoryEntry>, };
export type AddIssue = { entry: IssueEntry, };
export type ChangeIssue = { issue: IssueId, entry: IssueEntry, };
export type MergeIssue = { from: IssueId, into: IssueId, };
export type DropIssue = { issue: IssueId, reason: string, };
export type RestoreIssue = { issue: IssueId, };
export type DraftOpinions = { subject: SubjectId, assessment: string, advice: string, demands: string, number: string, };
export type ApproveOpinions = { subject: SubjectId, on: string, note: string, };
export type SignOpinions = { subject: SubjectId, signature: string, };
export type OfficePaper = "implementation_plan" | "subject_notice" | "sign_in_sheet" | "chair_script" | "ballot_paper" | "inquiry_record" | "tally_sheet" | "result_notice" | "result_report" | "copy_letter" | "minutes" | "deadline_list" | "rectification_notice" | "rectification_ledger" | "summary" | "issue_list" | "opinions";
export type LineState = "not_started" | "underway" | "done" | "long_term";
export type CheckFinding = "sound" | "partial" | "perfunctory" | "fake";
export type FiledBy = "officer" | "desk";
export type LineCounts = { lines: number, not_started: number, underway: number, done: number, long_term: number, 
/**
 * 已销号, whatever their state.
 */
closed: number, 
/**
 * The last check found them fake or perfunctory.
 */
condemned: number, 
/**
 * Lines that lack measure, owner or last day: with them no plan can be filed.
 */
unplanned: number, };
export type LineEntry = { cause: string, measure: string, target: string, owner: string, due_on: string, state: LineState, };
export type SetLine = { issue: IssueId, entry: LineEntry, };
export type AddEvidence = { issue: IssueId, document: Document, };
export type RemoveEvidence = { issue: IssueId, digest: string, };
export type NameCommittee = { subject: SubjectId, name: string, };
export type AddCheck = { issue: IssueId, 
/**
 * YYYY-MM-DD.
 */
on: string, by: string, finding: CheckFinding, 
/**
 * May be empty only where all is well.
 */
note: string, };
export type CloseLine = { issue: IssueId, on: string, by: string, };
export type ReopenLine = { issue: IssueId, reason: string, };
export type FilingEntry = { subject: SubjectId, 
/**
 * Desk only: the day on which the paper came in, YYYY-MM-DD. Empty is today.
 */
on: string, summary: string, document?: Document, };
export type TakeFiling = { subject: SubjectId, matter: DueMatter, };
export type ReturnFiling = { subject: SubjectId, matter: DueMatter, reason: string, };
export type Access = "open" | "code";
export type QuestionnaireState = "draft" | "open" | "closed";
export type Answering = "required" | "optional";
export type AnswerForm = { "form": "one", choices: Array<string>, } | { "form": "several", choices: Array<string>, at_most: number, } | { "form": "scale", from: number, to: number, from_label: string, to_label: string, } | { "form": "text", };
export type SurveyQuestion = { text: string, answering: Answering, answer: AnswerForm, };
export type SetQuestionnaire = { questionnaire?: QuestionnaireId, 
/**
 * The investigation group whose questionnaire it is, if it is one group's.
 */
group?: GroupId, title: string, 
/**
 * Said above the questions; may be empty.
 */
intro: string, subjects: Array<SubjectId>, access: Access, questions: Array<SurveyQuestion>, };
export type QuestionCount = { answered: number, counts: Array<number>, };
export type CountQuestionnaire = { questionnaire: QuestionnaireId, answers: number, counts: Array<QuestionCount>, digest: string, };
export type Given = { "gave": "nothing", } | { "gave": "choices", choices: Array<number>, } | { "gave": "value", value: number, } | { "gave": "text", text: string, };
export type PaperCount = { returned: number, blank: number, invalid: number, 
/**
 * A row for each item (one row if there are none), a column for each option.
 */
votes: Array<Array<number>>, };
export type PaperEntry = { by: Actor, count: PaperCount, };
export type RosterEntry = { name: string, kind: PersonKind, title: string, group: string, seat: string, };
export type AgendaEntry = { kind: ItemKind, title: string, subject?: SubjectId, subjects?: Array<SubjectId>, };
export type SubjectEntry = { 
/**
 * The officer's name (述职人).
 */
officer: string, 
/**
 * The post, 局长 for example.
 */
post: string, 
/**
 * The unit as the hall knows it, 区教育局 for example.
 */
unit: string, report: ReportForm, };
export type Convening = { session_name: string, held_on: string, };
export type ActivityKind = "forum" | "interview" | "visit" | "papers" | "other";
export type ActivityEntry = { kind: ActivityKind, on: string, place: string, with: string, people: number, summary: string, };
export type SetGroup = { group?: GroupId, name: string, leader: PersonId, 
/**
 * Without the leader.
 */
members: Array<PersonId>, subjects: Array<SubjectId>, };
export type RemoveGroup = { group: GroupId, };
export type RecordActivity = { group: GroupId, activity?: number, entry: ActivityEntry, };
export type RemoveActivity = { group: GroupId, activity: number, reason: string, };
export type FileReport = { group: GroupId, document: Document, summary: string, signed: Array<PersonId>, };
export type WithdrawReport = { group: GroupId, reason: string, };
export type RecordHearing = { group: GroupId, on: string, note: string, };
export type RemarkSource = "desk" | "phone";
export type RemarkState = "waiting" | "disputed" | "confirmed" | "removed";
export type ConfirmedOn = "phone" | "paper";
export type SetDeliberation = { aspects: Array<string>, first_minutes: number, later_minutes: number, };
export type RecordRemark = { speaker: PersonId, subject?: SubjectId, aspect: string, text: string, };
export type SendRemark = { subject?: SubjectId, aspect: string, text: string, };
export type CorrectRemark = { remark: RemarkId, subject?: SubjectId, aspect: string, text: string, };
export type ConfirmRemark = { remark: RemarkId, wording: number, };
export type DisputeRemark = { remark: RemarkId, wording: number, note: string, };
export type RemoveRemark = { remark: RemarkId, reason: string, };
export type AskToSpeak = { subject?: SubjectId, aspect: string, };
export type CallSpeaker = { person: PersonId, };
export type Stage = "preparation" | "investigation" | "sitting" | "rectification";
export type StageLack = "plan" | "subjects" | "roster" | "agenda" | "sitting" | "result";
export type OpenMatter = "sitting" | "results" | "opinions" | "dues" | "lines" | "rounds";
export type StageDays = { stage: Stage, first: string, last: string, };
export type PlanEntry = { stages: Array<StageDays>, 
/**
 * 指导思想
 */
guidance: string, 
/**
 * 组织领导
 */
leadership: string, 
/**
 * 工作要求
 */
demands: string, };
export type StageStep = { stage: Stage, };
export type CaseClosing = { reason: string, };
export type CaseReopening = { reason: string, };
export type LotPurpose = "oral_report" | "appraised";
export type LotState = "called" | "committed" | "revealing" | "drawn" | "cancelled";
export type LotCall = { purpose: LotPurpose, candidates: Array<SubjectId>, draw: number, };
export type LotDraw = { lot: LotId, called: string, };
export type LotCancel = { lot: LotId, reason: string, };
export type LotCommitment = { lot: LotId, commitment: string, };
export type LotSeed = { lot: LotId, seed: string, };
export type TimelineStep = "plan" | "roster" | "subjects" | "rule" | "duty_reports" | "groups" | "investigation_reports" | "reports_heard" | "agenda" | "sitting" | "results" | "opinions_approved" | "opinions_handed_over" | "opinions_received" | "results_sent" | "plans_filed" | "reports_filed" | "lines_closed" | "rectification_ballots" | "rounds_ordered" | "further_reports" | "case_closed";
export type StepState = "waiting" | "ready" | "done";
export type ReminderAbout = { "type": "follow_up", matter: DueMatter, } | { "type": "line", issue: IssueId, } | { "type": "written_answer", question: QuestionId, } | { "type": "stage_end", stage: Stage, };
export type Command = { "type": "case.describe/1", "body": { title: string, body_name: string, session_name: string, held_on: string, } } | { "type": "roster.import/1", "body": { people: Array<RosterEntry>, } } | { "type": "person.add/1", "body": { person: RosterEntry, } } | { "type": "person.correct/1", "body": { person: PersonId, entry: RosterEntry, } } | { "type": "person.remove/1", "body": { person: PersonId, } } | { "type": "credential.reissue/1", "body": { person: PersonId, } } | { "type": "device.bind/1", "body": { person: PersonId, device_key: string, } } | { "type": "subject.add/1", "body": { subject: SubjectEntry, } } | { "type": "subject.change/1", "body": { subject: SubjectId, entry: SubjectEntry, } } | { "type": "subject.officer/1", "body": { subject: SubjectId, person?: PersonId, } } | { "type": "subject.remove/1", "body": { subject: SubjectId, } } | { "type": "subject.attach/1", "body": { subject: SubjectId, digest: string, kind: DocumentKind, file_name: string, size_bytes: number, } } | { "type": "subject.detach/1", "body": { subject: SubjectId, digest: string, } } | { "type": "agenda.set/1", "body": { items: Array<AgendaEntry>, } } | { "type": "settings.change/1", "body": { question_review: QuestionReview, tally_display: TallyDisplay, written_answer_days: number, ballot_limit_s: number, secrecy: Secrecy, } } | { "type": "follow_up.term/1", "body": { matter: DueMatter, term: Term, } } | { "type": "follow_up.calendar/1", "body": { spans: Array<CalendarSpan>, } } | { "type": "follow_up.hand_over/1", "body": { subject: SubjectId, on: string, } } | { "type": "follow_up.receive/1", "body": { subject: SubjectId, on: string, } } | { "type": "follow_up.extend/1", "body": { matter: DueMatter, subject?: SubjectId, until: string, reason: string, } } | { "type": "follow_up.complete/1", "body": { matter: DueMatter, subject?: SubjectId, on: string, } } | { "type": "rectification.order/1", "body": RoundOrder } | { "type": "rectification.escalate/1", "body": EscalationStep } | { "type": "publication.set/1", "body": SetPublication } | { "type": "publication.release/1", "body": Release } | { "type": "ledger.line/1", "body": SetLine } | { "type": "ledger.evidence/1", "body": AddEvidence } | { "type": "ledger.evidence_remove/1", "body": RemoveEvidence } | { "type": "ledger.committee/1", "body": NameCommittee } | { "type": "ledger.check/1", "body": AddCheck } | { "type": "ledger.close/1", "body": CloseLine } | { "type": "ledger.reopen/1", "body": ReopenLine } | { "type": "ledger.plan/1", "body": FilingEntry } | { "type": "ledger.report/1", "body": FilingEntry } | { "type": "ledger.accept/1", "body": TakeFiling } | { "type": "ledger.return/1", "body": ReturnFiling } | { "type": "questionnaire.set/1", "body": SetQuestionnaire } | { "type": "questionnaire.remove/1", "body": { questionnaire: QuestionnaireId, } } | { "type": "questionnaire.open/1", "body": { questionnaire: QuestionnaireId, } } | { "type": "questionnaire.close/1", "body": { questionnaire: QuestionnaireId, } } | { "type": "questionnaire.count/1", "body": CountQuestionnaire } | { "type": "plan.set/1", "body": PlanEntry } | { "type": "stage.enter/1", "body": StageStep } | { "type": "case.close/1", "body": CaseClosing } | { "type": "case.reopen/1", "body": CaseReopening } | { "type": "lot.call/1", "body": LotCall } | { "type": "lot.draw/1", "body": LotDraw } | { "type": "lot.cancel/1", "body": LotCancel } | { "type": "lot.commit/1", "body": LotCommitment } | { "type": "lot.seed/1", "body": LotSeed } | { "type": "profile.adopt/1", "body": { profile: Profile, confirmed: Array<string>, } } | { "type": "sitting.open/1", "body": Record<symbol, never> } | { "type": "sitting.close/1", "body": Record<symbol, never> } | { "type": "sitting.convene/1", "body": Convening } | { "type": "sitting.cancel/1", "body": Record<symbol, never> } | { "type": "item.begin/1", "body": { item: ItemId, } } | { "type": "attendance.check_in/1", "body": Record<symbol, never> } | { "type": "attendance.record/1", "body": { person: PersonId, attendance: Attendance, } } | { "type": "screen.show/1", "body": { screen: Screen, } } | { "type": "console.hand/1", "body": { to: ConsoleSeat, } } | { "type": "question.ask/1", "body": { subject?: SubjectId, visibility: Visibility, text: string, } } | { "type": "question.support/1", "body": { question: QuestionId, } } | { "type": "question.unsupport/1", "body": { question: QuestionId, } } | { "type": "question.withdraw/1", "body": { question: QuestionId, } } | { "type": "question.accept/1", "body": { question: QuestionId, } } | { "type": "question.edit/1", "body": { question: QuestionId, text: string, } } | { "type": "question.route/1", "body": { question: QuestionId, subject?: SubjectId, } } | { "type": "question.reject/1", "body": { question: QuestionId, reason: string, } } | { "type": "question.merge/1", "body": { from: QuestionId, into: QuestionId, } } | { "type": "question.take/1", "body": { question: QuestionId, } } | { "type": "question.answer/1", "body": { question: QuestionId, note: string, } } | { "type": "question.defer/1", "body": { question: QuestionId, due_on: string, } } | { "type": "question.skip/1", "body": { question: QuestionId, } } | { "type": "ballot.display/1", "body": { ballot: BallotId, display: TallyDisplay, } } | { "type": "ballot.present/1", "body": { ballot: BallotId, } } | { "type": "ballot.open/1", "body": { ballot: BallotId, limit_s: number, } } | { "type": "ballot.pause/1", "body": { ballot: BallotId, } } | { "type": "ballot.resume/1", "body": { ballot: BallotId, } } | { "type": "ballot.extend/1", "body": { ballot: BallotId, seconds: number, } } | { "type": "ballot.close/1", "body": { ballot: BallotId, } } | { "type": "ballot.announce/1", "body": { ballot: BallotId, } } | { "type": "ballot.void/2", "body": { ballot: BallotId, cause: VoidCause, note: string, } } | { "type": "ballot.hands/1", "body": { ballot: BallotId, votes: Array<number>, reason: string, } } | { "type": "ballot.paper_count/1", "body": { ballot: BallotId, round: number, count: PaperCount, } } | { "type": "person.way/1", "body": { person: PersonId, way: Way, } } | { "type": "recusal.record/1", "body": { person: PersonId, subject: SubjectId, reason: string, } } | { "type": "recusal.lift/1", "body": { person: PersonId, subject: SubjectId, } } | { "type": "scrutineers.appoint/1", "body": { persons: Array<PersonId>, } } | { "type": "scrutineers.replace/1", "body": { out: PersonId, by: PersonId, reason: string, } } | { "type": "scrutiny.confirm/1", "body": { ballot: BallotId, round: number, step: Step, } } | { "type": "scrutiny.object/1", "body": { ballot: BallotId, round: number, step: Step, reason: string, } } | { "type": "incident.note/1", "body": { ballot?: BallotId, text: string, } } | { "type": "investigation.group/1", "body": SetGroup } | { "type": "investigation.group_remove/1", "body": RemoveGroup } | { "type": "investigation.activity/1", "body": RecordActivity } | { "type": "investigation.activity_remove/1", "body": RemoveActivity } | { "type": "investigation.report/1", "body": FileReport } | { "type": "investigation.withdraw/1", "body": WithdrawReport } | { "type": "investigation.hearing/1", "body": RecordHearing } | { "type": "deliberation.set/1", "body": SetDeliberation } | { "type": "remark.record/1", "body": RecordRemark } | { "type": "remark.send/1", "body": SendRemark } | { "type": "remark.correct/1", "body": CorrectRemark } | { "type": "remark.confirm/1", "body": ConfirmRemark } | { "type": "remark.dispute/1", "body": DisputeRemark } | { "type": "remark.remove/1", "body": RemoveRemark } | { "type": "speech.ask/1", "body": AskToSpeak } | { "type": "speech.withdraw/1", "body": Record<symbol, never> } | { "type": "speech.call/1", "body": CallSpeaker } | { "type": "speech.end/1", "body": Record<symbol, never> } | { "type": "vote.cast/1", "body": { ballot: BallotId, round: number, choice: number, signature: string, } } | { "type": "vote.cast/2", "body": { ballot: BallotId, round: number, choices: Array<number>, signature: string, } } | { "type": "token.take/1", "body": { ballot: BallotId, round: number, blinded: string, signature: string, } } | { "type": "issue.categories/1", "body": SetCategories } | { "type": "issue.add/1", "body": AddIssue } | { "type": "issue.change/1", "body": ChangeIssue } | { "type": "issue.merge/1", "body": MergeIssue } | { "type": "issue.drop/1", "body": DropIssue } | { "type": "issue.restore/1", "body": RestoreIssue } | { "type": "opinions.draft/1", "body": DraftOpinions } | { "type": "opinions.approve/1", "body": ApproveOpinions } | { "type": "opinions.sign/1", "body": SignOpinions } | { "type": "ballot.key/1", "body": { ballot: BallotId, round: number, header: string, header_hash: string, } } | { "type": "ballot.seal_box/2", "body": { ballot: BallotId, round: number, digest: string, returned: number, } } | { "type": "ballot.count_box/1", "body": { ballot: BallotId, round: number, counts: Array<number>, } } | { "type": "ballot.release/1", "body": { ballot: BallotId, round: number, board: string, } } | { "type": "ballot.destroyed/1", "body": { ballot: BallotId, round: number, } } | { "type": "ballot.seal/1", "body": { ballot: BallotId, round: number, } } | { "type": "ballot.result/1", "body": { ballot: BallotId, round: number, result: BallotResult, } } | { "type": "record.set_aside/1", "body": { index: number, reason: string, } };
export type Actor = { "role": "system", } | { "role": "door", } | { "role": "desk", account: number, } | { "role": "console", seat: ConsoleSeat, } | { "role": "person", person: PersonId, };
export type Expects = { ballot: BallotId, round: number, state: BallotState, };
export type TextField = "name" | "title" | "unit" | "post" | "group" | "seat" | "question" | "reason" | "note" | "session_name" | "body_name" | "file_name" | "template" | "cause" | "measure" | "target" | "owner" | "committee" | "summary" | "category" | "issue" | "place" | "source" | "assessment" | "advice" | "demands" | "document_number" | "intro" | "survey_question" | "choice" | "participants" | "aspect" | "remark" | "plan_text" | "called";
export type Lacking = "roster" | "subjects" | "agenda" | "profile_confirmed";
export type Counted = "persons" | "subjects" | "documents" | "agenda_items" | "questions" | "your_questions" | "rounds" | "incidents" | "scrutineers" | "hands" | "calendar_days" | "sittings" | "escalations" | "evidence" | "checks" | "reopenings" | "filings" | "issues" | "categories" | "sources" | "questionnaires" | "survey_questions" | "choices" | "groups" | "group_members" | "activities" | "group_reports" | "aspects" | "remarks" | "your_remarks" | "speeches" | "lots";
export type Refusal = { "code": "not_allowed", } | { "code": "console_not_held", held_by: ConsoleSeat, } | { "code": "screen_outdated", ballot: BallotId, round: number, state: BallotState, } | { "code": "expects_missing", } | { "code": "text_missing", field: TextField, } | { "code": "text_too_long", field: TextField, chars_max: number, } | { "code": "text_hidden", field: TextField, } | { "code": "day_unreadable", } | { "code": "too_many", of: Counted, max: number, } | { "code": "out_of_range", min: number, max: number, } | { "code": "day_too_early", first: string, } | { "code": "day_too_late", last: string, } | { "code": "day_twice", day: string, } | { "code": "no_such_person", } | { "code": "no_such_subject", } | { "code": "no_such_item", } | { "code": "no_such_question", } | { "code": "no_such_ballot", } | { "code": "no_such_document", } | { "code": "no_such_questionnaire", } | { "code": "questionnaire_state", state: QuestionnaireState, } | { "code": "questionnaire_empty", } | { "code": "choice_twice", } | { "code": "name_taken", name: string, } | { "code": "subject_in_use", } | { "code": "roster_frozen", } | { "code": "ballot_running", } | { "code": "clock_implausible", } | { "code": "sitting_not_open", } | { "code": "sitting_already_open", } | { "code": "sitting_closed", } | { "code": "not_ready", lacks: Lacking, } | { "code": "no_quorum", present: number, needed: number, } | { "code": "not_checked_in", } | { "code": "already_checked_in", } | { "code": "no_vote", } | { "code": "ballot_not_open", state: BallotState, } | { "code": "ballot_paused", } | { "code": "ballot_closed", } | { "code": "ballot_state", state: BallotState, } | { "code": "other_round", round: number, } | { "code": "no_such_option", } | { "code": "other_ballot_running", ballot: BallotId, } | { "code": "result_not_recorded", } | { "code": "subject_twice", } | { "code": "appraised_already", subject: SubjectId, } | { "code": "board_not_released", } | { "code": "sheet_not_sealed", } | { "code": "key_not_ready", } | { "code": "token_taken", } | { "code": "recused", } | { "code": "on_paper", } | { "code": "already_voted", } | { "code": "paper_issued", } | { "code": "paper_not_due", state: BallotState, } | { "code": "paper_not_agreed", } | { "code": "paper_does_not_add_up", } | { "code": "scrutineers_pending", step: Step, confirmed: number, needed: number, } | { "code": "scrutineers_too_few", min: number, } | { "code": "not_eligible", person: PersonId, } | { "code": "officer_is_member", person: PersonId, } | { "code": "not_scrutineer", } | { "code": "secret_ballot", } | { "code": "named_ballot", } | { "code": "accounts_do_not_balance", identity: Identity, } | { "code": "cause_not_allowed", cause: VoidCause, } | { "code": "cause_not_there", cause: VoidCause, } | { "code": "rounds_used_up", max: number, } | { "code": "secrecy_by_rule", secrecy: Secrecy, } | { "code": "profile_faulty", } | { "code": "stage_order", stage: Stage, } | { "code": "stage_not_ready", stage: Stage, lacks: StageLack, } | { "code": "case_closed", } | { "code": "still_open", matter: OpenMatter, count: number, } | { "code": "no_such_lot", } | { "code": "lot_state", state: LotState, } | { "code": "seed_differs", } | { "code": "result_not_announced", } | { "code": "opinions_not_handed_over", } | { "code": "opinions_received", } | { "code": "receipt_signed", } | { "code": "filed_since", } | { "code": "already_received", } | { "code": "not_officer", } | { "code": "no_such_issue", } | { "code": "no_such_category", } | { "code": "category_twice", category: string, } | { "code": "category_in_use", category: string, } | { "code": "source_missing", } | { "code": "other_subject", } | { "code": "issue_settled", } | { "code": "opinions_not_drafted", } | { "code": "opinions_approved", } | { "code": "opinions_not_approved", } | { "code": "opinions_handed_over", } | { "code": "opinions_not_received", } | { "code": "line_closed", } | { "code": "line_open", } | { "code": "evidence_checked", } | { "code": "line_not_done", } | { "code": "line_not_checked", } | { "code": "plan_filed", } | { "code": "plan_incomplete", lines: number, } | { "code": "nothing_filed", } | { "code": "filing_accepted", } | { "code": "question_settled", } | { "code": "question_not_shown", } | { "code": "own_question", } | { "code": "not_your_question", } | { "code": "merge_into_itself", } | { "code": "merge_chain", into: QuestionId, } | { "code": "question_private", } | { "code": "no_such_group", } | { "code": "group_in_use", } | { "code": "group_has_questionnaire", questionnaire: QuestionnaireId, } | { "code": "not_in_group", } | { "code": "officer_in_group", person: PersonId, } | { "code": "no_such_activity", } | { "code": "signatures_missing", } | { "code": "report_not_filed", } | { "code": "report_heard", } | { "code": "no_such_aspect", } | { "code": "aspect_twice", } | { "code": "no_such_remark", } | { "code": "not_your_remark", } | { "code": "remark_confirmed", } | { "code": "remark_not_confirmed", } | { "code": "remark_changed", } | { "code": "no_deliberation", } | { "code": "already_on_list", } | { "code": "not_on_list", } | { "code": "speaking_already", } | { "code": "nobody_speaking", } | { "code": "stale_device", person: PersonId, } | { "code": "nothing_due", };
export type Reply = { "type": "done", } | { "type": "person_added", person: PersonId, } | { "type": "subject_added", subject: SubjectId, } | { "type": "question_asked", question: QuestionId, } | { "type": "group_added", group: GroupId, } | { "type": "questionnaire_added", questionnaire: QuestionnaireId, } | { "type": "remark_added", remark: RemarkId, } | { "type": "issue_added", issue: IssueId, } | { "type": "lot_called", lot: LotId, } | { "type": "device_bound", person: PersonId, generation: number, } | { "type": "token_taken", ballot: BallotId, round: number, } | { "type": "vote_recorded", ballot: BallotId, round: number, };
export type Event = { "type": "sitting_opened", due: number, } | { "type": "quorum_reached", present: number, due: number, } | { "type": "quorum_lost", present: number, due: number, } | { "type": "item_began", item: ItemId, } | { "type": "question_taken", question: QuestionId, } | { "type": "question_answered", question: QuestionId, } | { "type": "question_deferred", question: QuestionId, due_on: string, } | { "type": "question_skipped", question: QuestionId, } | { "type": "ballot_presented", ballot: BallotId, round: number, } | { "type": "ballot_opened", ballot: BallotId, round: number, } | { "type": "ballot_paused", ballot: BallotId, round: number, } | { "type": "ballot_resumed", ballot: BallotId, round: number, } | { "type": "ballot_extended", ballot: BallotId, seconds: number, } | { "type": "ballot_halfway", ballot: BallotId, } | { "type": "ballot_closed", ballot: BallotId, round: number, returned: number, } | { "type": "ballot_announced", ballot: BallotId, round: number, } | { "type": "ballot_voided", ballot: BallotId, round: number, cause: VoidCause, note: string, } | { "type": "hands_shown", ballot: BallotId, round: number, reason: string, } | { "type": "paper_counted", ballot: BallotId, round: number, returned: number, } | { "type": "recused", name: string, subject: SubjectId, reason: string, } | { "type": "recusal_lifted", name: string, subject: SubjectId, } | { "type": "scrutineers_appointed", names: Array<string>, } | { "type": "scrutineer_replaced", out: string, by: string, reason: string, } | { "type": "step_confirmed", ballot: BallotId, step: Step, by: string, } | { "type": "step_objected", ballot: BallotId, step: Step, by: string, reason: string, } | { "type": "incident_noted", by: NotedBy, text: string, } | { "type": "speaker_called", name: string, } | { "type": "speech_ended", name: string, seconds: number, } | { "type": "console_handed", to: ConsoleSeat, } | { "type": "roster_corrected", due: number, } | { "type": "credential_reissued", name: string, } | { "type": "sitting_closed", } | { "type": "sitting_convened", number: number, } | { "type": "convening_cancelled", number: number, } | { "type": "lot_drawn", lot: LotId, };
export type Minute = { at: number, what: Event, };
export type Audience = "member" | "projector" | "chair" | "desk" | "public";
export type AfterRound = "revote" | "refer_to_council";
export type AgainView = { 
/**
 * The causes that may be given now.
 */
causes: Array<VoidCause>, 
/**
 * Further rounds after this one; a round that never opened does not count.
 */
rounds_left: number, comes_next?: AfterRound, };
export type PlaceView = { place: number, tied: boolean, 
/**
 * The rule settles this tie by a second vote.
 */
second_vote: boolean, };
export type CaseView = { id: string, title: string, body_name: string, session_name: string, 
/**
 * YYYY-MM-DD or empty.
 */
held_on: string, };
export type SettingsView = { question_review: QuestionReview, tally_display: TallyDisplay, written_answer_days: number, ballot_limit_s: number, secrecy: Secrecy, };
export type PastSittingView = { session_name: string, held_on: string, opened_at: number, closed_at: number, due: number, present: number, };
export type SittingView = { state: SittingState, 
/**
 * The first is 1; later ones measure the rectification or hold what was put off.
 */
number: number, opened_at: number, closed_at: number, current?: ItemId, 
/**
 * The ballot between presenting and sealing; of a sheet, the first.
 */
running_ballot?: BallotId, 
/**
 * Sittings before it, in their order.
 */
past?: Array<PastSittingView>, };
export type ItemView = { id: ItemId, kind: ItemKind, title: string, subject?: SubjectId, 
/**
 * Of an evaluation on one sheet.
 */
subjects?: Array<SubjectId>, state: ItemState, began_at: number, };
export type AgendaView = { items: Array<ItemView>, };
export type AttendanceView = { due: number, present: number, attendees: number, attendees_present: number, quorum: number, quorum_met: boolean, };
export type Stations = { projectors: number, chairs: number, operators: number, desks: number, };
export type JoinedView = { 
/**
 * Members with a signed-in device, and with a live socket.
 */
members: number, members_connected: number, attendees: number, attendees_connected: number, 
/**
 * Chair and desk only.
 */
stations?: Stations, };
export type DoorView = { code: string, url: string, 
/**
 * The address to type by hand, without the code.
 */
address: string, 
/**
 * The QR as an SVG document.
 */
svg: string, expires_at: number, };
export type GradeView = { key: string, label: string, };
export type SubjectView = { id: SubjectId, officer: string, post: string, unit: string, report: ReportForm, 
/**
 * 回避: members who take no part in its ballot. Not for the public.
 */
recused?: Array<PersonId>, documents: Array<Document>, 
/**
 * The officer on the roster. Not for the public.
 */
person?: PersonId, ballot?: BallotId, 
/**
 * Once announced.
 */
grade?: GradeView, };
export type AskerView = { name: string, group: string, };
export type QuestionView = { id: QuestionId, subject?: SubjectId, text: string, 
/**
 * The wording as asked, where the desk has edited it. Chair and desk only.
 */
original?: string, visibility: Visibility, state: QuestionState, askers: Array<AskerView>, 
/**
 * People who asked or support it, each once.
 */
voices: number, asked_at: number, settled_at: number, reason: string, note: string, due_on: string, 
/**
 * Chair and desk only.
 */
merged: Array<QuestionId>, merged_into?: QuestionId, };
export type SecretView = { 
/**
 * The header text, byte for byte.
 */
header: string, 
/**
 * SHA-256 of it, 64 hex digits; the hall screen shows its short form.
 */
header_hash: string, 
/**
 * The digest of the whole board, from the sealing on.
 */
digest?: string, 
/**
 * Once released: the board file's digest, to be fetched as a public document.
 */
board?: string, };
export type PaperView = { issued: number, marks: Array<PersonId>, entries: Array<PaperEntry>, agreed?: PaperCount, };
export type ConfirmedView = { step: Step, by: Array<string>, };
export type ScrutineerView = { person: PersonId, name: string, };
export type ScrutinyView = { rule: ScrutinyRule, scrutineers: Array<ScrutineerView>, incidents: Array<Incident>, };
export type ScrutinyBallotView = { ballot: BallotId, 
/**
 * Steps that I have confirmed in this round, and who else has.
 */
confirmed: Array<ConfirmedView>, paper?: PaperView, 
/**
 * Once sealed: what will be announced.
 */
result?: BallotResult, };
export type RollLine = { name: string, choices: Array<number>, };
export type RulesView = { profile: Profile, confirmed: Array<string>, unconfirmed: Array<AssumedSetting>, };
export type GroupTurnout = { group: string, issued: number, returned: number, };
export type BallotView = { id: BallotId, subject: SubjectId, 
/**
 * Which sitting of the case holds it, from 1, and what is measured.
 */
sitting: number, matter: Matter, 
/**
 * All ballots on the same sheet, this one included, in order; empty if it stands alone.
 */
sheet?: Array<BallotId>, round: number, state: BallotState, display: TallyDisplay, options: Array<BallotOption>, 
/**
 * Several items to mark; `tally` and `result.counts` go item by item. Empty: one mark for the whole.
 */
items?: Array<BallotItem>, 
/**
 * The group of voters, where the rule has several.
 */
voters?: string, 
/**
 * What is published beside the grade; the rest is not in `result` for those who may not see it.
 */
detail: PublishedDetail, 
/**
 * The first press counts; a vote cannot be changed.
 */
final_press: boolean, 
/**
 * Announced named ballots: who chose what, by option index.
 */
roll?: Array<RollLine>, secrecy: Secrecy, 
/**
 * A secret round's key, once it is made.
 */
secret?: SecretView, 
/**
 * All members: the base of the majority.
 */
due: number, 
/**
 * Members present in this round.
 */
present: number, 
/**
 * Named: members entitled. Secret: tokens taken.
 */
issued: number, returned: number, 
/**
 * Votes that are more than half of all members.
 */
majority: number, tally?: Array<OptionCount>, result?: BallotResult, presented_at: number, opened_at: number, 
/**
 * 0 without a limit. The chair closes, not the clock.
 */
limit_ends_at: number, 
/**
 * Time left while paused, in milliseconds.
 */
paused_left_ms: number, closed_at: number, seals_at: number, announced_at: number, voided: Array<VoidedRound>, 
/**
 * Chair and desk: the account of a sealed round that does not hold.
 */
failing?: Identity, 
/**
 * Chair only, once the round has begun: what a further round would need.
 */
again?: AgainView, 
/**
 * The subject's place on its sheet, where the rule ranks and all of the sheet is announced.
 */
place?: PlaceView, 
/**
 * Members present who take no part (回避).
 */
recused: number, paper?: PaperView, 
/**
 * Chair and desk: which steps scrutineers have confirmed.
 */
confirmed?: Array<ConfirmedView>, 
/**
 * Held by show of hands (举手), because devices failed.
 */
by_hands: boolean, 
/**
 * Chair only: turnout by group, where groups are on the roster.
 */
groups?: Array<GroupTurnout>, 
/**
 * Desk only, while a secret round is held: whose token is on a phone that is no longer theirs. They take part
 * again from the next round.
 */
left_behind?: Array<PersonId>, };
export type Next = { "type": "open_sitting", } | { "type": "begin_item", item: ItemId, } | { "type": "take_question", question: QuestionId, } | { "type": "settle_question", question: QuestionId, } | { "type": "call_speaker", person: PersonId, } | { "type": "end_speech", } | { "type": "present_ballot", ballot: BallotId, } | { "type": "open_ballot", ballot: BallotId, } | { "type": "resume_ballot", ballot: BallotId, } | { "type": "close_ballot", ballot: BallotId, } | { "type": "await_seal", ballot: BallotId, } | { "type": "announce_ballot", ballot: BallotId, } | { "type": "repeat_ballot", ballot: BallotId, cause: VoidCause, } | { "type": "close_sitting", } | { "type": "finished", };
export type ConsoleView = { held_by: ConsoleSeat, next: Next, 
/**
 * Why the next action cannot be taken now, if so.
 */
blocked?: Refusal, 
/**
 * Open questions in the order to be taken.
 */
queue: Array<QuestionId>, };
export type PersonView = { id: PersonId, name: string, kind: PersonKind, title: string, group: string, seat: string, attendance: Attendance, attendance_at: number, way: Way, 
/**
 * A device has signed in.
 */
joined: boolean, connected: boolean, card_generation: number, };
export type MinutesView = { lines: Array<Minute>, };
export type TermView = { matter: DueMatter, term: Term, source: TermSource, 
/**
 * What the rule names as its own source; empty unless the term is the rule's.
 */
named_in: string, };
export type SubjectResultView = { ballot: BallotId, matter: Matter, session_name: string, day: string, grade: GradeView, 
/**
 * The rule orders continued rectification for this grade.
 */
goes_on: boolean, };
export type RoundView = { ballot: BallotId, ordered_on: string, until: string, note: string, reported_on: string, };
export type EscalatedView = { step: Escalation, on: string, note: string, };
export type OpinionsView = { subject: SubjectId, 
/**
 * The council's approval, without which nothing is handed over.
 */
approved_on: string, handed_on: string, received_on: string, 
/**
 * Who signed on the subject's own page; none for a receipt on paper.
 */
signed_by?: PersonId, 
/**
 * Announced results in their order: the appraisal, then each ballot on the rectification.
 */
results: Array<SubjectResultView>, 
/**
 * A ballot asks for continued rectification, and the council has yet to order it.
 */
to_order: boolean, rounds: Array<RoundView>, escalations: Array<EscalatedView>, };
export type DueView = { matter: DueMatter, 
/**
 * None for what the whole case owes.
 */
subject?: SubjectId, 
/**
 * The day of the event that is counted from.
 */
anchor_on: string, 
/**
 * The last day as counted, and the last day that holds.
 */
counted_on: string, due_on: string, 
/**
 * 24:00 of the last day that holds: from then on it is late.
 */
ends_at: number, 
/**
 * Why the last day is later than counted; empty if it is not.
 */
extended_because: string, 
/**
 * Empty while it is open.
 */
done_on: string, 
/**
 * The calendar does not hold the year of the last day yet.
 */
provisional: boolean, };
export type FollowUpView = { terms: Array<TermView>, calendar: Array<CalendarYear>, opinions: Array<OpinionsView>, dues: Array<DueView>, };
export type CheckView = { on: string, by: string, finding: CheckFinding, note: string, };
export type ClosingView = { on: string, by: string, };
export type ReopeningView = { on: string, reason: string, };
export type LedgerLineView = { issue: IssueId, subject: SubjectId, 
/**
 * Its place in the opinions, from 1.
 */
number: number, category: string, 
/**
 * The issue, in the words of the opinions.
 */
text: string, cause: string, measure: string, target: string, owner: string, 
/**
 * YYYY-MM-DD, empty while none is set.
 */
due_on: string, 
/**
 * 24:00 of the last day: from then on a line that is not carried out is late.
 */
ends_at?: number, state: LineState, evidence: Array<Document>, checks: Array<CheckView>, 
/**
 * 销号 may be recorded: carried out, and the last check since any reopening is sound.
 */
may_close: boolean, closed?: ClosingView, reopened: Array<ReopeningView>, };
export type VerdictView = { "as": "filed", } | { "as": "accepted", on: string, } | { "as": "returned", on: string, reason: string, };
export type FilingView = { on: string, by: FiledBy, round: number, summary: string, document?: Document, verdict: VerdictView, };
export type LedgerView = { subject: SubjectId, received_on: string, 
/**
 * 联系委室; empty while the desk has named none.
 */
committee: string, counts: LineCounts, 
/**
 * The round that a report filed now belongs to, from 1.
 */
round: number, plans: Array<FilingView>, reports: Array<FilingView>, 
/**
 * When plan and report are due.
 */
dues: Array<DueView>, };
export type IssueListView = { categories: Array<string>, };
export type IssueView = { id: IssueId, subject: SubjectId, category: string, text: string, sources: Array<Source>, 
/**
 * The issues that this one speaks for.
 */
merged: Array<IssueId>, merged_into?: IssueId, 
/**
 * Empty while it is pursued.
 */
dropped_because: string, };
export type RectificationView = { subject: SubjectId, assessment: string, advice: string, demands: string, number: string, 
/**
 * Empty while the council has not approved.
 */
approved_on: string, approval_note: string, issues: Array<IssueId>, };
export type StandingIssue = { issue: IssueId, category: string, text: string, };
export type MySubjectView = { subject: SubjectId, handed_on: string, received_on: string, 
/**
 * Whether the officer signed here; a receipt on paper is recorded by the desk.
 */
signed: boolean, number: string, approved_on: string, assessment: string, advice: string, demands: string, issues: Array<StandingIssue>, };
export type QuestionnaireView = { id: QuestionnaireId, group?: GroupId, title: string, intro: string, subjects: Array<SubjectId>, access: Access, questions: Array<SurveyQuestion>, state: QuestionnaireState, 
/**
 * 0 while it has not happened.
 */
opened_at: number, closed_at: number, 
/**
 * Answers in the box; while it is open, as of the last step.
 */
answers: number, 
/**
 * Question by question; empty while there are too few answers to show, or they are not counted yet. While it is
 * open they lag behind `answers`, so that neither a look nor the closing tells what a single answer added.
 */
counts: Array<QuestionCount>, 
/**
 * Answers from which on the distribution is shown while it is open.
 */
shown_from: number, 
/**
 * Of the closed box, 64 hex digits; empty until it is counted.
 */
digest: string, };
export type PartView = { part: Part, timing: Timing, public: boolean, 
/**
 * Since when, of a part that waited for its time; else 0.
 */
since: number, };
export type PublicationView = { parts: Array<PartView>, };
export type PublicIssue = { category: string, text: string, };
export type PublicOpinions = { number: string, handed_on: string, assessment: string, issues: Array<PublicIssue>, advice: string, demands: string, };
export type PublicProgress = { issues: number, not_started: number, underway: number, done: number, long_term: number, closed: number, plan_on: string, report_on: string, };
export type PublicRectificationView = { subject: SubjectId, opinions?: PublicOpinions, progress?: PublicProgress, 
/**
 * First and later results, where results are public.
 */
results: Array<SubjectResultView>, };
export type ActivityView = { 
/**
 * Its number within the group.
 */
activity: number, kind: ActivityKind, 
/**
 * YYYY-MM-DD
 */
on: string, place: string, with: string, people: number, summary: string, 
/**
 * Who recorded it; empty for the office.
 */
by: string, at: number, 
/**
 * Why it does not count; empty while it does.
 */
removed_because: string, };
export type ConductedView = { kind: ActivityKind, times: number, people: number, };
export type GroupPerson = { person: PersonId, name: string, title: string, };
export type GroupReportView = { 
/**
 * Counts the group's reports from 1.
 */
number: number, document: Document, summary: string, 
/**
 * Names of those who signed.
 */
signed: Array<string>, 
/**
 * Who filed it; empty for the office.
 */
by: string, at: number, 
/**
 * YYYY-MM-DD; empty before the council's hearing.
 */
heard_on: string, 
/**
 * What the council said. Only the desk and the group.
 */
hearing_note: string, 
/**
 * Why it was taken back; empty while it stands.
 */
withdrawn_because: string, };
export type GroupView = { id: GroupId, name: string, leader?: GroupPerson, members: Array<GroupPerson>, subjects: Array<SubjectId>, conducted: Array<ConductedView>, 
/**
 * Only the desk and the group.
 */
activities: Array<ActivityView>, 
/**
 * In the order of filing; for members and chair the heard one alone.
 */
reports: Array<GroupReportView>, };
export type SpeakingView = { person: PersonId, name: string, title: string, subject?: SubjectId, aspect: string, began_at: number, 
/**
 * 0: no limit.
 */
limit_s: number, };
export type WaitingView = { person: PersonId, name: string, title: string, kind: PersonKind, subject?: SubjectId, aspect: string, asked_at: number, 
/**
 * Speeches to the current item so far.
 */
earlier: number, };
export type SpokenView = { name: string, began_at: number, ended_at: number, limit_s: number, };
export type DeliberationView = { aspects: Array<string>, first_minutes: number, later_minutes: number, speaking?: SpeakingView, 
/**
 * In the order of asking. Not for the projector.
 */
waiting: Array<WaitingView>, 
/**
 * The latest, oldest first. Chair and desk.
 */
spoken: Array<SpokenView>, };
export type RemarkView = { id: RemarkId, speaker: PersonId, name: string, subject?: SubjectId, 
/**
 * Empty: to none in particular.
 */
aspect: string, text: string, 
/**
 * The speaker's earlier wording, once the desk has another.
 */
original?: string, 
/**
 * Counts the wordings; confirming names the one that was read.
 */
wording: number, source: RemarkSource, state: RemarkState, confirmed_on?: ConfirmedOn, 
/**
 * The speaker's wish while disputed, the office's reason once removed.
 */
note: string, at: number, settled_at: number, };
export type StageView = { stage: Stage, first: string, last: string, began_on: string, };
export type StepView = { stage: Stage, step: TimelineStep, state: StepState, done: number, of: number, on: string, };
export type ReminderView = { about: ReminderAbout, subject?: SubjectId, due_on: string, 
/**
 * 24:00 of that day: from then on it is late.
 */
ends_at: number, done: boolean, provisional: boolean, };
export type OpenView = { matter: OpenMatter, count: number, };
export type CourseView = { guidance: string, leadership: string, demands: string, steps: Array<StepView>, next: Array<TimelineStep>, reminders: Array<ReminderView>, 
/**
 * What keeps the case from being closed without a reason.
 */
open: Array<OpenView>, 
/**
 * Why it was closed although something was open, and why it was reopened.
 */
closed_because: string, reopened_because: string, };
export type PlanView = { stage: Stage, stages: Array<StageView>, 
/**
 * 0 while the case is not closed.
 */
closed_at: number, course?: CourseView, };
export type LotCandidateView = { subject: SubjectId, unit: string, officer: string, digest: string, };
export type LotView = { lot: LotId, purpose: LotPurpose, state: LotState, draw: number, called_at: number, commitment: string, called: string, seed: string, drawn_at: number, cancelled_because: string, 
/**
 * In the order of their numbers; once drawn, in the order of their digests: the first `draw` are drawn.
 */
candidates: Array<LotCandidateView>, };
export type LotsView = { lots: Array<LotView>, };
export type MeView = { person: PersonId, name: string, kind: PersonKind, title: string, group: string, seat: string, attendance: Attendance, };
export type MyQuestionView = { id: QuestionId, subject?: SubjectId, text: string, original?: string, visibility: Visibility, state: QuestionState, voices: number, asked_at: number, reason: string, note: string, due_on: string, merged_into?: QuestionId, };
export type MySupportView = { questions: Array<QuestionId>, };
export type MyBallotView = { ballot: BallotId, round: number, entitled: boolean, 
/**
 * 回避 from this subject.
 */
recused: boolean, 
/**
 * I was handed a paper, or vote at the hall's tablet: my phone takes no token.
 */
way: Way, 
/**
 * Named only; of a secret ballot the server does not know.
 */
recorded: boolean, 
/**
 * Secret only: a token was given in my name.
 */
token_taken: boolean, };
export type Fraction = { num: number, den: number, };
export type Matter = "appraisal" | "work_appraisal" | "rectification" | "formal_vote" | "removal" | "election";
export type MarkKind = "choice" | "abstain" | "dont_know";
export type BlankRule = "invalid" | "abstain" | "not_counted";
export type MultiMarkRule = "invalid";
export type ChangeRule = "until_close" | "first_press_counts";
export type RosterBase = "in_office" | "quota";
export type Base = "roster" | "present" | "issued" | "returned" | "valid";
export type Combine = "pooled" | "weighted_shares";
export type Aggregate = "weighted_mean" | "sum";
export type Measure = "votes" | "score";
export type Match = "all" | "any";
export type NoGradeRule = "default" | "revote" | "refer_to_council" | "not_graded";
export type TieRule = "share_place" | "second_vote";
export type SurplusRule = "void_and_redo" | "recount_first";
export type NamesRule = "kept" | "shown";
export type RevoteReason = "returned_over_issued" | "system_failure" | "quorum_lost" | "no_grade" | "tie";
export type PublishedDetail = "grade_only" | "percentages" | "counts" | "counts_and_percentages";
export type PublishedWhen = "on_the_spot" | "together" | "sealed_until";
export type OmitZero = "none" | "not_choices" | "all";
export type ConsequenceKind = "none" | "rectify" | "re_report_next_meeting" | "continue_rectification" | "talk" | "escalate";
export type DeadlineItem = "draft_report" | "report_to_committee" | "report_to_members" | "meeting_notice" | "opinions_handed_over" | "results_to_party" | "rectification_plan" | "rectification_report" | "second_report";
export type Anchor = "meeting_opens" | "meeting_closed" | "opinions_approved" | "opinions_issued" | "opinions_received" | "plan_accepted" | "report_received" | "dissatisfied";
export type Direction = "before" | "after";
export type DeadlineUnit = "days" | "working_days" | "months";
export type RollRule = "none" | "next_working_day";
export type Op = ">" | ">=" | "<" | "<=";
export type ProfileSource = { rule: string, date: string, note: string, };
export type ElectorateGroup = { key: string, label: string, weight: number, counted: boolean, 
/**
 * With fewer papers returned the group's own figures are not shown, for they would tell of single votes. The
 * total of all counted groups always is.
 */
shown_from: number, };
export type RosterRule = { base: RosterBase, 
/**
 * The number of seats (名额); set exactly if `base` is `quota`.
 */
number?: number, };
export type Quorum = { op: Op, fraction: Fraction, of: Base, };
export type ProfileOption = { key: string, label: string, kind: MarkKind, score: number, };
export type Dimension = { key: string, label: string, weight: number, };
export type Grade = { key: string, label: string, };
export type Comparison = { measure: Measure, options: Array<string>, of: Base, group?: string, dimension?: string, op: Op, fraction: Fraction, };
export type GradeRule = { grade: string, match: Match, when: Array<Comparison>, };
export type Quantity = { measure: Measure, options: Array<string>, of: Base, group?: string, dimension?: string, };
export type Ranking = { by: Array<Quantity>, ties: TieRule, };
export type Revote = { reasons: Array<RevoteReason>, rounds_max: number, };
export type Publication = { detail: PublishedDetail, when: PublishedWhen, 
/**
 * The event that opens a sealed result; set exactly if `when` is `sealed_until`.
 */
until?: string, };
export type PercentFormat = { of: Base, decimals: number, 
/**
 * 25 for 25.00, as 沾益区 prints.
 */
trim_zeros: boolean, omit_zero: OmitZero, };
export type Consequence = { grade: string, kind: ConsequenceKind, text: string, };
export type Deadline = { item: DeadlineItem, direction: Direction, anchor: Anchor, amount: number, unit: DeadlineUnit, roll: RollRule, 
/**
 * Which rule says so.
 */
source: string, };
export type ResultWord = { grade: string, word: string, };
export type Wording = { announcement: string, tally_sheet_title: string, 
/**
 * Between two options, such as `；`.
 */
separator: string, 
/**
 * One option: label, votes, percent.
 */
option_item: string, 
/**
 * One option that is not among the valid: label, votes, percent.
 */
apart_item: string, 
/**
 * One item of several: label, options.
 */
dimension_item: string, 
/**
 * One group of several: label, issued, returned, valid, invalid, options.
 */
group_item: string, 
/**
 * Words such as 通过 that a grade is announced with. None unless the locality's rule has them: an appraisal
 * is an evaluation, not a decision.
 */
result_words: Array<ResultWord>, };
export type Profile = { version: number, 
/**
 * Lower-case letters, digits and `_`.
 */
name: string, title: string, matter: Matter, source: ProfileSource, 
/**
 * Paths of settings that the source states.
 */
known: Array<string>, 
/**
 * Paths of settings that we assumed: the office confirms them before a real sitting.
 */
assumed: Array<string>, groups: Array<ElectorateGroup>, combine: Combine, roster: RosterRule, quorum: Quorum, options: Array<ProfileOption>, secrecy: Secrecy, change: ChangeRule, blank: BlankRule, multi_mark: MultiMarkRule, 
/**
 * Kinds of marks that make up 有效票; the others are counted apart.
 */
valid_kinds: Array<MarkKind>, 
/**
 * Items that are each voted on. Empty: one vote for the whole.
 */
dimensions: Array<Dimension>, aggregate: Aggregate, 
/**
 * Criteria that guide the one choice and are only shown (深圳).
 */
criteria: Array<string>, grades: Array<Grade>, 
/**
 * Tried in order; the first that holds gives the grade.
 */
rules: Array<GradeRule>, no_grade: NoGradeRule, 
/**
 * Set exactly if `no_grade` is `default`.
 */
default_grade?: string, ranking?: Ranking, surplus: SurplusRule, revote: Revote, tally: TallyDisplay, 
/**
 * Whether the hall sees who chose what in a named ballot, once it is announced.
 */
names: NamesRule, 
/**
 * Whether scrutineers are appointed, and whether they must confirm each step.
 */
scrutiny: ScrutinyRule, publication: Publication, percent: PercentFormat, consequences: Array<Consequence>, deadlines: Array<Deadline>, wording: Wording, };
export type AssumedSetting = { path: string, value: string, };
export type FaultReason = { "code": "file_too_large", bytes_max: number, } | { "code": "syntax", message: string, } | { "code": "key_twice", } | { "code": "unknown_key", known: Array<string>, } | { "code": "missing", } | { "code": "wrong_type", wanted: string, found: string, } | { "code": "unknown_word", found: string, known: Array<string>, } | { "code": "not_a_fraction", found: string, } | { "code": "unknown_version", found: number, known: number, } | { "code": "matter_barred", law: string, } | { "code": "text_missing", } | { "code": "text_too_long", chars_max: number, } | { "code": "text_hidden", } | { "code": "bad_key", chars_max: number, } | { "code": "out_of_range", found: number, min: number, max: number, } | { "code": "too_many", max: number, } | { "code": "duplicate_key", key: string, } | { "code": "no_choice", } | { "code": "unknown_option", key: string, } | { "code": "unknown_grade", key: string, } | { "code": "unknown_group", key: string, } | { "code": "unknown_dimension", key: string, } | { "code": "zero_denominator", } | { "code": "above_one", } | { "code": "no_weight", } | { "code": "nobody_counts", } | { "code": "group_too_small", min: number, } | { "code": "unreachable_grade", key: string, } | { "code": "rule_shadowed", by: number, } | { "code": "constant", } | { "code": "unused", with: string, } | { "code": "needed_with", with: string, } | { "code": "score_with_options", } | { "code": "nothing_compared", } | { "code": "quorum_base", of: Base, } | { "code": "blank_without_abstain", } | { "code": "uneven_base", } | { "code": "choice_not_valid", } | { "code": "unknown_placeholder", name: string, known: Array<string>, } | { "code": "open_brace", } | { "code": "not_published", name: string, } | { "code": "nothing_to_say", name: string, } | { "code": "no_such_setting", } | { "code": "known_and_assumed", } | { "code": "unsourced", };
export type ProfileFault = { line?: number, column?: number, 
/**
 * `options[1].key`; empty for the whole file.
 */
path: string, reason: FaultReason, };
export type GroupFigures = { roster: number, present: number, issued: number, returned: number, 
/**
 * Several marks where one is asked for, a gap among items, unreadable.
 */
invalid: number, 
/**
 * Nothing marked at all; the profile's blank rule says what they are.
 */
blank: number, 
/**
 * A row for each item (one row if there are none), a column for each option.
 */
votes: Array<Array<number>>, };
export type Figures = { groups: Array<GroupFigures>, };
export type PaperAccounts = { roster: number, present: number, issued: number, returned: number, 
/**
 * 有效票. With several items, papers that are valid as papers.
 */
valid: number, 
/**
 * Marks of kinds that are not valid by the profile; 0 with several items, whose own accounts have them.
 */
apart: number, invalid: number, 
/**
 * 未投: issued and not returned.
 */
not_cast: number, };
export type Remedy = "recount" | "void_and_redo";
export type Identity = { "identity": "layout", remedy: Remedy, } | { "identity": "too_large", group: string, found: number, max: number, remedy: Remedy, } | { "identity": "present_over_roster", group: string, present: number, roster: number, remedy: Remedy, } | { "identity": "no_quorum", group: string, present: number, roster: number, op: Op, fraction: Fraction, remedy: Remedy, } | { "identity": "issued_over_present", group: string, issued: number, present: number, remedy: Remedy, } | { "identity": "returned_over_issued", group: string, returned: number, issued: number, remedy: Remedy, } | { "identity": "marks_unlike_returned", group: string, row: number, marks: number, blank: number, invalid: number, returned: number, remedy: Remedy, };
export type GradeReached = { "reached": "grade", key: string, label: string, by_rule?: number, } | { "reached": "no_grade", rule: NoGradeRule, };
export type OptionResult = { key: string, label: string, kind: MarkKind, votes: number, percent: string, 
/**
 * The option's kind is one of the valid ones.
 */
valid: boolean, };
export type DimensionResult = { key: string, label: string, 
/**
 * Marks of valid kinds.
 */
valid: number, options: Array<OptionResult>, };
export type GroupResult = { key: string, label: string, counted: boolean, shown: boolean, roster: number, present: number, issued: number, returned: number, dimensions: Array<DimensionResult>, };
export type Tried = { quantity: Quantity, left: string, op: Op, right: string, fraction: Fraction, base: string, held: boolean, };
export type RuleStep = { grade: string, match: Match, tried: Array<Tried>, held: boolean, };
export type RuleVerdict = { 
/**
 * The profile's name.
 */
profile: string, 
/**
 * Of all counted groups together.
 */
accounts: PaperAccounts, 
/**
 * One entry an item; one with an empty key if there are none.
 */
dimensions: Array<DimensionResult>, groups: Array<GroupResult>, 
/**
 * The score, if the options have scores.
 */
score?: string, grade: GradeReached, 
/**
 * Every rule tried, up to the one that held.
 */
reasons: Array<RuleStep>, consequence?: Consequence, 
/**
 * What the ranking goes by, as exact fractions; empty without a ranking.
 */
standing: string[], };
export type Position = { epoch: string, seq: number, };
export type ClientMessage = { "type": "hello", protocol: number, appraisal: string, audience: Audience, bearer?: string, 
/**
 * Where the page stands; without it, or if it is too old, a snapshot comes.
 */
position?: Position, } | { "type": "command", id: string, command: Command, expects?: Expects, } | { "type": "ping", nonce: number, };
export type Verdict = { "type": "accepted", reply: Reply, } | { "type": "refused", refusal: Refusal, };
export type ServerMessage = { "type": "welcome", protocol: number, epoch: string, now_ms: number, heartbeat_ms: number, } | { "type": "snapshot", position: Position, set: { [key: string]: unknown }, } | { "type": "difference", position: Position, set: { [key: string]: unknown }, drop: Array<string>, } | { "type": "mine", whole: boolean, set: { [key: string]: unknown }, drop: Array<string>, } | { "type": "receipt", id: string, outcome: Verdict, } | { "type": "busy", id: string, retry_after_ms: number, } | { "type": "pong", nonce: number, now_ms: number, };
export type Problem = { "code": "bad_request", detail: string, } | { "code": "too_large", bytes_max: number, } | { "code": "not_found", } | { "code": "sign_in_required", } | { "code": "not_allowed", } | { "code": "unknown_card", } | { "code": "hall_code_expired", } | { "code": "unknown_name", } | { "code": "wrong_pin", tries_left: number, } | { "code": "no_pin", } | { "code": "on_another_device", name: string, } | { "code": "wait", retry_after_s: number, } | { "code": "wrong_password", } | { "code": "password_too_short", chars_min: number, } | { "code": "setup_done", } | { "code": "last_account", } | { "code": "export_during_ballot", } | { "code": "export_incomplete", missing: string, } | { "code": "bad_roster_file", error: RosterFileError, } | { "code": "bad_document", error: UploadError, } | { "code": "faulty_rows", faults: number, } | { "code": "bad_template", faults: Array<TemplateFault>, } | { "code": "bad_calendar", faults: Array<CalendarFault>, } | { "code": "bad_address", } | { "code": "cast_refused", reason: CastRefusal, } | { "code": "answer_refused", reason: AnswerRefusal, question?: number, } | { "code": "refused", refusal: Refusal, } | { "code": "too_many_requests", retry_after_s: number, } | { "code": "fault", };
export type Role = "desk" | "chair" | "operator" | "projector" | "person";
export type TakeOver = "ask" | "move";
export type Setup = { secret: string, body_name: string, account: string, password: string, };
export type SignInAccount = { account: string, password: string, };
export type SignInCard = { code: string, device_key: string, take_over: TakeOver, };
export type SignInHall = { hall_code: string, name: string, pin: string, device_key: string, take_over: TakeOver, };
export type SignInLink = { secret: string, };
export type SignedIn = { bearer: string, role: Role, 
/**
 * None for a desk account, which opens every case of the body.
 */
appraisal?: string, person?: PersonId, 
/**
 * The person's or account's name.
 */
name: string, };
export type WhoAmI = { role: Role, appraisal?: string, person?: PersonId, name: string, };
export type DoorInfo = { appraisal: string, title: string, body_name: string, session_name: string, };
export type Front = { 
/**
 * False until the first desk account exists.
 */
set_up: boolean, body_name: string, };
export type AccountView = { account: number, name: string, own: boolean, };
export type Accounts = { accounts: Array<AccountView>, };
export type RenameAccount = { name: string, };
export type RenewPassword = { password: string, };
export type AppraisalSummary = { id: string, title: string, session_name: string, held_on: string, state: SittingState, stage: Stage, closed: boolean, 
/**
 * Matters whose last day is over.
 */
late: number, created_at: number, 
/**
 * The case cannot be changed until an operator looks at it.
 */
stopped: boolean, };
export type HistoryLine = { appraisal: string, title: string, subject: SubjectId, unit: string, post: string, officer: string, results: Array<SubjectResultView>, 
/**
 * Issues found, and how many of them are closed.
 */
issues: number, closed: number, 
/**
 * Day of the receipt of the opinions, YYYY-MM-DD or empty.
 */
received_on: string, };
export type HistoryView = { lines: Array<HistoryLine>, more: boolean, };
export type BodyView = { name: string, appraisals: Array<AppraisalSummary>, };
export type CreateAppraisal = { title: string, body_name: string, session_name: string, held_on: string, };
export type Created = { id: string, };
export type Uploaded = { digest: string, kind: DocumentKind, file_name: string, size_bytes: number, };
export type TakeToken = { id: string, round: number, blinded: string, signature: string, };
export type Token = { evaluated: string, proof: string, header: string, };
export type SecretCast = { appraisal: string, ballot: number, round: number, vote_pk: string, token: string, seq: number, choices: Array<number>, sig: string, };
export type CastReceipt = { receipt: string, };
export type CastRefusal = "login_with_cast" | "malformed" | "no_such_option" | "token" | "signature" | "older" | "taken" | "other_content" | "not_open" | "closed" | "other_round" | "busy";
export type Card = { person: PersonId, name: string, kind: PersonKind, title: string, group: string, seat: string, code: string, url: string, svg: string, };
export type Cards = { address: string, cards: Array<Card>, };
export type StationLinks = { chair: string, operator: string, projector: string, public: string, };
export type RenewStation = { station: Station, };
export type FeedLink = { url?: string, };
export type ExportExtent = "archive" | "public";
export type Export = { extent: ExportExtent, };
export type Exported = { url: string, file_name: string, size_bytes: number, records: number, 
/**
 * The chain's head, to be compared with the one in the minutes.
 */
head: string, };
export type AddressView = { 
/**
 * What QR codes encode now, for example http://192.168.1.20:8080
 */
address: string, 
/**
 * Addresses of this machine's networks, the likeliest first.
 */
guesses: Array<string>, 
/**
 * False when the address can only be reached on this machine.
 */
reachable: boolean, };
export type SetAddress = { address: string, };
export type LiftGuesses = { person: PersonId, };
export type RosterKind = "member" | "attendee";
export type RosterColumn = "name" | "kind" | "title" | "group" | "seat" | "pin" | "phone";
export type RosterRow = { line: number, name: string, kind: RosterKind, title: string, group: string, seat: string, };
export type RowFaultCode = "missing_name" | "name_too_long" | "unknown_kind" | "duplicate_name" | "duplicate_seat" | "bad_pin" | "control_characters" | "unreadable_character" | "text_too_long" | "cell_is_date" | "cell_is_error" | "too_many_rows";
export type RowFault = { line: number, 
/**
 * The column's heading in the clerk's own words.
 */
column: string, code: RowFaultCode, 
/**
 * Shortened and made safe to show; digits of a PIN or telephone are masked.
 */
value: string, 
/**
 * The earlier line that this one repeats.
 */
earlier_line: number | null, };
export type RowNoteCode = "column_ignored" | "sheet_ignored" | "row_ignored" | "header_repeated" | "pin_missing" | "pin_padded" | "phone_shortened" | "name_tidied" | "private_use_character" | "merged_cell_filled";
export type RowNote = { line: number, column: string, code: RowNoteCode, value: string, };
export type RosterSheet = { rows: Array<RosterRow>, faults: Array<RowFault>, notes: Array<RowNote>, 
/**
 * Faults and notes found beyond those listed.
 */
unlisted: number, header_row: number, };
export type RosterLimit = "file_bytes" | "inflated_bytes";
export type RosterFileError = { "code": "not_a_spreadsheet" } | { "code": "encrypted" } | { "code": "xls_unsupported" } | { "code": "damaged" } | { "code": "no_header", missing: RosterColumn, found: Array<string>, } | { "code": "header_repeats_column", column: RosterColumn, line: number, } | { "code": "empty" } | { "code": "too_large", limit: RosterLimit, } | { "code": "unreadable_encoding" };
export type UploadError = { "code": "too_large" } | { "code": "empty" } | { "code": "unknown_kind" } | { "code": "legacy_doc" } | { "code": "encrypted" } | { "code": "zip_bomb" } | { "code": "damaged" };
export type TemplateFaultCode = "unknown_name" | "list_in_text" | "not_a_list" | "broken_name" | "not_alone" | "not_closed" | "nothing_to_close" | "too_deep" | "broken_table" | "empty";
export type TemplateFault = { 
/**
 * From 1.
 */
line: number, code: TemplateFaultCode, 
/**
 * The name or text in question, shortened; may be empty.
 */
what: string, };
export type CalendarFaultCode = "not_text" | "empty" | "bad_day" | "bad_kind" | "backwards" | "span_too_long" | "contradiction" | "too_many_rows";
export type CalendarFault = { 
/**
 * As a spreadsheet counts them, from 1; 0 for the file as a whole.
 */
line: number, code: CalendarFaultCode, 
/**
 * What stands there, shortened.
 */
value: string, };
export type OfficePaperView = { paper: OfficePaper, ready: boolean, own_template: boolean, };
export type OfficePapers = { papers: Array<OfficePaperView>, };
export type TemplateName = { name: string, inner: Array<string>, };
export type OfficeTemplate = { text: string, built_in: string, names: Array<TemplateName>, };
export type RosterPreview = { sheet: RosterSheet, members: number, attendees: number, };
export type RosterImported = { people: number, pins: number, };
export type RuleBook = { profiles: Array<Profile>, };
export type RuleFileRead = { "read": "profile", profile: Profile, } | { "read": "faulty", faults: Array<ProfileFault>, } | { "read": "not_text", };
export type TryRule = { profile: Profile, figures: Figures, body: string, meeting: string, subject: string, };
export type RuleTried = { "outcome": "verdict", verdict: RuleVerdict, announcement: string, } | { "outcome": "unbalanced", identity: Identity, } | { "outcome": "faulty", faults: Array<ProfileFault>, };
export type WriteRule = { profile: Profile, };
export type RuleFile = { file_name: string, text: string, };
export type SurveyForm = { questionnaire: number, body_name: string, title: string, intro: string, subjects: Array<string>, access: Access, state: QuestionnaireState, 
/**
 * Empty unless it is open.
 */
questions: Array<SurveyQuestion>, };
export type SendAnswer = { appraisal: string, questionnaire: number, key: string, code?: string, device?: string, 
/**
 * One for each question, in order.
 */
given: Array<Given>, };
export type AnswerRefusal = "login_with_answer" | "malformed" | "not_open" | "closed" | "unknown_code" | "used" | "other_content" | "missing" | "too_long" | "hidden" | "full" | "busy";
export type MakeSlips = { slips: number, };
export type Slip = { code: string, url: string, svg: string, };
export type Slips = { address: string, slips: Array<Slip>, };
export type SurveyDoor = { url: string, svg: string, slips: number, };
export type SurveyWords = { words: Array<Array<string>>, };

export const PROTOCOL = 1
/** Close codes: below 4100 come back with your position, from 4100 on do not come back as you are. */
export const CLOSE_CODES = {
  slow_reader: 4001,
  going_away: 4002,
  fault: 4003,
  silent: 4004,
  too_busy: 4005,
  bad_message: 4101,
  too_large: 4102,
  wrong_version: 4103,
  sign_in_required: 4104,
  moved_to_other_device: 4105,
  credential_reissued: 4106,
  no_such_appraisal: 4107,
  wrong_origin: 4108,
} as const
