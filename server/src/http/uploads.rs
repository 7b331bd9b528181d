//! How much a person who is no clerk stores in a day: a phone must not fill the disk. Forgotten with the program, which
//! is bound enough.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use pingyi_core::ids::PersonId;
use tokio::time::Instant;
use uuid::Uuid;

use crate::limits::PERSON_UPLOADS_PER_DAY_MAX;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Per case and person: since when, and how many. Only who may file anything at all gets a line.
#[derive(Default)]
pub(super) struct Uploads(Mutex<HashMap<(Uuid, PersonId), (Instant, u32)>>);

impl Uploads {
    /// Counts one more.
    ///
    /// # Errors
    /// The day's number is reached: how long until it begins anew.
    pub(super) fn count(&self, case: Uuid, person: PersonId, now: Instant) -> Result<(), Duration> {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counted.retain(|_, (since, _)| now.duration_since(*since) < DAY);
        let (since, uploads) = counted.entry((case, person)).or_insert((now, 0));
        if *uploads >= PERSON_UPLOADS_PER_DAY_MAX {
            return Err(DAY.saturating_sub(now.duration_since(*since)));
        }
        *uploads += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_stores_so_much_a_day_and_stops_nobody_else() {
        let uploads = Uploads::default();
        let (case, now) = (Uuid::nil(), Instant::now());
        for _ in 0..PERSON_UPLOADS_PER_DAY_MAX {
            assert_eq!(uploads.count(case, PersonId(1), now), Ok(()));
        }
        assert_eq!(uploads.count(case, PersonId(1), now + DAY / 4), Err(DAY * 3 / 4));
        assert_eq!(uploads.count(case, PersonId(2), now), Ok(()));
        assert_eq!(uploads.count(case, PersonId(1), now + DAY), Ok(()));
    }
}
