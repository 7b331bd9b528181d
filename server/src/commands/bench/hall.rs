//! The hall that is measured: a data folder with a case of so many members, served by a process of its own, and the
//! devices signed in to it. It is made and used as any other hall; there is no way in for the benchmark alone.

use super::BenchError;
use super::calls::call_all;
use super::chair::BALLOT;
use super::crowd::Crowd;
use super::dialect::Dialect;
use super::process::{Process, free_port};
use super::wire;
use crate::app::App;
use crate::body::BodyWish;
use crate::clock::Clock;
use crate::commands::demo::{first_account, order};
use crate::doors::Station;
use crate::protocol::call::{SignInCard, SignInLink, SignedIn, TakeOver};
use crate::protocol::{ClientMessage, PROTOCOL};
use crate::rehearsal::DeviceKey;
use crate::sample;
use pingyi_core::ballot::Secrecy;
use pingyi_core::body::BodyCommand;
use pingyi_core::command::{Command, RosterEntry};
use pingyi_core::ids::PersonId;
use pingyi_core::limits::ROUNDS_MAX;
use pingyi_core::roster::PersonKind;
use pingyi_core::rules::{Profile, built_in};
use pingyi_core::sitting::ConsoleSeat;
use pingyi_core::stamp::Actor;
use pingyi_core::views::Audience;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::atomic::AtomicUsize;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use uuid::Uuid;

/// People on one roster; more phones than that are second devices of the first ones.
const PERSONS_MAX: usize = 5_000;
/// Calls under way at a time, as when a hall scans its cards.
pub(super) const CALLS_AT_ONCE: usize = 256;
/// Sockets on their way in at a time.
pub(super) const JOINS_AT_ONCE: usize = 1_000;
/// Longest wait for any one thing of a scene.
pub(super) const WITHIN: Duration = Duration::from_secs(120);

/// A case in the folder, with its open sitting.
#[derive(Debug)]
pub(super) struct Case {
    pub appraisal: Uuid,
    pub devices: Vec<Device>,
    /// Bearers of the chair's console.
    pub chair: String,
    chair_link: String,
}

/// One member's phone.
#[derive(Debug)]
pub(super) struct Device {
    pub person: PersonId,
    pub key: DeviceKey,
    pub bearer: String,
    card: String,
}

#[derive(Debug)]
pub(super) struct Hall {
    pub folder: TempDir,
    pub case: Case,
    /// What the chair has told all so far: the next thing must be another one, also after a restart.
    pub taps: AtomicUsize,
}

impl Hall {
    /// Makes the folder and its case, and lets it go.
    pub(super) fn prepare(phones: usize, secrecy: Secrecy) -> Result<Hall, BenchError> {
        let mut matter = sample::subjects();
        matter.push(sample::agenda());
        Hall::prepare_with(phones, secrecy, matter)
    }

    /// The same with other subjects and another agenda.
    pub(super) fn prepare_with(phones: usize, secrecy: Secrecy, matter: Vec<Command>) -> Result<Hall, BenchError> {
        let folder = tempfile::Builder::new().prefix("pingyi-bench-").tempdir()?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let path = folder.path().to_owned();
        let case = runtime.block_on(async move {
            let app = App::open(&path, 80, None, Clock::default()).await?;
            let case = open_case(&app, phones.min(PERSONS_MAX), secrecy, matter).await?;
            app.outer.registry.stop().await;
            app.journal.close().await;
            Ok::<_, crate::commands::CommandError>(case)
        })?;
        Ok(Hall {
            folder,
            case,
            taps: AtomicUsize::new(0),
        })
    }

    /// Serves the folder in a process of its own; it answers when this returns.
    pub(super) fn serve(&self) -> Result<Process, BenchError> {
        serve(self.folder.path(), Duration::ZERO)
    }

    /// The same on a disk whose commits take so much longer.
    pub(super) fn serve_slowed(&self, by: Duration) -> Result<Process, BenchError> {
        serve(self.folder.path(), by)
    }

