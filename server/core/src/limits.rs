//! Every bound of a case, in one place. Texts are counted in characters (Unicode scalar values).

/// People on the roster. The largest body is the NPC with about 3,000.
pub const PERSONS_MAX: usize = 6_000;
/// Subjects of one appraisal; 石棉县 2018 measured 22 in one day.
pub const SUBJECTS_MAX: usize = 60;
/// Subjects on one evaluation sheet: what fits a phone with some scrolling.
pub const SHEET_SUBJECTS_MAX: usize = 30;
/// Documents attached to one subject.
pub const DOCUMENTS_PER_SUBJECT_MAX: usize = 10;
/// Items of one agenda.
pub const AGENDA_ITEMS_MAX: usize = 200;
/// Sittings of one case: the appraisal, and one for each round of rectification.
pub const SITTINGS_MAX: usize = 12;
/// Drawings of lots of one case.
pub const LOTS_MAX: usize = 20;
/// What is called out in the hall for a lot.
pub const LOT_CALLED_CHARS_MAX: usize = 40;
/// Each text of the implementation plan (实施方案).
pub const PLAN_TEXT_CHARS_MAX: usize = 3_000;
/// Recorded steps beyond an ordered rectification, of one subject.
pub const ESCALATIONS_MAX: usize = 50;
/// Questions of one case.
pub const QUESTIONS_MAX: usize = 4_000;
/// Questions one person may have asked in one case.
pub const QUESTIONS_PER_PERSON_MAX: usize = 20;
/// Lines of the sitting's minutes; the oldest routine lines are dropped beyond it, the journal keeps them all.
pub const MINUTES_MAX: usize = 2_000;
/// Incidents noted at one sitting.
pub const INCIDENTS_MAX: usize = 200;
/// Scrutineers of one sitting (监票人); two are usual, NPC sessions have some dozens.
pub const SCRUTINEERS_MAX: usize = 60;
/// At least two, so that each sees what the other does.
pub const SCRUTINEERS_MIN: usize = 2;
/// Slips on paper in one round.
pub const PAPER_SLIPS_MAX: u32 = 100_000;
/// Voided rounds of one ballot. A tenth round is a sign that the matter belongs to the council.
pub const ROUNDS_MAX: u32 = 10;

/// Investigation groups: one a subject is usual.
pub const GROUPS_MAX: usize = 60;
/// Members of one group beside its leader.
pub const GROUP_MEMBERS_MAX: usize = 60;
/// Activities of one group; one for each interview.
pub const ACTIVITIES_PER_GROUP_MAX: usize = 300;
/// People at one activity.
pub const ACTIVITY_PEOPLE_MAX: u32 = 10_000;
/// Reports that one group files, replaced and withdrawn ones included.
pub const GROUP_REPORTS_MAX: usize = 20;
/// Aspects of the deliberation; the seed's speech names four.
pub const ASPECTS_MAX: usize = 12;
/// Remarks of one case, and those one person sends from the phone.
pub const REMARKS_MAX: usize = 2_000;
pub const REMARKS_PER_PERSON_MAX: usize = 40;
/// Turns to speak, withdrawn ones included, of one case and of one person.
pub const SPEECHES_MAX: usize = 4_000;
pub const SPEECHES_PER_PERSON_MAX: usize = 60;
/// Longest limit of a speech that may be set.
pub const SPEECH_MINUTES_MAX: u32 = 120;

/// A person's name; 阿依古丽·买买提 and longer ones fit.
pub const NAME_CHARS_MAX: usize = 40;
/// Titles, posts, units, groups, seats.
pub const LABEL_CHARS_MAX: usize = 120;
/// A question.
pub const QUESTION_CHARS_MAX: usize = 500;
/// Evidence, checks and reopenings of one line of the rectification ledger.
pub const EVIDENCE_PER_LINE_MAX: usize = 20;
pub const CHECKS_PER_LINE_MAX: usize = 40;
pub const REOPENINGS_PER_LINE_MAX: usize = 20;
/// Plans, and reports, that one subject files, returned ones included.
pub const FILINGS_MAX: usize = 20;
/// Cause, measure, target of a line, and what a check found.
pub const LEDGER_CHARS_MAX: usize = 1_000;
/// What a plan or report says in short.
pub const FILING_CHARS_MAX: usize = 4_000;
/// A remark of the deliberation, as recorded or sent.
pub const REMARK_CHARS_MAX: usize = 2_000;
/// What an activity or a report came to.
pub const SUMMARY_CHARS_MAX: usize = 2_000;
/// A reason, note or short answer.
pub const NOTE_CHARS_MAX: usize = 300;

/// 2024-01-01T00:00:00Z: a machine whose clock is before it has lost its battery, and its minutes would be wrong.
pub const CLOCK_FIRST_MS: i64 = 1_704_067_200_000;

