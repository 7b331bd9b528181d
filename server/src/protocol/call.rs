//! Bodies of the HTTP calls.

use crate::documents::roster::RosterSheet;
use pingyi_core::body::Station;
use pingyi_core::ids::{PersonId, SubjectId};
use pingyi_core::papers::OfficePaper;
use pingyi_core::roster::PersonKind;
use pingyi_core::rules::{Figures, Identity, Profile, ProfileFault, Verdict as RuleVerdict};
use pingyi_core::sitting::SittingState;
use pingyi_core::stages::Stage;
use pingyi_core::subject::DocumentKind;
use pingyi_core::views::SubjectResultView;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

macro_rules! bodies {
    ($($(#[$meta:meta])* $vis:vis $kind:ident $name:ident $body:tt)*) => {$(
        #[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
        $(#[$meta])*
        $vis $kind $name $body
    )*};
}

bodies! {
    /// What a bearer opens.
    #[derive(Copy, PartialEq, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum Role { Desk, Chair, Operator, Projector, Person }

    /// What to do if the person is signed in on another device.
    #[derive(Copy, PartialEq, Eq, Default)]
    #[serde(rename_all = "snake_case")]
    pub enum TakeOver {
        /// Answer `on_another_device`.
        #[default]
        Ask,
        /// Sign the other device out.
        Move,
    }

    /// First start: makes the body and its first desk account. `secret` is in the set-up link.
    pub struct Setup { pub secret: String, pub body_name: String, pub account: String, pub password: String }

    pub struct SignInAccount { pub account: String, pub password: String }

    /// `code` from the seat card, as scanned or typed (case and dashes do not matter). `device_key`: 64 hex digits.
    pub struct SignInCard {
        pub code: String,
        pub device_key: String,
        #[serde(default)]
        pub take_over: TakeOver,
    }

    pub struct SignInHall {
        pub hall_code: String,
        pub name: String,
        pub pin: String,
        pub device_key: String,
        #[serde(default)]
        pub take_over: TakeOver,
    }

    /// `secret` of a console's or projector's link.
    pub struct SignInLink { pub secret: String }

    /// A signed-in device. Keep the bearer; send it as `Authorization: Bearer …` and in the socket's hello.
    pub struct SignedIn {
        pub bearer: String,
        pub role: Role,
        /// None for a desk account, which opens every case of the body.
        #[schema(value_type = Option<String>)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional, type = "string"))]
        pub appraisal: Option<Uuid>,
        #[schema(value_type = Option<u32>)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub person: Option<PersonId>,
        /// The person's or account's name.
        pub name: String,
    }

    /// What a bearer is, without the bearer.
    pub struct WhoAmI {
        pub role: Role,
        #[schema(value_type = Option<String>)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional, type = "string"))]
        pub appraisal: Option<Uuid>,
        #[schema(value_type = Option<u32>)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub person: Option<PersonId>,
        pub name: String,
    }

    /// Which sitting a hall code opens.
    pub struct DoorInfo {
        #[schema(value_type = String)]
        #[cfg_attr(feature = "typescript", ts(type = "string"))]
        pub appraisal: Uuid,
        pub title: String,
        pub body_name: String,
        pub session_name: String,
    }

    /// The state of the program for a page that is not signed in.
    pub struct Front {
        /// False until the first desk account exists.
        pub set_up: bool,
        pub body_name: String,
    }

    /// An account of the office. `own`: the one that asks.
    pub struct AccountView { pub account: u32, pub name: String, pub own: bool }

    pub struct Accounts { pub accounts: Vec<AccountView> }

    pub struct RenameAccount { pub name: String }

    /// Whoever is signed in to the account is out, its own asker too.
    pub struct RenewPassword { pub password: String }

    pub struct BodyView { pub name: String, pub appraisals: Vec<AppraisalSummary> }

    pub struct AppraisalSummary {
        #[schema(value_type = String)]
        #[cfg_attr(feature = "typescript", ts(type = "string"))]
        pub id: Uuid,
        pub title: String,
        pub session_name: String,
        pub held_on: String,
        #[schema(value_type = String)]
        pub state: SittingState,
        #[schema(value_type = String)]
        pub stage: Stage,
        pub closed: bool,
        /// Matters whose last day is over.
        pub late: u32,
        pub created_at: i64,
        /// The case cannot be changed until an operator looks at it.
        pub stopped: bool,
    }

    /// Subjects over the years. `more`: not all that were found are here; look for more words.
    pub struct HistoryView { pub lines: Vec<HistoryLine>, pub more: bool }

    /// One subject of one appraisal. `results` in their order: the appraisal, then each ballot on its rectification.
    pub struct HistoryLine {
        #[schema(value_type = String)]
        #[cfg_attr(feature = "typescript", ts(type = "string"))]
        pub appraisal: Uuid,
        pub title: String,
        #[schema(value_type = u32)]
        pub subject: SubjectId,
        pub unit: String,
        pub post: String,
        pub officer: String,
        #[schema(value_type = Vec<Object>)]
        pub results: Vec<SubjectResultView>,
        /// Issues found, and how many of them are closed.
        pub issues: u32,
        pub closed: u32,
        /// Day of the receipt of the opinions, YYYY-MM-DD or empty.
        pub received_on: String,
    }

    pub struct CreateAppraisal { pub title: String, pub body_name: String, pub session_name: String, pub held_on: String }

    pub struct Created {
        #[schema(value_type = String)]
        #[cfg_attr(feature = "typescript", ts(type = "string"))]
        pub id: Uuid,
    }

    /// A stored document, to be attached to a subject by `subject.attach/1`.
    pub struct Uploaded {
        pub digest: String,
        #[schema(value_type = String)]
        pub kind: DocumentKind,
        pub file_name: String,
        pub size_bytes: u32,
    }

    /// A token request of a member's signed-in phone. `blinded`: base64url of 32 bytes. `signature`: the device key's
    /// over the token text, 128 hex digits. The same element again gives the same token.
    pub struct TakeToken {
        #[schema(value_type = String)]
        #[cfg_attr(feature = "typescript", ts(type = "string"))]
        pub id: Uuid,
        pub round: u32,
        pub blinded: String,
        pub signature: String,
    }

    /// The blind answer: base64url of 32 and 64 bytes, and the header text the key belongs to.
    pub struct Token { pub evaluated: String, pub proof: String, pub header: String }

    /// A secret vote. Sent without any sign-in; all bytes base64url.
    pub struct SecretCast {
        #[schema(value_type = String)]
        #[cfg_attr(feature = "typescript", ts(type = "string"))]
        pub appraisal: Uuid,
        pub ballot: u32,
        pub round: u32,
        pub vote_pk: String,
        pub token: String,
        pub seq: u32,
        pub choices: Vec<u8>,
        pub sig: String,
    }

    /// Signed by the round's receipt key: this very vote is in the box. Base64url of 64 bytes.
    pub struct CastReceipt { pub receipt: String }

    /// Why a secret vote was not taken.
    #[derive(Copy, PartialEq, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum CastRefusal {
        /// The call carried a sign-in: send it without.
        LoginWithCast,
        Malformed,
        NoSuchOption,
        /// The token is not one of this round for this key.
        Token,
        Signature,
        /// A later vote of the same key is in the box.
        Older,
        /// The first press counts, and it is in the box.
        Taken,
        OtherContent,
        /// Not open yet, or paused.
        NotOpen,
        Closed,
        OtherRound,
        Busy,
    }

    /// A seat card. `code` in groups of four; `svg` is the QR of `url`.
    pub struct Card {
        #[schema(value_type = u32)]
        pub person: PersonId,
        pub name: String,
        #[schema(value_type = String)]
        pub kind: PersonKind,
        pub title: String,
        pub group: String,
        pub seat: String,
        pub code: String,
        pub url: String,
        pub svg: String,
    }

    pub struct Cards { pub address: String, pub cards: Vec<Card> }

    /// Links that open each station signed in. Give each to its person only.
    pub struct StationLinks { pub chair: String, pub operator: String, pub projector: String, pub public: String }

    /// A new link for a station: the old one, and every page that was opened by it, is out at once.
    pub struct RenewStation {
        #[schema(value_type = String)]
        pub station: Station,
    }

    /// The address of the calendar feed; none while it is shut. Who has it reads the days, nothing else.
    pub struct FeedLink {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        pub url: Option<String>,
    }

    /// A paper of the sitting: whether the case holds what it is made of, and whether the office has its own template.
    pub struct OfficePaperView {
        #[schema(value_type = String)]
        pub paper: OfficePaper,
        pub ready: bool,
        pub own_template: bool,
    }

    pub struct OfficePapers { pub papers: Vec<OfficePaperView> }

    /// A name that a template may use; a list has names inside.
    pub struct TemplateName { pub name: String, pub inner: Vec<String> }

    /// `text` is the office's, or the built-in one.
    pub struct OfficeTemplate { pub text: String, pub built_in: String, pub names: Vec<TemplateName> }

    /// Where phones reach this program.
    pub struct AddressView {
        /// What QR codes encode now, for example http://192.168.1.20:8080
        pub address: String,
        /// Addresses of this machine's networks, the likeliest first.
        pub guesses: Vec<String>,
        /// False when the address can only be reached on this machine.
        pub reachable: bool,
    }

    #[derive(Copy, PartialEq, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum ExportExtent {
        /// Every record: names, questions, of named ballots who chose what. For the office's own archive.
        Archive,
        /// Personal records as digests only.
        Public,
    }

    pub struct Export { pub extent: ExportExtent }

    /// A case file that waits at `url`, which works once and for two minutes, without a bearer.
    pub struct Exported {
        pub url: String,
        pub file_name: String,
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        pub size_bytes: u64,
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        pub records: u64,
        /// The chain's head, to be compared with the one in the minutes.
        pub head: String,
    }

    /// Lets this person try a PIN again at once.
    pub struct LiftGuesses {
        #[schema(value_type = u32)]
        pub person: PersonId,
    }

    pub struct SetAddress { pub address: String }

    /// Rows as read from a file and their faults; nothing is imported by looking. Import only if `faults` is empty.
    pub struct RosterPreview {
        #[schema(value_type = Object)]
        pub sheet: RosterSheet,
        pub members: u32,
        pub attendees: u32,
    }

    pub struct RosterImported { pub people: u32, pub pins: u32 }

    /// The profiles that come with the program, the usual one first.
    pub struct RuleBook {
        #[schema(value_type = Vec<Object>)]
        pub profiles: Vec<Profile>,
    }

    /// What a profile file comes to. Nothing of a faulty one is used.
    #[serde(tag = "read", rename_all = "snake_case")]
    pub enum RuleFileRead {
        Profile {
            #[schema(value_type = Object)]
            profile: Box<Profile>,
        },
        Faulty {
            #[schema(value_type = Vec<Object>)]
            faults: Vec<ProfileFault>,
        },
        /// No text in an encoding that is known here.
        NotText {},
    }

    /// Figures to try a profile with. The names stand in the announcement.
    pub struct TryRule {
        #[schema(value_type = Object)]
        pub profile: Profile,
        #[schema(value_type = Object)]
        pub figures: Figures,
        pub body: String,
        pub meeting: String,
        pub subject: String,
    }

    /// What the profile makes of the figures.
    #[serde(tag = "outcome", rename_all = "snake_case")]
    pub enum RuleTried {
        Verdict {
            #[schema(value_type = Object)]
            verdict: Box<RuleVerdict>,
            announcement: String,
        },
        /// The first identity that fails; without balance there is no verdict.
        Unbalanced {
            #[schema(value_type = Object)]
            identity: Identity,
        },
        /// The profile itself is faulty.
        Faulty {
            #[schema(value_type = Vec<Object>)]
            faults: Vec<ProfileFault>,
        },
    }

    pub struct WriteRule {
        #[schema(value_type = Object)]
        pub profile: Profile,
    }

    /// A profile as the TOML file that an office edits.
    pub struct RuleFile { pub file_name: String, pub text: String }
}
