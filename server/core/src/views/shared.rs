//! Values that several audiences see alike, and the two questions on which secrecy hangs: whose names, which counts.

use super::types::*;
use super::{BoxSight, Surroundings, json};
use crate::appraisal::Appraisal;
use crate::ballot::result::option_counts;
use crate::ballot::rule::least_more_than;
use crate::ballot::{Ballot, BallotResult, BallotState, Casts, Secrecy, TallyDisplay};
use crate::ids::{BallotId, PersonId, QuestionId, SubjectId};
use crate::inquiry::{Question, Visibility};
use crate::outcome::Key;
use crate::roster::PersonKind;
use crate::scrutiny::Step;
use serde_json::Value;

/// Keys that every signed-in audience sees alike.
pub fn common(case: &Appraisal, key: Key) -> Option<Value> {
    match key {
        Key::Case => json(case_view(case)),
        Key::Settings => json(SettingsView {
            question_review: case.settings.question_review,
            tally_display: case.settings.tally_display,
            written_answer_days: case.settings.written_answer_days,
            ballot_limit_s: case.settings.ballot_limit_s,
            secrecy: case.settings.secrecy,
        }),
        Key::Sitting => json(SittingView {
            state: case.sitting.state,
            opened_at: case.sitting.opened_at,
            closed_at: case.sitting.closed_at,
            current: case.sitting.current,
            running_ballot: case.running_ballot().map(|(id, _)| id),
        }),
        Key::Agenda => json(agenda(case)),
        Key::Attendance => json(attendance(case)),
        Key::Screen => json(case.sitting.screen),
        Key::Subject(id) => json(subject_view(case, id)?),
        Key::Scrutiny
        | Key::Console
        | Key::Minutes
        | Key::Joined
        | Key::Door
        | Key::Question(_)
        | Key::Ballot(_)
        | Key::Person(_) => None,
    }
}

pub fn case_view(case: &Appraisal) -> CaseView {
    CaseView {
        id: case.id.to_string(),
        title: case.names.title.clone(),
        body_name: case.names.body_name.clone(),
        session_name: case.names.session_name.clone(),
        held_on: case.names.held_on.clone(),
    }
}

fn agenda(case: &Appraisal) -> AgendaView {
    let item = |(id, i): (&crate::ids::ItemId, &crate::sitting::Item)| ItemView {
        id: *id,
        kind: i.kind,
        title: i.title.clone(),
        subject: i.subject,
        subjects: i.subjects.clone(),
        state: i.state,
        began_at: i.began_at,
    };
    AgendaView {
        items: case.sitting.agenda.iter().map(item).collect(),
    }
}

fn attendance(case: &Appraisal) -> AttendanceView {
    let r = &case.roster;
    let all = u32::try_from(r.people.len()).unwrap_or(u32::MAX);
    AttendanceView {
        due: r.due(),
        present: r.present(),
        attendees: all - r.due(),
        attendees_present: r.attendees_present(),
        quorum: r.quorum(),
        quorum_met: r.quorum_met(),
    }
}

pub fn subject_view(case: &Appraisal, id: SubjectId) -> Option<SubjectView> {
    let s = case.subjects.get(&id)?;
    let ballot = case.ballot_of_subject(id);
    let announced = ballot
        .filter(|(_, b)| b.state == BallotState::Announced)
        .and_then(|(_, b)| b.result.as_ref());
    Some(SubjectView {
        id,
        officer: s.officer.clone(),
        post: s.post.clone(),
        unit: s.unit.clone(),
        report: s.report,
        recused: s.recused.keys().copied().collect(),
        documents: s.documents.clone(),
        ballot: ballot.map(|(id, _)| id),
        grade: announced.map(|r| GradeView {
            key: r.grade.clone(),
            label: r.grade_label.clone(),
        }),
    })
}

