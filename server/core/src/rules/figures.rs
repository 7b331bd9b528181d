//! What was counted, group by group, and the identities it must satisfy before anybody may speak of a result.
//! Papers are counted whole; a paper with a gap among several items is one of `invalid`.

use super::profile::{BlankRule, MarkKind, Op, Profile, RosterBase, SurplusRule};
use super::ratio::{Fraction, Ratio};
use crate::limits::PAPERS_MAX;

wire! {
    /// One entry a group of the profile, in its order.
    #[serde(deny_unknown_fields)]
    pub struct Figures { pub groups: Vec<GroupFigures> }

    /// Papers (or casts) of one group, each number at most `PAPERS_MAX`. 应到, 实到, 发出, 收回.
    #[serde(deny_unknown_fields)]
    pub struct GroupFigures {
        pub roster: u32,
        pub present: u32,
        pub issued: u32,
        pub returned: u32,
        /// Several marks where one is asked for, a gap among items, unreadable.
        pub invalid: u32,
        /// Nothing marked at all; the profile's blank rule says what they are.
        pub blank: u32,
        /// A row for each item (one row if there are none), a column for each option.
        pub votes: Vec<Vec<u32>>,
    }

    /// What the papers come to under the profile's blank rule. `valid` + `apart` + `invalid` = `returned`.
    #[derive(Copy, Default)]
    #[cfg_attr(feature = "typescript", ts(rename = "PaperAccounts"))]
    pub struct Accounts {
        pub roster: u32,
        pub present: u32,
        pub issued: u32,
        pub returned: u32,
        /// 有效票. With several items, papers that are valid as papers.
        pub valid: u32,
        /// Marks of kinds that are not valid by the profile; 0 with several items, whose own accounts have them.
        pub apart: u32,
        pub invalid: u32,
        /// 未投: issued and not returned.
        pub not_cast: u32,
    }

    /// What to do about figures that do not balance.
    #[derive(Copy)]
    #[serde(rename_all = "snake_case")]
    pub enum Remedy { Recount, VoidAndRedo }

    /// The identity of 计票 that fails, with its figures and the remedy.
    #[derive(thiserror::Error)]
    #[serde(tag = "identity", rename_all = "snake_case")]
    pub enum Identity {
        /// Not one row an item and one column an option, or not one entry a group.
        #[error("the figures are not laid out as the profile says")]
        Layout { remedy: Remedy },
        #[error("{group}: {found} papers are more than {max}")]
        TooLarge { group: String, found: u32, max: u32, remedy: Remedy },
        #[error("{group}: present {present} <= roster {roster} fails")]
        PresentOverRoster { group: String, present: u32, roster: u32, remedy: Remedy },
        #[error("{group}: present {present} is no quorum: {op:?} {fraction} of {roster} is needed")]
        NoQuorum { group: String, present: u32, roster: u32, op: Op, fraction: Fraction, remedy: Remedy },
        #[error("{group}: issued {issued} <= present {present} fails")]
        IssuedOverPresent { group: String, issued: u32, present: u32, remedy: Remedy },
        /// 选举法 44: more than were issued, the round is void.
        #[error("{group}: returned {returned} <= issued {issued} fails")]
        ReturnedOverIssued { group: String, returned: u32, issued: u32, remedy: Remedy },
        #[error("{group}, row {row}: marks {marks} + blank {blank} + invalid {invalid} = returned {returned} fails")]
        MarksUnlikeReturned {
            group: String,
            row: u32,
            marks: u32,
            blank: u32,
            invalid: u32,
            returned: u32,
            remedy: Remedy,
        },
    }
}

impl Figures {
    /// The figures of a ballot of one group and no items.
    pub fn single(roster: u32, present: u32, issued: u32, returned: u32, invalid: u32, votes: &[u32]) -> Figures {
        let group = GroupFigures {
            roster,
            present,
            issued,
            returned,
            invalid,
            blank: 0,
            votes: vec![votes.to_vec()],
        };
        Figures { groups: vec![group] }
    }

    /// 应到 ≥ 实到, 法定人数 (of the first group), 发出 ≤ 实到, 收回 ≤ 发出, and in every row the marks, blank and
    /// invalid papers add up to 收回. The first that fails, group by group.
    pub fn balanced(&self, profile: &Profile) -> Result<(), Identity> {
        if self.groups.len() != profile.groups.len() {
            return Err(Identity::Layout {
                remedy: Remedy::Recount,
            });
        }
        for (n, figures) in self.groups.iter().enumerate() {
            figures.sized(profile, n)?;
            figures.attended(profile, n)?;
            figures.counted(profile, n)?;
        }
        Ok(())
    }
}

impl GroupFigures {
    fn sized(&self, profile: &Profile, n: usize) -> Result<(), Identity> {
        let fits = self.votes.len() == profile.rows() && self.votes.iter().all(|r| r.len() == profile.options.len());
        if !fits {
            return Err(Identity::Layout {
                remedy: Remedy::Recount,
            });
        }
        let papers = [
            self.roster,
            self.present,
            self.issued,
            self.returned,
            self.invalid,
            self.blank,
        ];
        let largest = papers.iter().chain(self.votes.iter().flatten()).max();
        match largest {
            Some(&found) if found > PAPERS_MAX => Err(Identity::TooLarge {
                group: profile.groups[n].key.clone(),
                found,
                max: PAPERS_MAX,
                remedy: Remedy::Recount,
            }),
            _ => Ok(()),
        }
    }

