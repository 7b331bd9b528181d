//! A ballot as the audiences see it: the question on which secrecy hangs is who may see which counts, and when.

use super::ballot_types::*;
use super::{BoxSight, Surroundings};
use crate::appraisal::Appraisal;
use crate::ballot::result::option_counts;
use crate::ballot::rule::majority;
use crate::ballot::{Ballot, BallotResult, BallotState, Casts, Secrecy, TallyDisplay};
use crate::ids::BallotId;
use crate::rules::profile::{ChangeRule, NamesRule, PercentFormat, PublishedDetail};
use crate::scrutiny::Step;

/// What an audience may see of the counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// The hall: live bars if so set, the result once announced.
    Hall,
    /// The desk: also what was counted on paper.
    Desk,
    /// The chair: also the result once sealed, before announcing it.
    Chair,
}

pub fn ballot(case: &Appraisal, around: &Surroundings, id: BallotId, sight: Sight) -> Option<BallotView> {
    let b = case.ballots.get(&id)?;
    let profile = case.profile_of(b);
    let due = if b.sitting == case.sitting_number() {
        case.due_of(b.rule.group)
    } else {
        b.due
    };
    let announced = b.state == BallotState::Announced;
    let result = match b.state {
        BallotState::Announced => b.result.clone(),
        BallotState::Sealed if sight == Sight::Chair => counted(case, around, id),
        _ => None,
    };
    let detail = profile.publication.detail;
    let result = result.map(|r| match sight {
        Sight::Hall => published(r, detail, b.rule.group),
        Sight::Desk | Sight::Chair => r,
    });
    let sheet = case.sheet_of(id);
    let shown = shown(case, around, id);
    Some(BallotView {
        id,
        subject: b.subject,
        sitting: b.sitting,
        matter: b.matter,
        sheet: if sheet.len() > 1 { sheet } else { Vec::new() },
        round: b.round,
        state: b.state,
        display: b.display,
        options: b.rule.options.clone(),
        items: b.rule.items.clone(),
        voters: voters(case, b),
        detail,
        final_press: b.rule.change == ChangeRule::FirstPressCounts,
        roll: if announced && shown && b.rule.publishes_counts() && profile.names == NamesRule::Shown {
            roll(case, b)
        } else {
            Vec::new()
        },
        due,
        present: b.present_count(),
        issued: b.issued_count(),
        returned: match box_sight(around, id, b) {
            Some(sight) if b.running() => sight.returned,
            _ => b.returned_count(),
        },
        secrecy: b.casts.secrecy(),
        secret: b.casts.secret().filter(|s| !s.header.is_empty()).map(|s| SecretView {
            header: s.header.clone(),
            header_hash: s.header_hash.clone(),
            digest: s.sealed.as_ref().map(|s| s.digest.clone()),
            board: s.released.clone(),
        }),
        majority: majority(profile, due),
        tally: tally(b, box_sight(around, id, b), profile.percent).filter(|_| shown),
        result,
        presented_at: b.presented_at,
        opened_at: b.opened_at,
        limit_ends_at: b.limit_ends_at,
        paused_left_ms: b.paused_left_ms,
        closed_at: b.closed_at,
        seals_at: if b.state == BallotState::Closing {
            b.seals_at()
        } else {
            0
        },
        announced_at: b.announced_at,
        voided: b.voided.clone(),
        failing: (sight != Sight::Hall).then(|| case.failing(id)).flatten(),
        again: (sight == Sight::Chair && b.state != BallotState::Prepared && b.sitting == case.sitting_number())
            .then(|| again(case, id)),
        place: place(case, b, id, sight),
        recused: u32::try_from(b.recused.len()).unwrap_or(u32::MAX),
        paper: paper(b, sight),
        confirmed: confirmed(case, b, sight),
        by_hands: matches!(b.casts, Casts::Hands { .. }),
        groups: if sight == Sight::Chair && b.casts.secrecy() == Secrecy::Named {
            groups(case, b)
        } else {
            None
        },
        left_behind: None,
    })
}

fn again(case: &Appraisal, id: BallotId) -> AgainView {
    AgainView {
        causes: case.void_causes(id),
        rounds_left: case.rounds_left(id),
        comes_next: case.after_round(id),
    }
}

/// A place tells of counts, so the hall learns it only where the rule publishes counts.
fn place(case: &Appraisal, b: &Ballot, id: BallotId, sight: Sight) -> Option<PlaceView> {
    let place = case.place_of(id)?;
    (sight != Sight::Hall || b.rule.publishes_counts()).then_some(PlaceView {
        place: place.place,
        tied: place.tied,
        second_vote: place.second_vote,
    })
}

/// How many vote on paper; what was counted is for those who count and for the chair, until it is announced.
pub fn paper(b: &Ballot, sight: Sight) -> Option<PaperView> {
    if b.paper.unused() {
        return None;
    }
    let inside = sight != Sight::Hall;
    let public = b.state == BallotState::Announced && b.counts_public();
    Some(PaperView {
        issued: b.paper.issued(),
        marks: if inside {
            b.paper.marks.iter().copied().collect()
        } else {
            Vec::new()
        },
        entries: if inside { b.paper.entries.clone() } else { Vec::new() },
        agreed: b.paper.agreed().filter(|_| inside || public).cloned(),
    })
}

pub fn confirmed(case: &Appraisal, b: &Ballot, sight: Sight) -> Vec<ConfirmedView> {
    if sight == Sight::Hall {
        return Vec::new();
    }
    let steps = [Step::Open, Step::Close, Step::Unseal];
    let view = |step| ConfirmedView {
        step,
        by: b.confirmed.by(step).map(|p| case.name_of(p).to_owned()).collect(),
    };
    steps.into_iter().map(view).filter(|v| !v.by.is_empty()).collect()
}

