//! Finds, starts and stops running cases.

use super::handle::{CaseHandle, NotTaken, Shared};
use super::office::BallotOffice;
use super::publisher::Publisher;
use super::recovery::{Progress, recover};
use super::steps::Conductor;
use crate::clock::Clock;
use crate::journal::Journal;
use crate::limits::WISHES_QUEUED_MAX;
use dashmap::DashMap;
use pingyi_core::Appraisal;
use std::sync::atomic::{AtomicBool, AtomicI64};
use std::sync::{Arc, Mutex, RwLock};
use tokio::sync::mpsc;
use uuid::Uuid;

/// What every conductor shares.
#[derive(Clone)]
pub struct RegistryParts {
    pub journal: Arc<dyn Journal>,
    pub clock: Clock,
    pub office: Arc<dyn BallotOffice>,
}

/// The running cases of this program.
#[derive(Clone)]
pub struct Registry {
    parts: RegistryParts,
    cases: Arc<DashMap<Uuid, CaseHandle>>,
}

impl Registry {
    pub fn new(parts: RegistryParts) -> Registry {
        Registry {
            parts,
            cases: Arc::default(),
        }
    }

    pub fn get(&self, id: Uuid) -> Option<CaseHandle> {
        self.cases.get(&id).map(|c| c.clone())
    }

    /// All cases, in the order of their ids.
    pub fn all(&self) -> Vec<CaseHandle> {
        let mut all: Vec<_> = self.cases.iter().map(|c| c.clone()).collect();
        all.sort_by_key(CaseHandle::id);
        all
    }

    /// Starts a case: a new one, or one whose journal is already there. A case that cannot be rebuilt is shown
    /// stopped, with what the log says; the others go on.
    pub async fn create(&self, id: Uuid) -> Result<CaseHandle, NotTaken> {
        self.create_with(id, &|_| {}).await
    }

    /// The same, telling how far the replay is.
    pub async fn create_with(&self, id: Uuid, progress: &Progress<'_>) -> Result<CaseHandle, NotTaken> {
        if let Some(running) = self.get(id) {
            return Ok(running);
        }
        let (case, next_index, stopped) = match recover(&*self.parts.journal, id, progress).await {
            Ok(r) => {
                tracing::info!(appraisal = %id, records = r.next_index, replayed_from = r.replayed_from, "case opened");
                (r.case, r.next_index, false)
            }
            Err(error) => {
                tracing::error!(appraisal = %id, %error, "case stopped: it can be looked at after an operator has seen to it");
                (Appraisal::new(id), 0, true)
            }
        };
        let (events, inbox) = mpsc::channel(WISHES_QUEUED_MAX);
        let epoch = Uuid::new_v4().simple().to_string();
        let shared = Arc::new(Shared {
            id,
            publisher: Mutex::new(Publisher::new(&case, &epoch)),
            case: RwLock::new(case),
            events,
            clock: self.parts.clock.clone(),
            rates: Default::default(),
            stopped: AtomicBool::new(stopped),
            ahead_ms: AtomicI64::new(0),
        });
        let handle = CaseHandle(shared.clone());
        match self.cases.entry(id) {
            // Two calls at once: the first one's task runs, the second one's is never started.
            dashmap::Entry::Occupied(running) => return Ok(running.get().clone()),
            dashmap::Entry::Vacant(free) => {
                free.insert(handle.clone());
            }
        }
        tokio::spawn(
            Conductor::new(
                shared,
                self.parts.journal.clone(),
                self.parts.office.clone(),
                next_index,
            )
            .run(inbox),
        );
        Ok(handle)
    }

    /// Ends all cases, with a snapshot each. They stay listed, so that a phone that knocks meanwhile hears "come back"
    /// and not "no such appraisal".
    pub async fn stop(&self) {
        for case in self.all() {
            case.stop().await;
        }
    }
}
