//! Simulated members: they join in their own time, check in, ask, support and vote, and come back when the connection
//! breaks. What each does is drawn from a seed, so that a rehearsal can be repeated.

mod voting;

use super::call::post;
use super::habit::Habit;
use super::phone::{DeviceKey, Hello, Memory, Phone, PhoneError};
use crate::protocol::ServerMessage;
use crate::protocol::call::{SignInCard, SignedIn, TakeOver};
use crate::sample::QUESTIONS;
use pingyi_core::command::Command;
use pingyi_core::ids::{BallotId, SubjectId};
use pingyi_core::inquiry::{QuestionState, Visibility};
use pingyi_core::roster::Attendance;
use pingyi_core::sitting::{ItemKind, SittingState};
use pingyi_core::views::{AgendaView, Audience, BallotView, MeView, MySupportView, QuestionView, SittingView};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};
use voting::Paper;

const CHECK_IN: &str = "check in";
const NAMED_VOTE: &str = "named vote";
const SEATS_TO_A_PACE: u64 = 1_000;

/// One simulated member's card.
#[derive(Clone, Debug)]
pub struct Seat {
    pub code: String,
    pub seed: u64,
}

/// Runs until every phone is told not to come back, or the set is dropped.
pub fn gather(host: &str, seats: Vec<Seat>) -> JoinSet<()> {
    let mut crowd = JoinSet::new();
    // Thousands take longer through the doors than a committee.
    let pace = 1 + seats.len() as u64 / SEATS_TO_A_PACE;
    for seat in seats {
        let host = host.to_owned();
        crowd.spawn(async move { Extra::new(host, seat, pace).live().await });
    }
    crowd
}

/// What a phone means to do, and when.
#[derive(Debug)]
struct Plan {
    at: Instant,
    what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    CheckIn,
    Ask(u32, &'static str),
    Support(pingyi_core::ids::QuestionId),
    Vote(BallotId, u32, u32),
    /// Of this ballot and round.
    TakeToken(BallotId, u32),
    /// The option, counted from 0.
    CastSecretly(BallotId, u32, u32),
}

struct Extra {
    host: String,
    seat: Seat,
    habit: Habit,
    /// How many times longer than in a small hall coming in takes.
    pace: u64,
    key: DeviceKey,
    plans: Vec<Plan>,
    /// What was planned once is not planned again.
    begun: BTreeSet<String>,
    papers: BTreeMap<(BallotId, u32), Paper>,
}

impl Extra {
    fn new(host: String, seat: Seat, pace: u64) -> Extra {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&seat.seed.to_le_bytes());
        let habit = Habit(seat.seed);
        Extra {
            host,
            seat,
            habit,
            pace,
            key: DeviceKey::from_seed(seed),
            plans: Vec::new(),
            begun: BTreeSet::new(),
            papers: BTreeMap::new(),
        }
    }

    async fn live(mut self) {
        sleep(self.habit.between_ms(100, 4_000 * self.pace)).await;
        let mut memory = Memory::default();
        let mut signed_in: Option<SignedIn> = None;
        for _ in 0..10_000 {
            if signed_in.is_none() {
                signed_in = self.sign_in().await;
            }
            if let Some(bearer) = signed_in.clone() {
                match self.attend(&bearer, &mut memory).await {
                    PhoneError::Closed { code, .. } if code >= 4100 => return,
                    _ => {}
                }
            }
            sleep(self.habit.between_ms(300, 2_000)).await;
        }
    }

    async fn sign_in(&self) -> Option<SignedIn> {
        let ask = SignInCard {
            code: self.seat.code.clone(),
            device_key: self.key.public_hex(),
            take_over: TakeOver::Ask,
        };
        match post(&self.host, "/api/sign-in/card", None, &ask).await {
            Ok(signed_in) => Some(signed_in),
            Err(error) => {
                tracing::debug!(%error, "a simulated phone could not sign in");
                None
            }
        }
    }

    /// One connection's life. The answer is how it ended.
    async fn attend(&mut self, signed_in: &SignedIn, memory: &mut Memory) -> PhoneError {
        let Some(appraisal) = signed_in.appraisal else {
            return PhoneError::Gone;
        };
        let hello = Hello {
            appraisal,
            audience: Audience::Member,
            bearer: Some(signed_in.bearer.clone()),
        };
        let mut phone = match Phone::join(&self.host, hello, memory.clone()).await {
            Ok(phone) => phone,
            Err(error) => {
                *memory = Memory::default();
                return error;
            }
        };
        self.forget_what_may_be_lost();
        let mut beat = tokio::time::interval(Duration::from_secs(10));
        let mut news = true;
        loop {
            if news {
                self.plan(&phone);
            }
            let next = self.plans.iter().map(|p| p.at).min();
            let done = tokio::select! {
                heard = phone.hear() => heard.map(|message| calls_for_a_look(&message)),
                () = at(next) => self.act(&mut phone, &signed_in.bearer).await.map(|()| true),
                _ = beat.tick() => phone.ping(1).await.map(|()| false),
            };
            news = match done {
                Ok(news) => news,
                Err(error) => {
                    *memory = phone.memory();
                    return error;
                }
            };
        }
    }

