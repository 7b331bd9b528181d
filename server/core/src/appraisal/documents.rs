//! Which stored document is whose to open. The bytes lie outside the case; here stands who may have them.

use super::Appraisal;
use crate::ids::PersonId;
use crate::subject::Document;

/// Who asks for a document.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    Desk,
    Person(PersonId),
    /// A console or the hall's screen.
    Station,
}

impl Appraisal {
    /// A document of this case that the reader may open: duty reports by all, an investigation report by all once the
    /// council has heard it, before that by the desk and the group's own people; of the ledger as it says itself.
    pub fn document(&self, digest: &str, reader: Reader) -> Option<&Document> {
        let duty = self.subjects.values().flat_map(|s| &s.documents);
        let groups = self.investigation.groups.values();
        let heard = groups.clone().filter_map(|g| g.heard()).map(|r| &r.document);
        let working = groups.filter(|g| match reader {
            Reader::Desk => true,
            Reader::Person(person) => g.has(person),
            Reader::Station => false,
        });
        let filed = working.flat_map(|g| &g.reports).map(|r| &r.document);
        let mut all = duty.chain(heard).chain(filed).chain(self.ledger_documents(reader));
        all.find(|d| d.digest == digest)
    }
}