pub fn joined(case: &Appraisal, around: &Surroundings, stations: Option<Stations>) -> JoinedView {
    let count = |kind, connected: bool| {
        let of_kind = case.roster.people.iter().filter(|(_, p)| p.kind == kind);
        let n = of_kind.filter(|(id, p)| {
            if connected {
                around.connected.contains(id)
            } else {
                p.device_generation > 0 && !p.device_key.is_empty()
            }
        });
        u32::try_from(n.count()).unwrap_or(u32::MAX)
    };
    JoinedView {
        members: count(PersonKind::Member, false),
        members_connected: count(PersonKind::Member, true),
        attendees: count(PersonKind::Attendee, false),
        attendees_connected: count(PersonKind::Attendee, true),
        stations,
    }
}

pub fn stations(around: &Surroundings) -> Stations {
    Stations {
        projectors: around.projectors,
        chairs: around.chairs,
        operators: around.operators,
        desks: around.desks,
    }
}

pub fn door(around: &Surroundings) -> Option<DoorView> {
    around.door.as_ref().map(|d| DoorView {
        code: d.code.clone(),
        url: d.url.clone(),
        address: d.address.clone(),
        svg: d.svg.clone(),
        expires_at: d.expires_at,
    })
}

pub fn person(case: &Appraisal, around: &Surroundings, id: PersonId) -> Option<PersonView> {
    let p = case.roster.people.get(&id)?;
    Some(PersonView {
        id,
        name: p.name.clone(),
        kind: p.kind,
        title: p.title.clone(),
        group: p.group.clone(),
        seat: p.seat.clone(),
        attendance: p.attendance,
        attendance_at: p.attendance_at,
        way: p.way,
        joined: !p.device_key.is_empty(),
        connected: around.connected.contains(&id),
        card_generation: p.card_generation,
    })
}

/// The latest lines of the minutes that a console or desk shows.
const MINUTES_SHOWN: usize = 60;

pub fn scrutiny(case: &Appraisal) -> ScrutinyView {
    let of = |person: &PersonId| ScrutineerView {
        person: *person,
        name: case.name_of(*person).to_owned(),
    };
    ScrutinyView {
        rule: case.settings.scrutiny,
        scrutineers: case.scrutiny.appointed.iter().map(of).collect(),
        incidents: case.scrutiny.incidents.iter().cloned().collect(),
    }
}

pub fn minutes(case: &Appraisal) -> MinutesView {
    let lines = &case.minutes.lines;
    MinutesView {
        lines: lines
            .iter()
            .skip(lines.len().saturating_sub(MINUTES_SHOWN))
            .cloned()
            .collect(),
    }
}

/// Whose names an audience may read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// Askers who chose to be named.
    Public,
    /// Also those who wrote to the chair alone.
    Chair,
    /// Everybody: the office can look up who asked without name.
    Office,
}

/// Whether edits and merges are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Story {
    Wording,
    Whole,
}

pub fn question(case: &Appraisal, id: QuestionId, names: Names, story: Story) -> Option<QuestionView> {
    let q = case.inquiry.questions.get(&id)?;
    let whole = story == Story::Whole;
    Some(QuestionView {
        id,
        subject: q.subject,
        text: q.text.clone(),
        original: if whole { q.original.clone() } else { None },
        visibility: q.visibility,
        state: q.state,
        askers: askers(case, q, names),
        voices: q.voices(),
        asked_at: q.asked_at,
        settled_at: q.settled_at,
        reason: if whole { q.reason.clone() } else { String::new() },
        note: q.note.clone(),
        due_on: q.due_on.clone(),
        merged: if whole {
            q.merged.iter().copied().collect()
        } else {
            Vec::new()
        },
        merged_into: q.merged_into,
    })
}

