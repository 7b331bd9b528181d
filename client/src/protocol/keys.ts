/** Which value stands under which key of a view. Kept by hand beside the server's keys. */
import type {
  AgendaView,
  AttendanceView,
  BallotView,
  CaseView,
  ConsoleView,
  DeliberationView,
  DoorView,
  FollowUpView,
  GroupView,
  IssueListView,
  IssueView,
  JoinedView,
  LedgerLineView,
  LedgerView,
  MeView,
  LotsView,
  MinutesView,
  MyBallotView,
  MyQuestionView,
  MySubjectView,
  MySupportView,
  PersonView,
  PublicRectificationView,
  PublicationView,
  PlanView,
  QuestionView,
  QuestionnaireView,
  RemarkView,
  RectificationView,
  RulesView,
  Screen,
  ScrutinyBallotView,
  ScrutinyView,
  SettingsView,
  SittingView,
  SubjectView,
} from './generated'

interface Single {
  case: CaseView
  settings: SettingsView
  sitting: SittingView
  agenda: AgendaView
  attendance: AttendanceView
  screen: Screen
  console: ConsoleView
  minutes: MinutesView
  follow_up: FollowUpView
  publication: PublicationView
  joined: JoinedView
  door: DoorView
  scrutiny: ScrutinyView
  rules: RulesView
  deliberation: DeliberationView
  plan: PlanView
  lot: LotsView
  issue_list: IssueListView
}

/** Families of keys `name/<number>`. */
export interface SharedFamilies {
  subject: SubjectView
  question: QuestionView
  ballot: BallotView
  questionnaire: QuestionnaireView
  person: PersonView
  published: PublicRectificationView
  group: GroupView
  remark: RemarkView
  ledger: LedgerView
  ledger_line: LedgerLineView
  issue: IssueView
  rectification: RectificationView
}

interface OwnSingle {
  me: MeView
  my_support: MySupportView
  scrutiny: ScrutinyView
}

export interface OwnFamilies {
  my_question: MyQuestionView
  my_ballot: MyBallotView
  my_subject: MySubjectView
  scrutiny_ballot: ScrutinyBallotView
  my_group: GroupView
  my_remark: RemarkView
  my_ledger: LedgerView
  my_line: LedgerLineView
}

type Numbered<Families> = { [Name in keyof Families & string as `${Name}/${number}`]: Families[Name] }

/** What all screens of an audience share; each audience sees a part of it. */
export type SharedViews = Single & Numbered<SharedFamilies>
/** A person's own. */
export type OwnViews = OwnSingle & Numbered<OwnFamilies>
