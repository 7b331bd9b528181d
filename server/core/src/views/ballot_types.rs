//! The values of a ballot's views and of what stands around it: paper, scrutineers, the rule.

use crate::appraisal::AfterRound;
use crate::ballot::*;
use crate::ids::*;
use crate::rules::profile::PublishedDetail;
use crate::rules::sources::AssumedSetting;
use crate::rules::{Identity, Profile};
use crate::scrutiny::{Incident, ScrutinyRule, Step};

wire! {
    /// Key `ballot/N`. `tally` is there only where this audience may see a distribution now; `result` once announced
    /// (for the chair once sealed). The public sees announced ballots only.
    pub struct BallotView {
        pub id: BallotId,
        pub subject: SubjectId,
        /// Which sitting of the case holds it, from 1, and what is measured.
        pub sitting: u32,
        pub matter: crate::rules::profile::Matter,
        /// All ballots on the same sheet, this one included, in order; empty if it stands alone.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<BallotId>>"))]
        pub sheet: Vec<BallotId>,
        pub round: u32,
        pub state: BallotState,
        pub display: TallyDisplay,
        pub options: Vec<BallotOption>,
        /// Several items to mark; `tally` and `result.counts` go item by item. Empty: one mark for the whole.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<BallotItem>>"))]
        pub items: Vec<BallotItem>,
        /// The group of voters, where the rule has several.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub voters: Option<String>,
        /// What is published beside the grade; the rest is not in `result` for those who may not see it.
        pub detail: PublishedDetail,
        /// The first press counts; a vote cannot be changed.
        pub final_press: bool,
        /// Announced named ballots: who chose what, by option index.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(feature = "typescript", ts(optional, as = "Option<Vec<RollLine>>"))]
        pub roll: Vec<RollLine>,
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
        /// Chair and desk: the account of a sealed round that does not hold.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub failing: Option<Identity>,
        /// Chair only, once the round has begun: what a further round would need.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub again: Option<AgainView>,
        /// The subject's place on its sheet, where the rule ranks and all of the sheet is announced.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub place: Option<PlaceView>,
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

    /// Whether this round may be voided, and what the rule has come next.
    pub struct AgainView {
        /// The causes that may be given now.
        pub causes: Vec<VoidCause>,
        /// Further rounds after this one; a round that never opened does not count.
        pub rounds_left: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub comes_next: Option<AfterRound>,
    }

    /// A place from 1; equal standing shares it, and the next is left out.
    pub struct PlaceView {
        pub place: u32,
        pub tied: bool,
        /// The rule settles this tie by a second vote.
        pub second_vote: bool,
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

    /// Key `rules`. Chair and desk: the rule of this case, and which of its assumed settings the office has confirmed.
    pub struct RulesView {
        pub profile: Profile,
        pub confirmed: Vec<String>,
        pub unconfirmed: Vec<AssumedSetting>,
    }

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

    /// A named vote as the roll-call board shows it.
    pub struct RollLine { pub name: String, pub choices: Vec<u32> }

    pub struct GroupTurnout { pub group: String, pub issued: u32, pub returned: u32 }
}
