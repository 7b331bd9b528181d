//! Values that several audiences see alike, and the two questions on which secrecy hangs: whose names, which counts.

use super::ballot_types::*;
use super::types::*;
use super::{Surroundings, json, stages};
use crate::appraisal::Appraisal;
use crate::appraisal::sittings::PastSitting;
use crate::ballot::BallotState;
use crate::ids::{PersonId, QuestionId, SubjectId};
use crate::inquiry::{Question, Visibility};
use crate::outcome::Key;
use crate::roster::PersonKind;
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
            number: case.sitting_number(),
            opened_at: case.sitting.opened_at,
            closed_at: case.sitting.closed_at,
            current: case.sitting.current,
            running_ballot: case.running_ballot().map(|(id, _)| id),
            past: case.past.iter().map(past_sitting).collect(),
        }),
        Key::Agenda => json(agenda(case)),
        Key::Attendance => json(attendance(case)),
        Key::Screen => json(case.sitting.screen),
        Key::Subject(id) => json(subject_view(case, id)?),
        Key::Plan => json(stages::plan(case)),
        Key::Lot => json(stages::lots(case, |_| true)?),
        Key::Rules
        | Key::Scrutiny
        | Key::Console
        | Key::FollowUp
        | Key::Minutes
        | Key::Joined
        | Key::Door
        | Key::Question(_)
        | Key::Ballot(_)
        | Key::Person(_)
        | Key::Group(_)
        | Key::Questionnaire(_)
        | Key::Deliberation
        | Key::Remark(_)
        | Key::IssueList
        | Key::Issue(_)
        | Key::Rectification(_)
        | Key::Ledger(_)
        | Key::LedgerLine(_)
        | Key::Published(_)
        | Key::Publication => None,
    }
}

fn past_sitting(past: &PastSitting) -> PastSittingView {
    PastSittingView {
        session_name: past.names.session_name.clone(),
        held_on: past.names.held_on.clone(),
        opened_at: past.sitting.opened_at,
        closed_at: past.sitting.closed_at,
        due: past.due,
        present: past.present,
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
        quorum: case.quorum(),
        quorum_met: case.quorum_met(),
    }
}

pub fn subject_view(case: &Appraisal, id: SubjectId) -> Option<SubjectView> {
    let s = case.subjects.get(&id)?;
    let ballot = case.ballot_of_subject(id);
    let announced = case
        .appraisal_of(id)
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
        person: s.person,
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

pub fn rules(case: &Appraisal) -> RulesView {
    let unconfirmed = case.profile.unconfirmed(&case.confirmed);
    let assumed = case.profile.assumed_settings().into_iter();
    RulesView {
        unconfirmed: assumed.filter(|s| unconfirmed.contains(&s.path)).collect(),
        profile: case.profile.clone(),
        confirmed: case.confirmed.clone(),
    }
}

pub fn scrutiny(case: &Appraisal) -> ScrutinyView {
    let of = |person: &PersonId| ScrutineerView {
        person: *person,
        name: case.name_of(*person).to_owned(),
    };
    ScrutinyView {
        rule: case.profile.scrutiny,
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
