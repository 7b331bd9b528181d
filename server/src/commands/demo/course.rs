//! Plays a script of the sample on a case, as its people would: every act is an order through the case's own door, at
//! the hour that the script names. What an order needs and a page would hold, a phone's key or a secret paper, is here.

use super::{CommandError, accepted, order};
use crate::app::{self, App};
use crate::clock::Clock;
use crate::conductor::{CaseHandle, Device, Wish};
use crate::protocol::Verdict;
use crate::rehearsal::DeviceKey;
use crate::sample::whole::{Act, Who, texts};
use pingyi_core::Reply;
use pingyi_core::command::Command;
use pingyi_core::ids::{LotId, PersonId, QuestionnaireId, SubjectId};
use pingyi_core::questionnaire::Given;
use pingyi_core::sitting::ConsoleSeat;
use pingyi_core::stages::lots::{LotCall, LotDraw, LotState};
use pingyi_core::stamp::Actor;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};
use uuid::Uuid;

use crate::answer_office::Of;
use crate::limits::BLOB_BYTES_MAX;

/// How long a duty of the program may take before the demonstration gives up.
const DUTY_WITHIN: Duration = Duration::from_secs(20);
/// How often its end is looked for.
const LOOK_EVERY: Duration = Duration::from_millis(1);

pub(super) const CHAIR: Actor = Actor::Console {
    seat: ConsoleSeat::Chair,
};

/// The hands of the demonstration's clock. Time only goes forward, and in the end it is the machine's.
#[derive(Clone, Debug)]
pub struct Hands {
    clock: Clock,
    apart_ms: Arc<AtomicI64>,
}

impl Hands {
    /// A clock with the machine's time, and its hands.
    pub fn new() -> (Clock, Hands) {
        let (clock, apart_ms) = Clock::apart(0);
        let hands = Hands {
            clock: clock.clone(),
            apart_ms,
        };
        (clock, hands)
    }

    /// The machine's own time.
    pub fn today_ms(&self) -> i64 {
        self.clock.now_ms() - self.apart_ms.load(Ordering::SeqCst)
    }

    /// Puts the clock to this instant; a first time it may be before now, from then on it only goes forward.
    pub fn set(&self, at_ms: i64) {
        let apart_ms = at_ms - self.today_ms();
        match self.apart_ms.load(Ordering::SeqCst) {
            0 => self.apart_ms.store(apart_ms, Ordering::SeqCst),
            _ => drop(self.apart_ms.fetch_max(apart_ms, Ordering::SeqCst)),
        }
    }

    pub fn pass(&self, ms: i64) {
        self.apart_ms.fetch_add(ms, Ordering::SeqCst);
    }

    /// The machine's time again.
    pub fn release(&self) {
        self.apart_ms.store(0, Ordering::SeqCst);
    }
}

/// A case on its way through a script.
pub(super) struct Course<'a> {
    pub app: &'a App,
    pub hands: &'a Hands,
    pub case: CaseHandle,
    pub desk: Actor,
    phones: BTreeMap<PersonId, (DeviceKey, Device)>,
}