    fn attended(&self, profile: &Profile, n: usize) -> Result<(), Identity> {
        let group = || profile.groups[n].key.clone();
        let (roster, present) = (self.roster_of(profile, n), self.present);
        if present > roster {
            return Err(Identity::PresentOverRoster {
                group: group(),
                present,
                roster,
                remedy: Remedy::Recount,
            });
        }
        let (op, fraction) = (profile.quorum.op, profile.quorum.fraction);
        let needed = fraction.ratio().times(Ratio::of(roster.into(), 1));
        if n == 0 && !op.holds(Ratio::of(present.into(), 1), needed) {
            return Err(Identity::NoQuorum {
                group: group(),
                present,
                roster,
                op,
                fraction,
                remedy: Remedy::VoidAndRedo,
            });
        }
        Ok(())
    }

    fn counted(&self, profile: &Profile, n: usize) -> Result<(), Identity> {
        let group = || profile.groups[n].key.clone();
        let &GroupFigures {
            present,
            issued,
            returned,
            invalid,
            blank,
            ..
        } = self;
        if issued > present {
            return Err(Identity::IssuedOverPresent {
                group: group(),
                issued,
                present,
                remedy: Remedy::Recount,
            });
        }
        if returned > issued {
            let remedy = match profile.surplus {
                SurplusRule::VoidAndRedo => Remedy::VoidAndRedo,
                SurplusRule::RecountFirst => Remedy::Recount,
            };
            return Err(Identity::ReturnedOverIssued {
                group: group(),
                returned,
                issued,
                remedy,
            });
        }
        for (row, votes) in self.votes.iter().enumerate() {
            // At most PROFILE_OPTIONS_MAX times PAPERS_MAX: far below 32 bits.
            let marks = votes.iter().sum::<u32>();
            if marks + blank + invalid != returned {
                return Err(Identity::MarksUnlikeReturned {
                    group: group(),
                    row: u32::try_from(row).unwrap_or(u32::MAX),
                    marks,
                    blank,
                    invalid,
                    returned,
                    remedy: Remedy::Recount,
                });
            }
        }
        Ok(())
    }

    /// 应到: those in office, or the seats if the profile counts from the quota.
    pub(super) fn roster_of(&self, profile: &Profile, n: usize) -> u32 {
        match (n, profile.roster.base, profile.roster.number) {
            (0, RosterBase::Quota, Some(seats)) => seats,
            _ => self.roster,
        }
    }

    /// Votes for an option of a row, blank papers that are abstentions among them.
    pub(super) fn votes_for(&self, profile: &Profile, row: usize, option: usize) -> u32 {
        let marked = self.votes.get(row).and_then(|r| r.get(option)).copied().unwrap_or(0);
        let abstain = profile.options.iter().position(|o| o.kind == MarkKind::Abstain);
        match profile.blank {
            BlankRule::Abstain if abstain == Some(option) => marked + self.blank,
            _ => marked,
        }
    }

    /// Votes of a row that are of a valid kind.
    pub(super) fn valid_of(&self, profile: &Profile, row: usize) -> u32 {
        let valid = |(n, o): (usize, &super::profile::ProfileOption)| {
            profile
                .valid_kinds
                .contains(&o.kind)
                .then(|| self.votes_for(profile, row, n))
        };
        profile.options.iter().enumerate().filter_map(valid).sum()
    }

    /// The accounts of balanced figures.
    pub fn accounts(&self, profile: &Profile, n: usize) -> Accounts {
        let returned = match profile.blank {
            BlankRule::NotCounted => self.returned - self.blank,
            BlankRule::Invalid | BlankRule::Abstain => self.returned,
        };
        let invalid = match profile.blank {
            BlankRule::Invalid => self.invalid + self.blank,
            BlankRule::Abstain | BlankRule::NotCounted => self.invalid,
        };
        let papers = returned - invalid;
        let valid = match profile.dimensions.is_empty() {
            true => self.valid_of(profile, 0),
            false => papers,
        };
        Accounts {
            roster: self.roster_of(profile, n),
            present: self.present,
            issued: self.issued,
            returned,
            valid,
            apart: papers - valid,
            invalid,
            not_cast: self.issued - returned,
        }
    }
}

impl Accounts {
    pub(super) fn plus(self, other: Accounts) -> Accounts {
        Accounts {
            roster: self.roster + other.roster,
            present: self.present + other.present,
            issued: self.issued + other.issued,
            returned: self.returned + other.returned,
            valid: self.valid + other.valid,
            apart: self.apart + other.apart,
            invalid: self.invalid + other.invalid,
            not_cast: self.not_cast + other.not_cast,
        }
    }
}

impl Op {
    pub fn holds(self, left: Ratio, right: Ratio) -> bool {
        match self {
            Op::Above => left > right,
            Op::AtLeast => left >= right,
            Op::Below => left < right,
            Op::AtMost => left <= right,
        }
    }
}
