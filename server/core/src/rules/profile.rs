//! What a locality's rule says, as data. A profile is read from TOML (`read`), checked (`check`), and frozen into a
//! case as JSON. Integers and texts only. A list keeps the order of the file: options and grades best first.

use super::ratio::Fraction;
use crate::ballot::{Secrecy, TallyDisplay};
use crate::scrutiny::ScrutinyRule;

/// The only version of the format so far.
pub const PROFILE_VERSION: u32 = 1;

wire_words! {
    /// What is voted on. Two kinds never run over phones: see `Matter::barred`.
    pub enum Matter { Appraisal, WorkAppraisal, Rectification, FormalVote, Removal, Election }
    /// How a mark counts.
    pub enum MarkKind { Choice, Abstain, DontKnow }
    /// A paper on which nothing is marked: invalid (深圳), an abstention (政协), or as if it had not been handed in
    /// (NPC 2006: 未按表决器的不计入表决票数).
    pub enum BlankRule { Invalid, Abstain, NotCounted }
    /// A paper with several marks where one is asked for. No rule we know counts it.
    pub enum MultiMarkRule { Invalid }
    /// Whether a cast may be replaced while the ballot is open.
    pub enum ChangeRule { UntilClose, FirstPressCounts }
    /// Who 全体组成人员 are: those in office, or the number of seats.
    pub enum RosterBase { InOffice, Quota }
    /// What a share is taken of. 应到, 实到, 发出, 收回, and the valid marks of an item.
    pub enum Base { Roster, Present, Issued, Returned, Valid }
    /// How several groups make one figure: their votes added (each times its weight), or their shares averaged by weight.
    pub enum Combine { Pooled, WeightedShares }
    /// How several items make one score.
    pub enum Aggregate { WeightedMean, Sum }
    /// What a comparison looks at: votes for some options, or the score.
    pub enum Measure { Votes, Score }
    /// Whether every comparison of a rule must hold, or one.
    pub enum Match { All, Any }
    /// What happens if no rule gives a grade.
    /// `not_graded`: counts and shares only (沾益), or a ranking (政协).
    pub enum NoGradeRule { Default, Revote, ReferToCouncil, NotGraded }
    /// Equal places: shared (1, 1, 3), or settled by a second vote (选举法 44).
    pub enum TieRule { SharePlace, SecondVote }
    /// More papers returned than issued: 选举法 44 voids the round; some halls count once more first.
    pub enum SurplusRule { VoidAndRedo, RecountFirst }
    /// Who chose what in a named ballot: kept on the record, or shown on the roll-call board when it is announced.
    pub enum NamesRule { Kept, Shown }
    /// Why a further round may be held.
    pub enum RevoteReason { ReturnedOverIssued, SystemFailure, QuorumLost, NoGrade, Tie }
    /// What the public hears beside the grade.
    pub enum PublishedDetail { GradeOnly, Percentages, Counts, CountsAndPercentages }
    /// When it is announced: after each ballot, after all of the sitting, or later.
    pub enum PublishedWhen { OnTheSpot, Together, SealedUntil }
    /// Options without a vote that the announcement leaves out: none, abstentions and the like, or any.
    pub enum OmitZero { None, NotChoices, All }
    /// What a grade brings about.
    pub enum ConsequenceKind { None, Rectify, ReReportNextMeeting, ContinueRectification, Talk, Escalate }
    /// What is due in the follow-up.
    pub enum DeadlineItem {
        DraftReport, ReportToCommittee, ReportToMembers, MeetingNotice, OpinionsHandedOver, ResultsToParty,
        RectificationPlan, RectificationReport, SecondReport,
    }
    /// The event from which a deadline is counted.
    pub enum Anchor {
        MeetingOpens, MeetingClosed, OpinionsApproved, OpinionsIssued, OpinionsReceived, PlanAccepted, ReportReceived,
        Dissatisfied,
    }
    pub enum Direction { Before, After }
    /// 民法典 200–204: the first day is not counted; a month ends on its corresponding day or its last.
    pub enum DeadlineUnit { Days, WorkingDays, Months }
    /// 民法典 203: a last day on a holiday rolls to the next working day.
    pub enum RollRule { None, NextWorkingDay }
    /// 过半数, 超过: `>`. 以上, 半数以上 include the number: `>=` (民法典 1259).
    pub enum Op {
        #[serde(rename = ">")]
        Above,
        #[serde(rename = ">=")]
        AtLeast,
        #[serde(rename = "<")]
        Below,
        #[serde(rename = "<=")]
        AtMost,
    }
}

