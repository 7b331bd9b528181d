//! Orders about scrutineers: appointing and replacing them, what they confirm or object to, and incidents.

use super::Appraisal;
use crate::ballot::BallotState;
use crate::command::Command;
use crate::ids::{BallotId, PersonId};
use crate::limits::{NOTE_CHARS_MAX, SCRUTINEERS_MAX, SCRUTINEERS_MIN};
use crate::minutes::Event;
use crate::outcome::{Key, Reply, Touched};
use crate::refusal::{Counted, Refusal, TextField};
use crate::roster::{Attendance, PersonKind};
use crate::scrutiny::{Incident, NotedBy, ScrutinyRule, Step};
use crate::stamp::{Actor, Stamped};
use crate::text;
use std::collections::BTreeSet;

const fn bound(n: usize) -> u32 {
    n as u32
}

impl Appraisal {
    pub(super) fn apply_scrutiny(&mut self, stamped: &Stamped, touched: &mut Touched) -> Result<Reply, Refusal> {
        match (&stamped.command, stamped.actor) {
            (Command::AppointScrutineers { persons }, _) => self.appoint(persons, touched),
            (Command::ReplaceScrutineer { out, by, reason }, _) => self.replace(*out, *by, reason, touched),
            (Command::ConfirmStep { ballot, round, step }, Actor::Person { person }) => {
                self.need_step(*ballot, *round, *step, person)?;
                let by = self.name_of(person).to_owned();
                for id in self.together(*ballot) {
                    self.ballot_mut(id)?.confirmed.confirm(*step, person);
                    touched.key(Key::Ballot(id));
                }
                self.watched(touched);
                self.noted(
                    Event::StepConfirmed {
                        ballot: *ballot,
                        step: *step,
                        by,
                    },
                    touched,
                )
            }
            (
                Command::ObjectToStep {
                    ballot,
                    round,
                    step,
                    reason,
                },
                Actor::Person { person },
            ) => {
                let reason = text::paragraph(TextField::Reason, reason, NOTE_CHARS_MAX)?;
                self.need_step(*ballot, *round, *step, person)?;
                let by = self.name_of(person).to_owned();
                let scrutineer = NotedBy::Scrutineer { name: by.clone() };
                self.note_incident(scrutineer, Some(*ballot), reason.clone(), touched)?;
                for id in self.together(*ballot) {
                    self.ballot_mut(id)?.confirmed.withdraw(*step, person);
                    touched.key(Key::Ballot(id));
                }
                let (ballot, step) = (*ballot, *step);
                self.noted(
                    Event::StepObjected {
                        ballot,
                        step,
                        by,
                        reason,
                    },
                    touched,
                )
            }
            (Command::NoteIncident { ballot, text }, actor) => {
                let text = text::paragraph(TextField::Note, text, NOTE_CHARS_MAX)?;
                if let Some(ballot) = ballot {
                    self.ballot(*ballot)?;
                }
                let by = self.noted_by(actor);
                self.note_incident(by.clone(), *ballot, text.clone(), touched)?;
                self.noted(Event::IncidentNoted { by, text }, touched)
            }
            _ => Err(Refusal::NotAllowed {}),
        }
    }

    pub fn is_scrutineer(&self, person: PersonId) -> bool {
        self.scrutiny.appointed.contains(&person)
    }

    pub(super) fn need_scrutineer(&self, person: PersonId) -> Result<(), Refusal> {
        if self.is_scrutineer(person) {
            Ok(())
        } else {
            Err(Refusal::NotScrutineer {})
        }
    }

    /// Refuses a step that scrutineers must confirm and have not.
    pub fn need_confirmed(&self, ballot: BallotId, step: Step) -> Result<(), Refusal> {
        match self.profile.scrutiny {
            ScrutinyRule::None | ScrutinyRule::Watch => Ok(()),
            ScrutinyRule::Confirm if self.scrutiny.appointed.is_empty() => Err(Refusal::ScrutineersTooFew {
                min: bound(SCRUTINEERS_MIN),
            }),
            ScrutinyRule::Confirm => self.ballot(ballot)?.confirmed.need(step, &self.scrutiny.appointed),
        }
    }