/// Each merged question's asker is shown by that question's own visibility, not by the one it was merged into.
fn askers(case: &Appraisal, q: &Question, names: Names) -> Vec<AskerView> {
    let may = |v: Visibility| match names {
        Names::Public => v == Visibility::Named,
        Names::Chair => v != Visibility::WithoutName,
        Names::Office => true,
    };
    let merged = q.merged.iter().filter_map(|id| case.inquiry.questions.get(id));
    let mut seen = Vec::new();
    for one in std::iter::once(q).chain(merged) {
        if may(one.visibility) && !seen.contains(&one.asker) {
            seen.push(one.asker);
        }
    }
    let view = |id: PersonId| AskerView {
        name: case.name_of(id).to_owned(),
        group: case
            .roster
            .people
            .get(&id)
            .map_or_else(String::new, |p| p.group.clone()),
    };
    seen.into_iter().map(view).collect()
}

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
    let due = case.roster.due();
    let announced = b.state == BallotState::Announced;
    let sealed = b.state == BallotState::Sealed;
    let result = b.result.clone().or_else(|| counted(b, box_sight(around, id, b)));
    let result = result.filter(|_| announced || (sealed && sight == Sight::Chair));
    let sheet = case.sheet_of(id);
    Some(BallotView {
        id,
        subject: b.subject,
        sheet: if sheet.len() > 1 { sheet } else { Vec::new() },
        round: b.round,
        state: b.state,
        display: b.display,
        options: b.rule.options.clone(),
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
        majority: least_more_than(1, 2, due),
        tally: tally(b, box_sight(around, id, b)),
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
        recused: u32::try_from(b.recused.len()).unwrap_or(u32::MAX),
        paper: paper(b, sight),
        confirmed: confirmed(case, b, sight),
        by_hands: matches!(b.casts, Casts::Hands(_)),
        groups: if sight == Sight::Chair && b.casts.secrecy() == Secrecy::Named {
            groups(case, b)
        } else {
            None
        },
        left_behind: None,
    })
}

/// How many vote on paper; what was counted is for those who count and for the chair, until it is announced.
pub fn paper(b: &Ballot, sight: Sight) -> Option<PaperView> {
    if b.paper.unused() {
        return None;
    }
    let inside = sight != Sight::Hall;
    let announced = b.state == BallotState::Announced;
    Some(PaperView {
        issued: b.paper.issued(),
        marks: if inside {
            b.paper.marks.iter().copied().collect()
        } else {
            Vec::new()
        },
        entries: if inside { b.paper.entries.clone() } else { Vec::new() },
        agreed: b.paper.agreed().filter(|_| inside || announced).cloned(),
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
fn tally(b: &Ballot, sight: Option<&BoxSight>) -> Option<Vec<crate::ballot::OptionCount>> {
    use BallotState::{Closing, Open, Paused, Sealed};
    let live = b.display == TallyDisplay::Live && matches!(b.state, Open | Paused | Closing | Sealed);
    if !live {
        return None;
    }
    match (sight, b.casts.counts(b.rule.options.len())) {
        (Some(sight), _) => Some(option_counts(b, &sight.counts, sight.returned)),
        (None, Some(counts)) => Some(option_counts(b, &counts, b.casts.returned())),
        // Nothing has been seen of the box yet; of a sealed one that is no news, but not zero.
        (None, None) => b.running().then(|| option_counts(b, &vec![0; b.rule.options.len()], 0)),
    }
}

/// The last step of a secret round's box, until the record knows what it held.
pub fn box_sight<'a>(around: &'a Surroundings, id: BallotId, b: &Ballot) -> Option<&'a BoxSight> {
    let unknown = b.casts.counts(0).is_none();
    around.boxes.get(&id).filter(|s| unknown && s.round == b.round)
}

/// What a sealed round comes to before it is announced; of a secret box, from the look into it.
pub fn counted(b: &Ballot, sight: Option<&BoxSight>) -> Option<BallotResult> {
    let paper_counted = b.paper.unused() || b.paper.agreed().is_some();
    if b.state != BallotState::Sealed || !paper_counted {
        return None;
    }
    if let Some(counts) = b.casts.counts(b.rule.options.len()) {
        return Some(BallotResult::of(b, &counts));
    }
    let sealed = b.casts.secret()?.sealed.as_ref()?;
    let whole = sight.filter(|s| s.returned == sealed.returned)?;
    Some(BallotResult::of(b, &whole.counts))
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
