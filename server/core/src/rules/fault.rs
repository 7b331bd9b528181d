//! What can be wrong with a profile: where, and why. The code is stable; the client has the sentence.

use super::profile::Base;

wire! {
    /// One mistake in a profile. `line` and `column` count from 1, in characters; none if the profile did not come
    /// from a text, or the mistake is something that is not there at all.
    #[derive(thiserror::Error)]
    #[error("{} {path}: {reason}", line.map_or_else(String::new, |l| format!("line {l}")))]
    pub struct ProfileFault {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub line: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub column: Option<u32>,
        /// `options[1].key`; empty for the whole file.
        pub path: String,
        pub reason: FaultReason,
    }

    /// Why.
    #[derive(thiserror::Error)]
    #[serde(tag = "code", rename_all = "snake_case")]
    pub enum FaultReason {
        #[error("the file, or what it says, has more than {bytes_max} bytes")]
        FileTooLarge { bytes_max: u32 },
        #[error("not TOML: {message}")]
        Syntax { message: String },
        /// The same key twice in one table.
        #[error("the key is there twice")]
        KeyTwice {},
        #[error("no setting has this name; known here: {}", known.join(", "))]
        UnknownKey { known: Vec<String> },
        #[error("the setting is missing")]
        Missing {},
        #[error("{wanted} is wanted, {found} is there")]
        WrongType { wanted: String, found: String },
        #[error("{found:?} is none of {}", known.join(", "))]
        UnknownWord { found: String, known: Vec<String> },
        #[error("{found:?} is no fraction such as 1/2 or 80%")]
        NotAFraction { found: String },
        #[error("version {found} is unknown; this program reads version {known}")]
        UnknownVersion { found: u32, known: u32 },
        /// 监督法 62, 选举法.
        #[error("{law}")]
        MatterBarred { law: String },
        #[error("the text is empty")]
        TextMissing {},
        #[error("the text has more than {chars_max} characters")]
        TextTooLong { chars_max: u32 },
        #[error("the text has an invisible or control character")]
        TextHidden {},
        #[error("a key has lower-case letters, digits and _ only, and at most {chars_max}")]
        BadKey { chars_max: u32 },
        #[error("{found} is outside {min} to {max}")]
        OutOfRange { found: u32, min: u32, max: u32 },
        #[error("more than {max} entries")]
        TooMany { max: u32 },
        #[error("{key:?} is there twice")]
        DuplicateKey { key: String },
        #[error("no option of kind choice")]
        NoChoice {},
        #[error("no option {key:?}")]
        UnknownOption { key: String },
        #[error("no grade {key:?}")]
        UnknownGrade { key: String },
        #[error("no group {key:?}")]
        UnknownGroup { key: String },
        #[error("no item {key:?}")]
        UnknownDimension { key: String },
        #[error("the fraction has denominator 0")]
        ZeroDenominator {},
        #[error("the fraction is above 1")]
        AboveOne {},
        #[error("the weights add up to 0")]
        NoWeight {},
        /// Every group is shown apart, so nobody moves the grade.
        #[error("no group is counted")]
        NobodyCounts {},
        #[error("a group is shown from 0 or from at least {min} papers")]
        GroupTooSmall { min: u32 },
        #[error("no rule can give this grade")]
        UnreachableGrade { key: String },
        /// A rule before it always holds when it does.
        #[error("the rule is never reached: rule {by} holds whenever it does")]
        RuleShadowed { by: u32 },
        /// Such as more than the whole.
        #[error("the comparison has the same answer whatever is voted")]
        Constant {},
        /// `default_grade` without `no_grade = "default"`, a quota's number without a quota …
        #[error("not used with {with}")]
        Unused { with: String },
        /// The same the other way round.
        #[error("needed with {with}")]
        NeededWith { with: String },
        /// Only votes name options, and only a score has none.
        #[error("a score is of all options")]
        ScoreWithOptions {},
        #[error("there is nothing to compare")]
        NothingCompared {},
        #[error("the quorum is of the roster, not of {of:?}")]
        QuorumBase { of: Base },
        #[error("blank papers are abstentions, but no option is one")]
        BlankWithoutAbstain {},
        /// Averaging groups' shares over several items needs one base for all items of a group.
        #[error("with weighted shares over several items, valid marks are no base unless every kind is valid")]
        UnevenBase {},
        #[error("choices always count as valid")]
        ChoiceNotValid {},
        #[error("no place {{{name}}} here; known: {}", known.join(", "))]
        UnknownPlaceholder { name: String, known: Vec<String> },
        #[error("a brace without its partner")]
        OpenBrace {},
        /// The text says counts or shares that the publication keeps back.
        #[error("{{{name}}} is not published by this profile")]
        NotPublished { name: String },
        /// A grade without a grade, a result without a word for every grade, a score without scores.
        #[error("{{{name}}} would stay empty under this profile")]
        NothingToSay { name: String },
        /// `known` or `assumed` names nothing.
        #[error("no such setting")]
        NoSuchSetting {},
        #[error("the setting is both known and assumed")]
        KnownAndAssumed {},
        /// A setting that decides must be said to be known or assumed.
        #[error("neither known nor assumed")]
        Unsourced {},
    }
}