    fn appoint(&mut self, persons: &[PersonId], touched: &mut Touched) -> Result<Reply, Refusal> {
        self.sitting.need_open()?;
        self.need_no_ballot_running()?;
        let appointed: BTreeSet<PersonId> = persons.iter().copied().collect();
        if appointed.len() < SCRUTINEERS_MIN {
            return Err(Refusal::ScrutineersTooFew {
                min: bound(SCRUTINEERS_MIN),
            });
        }
        if appointed.len() > SCRUTINEERS_MAX {
            return Err(Refusal::TooMany {
                of: Counted::Scrutineers,
                max: bound(SCRUTINEERS_MAX),
            });
        }
        for person in &appointed {
            self.need_eligible(*person)?;
        }
        self.watched(touched);
        let names = appointed.iter().map(|p| self.name_of(*p).to_owned()).collect();
        self.scrutiny.appointed = appointed;
        self.watched(touched);
        self.noted(Event::ScrutineersAppointed { names }, touched)
    }

    fn replace(&mut self, out: PersonId, by: PersonId, reason: &str, touched: &mut Touched) -> Result<Reply, Refusal> {
        let reason = text::paragraph(TextField::Reason, reason, NOTE_CHARS_MAX)?;
        self.sitting.need_open()?;
        self.need_scrutineer(out)?;
        if self.is_scrutineer(by) {
            return Err(Refusal::NotEligible { person: by });
        }
        self.need_eligible(by)?;
        self.watched(touched);
        self.scrutiny.appointed.remove(&out);
        self.scrutiny.appointed.insert(by);
        self.watched(touched);
        let (out, by) = (self.name_of(out).to_owned(), self.name_of(by).to_owned());
        self.noted(Event::ScrutineerReplaced { out, by, reason }, touched)
    }

    /// 监票人由到会组成人员担任, and nobody watches the count of the own appraisal.
    fn need_eligible(&self, person: PersonId) -> Result<(), Refusal> {
        let p = self.roster.get(person)?;
        let here = p.kind == PersonKind::Member && p.attendance == Attendance::Present;
        if here && !self.subjects.values().any(|s| s.officer == p.name) {
            Ok(())
        } else {
            Err(Refusal::NotEligible { person })
        }
    }

    fn need_step(&self, id: BallotId, round: u32, step: Step, person: PersonId) -> Result<(), Refusal> {
        use BallotState::*;
        self.need_scrutineer(person)?;
        let ballot = self.ballot(id)?;
        if ballot.round != round {
            return Err(Refusal::OtherRound { round: ballot.round });
        }
        match step {
            Step::Open => ballot.need(&[Presented]),
            Step::Close => ballot.need(&[Open, Paused]),
            Step::Unseal => ballot.need(&[Sealed]),
        }
    }

    fn note_incident(
        &mut self,
        by: NotedBy,
        ballot: Option<BallotId>,
        text: String,
        touched: &mut Touched,
    ) -> Result<(), Refusal> {
        self.scrutiny.note(Incident {
            at: self.now,
            by,
            ballot,
            text,
        })?;
        self.watched(touched);
        Ok(())
    }

    fn noted(&mut self, event: Event, touched: &mut Touched) -> Result<Reply, Refusal> {
        self.minutes.note(self.now, event);
        touched.key(Key::Minutes).key(Key::Console).key(Key::Scrutiny);
        Ok(Reply::Done {})
    }

    /// The scrutineers' own pages.
    pub(super) fn watched(&self, touched: &mut Touched) {
        touched.key(Key::Scrutiny);
        touched.mine.extend(self.scrutiny.appointed.iter().copied());
    }

    fn noted_by(&self, actor: Actor) -> NotedBy {
        match actor {
            Actor::Person { person } => NotedBy::Scrutineer {
                name: self.name_of(person).to_owned(),
            },
            Actor::Console { seat } => NotedBy::Console { seat },
            Actor::Desk { .. } | Actor::System {} | Actor::Door {} => NotedBy::Desk {},
        }
    }
}
