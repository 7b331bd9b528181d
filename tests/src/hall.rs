//! A hall within the test's own process: the sample case, its sitting open, on loopback.

use pingyi::app::{App, listen};
use pingyi::clock::Clock;
use pingyi::commands::{Demo, open_sample};
use pingyi::protocol::call::{SignInCard, SignInLink, SignedIn, TakeOver};
use pingyi::protocol::{Position, Verdict};
use pingyi::rehearsal::{CallError, DeviceKey, Hello, Memory, Phone, PhoneError, post};
use pingyi::sample::Sample;
use pingyi_core::ballot::{BallotState, Secrecy};
use pingyi_core::command::Command;
use pingyi_core::ids::{BallotId, ItemId, PersonId};
use pingyi_core::stamp::Expects;
use pingyi_core::views::{Audience, BallotView};
use pingyi_core::{Refusal, Reply};
use std::path::Path;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;

/// A running hall; it ends with the test.
pub struct Hall {
    /// `127.0.0.1:port`
    pub host: String,
    pub demo: Demo,
    pub app: App,
    stop: Option<oneshot::Sender<()>>,
    serving: Option<JoinHandle<()>>,
    data: tempfile::TempDir,
}

/// A signed-in member: the socket and the key that signs votes.
pub struct Member {
    pub phone: Phone,
    pub key: DeviceKey,
    pub person: PersonId,
    pub signed_in: SignedIn,
}

impl Hall {
    /// The sample case with its sitting open; ballots are secret.
    pub async fn open() -> Hall {
        Hall::with_clock(Clock::default(), Sample::default()).await
    }

    /// The same with named ballots.
    pub async fn open_named() -> Hall {
        let named = Sample {
            secrecy: Secrecy::Named,
            ..Sample::default()
        };
        Hall::with_clock(Clock::default(), named).await
    }

    pub async fn with_clock(clock: Clock, sample: Sample) -> Hall {
        let data = tempfile::tempdir().expect("a temporary folder");
        let listener = listen("127.0.0.1:0".parse().expect("an address")).expect("a free port");
        let port = listener.local_addr().expect("the port").port();
        let address = format!("http://127.0.0.1:{port}");
        let app = App::open(data.path(), port, Some(&address), clock)
            .await
            .expect("the program opens");
        let demo = open_sample(&app, sample).await.expect("the sample case opens");
        let (stop, stopped) = oneshot::channel();
        let serve = app.clone().serve(listener, async { drop(stopped.await) });
        let serving = tokio::spawn(async { serve.await.expect("the server ends well") });
        Hall {
            host: format!("127.0.0.1:{port}"),
            demo,
            app,
            stop: Some(stop),
            serving: Some(serving),
            data,
        }
    }

    /// Signs a member in by seat card, with a device of their own.
    pub async fn sign_in(
        &self,
        person: u32,
        device: u8,
        take_over: TakeOver,
    ) -> Result<(SignedIn, DeviceKey), CallError> {
        let key = device_key(person, device);
        // A member's card as it was printed when the hall opened, whatever was issued since.
        let printed = self.demo.members.get(person as usize - 1).map(|m| m.code.clone());
        let code = printed.unwrap_or_else(|| self.card_code(person));
        let ask = SignInCard {
            code,
            device_key: key.public_hex(),
            take_over,
        };
        Ok((post(&self.host, "/api/sign-in/card", None, &ask).await?, key))
    }

    /// What the person's seat card says, a member's or an attendee's.
    pub fn card_code(&self, person: u32) -> String {
        let case = self.app.outer.registry.get(self.demo.appraisal).expect("the case runs");
        let person = PersonId(person);
        let generation = case.look(|c| c.roster.people.get(&person).map(|p| p.card_generation));
        let cards = &self.app.outer.doors.cards;
        cards.code(self.demo.appraisal, person, generation.expect("on the roster"))
    }

    /// A member's phone with its socket joined.
    pub async fn member(&self, person: u32) -> Member {
        let (signed_in, key) = self.sign_in(person, 0, TakeOver::Ask).await.expect("the card opens");
        let phone = self
            .join(&signed_in, Memory::default())
            .await
            .expect("the socket joins");
        Member {
            phone,
            key,
            person: PersonId(person),
            signed_in,
        }
    }

    /// Joins the members' stream with a bearer.
    pub async fn join(&self, signed_in: &SignedIn, memory: Memory) -> Result<Phone, PhoneError> {
        let hello = Hello {
            appraisal: self.demo.appraisal,
            audience: Audience::Member,
            bearer: Some(signed_in.bearer.clone()),
        };
        Phone::join(&self.host, hello, memory).await
    }

    pub async fn chair(&self) -> Phone {
        self.station(&self.demo.chair, Audience::Chair).await
    }

    pub async fn operator(&self) -> Phone {
        self.station(&self.demo.operator, Audience::Chair).await
    }

    pub async fn projector(&self) -> Phone {
        self.station(&self.demo.projector, Audience::Projector).await
    }

    pub async fn desk(&self) -> Phone {
        self.station(&self.demo.desk, Audience::Desk).await
    }

    async fn station(&self, link: &str, audience: Audience) -> Phone {
        station(&self.host, self.demo.appraisal, link, audience).await
    }

    /// The folder that the program keeps everything in.
    pub fn folder(&self) -> &Path {
        self.data.path()
    }

