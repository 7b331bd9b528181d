//! Orders of the desk: names, roster, credentials, subjects, documents, agenda, settings; and the door's binding.

use super::{Appraisal, Names, Settings};
use crate::command::{AgendaEntry, Command, RosterEntry};
use crate::ids::PersonId;
use crate::limits::{AGENDA_ITEMS_MAX, LABEL_CHARS_MAX, SHEET_SUBJECTS_MAX};
use crate::minutes::Event;
use crate::outcome::{Key, Reply, SignedOut, SignedOutWhy, Touched};
use crate::refusal::{Counted, Refusal, TextField};
use crate::roster::PersonKind;
use crate::sitting::{ItemKind, SittingState};
use crate::stamp::Stamped;
use crate::text;
use std::collections::BTreeSet;

const fn bound(n: usize) -> u32 {
    n as u32
}

impl Appraisal {
    pub(super) fn apply_desk(&mut self, stamped: &Stamped, touched: &mut Touched) -> Result<Reply, Refusal> {
        match &stamped.command {
            Command::DescribeCase {
                title,
                body_name,
                session_name,
                held_on,
            } => self.describe([title, body_name, session_name, held_on], touched),
            Command::ImportRoster { people } => self.import_roster(people, touched),
            Command::AddPerson { person } => self.add_person(person, touched),
            Command::CorrectPerson { person, entry } => self.correct_person(*person, entry, touched),
            Command::RemovePerson { person } => self.remove_person(*person, touched),
            Command::ReissueCredential { person } => self.reissue(*person, touched),
            Command::BindDevice { person, device_key } => self.bind_device(*person, device_key, touched),
            Command::SetAgenda { items } => self.set_agenda(items, touched),
            Command::ChangeSettings {
                question_review,
                tally_display,
                written_answer_days,
                ballot_limit_s,
                secrecy,
            } => self.change_settings(
                Settings {
                    question_review: *question_review,
                    tally_display: *tally_display,
                    written_answer_days: *written_answer_days,
                    ballot_limit_s: *ballot_limit_s,
                    secrecy: *secrecy,
                },
                touched,
            ),
            Command::AdoptProfile { profile, confirmed } => self.adopt(profile, confirmed, touched),
            _ => Err(Refusal::NotAllowed {}),
        }
    }

    fn describe(
        &mut self,
        [title, body, session, held_on]: [&String; 4],
        touched: &mut Touched,
    ) -> Result<Reply, Refusal> {
        self.names = Names {
            title: text::line(TextField::Title, title, LABEL_CHARS_MAX)?,
            body_name: text::line(TextField::BodyName, body, LABEL_CHARS_MAX)?,
            session_name: text::optional_line(TextField::SessionName, session, LABEL_CHARS_MAX)?,
            held_on: if held_on.is_empty() {
                String::new()
            } else {
                text::day(held_on)?
            },
        };
        touched.key(Key::Case);
        self.texts_touched(touched);
        Ok(Reply::Done {})
    }

    fn import_roster(&mut self, people: &[RosterEntry], touched: &mut Touched) -> Result<Reply, Refusal> {
        if self.sitting.state != SittingState::Preparing {
            return Err(Refusal::RosterFrozen {});
        }
        // Someone of the same name keeps the number, and with it the office.
        for officer in self.subjects.values().filter_map(|s| s.person) {
            let name = self.name_of(officer);
            if let Some(row) = people.iter().find(|row| row.name.trim() == name) {
                self.need_no_officer(officer, row.kind)?;
            }
        }
        touched.keys(self.roster.people.keys().map(|id| Key::Person(*id)));
        let gone = self.roster.replace(people, self.now)?;
        touched.signed_out.extend(gone.into_iter().map(out));
        touched.keys(self.roster.people.keys().map(|id| Key::Person(*id)));
        // Askers may be gone, or in another group.
        touched.keys(self.inquiry.questions.keys().map(|id| Key::Question(*id)));
        self.roster_touched(touched);
        touched.mine_of_all = true;
        Ok(Reply::Done {})
    }

    fn add_person(&mut self, person: &RosterEntry, touched: &mut Touched) -> Result<Reply, Refusal> {
        if person.kind == PersonKind::Member {
            self.need_no_ballot_running()?;
        }
        if self.sitting.state == SittingState::Closed {
            return Err(Refusal::SittingClosed {});
        }
        let id = self.roster.add(person, self.now)?;
        if person.kind == PersonKind::Member && self.sitting.state == SittingState::Open {
            self.minutes
                .note(self.now, Event::RosterCorrected { due: self.roster.due() });
            self.note_quorum();
        }
        touched.key(Key::Person(id));
        self.roster_touched(touched);
        Ok(Reply::PersonAdded { person: id })
    }

    fn correct_person(&mut self, id: PersonId, entry: &RosterEntry, touched: &mut Touched) -> Result<Reply, Refusal> {
        let kind = self.roster.get(id)?.kind;
        if kind != entry.kind && self.sitting.state != SittingState::Preparing {
            return Err(Refusal::RosterFrozen {});
        }
        self.need_no_officer(id, entry.kind)?;
        self.roster.correct(id, entry)?;
        let asked = self
            .inquiry
            .questions
            .iter()
            .filter(|(_, q)| q.asked_by(id))
            .map(|(q, _)| Key::Question(*q));
        touched.key(Key::Person(id)).mine(id).keys(asked.collect::<Vec<_>>());
        self.roster_touched(touched);
        Ok(Reply::Done {})
    }