/// Seconds in which phones flush what they hold after the chair has closed a ballot.
pub const CLOSING_S: i64 = 5;
/// Shortest and longest time limit of a ballot, and the longest single extension, in seconds.
pub const BALLOT_LIMIT_S_MIN: u32 = 15;
pub const BALLOT_LIMIT_S_MAX: u32 = 3_600;
pub const EXTENSION_S_MAX: u32 = 1_800;
/// A blinded element of ristretto255: 32 bytes as base64url.
pub const TOKEN_ELEMENT_CHARS: usize = 43;
/// Days ahead for which a written answer may be promised.
pub const WRITTEN_ANSWER_DAYS_MAX: u32 = 365;
/// Longest period of the follow-up, in days of either kind and in months. The longest seen is a year.
pub const TERM_DAYS_MAX: u32 = 1_000;
pub const TERM_MONTHS_MAX: u32 = 36;
/// Days of the imported calendar: a year's notice names about forty.
pub const CALENDAR_DAYS_MAX: usize = 800;
/// Days of one holiday, in a row; the longest so far was nine.
pub const CALENDAR_SPAN_DAYS_MAX: i32 = 31;
/// Commands of one person in one case, refused ones included. A member needs some hundreds.
pub const COMMANDS_PER_PERSON_MAX: u32 = 5_000;
/// Commands of one desk account or console in one case.
pub const COMMANDS_PER_OFFICE_MAX: u32 = 200_000;

/// Questionnaires of one case: the seed's four groups had one each.
pub const QUESTIONNAIRES_MAX: usize = 30;
/// Questions of one questionnaire; more of them nobody answers on a phone.
pub const SURVEY_QUESTIONS_MAX: usize = 40;
/// Choices of one question.
pub const CHOICES_MAX: usize = 20;
/// Largest first value of a scale, and steps from the first to the last: 0 to 10 is the widest in use.
pub const SCALE_VALUE_MAX: u32 = 100;
pub const SCALE_STEPS_MAX: u32 = 10;
/// What is said above the questions.
pub const INTRO_CHARS_MAX: usize = 1_000;
/// An answer in own words.
pub const ANSWER_TEXT_CHARS_MAX: usize = 1_000;
/// While a questionnaire is open its distribution is shown only from so many answers on: among fewer, a new one could
/// be told from the bars before and after it.
pub const ANSWERS_SHOWN_FROM_MIN: u32 = 10;

/// Desk accounts of a body: an office has a handful.
pub const BODY_ACCOUNTS_MAX: usize = 50;
/// Appraisals of one body; one or two a year.
pub const BODY_APPRAISALS_MAX: usize = 500;
/// Commands to a body over its life; each is kept to answer repeats.
pub const BODY_COMMANDS_MAX: usize = 20_000;
/// An origin as phones type it: a DNS name has at most 253 characters.
pub const ADDRESS_BYTES_MAX: usize = 280;

/// A rule as JSON: it is adopted in one message, together with the list of what was confirmed, which is never longer. The
/// longest built in has 6 KiB; a longer one than this is not a rule.
pub const PROFILE_BYTES_MAX: usize = 32 * 1024;
/// A rule's file, which has comments and white space besides.
pub const PROFILE_FILE_BYTES_MAX: usize = 2 * PROFILE_BYTES_MAX;
/// Characters of a key in a rule, and of its longer texts (templates, notes).
pub const PROFILE_KEY_CHARS_MAX: usize = 40;
pub const PROFILE_TEXT_CHARS_MAX: usize = 1_000;
/// Groups, options, items, criteria, grades, rules, comparisons of one rule, and entries of its other lists. The first
/// three also keep the exact arithmetic within 128 bits.
pub const PROFILE_GROUPS_MAX: usize = 5;
pub const PROFILE_OPTIONS_MAX: usize = 8;
pub const PROFILE_DIMENSIONS_MAX: usize = 10;
pub const PROFILE_CRITERIA_MAX: usize = 10;
pub const PROFILE_GRADES_MAX: usize = 8;
pub const PROFILE_RULES_MAX: usize = 16;
pub const PROFILE_COMPARISONS_MAX: usize = 8;
pub const PROFILE_LIST_MAX: usize = 60;
/// Largest weight, score, and denominator of a rule.
pub const PROFILE_WEIGHT_MAX: u32 = 100;
pub const PROFILE_SCORE_MAX: u32 = 1_000;
pub const PROFILE_DENOMINATOR_MAX: u32 = 1_000;
/// Papers of one group that a rule is applied to: a questionnaire among the public has some thousands.
pub const PAPERS_MAX: u32 = 100_000;
/// Below this many papers a group's figures tell of single votes.
pub const GROUP_SHOWN_FROM_MIN: u32 = 3;
/// Longest deadline in days; one in months is bound by `TERM_MONTHS_MAX`.
pub const DEADLINE_AMOUNT_MAX: u32 = 366;
/// Issues of one case, merged and dropped ones included; a group's report names some dozens.
pub const ISSUES_MAX: usize = 2_000;
/// An issue: a paragraph of the document.
pub const ISSUE_CHARS_MAX: usize = 1_000;
/// Sources of one issue.
pub const ISSUE_SOURCES_MAX: usize = 20;
/// Categories of the issue list.
pub const ISSUE_CATEGORIES_MAX: usize = 20;
/// Each of the three texts of the opinions. All three must fit one message of the desk.
pub const OPINION_CHARS_MAX: usize = 5_000;
/// A paper's template as the office edits it; the longest built-in one has some 1,500 characters.
pub const TEMPLATE_CHARS_MAX: usize = 8_000;

const _: () = assert!(QUESTIONS_PER_PERSON_MAX < QUESTIONS_MAX);
const _: () = assert!(BALLOT_LIMIT_S_MIN < BALLOT_LIMIT_S_MAX && EXTENSION_S_MAX <= BALLOT_LIMIT_S_MAX);
const _: () = assert!(DEADLINE_AMOUNT_MAX <= TERM_DAYS_MAX);
