//! Orders of the desk about the subjects: who is appraised, who speaks for the unit, the documents of the duty report.

use super::Appraisal;
use crate::command::{Command, SubjectEntry};
use crate::ids::{PersonId, SubjectId};
use crate::limits::{DOCUMENTS_PER_SUBJECT_MAX, LABEL_CHARS_MAX, SUBJECTS_MAX};
use crate::outcome::{Key, Reply, Touched};
use crate::refusal::{Counted, Refusal, TextField};
use crate::roster::PersonKind;
use crate::stamp::Stamped;
use crate::subject::{self, Document, Subject};
use crate::text;
use std::collections::BTreeMap;

const fn bound(n: usize) -> u32 {
    n as u32
}

impl Appraisal {
    pub(super) fn apply_subjects(&mut self, stamped: &Stamped, touched: &mut Touched) -> Result<Reply, Refusal> {
        match &stamped.command {
            Command::AddSubject { subject } => self.add_subject(subject, touched),
            Command::ChangeSubject { subject, entry } => {
                let entry = subject::check(entry)?;
                let s = self.subjects.get_mut(subject).ok_or(Refusal::NoSuchSubject {})?;
                (s.officer, s.post, s.unit, s.report) = (entry.officer, entry.post, entry.unit, entry.report);
                touched.key(Key::Subject(*subject));
                self.texts_touched(touched);
                Ok(Reply::Done {})
            }
            Command::SetOfficer { subject, person } => self.set_officer(*subject, *person, touched),
            Command::RemoveSubject { subject } => self.remove_subject(*subject, touched),
            Command::AttachDocument {
                subject,
                digest,
                kind,
                file_name,
                size_bytes,
            } => {
                let document = Document {
                    digest: text::hex(digest, 64)?,
                    kind: *kind,
                    file_name: text::line(TextField::FileName, file_name, LABEL_CHARS_MAX)?,
                    size_bytes: *size_bytes,
                };
                self.attach(*subject, document, touched)
            }
            Command::DetachDocument { subject, digest } => {
                let s = self.subjects.get_mut(subject).ok_or(Refusal::NoSuchSubject {})?;
                let at = s
                    .documents
                    .iter()
                    .position(|d| d.digest == *digest)
                    .ok_or(Refusal::NoSuchDocument {})?;
                s.documents.remove(at);
                touched.key(Key::Subject(*subject));
                Ok(Reply::Done {})
            }
            _ => Err(Refusal::NotAllowed {}),
        }
    }

    fn add_subject(&mut self, entry: &SubjectEntry, touched: &mut Touched) -> Result<Reply, Refusal> {
        if self.subjects.len() >= SUBJECTS_MAX {
            return Err(Refusal::TooMany {
                of: Counted::Subjects,
                max: bound(SUBJECTS_MAX),
            });
        }
        let e = subject::check(entry)?;
        self.subjects_added += 1;
        let id = SubjectId(self.subjects_added);
        let subject = Subject {
            officer: e.officer,
            post: e.post,
            unit: e.unit,
            report: e.report,
            documents: Vec::new(),
            added_at: self.now,
            recused: BTreeMap::new(),
            person: None,
        };
        self.subjects.insert(id, subject);
        touched.key(Key::Subject(id)).key(Key::Console);
        Ok(Reply::SubjectAdded { subject: id })
    }

    /// A member may not be appraised by the body it votes in, nor an officer become a member; an attendee is one
    /// officer only.
    fn set_officer(
        &mut self,
        id: SubjectId,
        person: Option<PersonId>,
        touched: &mut Touched,
    ) -> Result<Reply, Refusal> {
        if let Some(person) = person
            && self.roster.get(person)?.kind == PersonKind::Member
        {
            return Err(Refusal::OfficerIsMember { person });
        }
        let investigating = |person| {
            let mut groups = self.investigation.of(person);
            groups.any(|(_, g)| g.subjects.contains(&id))
        };
        if let Some(person) = person.filter(|p| investigating(*p)) {
            return Err(Refusal::OfficerInGroup { person });
        }
        if self
            .subjects
            .iter()
            .any(|(other, s)| *other != id && person.is_some() && s.person == person)
        {
            return Err(Refusal::SubjectTwice {});
        }
        let subject = self.subjects.get_mut(&id).ok_or(Refusal::NoSuchSubject {})?;
        let before = std::mem::replace(&mut subject.person, person);
        touched.mine.extend(before.into_iter().chain(person));
        touched.key(Key::Subject(id));
        Ok(Reply::Done {})
    }

    /// What `set_officer` holds, where the roster changes afterwards.
    pub(super) fn need_no_officer(&self, person: PersonId, kind: PersonKind) -> Result<(), Refusal> {
        let is_officer = self.subjects.values().any(|s| s.is_officer(person));
        if is_officer && kind == PersonKind::Member {
            return Err(Refusal::OfficerIsMember { person });
        }
        Ok(())
    }

    fn remove_subject(&mut self, id: SubjectId, touched: &mut Touched) -> Result<Reply, Refusal> {
        self.subject(id)?;
        if self.subject_in_use(id) {
            return Err(Refusal::SubjectInUse {});
        }
        self.subjects.remove(&id);
        touched.key(Key::Subject(id)).key(Key::Console);
        Ok(Reply::Done {})
    }

    pub(crate) fn subject_in_use(&self, id: SubjectId) -> bool {
        let items = self.sittings().flat_map(|s| s.agenda.values());
        items.flat_map(|i| i.about()).any(|s| s == id)
            || self.ballot_of_subject(id).is_some()
            || self.inquiry.questions.values().any(|q| q.subject == Some(id))
            || self
                .issues
                .issues
                .values()
                .any(|i| i.subject == id || i.sources.iter().any(|s| s.is_report_of(id)))
            || self.issues.opinions.contains_key(&id)
            || self.questionnaires.all.values().any(|q| q.subjects.contains(&id))
            || self.investigation.groups.values().any(|g| g.subjects.contains(&id))
            || self.deliberation.remarks.values().any(|r| r.subject == Some(id))
            || self.deliberation.speeches.iter().any(|s| s.subject == Some(id))
    }

    fn attach(&mut self, id: SubjectId, document: Document, touched: &mut Touched) -> Result<Reply, Refusal> {
        let s = self.subjects.get_mut(&id).ok_or(Refusal::NoSuchSubject {})?;
        if !s.documents.iter().any(|d| d.digest == document.digest) {
            if s.documents.len() >= DOCUMENTS_PER_SUBJECT_MAX {
                return Err(Refusal::TooMany {
                    of: Counted::Documents,
                    max: bound(DOCUMENTS_PER_SUBJECT_MAX),
                });
            }
            s.documents.push(document);
        }
        touched.key(Key::Subject(id));
        Ok(Reply::Done {})
    }
}