    fn remove_person(&mut self, id: PersonId, touched: &mut Touched) -> Result<Reply, Refusal> {
        if self.sitting.state != SittingState::Preparing {
            return Err(Refusal::RosterFrozen {});
        }
        self.roster.people.remove(&id).ok_or(Refusal::NoSuchPerson {})?;
        let asked = self
            .inquiry
            .questions
            .iter()
            .filter(|(_, q)| q.asked_by(id))
            .map(|(q, _)| Key::Question(*q));
        touched.key(Key::Person(id)).keys(asked.collect::<Vec<_>>());
        touched.signed_out.push(out(id));
        self.roster_touched(touched);
        Ok(Reply::Done {})
    }

    fn reissue(&mut self, id: PersonId, touched: &mut Touched) -> Result<Reply, Refusal> {
        let p = self.roster.get_mut(id)?;
        p.card_generation += 1;
        p.device_generation += 1;
        let old_key = std::mem::take(&mut p.device_key);
        let (valid_generation, name) = (p.device_generation, p.name.clone());
        self.leave_tokens(id, &old_key, touched);
        touched.key(Key::Person(id)).key(Key::Minutes).key(Key::Joined);
        touched.signed_out.push(SignedOut {
            person: id,
            valid_generation,
            why: SignedOutWhy::Reissued,
        });
        self.minutes.note(self.now, Event::CredentialReissued { name });
        Ok(Reply::Done {})
    }

    fn bind_device(&mut self, id: PersonId, device_key: &str, touched: &mut Touched) -> Result<Reply, Refusal> {
        let key = text::hex(device_key, 64)?;
        let p = self.roster.get_mut(id)?;
        p.device_generation += 1;
        let old_key = std::mem::replace(&mut p.device_key, key);
        let generation = p.device_generation;
        self.leave_tokens(id, &old_key, touched);
        touched.key(Key::Person(id)).key(Key::Joined);
        touched.signed_out.push(SignedOut {
            person: id,
            valid_generation: generation,
            why: SignedOutWhy::Moved,
        });
        Ok(Reply::DeviceBound { person: id, generation })
    }

    /// A token stays on the phone that took it: nobody can take it back without knowing the vote that came by it.
    fn leave_tokens(&mut self, id: PersonId, old_key: &str, touched: &mut Touched) {
        for (ballot, b) in self.ballots.iter_mut().filter(|(_, b)| b.running()) {
            let round = b.casts.secret_mut().filter(|r| r.tokens.contains_key(&id));
            let Some(round) = round else { continue };
            if !old_key.is_empty() {
                round.left_behind.entry(id).or_insert_with(|| old_key.to_owned());
            }
            touched.key(Key::Ballot(*ballot));
        }
    }

    fn set_agenda(&mut self, items: &[AgendaEntry], touched: &mut Touched) -> Result<Reply, Refusal> {
        self.need_preparing()?;
        if items.len() > AGENDA_ITEMS_MAX {
            return Err(Refusal::TooMany {
                of: Counted::AgendaItems,
                max: bound(AGENDA_ITEMS_MAX),
            });
        }
        let mut checked = Vec::with_capacity(items.len());
        let mut evaluated = BTreeSet::new();
        for item in items {
            self.check_about(item)?;
            if item.kind == ItemKind::Evaluation
                && !item.subject.iter().chain(&item.subjects).all(|s| evaluated.insert(*s))
            {
                return Err(Refusal::SubjectTwice {});
            }
            checked.push(AgendaEntry {
                title: text::line(TextField::Title, &item.title, LABEL_CHARS_MAX)?,
                ..item.clone()
            });
        }
        let before = self.items_before();
        self.sitting.set_agenda(checked, before);
        touched.key(Key::Agenda).key(Key::Console).key(Key::Screen);
        Ok(Reply::Done {})
    }

    /// Reports are about one subject, evaluations about one or about those on the sheet.
    fn check_about(&self, item: &AgendaEntry) -> Result<(), Refusal> {
        let on_sheet = &item.subjects;
        if on_sheet.len() > SHEET_SUBJECTS_MAX {
            return Err(Refusal::TooMany {
                of: Counted::Subjects,
                max: bound(SHEET_SUBJECTS_MAX),
            });
        }
        let lacks = match item.kind {
            ItemKind::Report => item.subject.is_none() || !on_sheet.is_empty(),
            ItemKind::Evaluation => item.subject.is_some() != on_sheet.is_empty(),
            _ => !on_sheet.is_empty(),
        };
        if lacks {
            return Err(Refusal::NoSuchSubject {});
        }
        for subject in item.subject.iter().chain(on_sheet) {
            self.subject(*subject)?;
        }
        Ok(())
    }

    /// What is read out of a sealed ballot names the body and the subject.
    pub(crate) fn texts_touched(&self, touched: &mut Touched) {
        touched.keys(self.ballots.keys().map(|b| Key::Ballot(*b)).collect::<Vec<_>>());
        self.watched(touched);
    }

    fn roster_touched(&self, touched: &mut Touched) {
        touched.keys([Key::Attendance, Key::Joined, Key::Console, Key::Minutes]);
        self.watched(touched);
        touched.keys(self.ballots.keys().map(|b| Key::Ballot(*b)).collect::<Vec<_>>());
        // Groups, speakers and their remarks are shown by name.
        touched.key(Key::Deliberation);
        for (id, group) in &self.investigation.groups {
            touched.key(Key::Group(*id)).mine.extend(group.people());
        }
        for (id, remark) in &self.deliberation.remarks {
            touched.key(Key::Remark(*id)).mine(remark.speaker);
        }
    }
}

fn out(person: PersonId) -> SignedOut {
    SignedOut {
        person,
        valid_generation: u32::MAX,
        why: SignedOutWhy::Reissued,
    }
}
