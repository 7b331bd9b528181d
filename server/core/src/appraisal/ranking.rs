//! The order of the subjects of one sheet, where the rule ranks them. Read from the recorded results, never counted anew.

use super::Appraisal;
use crate::ballot::BallotState;
use crate::ids::{BallotId, SubjectId};
use crate::rules::{Place, Verdict, rank};
use std::collections::BTreeMap;

impl Appraisal {
    /// The places of the sheet's subjects, best first. Empty unless the rule ranks, the sheet has several subjects, and
    /// all that can be announced is.
    pub fn places(&self, on_sheet: BallotId) -> Vec<Place<SubjectId>> {
        let ballot = self.ballots.get(&on_sheet);
        let Some(ranking) = ballot.and_then(|b| self.profile_of(b).ranking.as_ref()) else {
            return Vec::new();
        };
        let mut verdicts: BTreeMap<SubjectId, Verdict> = BTreeMap::new();
        for id in self.sheet_of(on_sheet) {
            match self.ballots.get(&id) {
                Some(b) if b.state == BallotState::Announced => {
                    let verdict = b.result.as_ref().map(|r| r.verdict.clone());
                    verdicts.extend(verdict.map(|v| (b.subject, v)));
                }
                _ if self.left_to_council(id) => {}
                _ => return Vec::new(),
            }
        }
        if verdicts.len() < 2 {
            return Vec::new();
        }
        rank(ranking, &verdicts.into_iter().collect::<Vec<_>>())
    }

    pub fn place_of(&self, id: BallotId) -> Option<Place<SubjectId>> {
        let subject = self.ballots.get(&id)?.subject;
        self.places(id).into_iter().find(|p| p.subject == subject)
    }

    /// The other subjects that share this one's place; of those the round of one may have been voided for it already.
    pub(super) fn tied_with(&self, id: BallotId) -> Vec<SubjectId> {
        let Some(own) = self.ballots.get(&id) else {
            return Vec::new();
        };
        let places = self.places(id);
        let place = places.iter().find(|p| p.subject == own.subject).map(|p| p.place);
        let shares = |p: &&Place<SubjectId>| Some(p.place) == place && p.subject != own.subject;
        let mut tied: Vec<_> = places.iter().filter(shares).map(|p| p.subject).collect();
        let announced = own.state == BallotState::Announced;
        let mates = self.sheet_of(id).into_iter().filter_map(|b| self.ballots.get(&b));
        for mate in mates.filter(|m| announced && m.state != BallotState::Announced) {
            let last = mate.voided.last().filter(|v| v.tied_with.contains(&own.subject));
            tied.extend(last.map(|_| mate.subject));
        }
        tied
    }
}