/// The distribution, only while the ballot is held and only if it is shown live. After sealing the result takes over.
fn tally(b: &Ballot, sight: Option<&BoxSight>, format: PercentFormat) -> Option<Vec<crate::ballot::OptionCount>> {
    use BallotState::{Closing, Open, Paused, Sealed};
    let live = b.display == TallyDisplay::Live && matches!(b.state, Open | Paused | Closing | Sealed);
    if !live || !b.rule.publishes_counts() {
        return None;
    }
    match (sight, b.casts.counts(&b.rule)) {
        (Some(sight), _) => Some(option_counts(b, &sight.counts, sight.returned, format)),
        (None, Some(counts)) => Some(option_counts(b, &counts, b.casts.returned(), format)),
        // Nothing has been seen of the box yet; of a sealed one that is no news, but not zero.
        (None, None) => b
            .running()
            .then(|| option_counts(b, &vec![0; b.rule.cells()], 0, format)),
    }
}

/// Whether this group of voters is large enough for its votes to be seen. The result says so once there is one. Before,
/// the votes of all counted groups wait until each has as many as it needs: were one shown whose neighbour turns out
/// too small, the announced total would tell the neighbour's.
fn shown(case: &Appraisal, around: &Surroundings, id: BallotId) -> bool {
    let Some(b) = case.ballots.get(&id) else {
        return false;
    };
    if let Some(result) = &b.result {
        return result.shows(b.rule.group);
    }
    let groups = &case.profile_of(b).groups;
    case.parts_of(id).into_iter().all(|(part, of)| {
        let group = usize::try_from(of.rule.group).ok().and_then(|g| groups.get(g));
        let returned = box_sight(around, part, of).map_or_else(|| of.casts.returned(), |s| s.returned);
        group.is_none_or(|g| returned >= g.shown_from || (part != id && !g.counted))
    })
}

/// The last step of a secret round's box, until the record knows what it held.
pub fn box_sight<'a>(around: &'a Surroundings, id: BallotId, b: &Ballot) -> Option<&'a BoxSight> {
    let unknown = b.casts.counts(&b.rule).is_none();
    around.boxes.get(&id).filter(|s| unknown && s.round == b.round)
}

/// What a sealed round comes to before it is announced; of a secret box, from the look into it. None while a part of
/// the subject's evaluation is not counted, or the accounts do not balance.
pub fn counted(case: &Appraisal, around: &Surroundings, id: BallotId) -> Option<BallotResult> {
    let look = |part: BallotId, b: &Ballot| {
        let paper_counted = b.paper.unused() || b.paper.agreed().is_some();
        if b.state != BallotState::Sealed || !paper_counted {
            return None;
        }
        b.casts.counts(&b.rule).or_else(|| {
            let sealed = b.casts.secret()?.sealed.as_ref()?;
            let whole = box_sight(around, part, b).filter(|s| s.returned == sealed.returned)?;
            Some(whole.counts.clone())
        })
    };
    case.result_of(id, look)?.ok()
}

/// A result without what the rule does not publish: `group` is whose ballot it is. The text is made of what may be
/// published, for a rule whose wording asks for more is not adopted.
fn published(mut result: BallotResult, detail: PublishedDetail, group: u32) -> BallotResult {
    use PublishedDetail::{Counts, CountsAndPercentages, GradeOnly, Percentages};
    // A group so small that its figures would tell single votes.
    if !result.shows(group) {
        result.counts.clear();
        result.paper = None;
        result.by_majority_of = None;
    }
    match detail {
        CountsAndPercentages | Counts => result,
        Percentages | GradeOnly => {
            for count in &mut result.counts {
                count.votes = 0;
            }
            if detail == GradeOnly {
                result.counts.clear();
            }
            result.paper = None;
            result.by_majority_of = None;
            result.verdict.accounts.valid += result.verdict.accounts.apart;
            result.verdict.accounts.apart = 0;
            result.verdict.dimensions.clear();
            result.verdict.groups.clear();
            result.verdict.reasons.clear();
            result.verdict.standing.clear();
            result.verdict.score = None;
            result
        }
    }
}

/// The label of the voters' group, where there are several.
fn voters(case: &Appraisal, b: &Ballot) -> Option<String> {
    let profile = case.profile_of(b);
    let several = profile.groups.len() > 1;
    let group = usize::try_from(b.rule.group).ok().and_then(|g| profile.groups.get(g))?;
    several.then(|| group.label.clone())
}

/// 记名: who chose what.
fn roll(case: &Appraisal, b: &Ballot) -> Vec<RollLine> {
    let Casts::Named(by_member) = &b.casts else {
        return Vec::new();
    };
    let line = |(person, choices): (&crate::ids::PersonId, &Vec<u32>)| RollLine {
        name: case.name_of(*person).to_owned(),
        choices: choices.clone(),
    };
    by_member.iter().map(line).collect()
}

fn groups(case: &Appraisal, b: &Ballot) -> Option<Vec<GroupTurnout>> {
    let mut groups: Vec<GroupTurnout> = Vec::new();
    for (id, p) in case.roster.members().filter(|(id, _)| b.entitled(*id)) {
        if p.group.is_empty() {
            continue;
        }
        let at = groups.iter().position(|g| g.group == p.group).unwrap_or_else(|| {
            groups.push(GroupTurnout {
                group: p.group.clone(),
                issued: 0,
                returned: 0,
            });
            groups.len() - 1
        });
        if let Some(g) = groups.get_mut(at) {
            g.issued += 1;
            g.returned += u32::from(b.casts.recorded(id));
        }
    }
    (!groups.is_empty()).then_some(groups)
}