wire! {
    /// A locality's rule. Every bound is held by `Profile::faults`.
    #[serde(deny_unknown_fields)]
    pub struct Profile {
        pub version: u32,
        /// Lower-case letters, digits and `_`.
        pub name: String,
        pub title: String,
        pub matter: Matter,
        pub source: ProfileSource,
        /// Paths of settings that the source states.
        pub known: Vec<String>,
        /// Paths of settings that we assumed: the office confirms them before a real sitting.
        pub assumed: Vec<String>,
        pub groups: Vec<ElectorateGroup>,
        pub combine: Combine,
        pub roster: RosterRule,
        pub quorum: Quorum,
        pub options: Vec<ProfileOption>,
        pub secrecy: Secrecy,
        pub change: ChangeRule,
        pub blank: BlankRule,
        pub multi_mark: MultiMarkRule,
        /// Kinds of marks that make up 有效票; the others are counted apart.
        pub valid_kinds: Vec<MarkKind>,
        /// Items that are each voted on. Empty: one vote for the whole.
        pub dimensions: Vec<Dimension>,
        pub aggregate: Aggregate,
        /// Criteria that guide the one choice and are only shown (深圳).
        pub criteria: Vec<String>,
        pub grades: Vec<Grade>,
        /// Tried in order; the first that holds gives the grade.
        pub rules: Vec<GradeRule>,
        pub no_grade: NoGradeRule,
        /// Set exactly if `no_grade` is `default`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub default_grade: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub ranking: Option<Ranking>,
        pub surplus: SurplusRule,
        pub revote: Revote,
        pub tally: TallyDisplay,
        /// Whether the hall sees who chose what in a named ballot, once it is announced.
        pub names: NamesRule,
        /// Whether scrutineers are appointed, and whether they must confirm each step.
        pub scrutiny: ScrutinyRule,
        pub publication: Publication,
        pub percent: PercentFormat,
        pub consequences: Vec<Consequence>,
        pub deadlines: Vec<Deadline>,
        pub wording: Wording,
    }

    /// Where the rule comes from: its own name and date, never a mirror's address.
    #[serde(deny_unknown_fields)]
    pub struct ProfileSource { pub rule: String, pub date: String, pub note: String }

    /// Who votes. A group that is not `counted` is shown apart and moves no grade.
    #[serde(deny_unknown_fields)]
    pub struct ElectorateGroup {
        pub key: String,
        pub label: String,
        pub weight: u32,
        pub counted: bool,
        /// With fewer papers returned the group's own figures are not shown, for they would tell of single votes. The
        /// total of all counted groups always is.
        pub shown_from: u32,
    }

    #[serde(deny_unknown_fields)]
    pub struct RosterRule {
        pub base: RosterBase,
        /// The number of seats (名额); set exactly if `base` is `quota`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub number: Option<u32>,
    }

    /// 法定人数 of the first group: present `op` fraction × roster. 地方组织法 art. 51: more than half.
    #[serde(deny_unknown_fields)]
    pub struct Quorum { pub op: Op, pub fraction: Fraction, pub of: Base }

    #[serde(deny_unknown_fields)]
    pub struct ProfileOption { pub key: String, pub label: String, pub kind: MarkKind, pub score: u32 }

    #[serde(deny_unknown_fields)]
    pub struct Dimension { pub key: String, pub label: String, pub weight: u32 }

    #[serde(deny_unknown_fields)]
    pub struct Grade { pub key: String, pub label: String }

    /// `grade` is given if all (any) of `when` hold.
    #[serde(deny_unknown_fields)]
    pub struct GradeRule {
        pub grade: String,
        #[serde(rename = "match")]
        pub matching: Match,
        pub when: Vec<Comparison>,
    }

    /// Votes: `options` together `op` fraction × base. Score: mean score of the base `op` fraction (which may be
    /// above 1, such as `85/1`). A comparison with an empty base never holds.
    #[serde(deny_unknown_fields)]
    pub struct Comparison {
        pub measure: Measure,
        pub options: Vec<String>,
        pub of: Base,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub group: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub dimension: Option<String>,
        pub op: Op,
        pub fraction: Fraction,
    }

    /// A figure of the count, of one group (else of all counted ones) and one item (else of all).
    #[serde(deny_unknown_fields)]
    pub struct Quantity {
        pub measure: Measure,
        pub options: Vec<String>,
        pub of: Base,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub group: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub dimension: Option<String>,
    }

    /// Higher is better; the second quantity decides where the first is equal, and so on.
    #[serde(deny_unknown_fields)]
    pub struct Ranking { pub by: Vec<Quantity>, pub ties: TieRule }

    #[serde(deny_unknown_fields)]
    pub struct Revote { pub reasons: Vec<RevoteReason>, pub rounds_max: u32 }

    #[serde(deny_unknown_fields)]
    pub struct Publication {
        pub detail: PublishedDetail,
        pub when: PublishedWhen,
        /// The event that opens a sealed result; set exactly if `when` is `sealed_until`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub until: Option<String>,
    }

    /// 0 to 4 decimals, half up.
    #[derive(Copy)]
    #[serde(deny_unknown_fields)]
    pub struct PercentFormat {
        pub of: Base,
        pub decimals: u32,
        /// 25 for 25.00, as 沾益区 prints.
        pub trim_zeros: bool,
        pub omit_zero: OmitZero,
    }

    #[serde(deny_unknown_fields)]
    pub struct Consequence { pub grade: String, pub kind: ConsequenceKind, pub text: String }

    #[serde(deny_unknown_fields)]
    pub struct Deadline {
        pub item: DeadlineItem,
        pub direction: Direction,
        pub anchor: Anchor,
        pub amount: u32,
        pub unit: DeadlineUnit,
        pub roll: RollRule,
        /// Which rule says so.
        pub source: String,
    }

    /// Texts with `{named}` places; `wording` says which each may have.
    #[serde(deny_unknown_fields)]
    pub struct Wording {
        pub announcement: String,
        pub tally_sheet_title: String,
        /// Between two options, such as `；`.
        pub separator: String,
        /// One option: label, votes, percent.
        pub option_item: String,
        /// One option that is not among the valid: label, votes, percent.
        pub apart_item: String,
        /// One item of several: label, options.
        pub dimension_item: String,
        /// One group of several: label, issued, returned, valid, invalid, options.
        pub group_item: String,
        /// Words such as 通过 that a grade is announced with. None unless the locality's rule has them: an appraisal
        /// is an evaluation, not a decision.
        pub result_words: Vec<ResultWord>,
    }

    #[serde(deny_unknown_fields)]
    pub struct ResultWord { pub grade: String, pub word: String }
}