    /// Ends the program in order and waits for it. The folder is the caller's now.
    pub async fn close(mut self) -> tempfile::TempDir {
        drop(self.stop.take());
        if let Some(serving) = self.serving.take() {
            serving.await.expect("the server ends");
        }
        self.data
    }
}

/// A console's, projector's or desk's socket, signed in by its link.
pub async fn station(host: &str, appraisal: Uuid, link: &str, audience: Audience) -> Phone {
    let secret = link
        .split("#k=")
        .nth(1)
        .expect("a station link carries its secret")
        .to_owned();
    let signed_in: SignedIn = post(host, "/api/sign-in/link", None, &SignInLink { secret })
        .await
        .expect("the link opens");
    let hello = Hello {
        appraisal,
        audience,
        bearer: Some(signed_in.bearer),
    };
    Phone::join(host, hello, Memory::default())
        .await
        .expect("the station joins")
}

/// A device of a person: the same number, the same key.
pub fn device_key(person: u32, device: u8) -> DeviceKey {
    let mut seed = [device; 32];
    seed[..4].copy_from_slice(&person.to_le_bytes());
    DeviceKey::from_seed(seed)
}

impl Member {
    pub async fn check_in(&mut self) {
        done(&mut self.phone, Command::CheckIn {}).await;
    }

    /// A vote under a given id; the receipt is waited for.
    pub async fn vote_as(
        &mut self,
        id: Uuid,
        ballot: BallotId,
        round: u32,
        choice: u32,
    ) -> Result<Verdict, PhoneError> {
        let command = self.key.vote(self.phone.hello.appraisal, id, ballot, round, choice);
        self.phone.give(id, command, None).await?;
        self.phone.receipt(id).await
    }

    pub async fn vote(&mut self, ballot: BallotId, choice: u32) -> Verdict {
        let round = self
            .phone
            .view::<BallotView>(&format!("ballot/{ballot}"))
            .map_or(1, |b| b.round);
        self.vote_as(Uuid::new_v4(), ballot, round, choice)
            .await
            .expect("the vote has a receipt")
    }
}

/// Gives a command that must be accepted.
pub async fn done(phone: &mut Phone, command: Command) -> Reply {
    match order(phone, command.clone()).await {
        Verdict::Accepted { reply } => reply,
        Verdict::Refused { refusal } => panic!("{command:?} was refused: {refusal}"),
    }
}

/// Gives a command that must be refused.
pub async fn refused(phone: &mut Phone, command: Command) -> Refusal {
    match order(phone, command.clone()).await {
        Verdict::Accepted { .. } => panic!("{command:?} was accepted"),
        Verdict::Refused { refusal } => refusal,
    }
}

/// Gives a command as a console would: with what it sees of the ballot.
pub async fn order(phone: &mut Phone, command: Command) -> Verdict {
    let expects = seen(phone, &command);
    phone
        .command(command, expects)
        .await
        .expect("the command has a receipt")
}

fn seen(phone: &Phone, command: &Command) -> Option<Expects> {
    use Command as C;
    let ballot = match command {
        C::PresentBallot { ballot }
        | C::OpenBallot { ballot, .. }
        | C::PauseBallot { ballot }
        | C::ResumeBallot { ballot }
        | C::ExtendBallot { ballot, .. }
        | C::CloseBallot { ballot }
        | C::AnnounceBallot { ballot }
        | C::VoidBallot { ballot, .. } => *ballot,
        _ => return None,
    };
    let view: BallotView = phone.view(&format!("ballot/{ballot}"))?;
    Some(Expects {
        ballot,
        round: view.round,
        state: view.state,
    })
}

/// Waits until a ballot is in this state on a screen.
pub async fn until_ballot(phone: &mut Phone, ballot: BallotId, state: BallotState) -> BallotView {
    let key = format!("ballot/{ballot}");
    phone
        .until(|p| p.view::<BallotView>(&key).is_some_and(|b| b.state == state))
        .await
        .expect("the screen hears of it");
    phone.view(&key).expect("the ballot is on the screen")
}

/// The agenda item that evaluates the first subject in the sample.
pub const FIRST_EVALUATION: ItemId = ItemId(8);
/// The item of questions and answers.
pub const INQUIRY: ItemId = ItemId(4);

/// Conducts the sample's sitting to an open ballot on its first subject.
pub async fn open_first_ballot(chair: &mut Phone) -> BallotId {
    let ballot = BallotId(1);
    done(chair, Command::BeginItem { item: FIRST_EVALUATION }).await;
    present_ballot(chair, ballot).await;
    done(chair, Command::OpenBallot { ballot, limit_s: 0 }).await;
    until_ballot(chair, ballot, BallotState::Open).await;
    ballot
}

/// Presents a ballot and waits until its key is made, if it is secret.
pub async fn present_ballot(chair: &mut Phone, ballot: BallotId) -> BallotView {
    done(chair, Command::PresentBallot { ballot }).await;
    let key = format!("ballot/{ballot}");
    let ready =
        |b: &BallotView| b.state == BallotState::Presented && (b.secrecy == Secrecy::Named || b.secret.is_some());
    chair
        .until(|c| c.view::<BallotView>(&key).as_ref().is_some_and(ready))
        .await
        .expect("the console hears of it");
    chair.view(&key).expect("the ballot is on the console")
}

/// Where a screen stands.
pub fn position(phone: &Phone) -> Position {
    phone.position.clone().expect("a joined screen has a position")
}
