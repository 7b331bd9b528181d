//! The locality's rule applied to a subject's ballots: what is recorded as the result, and what stops an announcement.

use super::Appraisal;
use crate::ballot::result::Part;
use crate::ballot::{Ballot, BallotResult};
use crate::ids::{BallotId, PersonId};
use crate::refusal::Refusal;
use crate::roster::{Person, PersonKind};
use crate::rules::profile::Op;
use crate::rules::wording::Occasion;
use crate::rules::{Figures, Identity};

impl Appraisal {
    /// The ballots on the same subject and sheet, one for each group of voters, in the order of the rule's groups.
    pub fn parts_of(&self, id: BallotId) -> Vec<(BallotId, &Ballot)> {
        let Some(own) = self.ballots.get(&id) else {
            return Vec::new();
        };
        let same = |b: &Ballot| b.item == own.item && b.subject == own.subject;
        let mut parts: Vec<_> = self
            .ballots
            .iter()
            .filter(|(_, b)| same(b))
            .map(|(id, b)| (*id, b))
            .collect();
        parts.sort_by_key(|(_, b)| b.rule.group);
        parts
    }

    /// The result of a sealed ballot, with the votes that `look` knows of each part. None while a part's are unknown.
    pub fn result_of(
        &self,
        id: BallotId,
        look: impl Fn(BallotId, &Ballot) -> Option<Vec<u32>>,
    ) -> Option<Result<BallotResult, Identity>> {
        let of_subject = self.parts_of(id);
        let own = of_subject.iter().position(|(part, _)| *part == id)?;
        let mut parts = Vec::with_capacity(of_subject.len());
        for (part, ballot) in of_subject {
            parts.push(Part {
                ballot,
                by_device: look(part, ballot)?,
            });
        }
        let subject = self.subjects.get(&parts.get(own)?.ballot.subject);
        let named = subject.map_or_else(String::new, |s| format!("{}{}{}", s.unit, s.post, s.officer));
        let occasion = Occasion {
            body: &self.names.body_name,
            meeting: &self.names.session_name,
            subject: &named,
        };
        BallotResult::of(self.profile_of(parts.get(own)?.ballot), &occasion, &parts, own).transpose()
    }

    /// The result as the record knows it.
    pub fn recorded_result(&self, id: BallotId) -> Option<BallotResult> {
        self.result_of(id, |_, b| b.casts.counts(&b.rule))?.ok()
    }

    /// Refuses unless this ballot and its subject's others are counted and the identities of 计票 hold.
    pub fn need_announceable(&self, id: BallotId) -> Result<(), Refusal> {
        self.ballot(id)?;
        let mut figures = Figures { groups: Vec::new() };
        for (_, ballot) in self.parts_of(id) {
            ballot.need_counted()?;
            let by_device = ballot.casts.counts(&ballot.rule).unwrap_or_else(|| ballot.unopened());
            figures.groups.push(Part { ballot, by_device }.figures());
        }
        let balanced = figures.balanced(self.profile_of(self.ballot(id)?));
        balanced.map_err(|identity| Refusal::AccountsDoNotBalance { identity })
    }

    /// Who votes in a group of the rule: 组成人员 in the first; in a further one, attendees whose group on the roster
    /// bears its label.
    pub fn electorate(&self, group: u32) -> impl Iterator<Item = (PersonId, &Person)> {
        let of_group = move |(_, p): &(&PersonId, &Person)| self.is_voter(p, group);
        self.roster.people.iter().filter(of_group).map(|(id, p)| (*id, p))
    }

    pub fn votes_in(&self, person: PersonId, group: u32) -> bool {
        self.roster.people.get(&person).is_some_and(|p| self.is_voter(p, group))
    }

    fn is_voter(&self, person: &Person, group: u32) -> bool {
        let label = || {
            usize::try_from(group)
                .ok()
                .and_then(|g| self.profile.groups.get(g))
                .map(|g| g.label.as_str())
        };
        match (group, person.kind) {
            (0, kind) => kind == PersonKind::Member,
            (_, PersonKind::Attendee) => Some(person.group.as_str()) == label(),
            (_, PersonKind::Member) => false,
        }
    }

    /// 应到 of a group.
    pub fn due_of(&self, group: u32) -> u32 {
        if group == 0 {
            return self.roster.due();
        }
        u32::try_from(self.electorate(group).count()).unwrap_or(u32::MAX)
    }

    /// The least number of members present that the rule asks for; the law (地方组织法 art. 51) asks for more than half.
    pub fn quorum(&self) -> u32 {
        let rule = &self.profile.quorum;
        let base = self.roster.due();
        let (num, den) = (u64::from(rule.fraction.num), u64::from(rule.fraction.den.max(1)));
        let least = match rule.op {
            Op::Above => num * u64::from(base) / den + 1,
            Op::AtLeast | Op::Below | Op::AtMost => (num * u64::from(base)).div_ceil(den),
        };
        u32::try_from(least).unwrap_or(u32::MAX).max(self.roster.quorum())
    }

    pub fn quorum_met(&self) -> bool {
        self.roster.present() >= self.quorum()
    }

    pub(crate) fn need_quorum(&self) -> Result<(), Refusal> {
        if self.quorum_met() {
            Ok(())
        } else {
            Err(Refusal::NoQuorum {
                present: self.roster.present(),
                needed: self.quorum(),
            })
        }
    }
}
