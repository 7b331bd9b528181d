//! A person's own stream: who I am here, what became of my questions, whether my votes are recorded.

use super::Surroundings;
use super::ballot_types::*;
use super::ballots::{Sight, confirmed, counted, paper};
use super::issues::my_subjects;
use super::ledger::{Reader, ledger, ledger_line};
use super::shared::scrutiny;
use super::types::*;
use super::{deliberation, investigation};
use crate::appraisal::Appraisal;
use crate::ballot::{Ballot, BallotState};
use crate::ids::{BallotId, PersonId};
use crate::roster::Way;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The whole own view of one person; empty if they are not on the roster.
pub fn mine(case: &Appraisal, around: &Surroundings, person: PersonId) -> BTreeMap<String, Value> {
    let mut view = BTreeMap::new();
    let Some(p) = case.roster.people.get(&person) else {
        return view;
    };
    let me = MeView {
        person,
        name: p.name.clone(),
        kind: p.kind,
        title: p.title.clone(),
        group: p.group.clone(),
        seat: p.seat.clone(),
        attendance: p.attendance,
    };
    put(&mut view, "me".into(), me);
    let supported = case
        .inquiry
        .questions
        .iter()
        .filter(|(_, q)| q.supporters.contains(&person))
        .map(|(id, _)| *id);
    put(
        &mut view,
        "my_support".into(),
        MySupportView {
            questions: supported.collect(),
        },
    );
    for (id, q) in case.inquiry.questions.iter().filter(|(_, q)| q.asker == person) {
        let question = MyQuestionView {
            id: *id,
            subject: q.subject,
            text: q.text.clone(),
            original: q.original.clone(),
            visibility: q.visibility,
            state: q.state,
            voices: q.voices(),
            asked_at: q.asked_at,
            reason: q.reason.clone(),
            note: q.note.clone(),
            due_on: q.due_on.clone(),
            merged_into: q.merged_into,
        };
        put(&mut view, format!("my_question/{id}"), question);
    }
    for (id, _) in case.investigation.of(person) {
        if let Some(group) = investigation::whole(case, id) {
            put(&mut view, format!("my_group/{id}"), group);
        }
    }
    for (id, r) in case.deliberation.remarks.iter().filter(|(_, r)| r.speaker == person) {
        put(&mut view, format!("my_remark/{id}"), deliberation::remark(case, *id, r));
    }
    let ballots = case.ballots.keys().filter_map(|id| mine_ballot(case, person, *id));
    view.extend(ballots);
    for subject in my_subjects(case, person) {
        put(&mut view, format!("my_subject/{}", subject.subject), subject);
    }
    if case.is_scrutineer(person) {
        put(&mut view, "scrutiny".into(), scrutiny(case));
        for (id, b) in case.ballots.iter().filter(|(_, b)| b.state != BallotState::Prepared) {
            put(
                &mut view,
                format!("scrutiny_ballot/{id}"),
                watched(case, around, *id, b),
            );
        }
    }
    put_ledger(&mut view, case, person);
    view
}

/// One ballot of a person's own view, under its key; none where the person has no vote.
pub fn mine_ballot(case: &Appraisal, person: PersonId, id: BallotId) -> Option<(String, Value)> {
    let p = case.roster.people.get(&person)?;
    let b = case.ballots.get(&id).filter(|b| b.state != BallotState::Prepared)?;
    if !case.votes_in(person, b.rule.group) {
        return None;
    }
    let ballot = MyBallotView {
        ballot: id,
        round: b.round,
        entitled: b.entitled(person),
        recused: b.recused.contains(&person),
        way: if b.paper.marks.contains(&person) {
            Way::Paper
        } else {
            p.way
        },
        recorded: b.casts.recorded(person),
        token_taken: b.casts.secret().is_some_and(|s| s.tokens.contains_key(&person)),
    };
    Some((format!("my_ballot/{id}"), super::json(ballot)?))
}

/// The ledger of the subject that this person is the officer of.
fn put_ledger(view: &mut BTreeMap<String, Value>, case: &Appraisal, person: PersonId) {
    for (id, _) in case.subjects.iter().filter(|(_, s)| s.is_officer(person)) {
        if let Some(own) = ledger(case, *id, Reader::Party) {
            put(view, format!("my_ledger/{id}"), own);
        }
        for issue in case.ledger_issues(*id) {
            if let Some(line) = ledger_line(case, *issue, Reader::Party) {
                put(view, format!("my_line/{issue}"), line);
            }
        }
    }
}

/// What a scrutineer sees beyond a member: paper, confirmations, and the result once sealed.
fn watched(case: &Appraisal, around: &Surroundings, id: BallotId, b: &Ballot) -> ScrutinyBallotView {
    ScrutinyBallotView {
        ballot: id,
        confirmed: confirmed(case, b, Sight::Chair),
        paper: paper(b, Sight::Chair),
        result: b.result.clone().or_else(|| counted(case, around, id)),
    }
}

fn put<T: Serialize>(view: &mut BTreeMap<String, Value>, key: String, value: T) {
    if let Some(value) = super::json(value) {
        view.insert(key, value);
    }
}