    /// What was said just before a connection broke may not have been heard; the views tell what is still to be done.
    fn forget_what_may_be_lost(&mut self) {
        self.begun
            .retain(|name| name != CHECK_IN && !name.starts_with(NAMED_VOTE));
        self.plans.retain(|p| !matches!(p.what, What::CheckIn | What::Vote(..)));
    }

    fn once(&mut self, name: String, low_ms: u64, high_ms: u64, what: What) {
        if self.begun.insert(name) {
            let at = Instant::now() + self.habit.between_ms(low_ms, high_ms);
            self.plans.push(Plan { at, what });
        }
    }

    /// Looks at the views and plans what a member would do.
    fn plan(&mut self, phone: &Phone) {
        let (Some(me), Some(sitting)) = (phone.own::<MeView>("me"), phone.view::<SittingView>("sitting")) else {
            return;
        };
        if sitting.state != SittingState::Open {
            return;
        }
        if me.attendance == Attendance::Absent {
            self.once(CHECK_IN.into(), 500, 6_000 * self.pace, What::CheckIn);
        }
        self.plan_questions(phone, &sitting);
        let running = sitting
            .running_ballot
            .and_then(|id| phone.view::<BallotView>(&format!("ballot/{id}")));
        if let Some(first) = running {
            let sheet = if first.sheet.is_empty() {
                vec![first.id]
            } else {
                first.sheet
            };
            for id in sheet {
                self.plan_vote(phone, me.kind, id);
            }
        }
    }

    fn plan_questions(&mut self, phone: &Phone, sitting: &SittingView) {
        let agenda = phone.view::<AgendaView>("agenda");
        let current = agenda.and_then(|a| a.items.into_iter().find(|i| Some(i.id) == sitting.current));
        let asking = current.is_some_and(|i| matches!(i.kind, ItemKind::Report | ItemKind::Inquiry));
        if asking && self.begun.insert("may ask".into()) && self.habit.percent(35) {
            let pick = usize::try_from(self.habit.below(QUESTIONS.len() as u64)).unwrap_or(0);
            let (subject, text) = QUESTIONS[pick];
            self.once("ask".into(), 2_000, 25_000, What::Ask(subject, text));
        }
        let supported = phone
            .own::<MySupportView>("my_support")
            .map(|s| s.questions)
            .unwrap_or_default();
        let names: Vec<_> = phone
            .views
            .keys()
            .filter(|k| k.starts_with("question/"))
            .cloned()
            .collect();
        for name in names {
            let Some(q) = phone.view::<QuestionView>(&name) else {
                continue;
            };
            let open = matches!(q.state, QuestionState::Accepted | QuestionState::Taken);
            let own = phone.mine.contains_key(&format!("my_question/{}", q.id));
            if open
                && !own
                && !supported.contains(&q.id)
                && self.begun.insert(format!("may support {}", q.id))
                && self.habit.percent(30)
            {
                self.once(format!("support {}", q.id), 2_000, 15_000, What::Support(q.id));
            }
        }
    }

    /// Does what is due. A refusal is a member's everyday: the ballot closed a moment ago.
    async fn act(&mut self, phone: &mut Phone, bearer: &str) -> Result<(), PhoneError> {
        let now = Instant::now();
        let (due, later): (Vec<_>, Vec<_>) = std::mem::take(&mut self.plans).into_iter().partition(|p| p.at <= now);
        self.plans = later;
        for plan in due {
            let id = uuid::Uuid::new_v4();
            let command = match plan.what {
                What::CheckIn => Command::CheckIn {},
                What::Ask(subject, text) => {
                    let visibility = if self.habit.percent(30) {
                        Visibility::WithoutName
                    } else {
                        Visibility::Named
                    };
                    Command::AskQuestion {
                        subject: Some(SubjectId(subject)),
                        visibility,
                        text: text.into(),
                    }
                }
                What::Support(question) => Command::SupportQuestion { question },
                What::Vote(ballot, round, choice) => self.key.vote(phone.hello.appraisal, id, ballot, round, choice),
                What::TakeToken(ballot, round) => {
                    self.take_token(bearer, (ballot, round)).await;
                    continue;
                }
                What::CastSecretly(ballot, round, choice) => {
                    self.cast_secretly((ballot, round), choice).await;
                    continue;
                }
            };
            phone.give(id, command, None).await?;
        }
        Ok(())
    }
}

/// Who comes and goes changes nobody's plans, and in a large hall it changes all the time.
fn calls_for_a_look(message: &ServerMessage) -> bool {
    match message {
        ServerMessage::Difference { set, .. } => set.keys().any(|key| key != "attendance"),
        ServerMessage::Snapshot { .. } | ServerMessage::Mine { .. } => true,
        ServerMessage::Welcome { .. }
        | ServerMessage::Pong { .. }
        | ServerMessage::Receipt { .. }
        | ServerMessage::Busy { .. } => false,
    }
}

async fn at(instant: Option<Instant>) {
    match instant {
        Some(instant) => sleep_until(instant).await,
        None => std::future::pending().await,
    }
}