    /// Signs every device in by its seat card. The answer is what the storm of calls took.
    pub(super) fn sign_in(&mut self, process: &Process) -> Result<super::calls::Answers, BenchError> {
        let host = process.at.to_string();
        let request = |d: &Device| {
            let form = SignInCard {
                code: d.card.clone(),
                device_key: d.key.public_hex(),
                take_over: TakeOver::Ask,
            };
            wire::post("/api/sign-in/card", &host, None, &json(&form))
        };
        let requests: Vec<_> = self.case.devices.iter().map(request).collect();
        let answers = call_all(process.at, &requests, CALLS_AT_ONCE, WITHIN)?;
        for (device, body) in self.case.devices.iter_mut().zip(&answers.bodies) {
            device.bearer = bearer(body.as_deref(), answers.first_bad.as_deref())?;
        }
        let link = SignInLink {
            secret: self.case.chair_link.clone(),
        };
        let request = wire::post("/api/sign-in/link", &host, None, &json(&link));
        let chair = call_all(process.at, &[request], 1, WITHIN)?;
        self.case.chair = bearer(chair.bodies[0].as_deref(), chair.first_bad.as_deref())?;
        Ok(answers)
    }

    /// So many phones; more than there are members are second devices.
    pub(super) fn phones(&self, process: &Process, phones: usize) -> Result<Crowd, BenchError> {
        self.phones_at(process.at, phones)
    }

    /// The same, knocking elsewhere: at a proxy.
    pub(super) fn phones_at(&self, at: SocketAddr, phones: usize) -> Result<Crowd, BenchError> {
        let hellos = (0..phones).map(|n| self.hello(n)).collect();
        Crowd::new(at, Dialect::Pingyi, hellos)
    }

    fn hello(&self, phone: usize) -> Vec<u8> {
        let device = &self.case.devices[phone % self.case.devices.len()];
        hello(self.case.appraisal, Audience::Member, &device.bearer)
    }

    /// A signed named vote of every member, as frames.
    pub(super) fn votes(&self, round: u32, choice: u32) -> Vec<Vec<u8>> {
        (0..self.case.devices.len())
            .map(|n| self.vote(n, round, choice))
            .collect()
    }

    /// The vote of one of them.
    pub(super) fn vote(&self, device: usize, round: u32, choice: u32) -> Vec<u8> {
        let id = Uuid::new_v4();
        let key = &self.case.devices[device].key;
        frame(id, key.vote(self.case.appraisal, id, BALLOT, round, choice))
    }

    /// The same command of every member.
    pub(super) fn each(&self, command: &Command) -> Vec<Vec<u8>> {
        let give = |_: &Device| frame(Uuid::new_v4(), command.clone());
        self.case.devices.iter().map(give).collect()
    }
}

/// Serves a data folder and waits for its first answer.
pub(super) fn serve(folder: &Path, slowed_by: Duration) -> Result<Process, BenchError> {
    let at = free_port()?;
    let mut command = std::process::Command::new(std::env::current_exe()?);
    command
        .args(["serve", "--log", "warn", "--listen", &at.to_string()])
        .args(["--address", &format!("http://{at}")])
        .args(["--commit-delay-ms", &slowed_by.as_millis().to_string(), "--data"])
        .arg(folder);
    let began = Instant::now();
    let mut process = Process::start(command, at, Some(&folder.join("log.txt")))?;
    answered(at)?;
    process.ready_after = began.elapsed();
    Ok(process)
}

/// The port is taken before the record is read: only an answer says that the hall is open.
fn answered(at: SocketAddr) -> Result<(), BenchError> {
    let mut stream = TcpStream::connect(at)?;
    stream.set_read_timeout(Some(WITHIN))?;
    stream.write_all(b"GET /health HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    if answer.starts_with("HTTP/1.1 200") {
        Ok(())
    } else {
        Err(BenchError::Answer(answer.lines().next().unwrap_or_default().into()))
    }
}

