//! Identifiers. Numbers are given by the case itself in the order of its records, so every replay gives the same.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Milliseconds since 1970-01-01 UTC, as stamped by the conductor. Never read from a clock here.
pub type InstantMs = i64;
/// A wish's own id, made once per intention on the device (UUID).
pub type CommandId = uuid::Uuid;
/// The case's id (UUID).
pub type AppraisalId = uuid::Uuid;

macro_rules! number {
    ($($(#[$meta:meta])* $name:ident)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
        #[serde(transparent)]
        pub struct $name(pub u32);
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
    )*};
}
number! {
    /// A person on the roster: member or attendee.
    PersonId
    /// An appraisal subject (被评议对象).
    SubjectId
    /// An item of the sitting's agenda.
    ItemId
    /// A question of the inquiry (询问).
    QuestionId
    /// A ballot on one subject, whatever its round.
    BallotId
    /// An investigation group (评议工作组).
    GroupId
    /// A questionnaire (问卷) of the investigation.
    QuestionnaireId
    /// A remark (审议发言) of the deliberation.
    RemarkId
    /// A drawing of lots (抽签).
    LotId
    /// An issue (问题) of the issue list, and its line of the ledger (台账).
    IssueId
}