impl<'a> Course<'a> {
    pub fn new(app: &'a App, hands: &'a Hands, case: CaseHandle, desk: Actor) -> Course<'a> {
        Course {
            app,
            hands,
            case,
            desk,
            phones: BTreeMap::new(),
        }
    }

    /// What happens at this instant.
    pub async fn play(&mut self, at_ms: i64, acts: Vec<Act>) -> Result<(), CommandError> {
        self.hands.set(at_ms);
        self.case.wake().await;
        for act in acts {
            self.act(act).await?;
        }
        Ok(())
    }

    async fn act(&mut self, act: Act) -> Result<(), CommandError> {
        match act {
            Act::Order(who, command) => match who {
                Who::Desk => order(&self.case, self.desk, command).await,
                Who::Chair => order(&self.case, CHAIR, command).await,
                Who::Person(person) => {
                    let (_, device) = self.phone(person).await?;
                    self.person(person, Uuid::new_v4(), command, device).await
                }
            },
            Act::Lot(call, called) => self.lot(call, called).await,
            Act::Answers(questionnaire, answers) => self.answers(questionnaire, answers).await,
            Act::Evaluation(item, votes) => self.evaluate(item, &votes).await,
            Act::Receipt(subject) => self.receipt(subject).await,
        }
    }

    /// The person's phone, signed in at its first use.
    pub async fn phone(&mut self, person: PersonId) -> Result<(DeviceKey, Device), CommandError> {
        if let Some(known) = self.phones.get(&person) {
            return Ok(known.clone());
        }
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|e| CommandError::Sample(e.to_string()))?;
        let key = DeviceKey::from_seed(seed);
        let bind = Command::BindDevice {
            person,
            device_key: key.public_hex(),
        };
        let bound = self.case.submit(Wish::fresh(Actor::Door {}, bind)).await;
        let Ok(Verdict::Accepted {
            reply: Reply::DeviceBound { generation, .. },
        }) = bound
        else {
            return Err(CommandError::Sample(format!("no phone for {person}: {bound:?}")));
        };
        let device = Device::new(generation, key.public());
        self.phones.insert(person, (key.clone(), device.clone()));
        Ok((key, device))
    }

    pub async fn person(
        &self,
        person: PersonId,
        id: Uuid,
        command: Command,
        device: Device,
    ) -> Result<(), CommandError> {
        let wish = Wish {
            id,
            actor: Actor::Person { person },
            command,
            expects: None,
            device: Some(device),
        };
        accepted(&self.case, wish).await
    }

    /// Waits until a duty of the program has come to this.
    pub async fn until(
        &self,
        what: &str,
        mut holds: impl FnMut(&pingyi_core::Appraisal) -> bool,
    ) -> Result<(), CommandError> {
        let began = Instant::now();
        while !self.case.look(&mut holds) {
            if began.elapsed() > DUTY_WITHIN {
                return Err(CommandError::Sample(format!("{what} did not come about")));
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Ok(())
    }

    async fn lot(&self, call: LotCall, called: &str) -> Result<(), CommandError> {
        order(&self.case, self.desk, Command::CallLot(call)).await?;
        let lot = LotId(u32::try_from(self.case.look(|c| c.lots().count())).unwrap_or(u32::MAX));
        let stands = |state| move |c: &pingyi_core::Appraisal| c.lot(lot).is_ok_and(|l| l.state() == state);
        self.until("the lot's commitment", stands(LotState::Committed)).await?;
        let called = called.into();
        order(&self.case, self.desk, Command::DrawLot(LotDraw { lot, called })).await?;
        self.until("the lot's seed", stands(LotState::Drawn)).await
    }

    async fn answers(&self, questionnaire: QuestionnaireId, answers: Vec<Vec<Given>>) -> Result<(), CommandError> {
        let of = Of {
            appraisal: self.case.id(),
            questionnaire,
        };
        let questions = self
            .case
            .look(|c| c.questionnaire(questionnaire).map(|q| q.questions.clone()));
        let questions = questions.map_err(failed)?;
        let office = &self.app.outer.office.answers;
        let put = answers.into_iter().map(|given| {
            let device = office.device(of, &Uuid::new_v4().to_string());
            office.put(of, questions.clone(), Uuid::new_v4().into_bytes(), device, given)
        });
        let put = futures_util::future::try_join_all(put).await;
        put.map(drop).map_err(failed)
    }

    async fn receipt(&mut self, subject: SubjectId) -> Result<(), CommandError> {
        let officer = self.case.look(|c| c.subject(subject).ok().and_then(|s| s.person));
        let officer = officer.ok_or_else(|| CommandError::Sample("the subject has no officer".into()))?;
        let (key, device) = self.phone(officer).await?;
        let id = Uuid::new_v4();
        let sign = key.receipt(self.case.id(), id, subject);
        self.person(officer, id, sign, device).await
    }
}

/// Stores the texts that the scripts name by their digests.
pub(super) async fn store_texts(app: &App) -> Result<(), CommandError> {
    let blobs = app.outer.blobs.clone();
    let stored = tokio::task::spawn_blocking(move || {
        for text in texts() {
            blobs.put(text.text.as_bytes(), BLOB_BYTES_MAX)?;
        }
        Ok::<_, crate::blobs::BlobError>(())
    });
    stored.await.map_err(failed)?.map_err(app::AppError::from)?;
    Ok(())
}

pub(super) fn failed(error: impl std::fmt::Display) -> CommandError {
    CommandError::Sample(error.to_string())
}
