//! The order of several subjects that were measured under one profile.

use super::profile::{Ranking, TieRule};
use super::verdict::Verdict;
use serde::{Deserialize, Serialize};

/// A subject's place, from 1. Equal standing shares a place, and the next one is left out: 1, 1, 3.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place<S> {
    pub subject: S,
    pub place: u32,
    /// Others have the same place.
    pub tied: bool,
    /// The tie is not settled: the rule asks for a second vote among these.
    pub second_vote: bool,
}

/// Best first; subjects of equal standing stay in the order they came in.
pub fn rank<S: Clone>(ranking: &Ranking, verdicts: &[(S, Verdict)]) -> Vec<Place<S>> {
    let place = |(subject, verdict): &(S, Verdict)| {
        let better = verdicts.iter().filter(|(_, v)| v.standing > verdict.standing).count();
        let equal = verdicts.iter().filter(|(_, v)| v.standing == verdict.standing).count();
        Place {
            subject: subject.clone(),
            place: u32::try_from(better + 1).unwrap_or(u32::MAX),
            tied: equal > 1,
            second_vote: equal > 1 && ranking.ties == TieRule::SecondVote,
        }
    };
    let mut places: Vec<_> = verdicts.iter().map(place).collect();
    places.sort_by_key(|p| p.place);
    places
}