async fn open_case(
    app: &App,
    members: usize,
    secrecy: Secrecy,
    matter: Vec<Command>,
) -> Result<Case, crate::commands::CommandError> {
    let account = first_account(app).await?;
    let (appraisal, desk) = (Uuid::new_v4(), Actor::Desk { account });
    let create = BodyWish {
        id: Uuid::new_v4(),
        actor: desk,
        command: BodyCommand::CreateAppraisal { appraisal },
    };
    let failed = |e: String| crate::commands::CommandError::Sample(e);
    let created = app.outer.body.submit(create, app.outer.clock.now_ms()).await;
    created
        .map_err(|e| failed(e.to_string()))?
        .map_err(|e| failed(e.to_string()))?;
    let registry = &app.outer.registry;
    let case = registry.create(appraisal).await.map_err(|e| failed(format!("{e:?}")))?;
    order(&case, desk, sample::describe()).await?;
    let people = (1..=members).map(person).collect();
    order(&case, desk, Command::ImportRoster { people }).await?;
    for command in matter {
        order(&case, desk, command).await?;
    }
    order(&case, desk, rule(secrecy)).await?;
    order(&case, desk, sample::settings(secrecy)).await?;
    let seat = ConsoleSeat::Chair;
    order(&case, Actor::Console { seat }, Command::OpenSitting {}).await?;
    let doors = &app.outer.doors;
    let device = |(n, (person, generation)): (usize, (PersonId, u32))| Device {
        person,
        key: DeviceKey::from_seed(seed(n)),
        bearer: String::new(),
        card: doors.cards.code(appraisal, person, generation),
    };
    let generation = app.outer.body.look(|b| b.station_generation(appraisal, Station::Chair));
    let people: Vec<_> = case.look(|c| c.roster.people.iter().map(|(id, p)| (*id, p.card_generation)).collect());
    Ok(Case {
        appraisal,
        devices: people.into_iter().enumerate().map(device).collect(),
        chair: String::new(),
        chair_link: doors.links.station_secret(appraisal, Station::Chair, generation),
    })
}

fn person(n: usize) -> RosterEntry {
    RosterEntry {
        name: format!("委员{n:04}"),
        kind: PersonKind::Member,
        title: "委员".into(),
        group: format!("第{}组", n % 10 + 1),
        seat: format!("{}排{}座", n / 40 + 1, n % 40 + 1),
    }
}

/// The seed of a device, the same in every run.
pub(super) fn seed(n: usize) -> [u8; 32] {
    let mut seed = [7; 32];
    seed[..8].copy_from_slice(&(n as u64).to_le_bytes());
    seed
}

fn bearer(body: Option<&str>, bad: Option<&str>) -> Result<String, BenchError> {
    let signed_in: Option<SignedIn> = body.and_then(|b| serde_json::from_str(b).ok());
    let answer = || BenchError::Answer(bad.unwrap_or("a sign-in was not understood").into());
    signed_in.map(|s| s.bearer).ok_or_else(answer)
}

pub(super) fn hello(appraisal: Uuid, audience: Audience, bearer: &str) -> Vec<u8> {
    let hello = ClientMessage::Hello {
        protocol: PROTOCOL,
        appraisal,
        audience,
        bearer: Some(bearer.to_owned()),
        position: None,
    };
    wire::text(&json(&hello))
}

/// A command as a frame.
pub(super) fn frame(id: Uuid, command: Command) -> Vec<u8> {
    wire::text(&json(&ClientMessage::Command {
        id,
        command,
        expects: None,
    }))
}

pub(super) fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The usual rule with as many rounds as there can be, for each run of a secret ballot is a round of its own.
fn rule(secrecy: Secrecy) -> Command {
    let mut profile = Profile {
        secrecy,
        ..built_in::usual()
    };
    profile.revote.rounds_max = ROUNDS_MAX;
    Command::AdoptProfile {
        confirmed: profile.assumed.clone(),
        profile: Box::new(profile),
    }
}
