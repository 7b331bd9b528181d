//! The keys of the views: all there are in a state, and those that follow from others.

use super::Appraisal;
use crate::outcome::{Key, Touched};

impl Appraisal {
    /// Adds what changes because something else did.
    pub(super) fn follow_keys(&self, touched: &mut Touched) {
        // What is due follows from results and from the sitting's end.
        if touched.keys.iter().any(|k| matches!(k, Key::Sitting | Key::Subject(_))) {
            touched.key(Key::FollowUp);
        }
        self.ledger_follows(touched);
        // What is public about a subject afterwards follows from its issues and from what is due.
        if touched.keys.iter().any(|k| matches!(k, Key::FollowUp | Key::Issue(_))) {
            touched.keys(self.subjects.keys().map(|id| Key::Published(*id)));
        }
    }

    /// Every key there is in this state, for any audience.
    pub fn keys(&self) -> Vec<Key> {
        let mut keys = vec![
            Key::Case,
            Key::Settings,
            Key::Rules,
            Key::Sitting,
            Key::Agenda,
            Key::Attendance,
            Key::Screen,
            Key::Console,
            Key::Minutes,
            Key::FollowUp,
            Key::Scrutiny,
            Key::Joined,
            Key::Door,
        ];
        keys.extend(self.subjects.keys().map(|id| Key::Subject(*id)));
        keys.extend(self.inquiry.questions.keys().map(|id| Key::Question(*id)));
        keys.extend(self.ballots.keys().map(|id| Key::Ballot(*id)));
        keys.extend(self.roster.people.keys().map(|id| Key::Person(*id)));
        keys.extend([Key::Plan, Key::Lot, Key::Deliberation, Key::IssueList, Key::Publication]);
        keys.extend(self.questionnaires.all.keys().map(|id| Key::Questionnaire(*id)));
        keys.extend(self.investigation.groups.keys().map(|id| Key::Group(*id)));
        keys.extend(self.deliberation.remarks.keys().map(|id| Key::Remark(*id)));
        for issue in self.issues.issues.keys() {
            keys.extend([Key::Issue(*issue), Key::LedgerLine(*issue)]);
        }
        for subject in self.subjects.keys() {
            keys.extend([
                Key::Rectification(*subject),
                Key::Ledger(*subject),
                Key::Published(*subject),
            ]);
        }
        keys
    }
}