impl Comparison {
    /// What is compared.
    pub fn quantity(&self) -> Quantity {
        Quantity {
            measure: self.measure,
            options: self.options.clone(),
            of: self.of,
            group: self.group.clone(),
            dimension: self.dimension.clone(),
        }
    }
}

/// Why a matter cannot be voted on here, with the law that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Barred {
    #[error("监督法第六十二条：撤职案的表决采用无记名投票的方式（纸质票），不在手机上进行")]
    Removal,
    #[error("选举法：选举采用无记名投票的方式（纸质票），不在手机上进行")]
    Election,
}

impl Matter {
    /// 撤职 and 选举 are paper ballots by law (监督法 62, 选举法).
    pub fn barred(self) -> Option<Barred> {
        match self {
            Matter::Removal => Some(Barred::Removal),
            Matter::Election => Some(Barred::Election),
            Matter::Appraisal | Matter::WorkAppraisal | Matter::Rectification | Matter::FormalVote => None,
        }
    }

    /// The same as an answer to give.
    pub fn admit(self) -> Result<(), Barred> {
        self.barred().map_or(Ok(()), Err)
    }
}

impl Profile {
    /// The one serialisation that is digested and frozen into a case: fields in the order of the types, no white
    /// space, no optional field that is unset.
    pub fn canonical_json(&self) -> String {
        // Serialising texts, integers and lists cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// One row of votes if there are no items, else one an item.
    pub fn rows(&self) -> usize {
        self.dimensions.len().max(1)
    }

    pub fn option(&self, key: &str) -> Option<usize> {
        self.options.iter().position(|o| o.key == key)
    }

    pub fn grade(&self, key: &str) -> Option<&Grade> {
        self.grades.iter().find(|g| g.key == key)
    }
}
