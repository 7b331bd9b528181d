//! The locality's rule as the case adopts it, and the settings that the office has beside it.

use super::{Appraisal, Settings};
use crate::limits::{BALLOT_LIMIT_S_MAX, BALLOT_LIMIT_S_MIN, PROFILE_LIST_MAX, WRITTEN_ANSWER_DAYS_MAX};
use crate::outcome::{Key, Reply, Touched};
use crate::refusal::Refusal;
use crate::rules::Profile;

impl Appraisal {
    /// Whether votes are named is the rule's to say; the rest is the office's.
    pub(super) fn change_settings(&mut self, s: Settings, touched: &mut Touched) -> Result<Reply, Refusal> {
        if s.ballot_limit_s != 0 && !(BALLOT_LIMIT_S_MIN..=BALLOT_LIMIT_S_MAX).contains(&s.ballot_limit_s) {
            return Err(Refusal::OutOfRange {
                min: BALLOT_LIMIT_S_MIN,
                max: BALLOT_LIMIT_S_MAX,
            });
        }
        if !(1..=WRITTEN_ANSWER_DAYS_MAX).contains(&s.written_answer_days) {
            return Err(Refusal::OutOfRange {
                min: 1,
                max: WRITTEN_ANSWER_DAYS_MAX,
            });
        }
        if s.secrecy != self.profile.secrecy {
            return Err(Refusal::SecrecyByRule {
                secrecy: self.profile.secrecy,
            });
        }
        self.settings = s;
        touched.key(Key::Settings);
        Ok(Reply::Done {})
    }

    /// The rule brings its own secrecy, tally and terms; the desk may still choose another tally, and other terms.
    pub(super) fn adopt(
        &mut self,
        profile: &Profile,
        confirmed: &[String],
        touched: &mut Touched,
    ) -> Result<Reply, Refusal> {
        self.need_preparing()?;
        if !profile.faults().is_empty() || confirmed.len() > PROFILE_LIST_MAX {
            return Err(Refusal::ProfileFaulty {});
        }
        self.settings.secrecy = profile.secrecy;
        self.settings.tally_display = profile.tally;
        self.confirmed = profile
            .assumed
            .iter()
            .filter(|a| confirmed.contains(a))
            .cloned()
            .collect();
        // The terms are those of the sitting whose opinions they count from.
        if self.past.is_empty() {
            self.follow_up.adopt(&self.profile, profile);
        }
        self.profile = profile.clone();
        touched.keys([
            Key::Settings,
            Key::Rules,
            Key::Console,
            Key::Attendance,
            Key::Scrutiny,
            Key::FollowUp,
        ]);
        Ok(Reply::Done {})
    }
}
