//! Orders about how members take part: on paper or at the tablet instead of the phone, and recusal from one subject.

use super::Appraisal;
use crate::ballot::{Ballot, BallotState, Voters};
use crate::command::Command;
use crate::ids::{PersonId, SubjectId};
use crate::limits::NOTE_CHARS_MAX;
use crate::minutes::Event;
use crate::outcome::{Key, Reply, Touched};
use crate::refusal::{Refusal, TextField};
use crate::roster::{Attendance, PersonKind, Way};
use crate::stamp::Stamped;
use crate::text;

impl Appraisal {
    pub(super) fn apply_voters(&mut self, stamped: &Stamped, touched: &mut Touched) -> Result<Reply, Refusal> {
        match &stamped.command {
            Command::SetWay { person, way } => self.set_way(*person, *way, touched),
            Command::Recuse {
                person,
                subject,
                reason,
            } => {
                let reason = text::paragraph(TextField::Reason, reason, NOTE_CHARS_MAX)?;
                self.need_ballot_not_begun(*subject)?;
                let name = self.member_name(*person)?;
                let recused = &mut self.subjects.get_mut(subject).ok_or(Refusal::NoSuchSubject {})?.recused;
                recused.insert(*person, reason.clone());
                let event = Event::Recused {
                    name,
                    subject: *subject,
                    reason,
                };
                self.recusal_noted(*person, *subject, event, touched)
            }
            Command::LiftRecusal { person, subject } => {
                self.need_ballot_not_begun(*subject)?;
                let name = self.member_name(*person)?;
                let recused = &mut self.subjects.get_mut(subject).ok_or(Refusal::NoSuchSubject {})?.recused;
                recused.remove(person).ok_or(Refusal::NoSuchPerson {})?;
                let event = Event::RecusalLifted {
                    name,
                    subject: *subject,
                };
                self.recusal_noted(*person, *subject, event, touched)
            }
            _ => Err(Refusal::NotAllowed {}),
        }
    }

    /// Who of a group is here for the ballot on this subject.
    pub(super) fn voters(&self, subject: SubjectId, group: u32) -> Voters {
        let present = self
            .electorate(group)
            .filter(|(_, p)| p.attendance == Attendance::Present);
        let recused = self.subjects.get(&subject).map(|s| s.recused.keys().copied().collect());
        Voters {
            present: present.map(|(id, p)| (id, p.way)).collect(),
            recused: recused.unwrap_or_default(),
        }
    }

    /// Papers may be handed out while ballots are; who was handed one is back on the phone from the next ballot.
    fn set_way(&mut self, person: PersonId, way: Way, touched: &mut Touched) -> Result<Reply, Refusal> {
        self.member_name(person)?;
        let giving_out = self
            .ballots
            .iter()
            .filter(|(_, b)| b.issues() && b.present.contains(&person));
        let mut changed = Vec::new();
        for (id, ballot) in giving_out {
            let mut ballot = ballot.clone();
            match way {
                Way::Paper if ballot.recused.contains(&person) => {}
                Way::Paper => ballot.hand_paper(person)?,
                Way::Phone | Way::Booth => ballot.take_paper_back(person)?,
            }
            changed.push((*id, ballot));
        }
        for (id, ballot) in changed {
            self.ballots.insert(id, ballot);
            touched.key(Key::Ballot(id));
        }
        self.roster.get_mut(person)?.way = way;
        self.watched(touched);
        touched.key(Key::Person(person)).mine(person);
        Ok(Reply::Done {})
    }

    fn need_ballot_not_begun(&self, subject: SubjectId) -> Result<(), Refusal> {
        self.subject(subject)?;
        let begun = |b: &&Ballot| b.subject == subject && b.state != BallotState::Prepared;
        match self.ballots_of_sitting().map(|(_, b)| b).find(begun) {
            Some(b) => Err(Refusal::BallotState { state: b.state }),
            None => Ok(()),
        }
    }

    fn member_name(&self, person: PersonId) -> Result<String, Refusal> {
        let p = self.roster.get(person)?;
        if p.kind == PersonKind::Member {
            Ok(p.name.clone())
        } else {
            Err(Refusal::NoVote {})
        }
    }

    fn recusal_noted(
        &mut self,
        person: PersonId,
        subject: SubjectId,
        event: Event,
        touched: &mut Touched,
    ) -> Result<Reply, Refusal> {
        self.minutes.note(self.now, event);
        touched.key(Key::Minutes).key(Key::Subject(subject)).mine(person);
        Ok(Reply::Done {})
    }
}
