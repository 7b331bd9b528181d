//! Which stored document of the ledger is whose to open. The bytes lie outside the case.

use super::Filing;
use crate::appraisal::{Appraisal, Reader};
use crate::ids::{PersonId, SubjectId};
use crate::subject::Document;

impl Appraisal {
    /// The ledger's documents that this reader may open: the desk and the subject's officer everything, everybody on the
    /// roster the plan and the reports that were not returned.
    pub(crate) fn ledger_documents(&self, reader: Reader) -> impl Iterator<Item = &Document> {
        let subjects = self.subjects.keys().copied();
        subjects.flat_map(move |s| self.of_subject(s, reader))
    }

    fn of_subject(&self, subject: SubjectId, reader: Reader) -> impl Iterator<Item = &Document> {
        let party = match reader {
            Reader::Desk => true,
            Reader::Person(person) => self.subjects.get(&subject).is_some_and(|s| s.is_officer(person)),
            Reader::Station => false,
        };
        let plans = self.ledger.plans.get(&subject).into_iter().flatten();
        let reports = self.ledger.reports.get(&subject).into_iter().flatten();
        let shown = move |f: &&Filing| party || (reader != Reader::Station && !f.returned());
        let filed = plans.chain(reports).filter(shown).filter_map(|f| f.document.as_ref());
        let lines = self.ledger_lines(subject).filter(move |_| party);
        filed.chain(lines.flat_map(|(_, line)| &line.evidence))
    }

    /// Whether this person may store documents for a ledger: an officer whose opinions have been received.
    pub(crate) fn keeps_a_ledger(&self, person: PersonId) -> bool {
        let own = self.subjects.iter().filter(|(_, s)| s.is_officer(person));
        let mut received = own.filter_map(|(id, _)| self.follow_up.subjects.get(id)?.received_on);
        received.next().is_some()
    }
}
