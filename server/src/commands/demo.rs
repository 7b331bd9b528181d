//! `pingyi demo`: a hall with the sample case in a temporary folder, and simulated members if asked.

use super::{CommandError, banner, start_log, stop_signal};
use crate::app::{self, App};
use crate::body::BodyWish;
use crate::clock::Clock;
use crate::conductor::{CaseHandle, Wish};
use crate::doors::Station;
use crate::limits::BLOB_BYTES_MAX;
use crate::protocol::Verdict;
use crate::rehearsal::crowd::{self, Seat};
use crate::sample::{self, Evaluation, Sample};
use crate::settings;
use crate::vault::PinOf;
use pingyi_core::body::{BodyCommand, BodyReply};
use pingyi_core::command::Command;
use pingyi_core::ids::PersonId;
use pingyi_core::sitting::ConsoleSeat;
use pingyi_core::stamp::Actor;
use pingyi_core::subject::DocumentKind;
use serde::Serialize;
use std::time::Duration;
use tokio::task::JoinSet;
use uuid::Uuid;

/// What `--json` prints: every link opens signed in.
#[derive(Clone, Debug, Serialize)]
pub struct Demo {
    pub base: String,
    pub appraisal: Uuid,
    pub desk: String,
    pub chair: String,
    pub operator: String,
    pub projector: String,
    pub public: String,
    pub hall_code: String,
    pub members: Vec<DemoMember>,
}

#[derive(Clone, Debug, Serialize)]
pub struct DemoMember {
    pub person: PersonId,
    pub name: String,
    pub card: String,
    pub code: String,
    /// Empty beyond the sample's 28 members: slow hashes of a congress would keep a demonstration waiting.
    pub pin: String,
}

/// Opens the hall and serves it until Ctrl-C.
pub async fn demo(settings: settings::Demo) -> Result<(), CommandError> {
    start_log(&settings.network);
    app::allow_many_connections();
    let folder = tempfile::Builder::new()
        .prefix("pingyi-demo-")
        .tempdir()
        .map_err(CommandError::Folder)?;
    let listener = app::listen(settings.network.listen)?;
    let local = listener.local_addr().map_err(CommandError::Folder)?;
    let app = App::open(
        folder.path(),
        local.port(),
        settings.network.address.as_deref(),
        Clock::default(),
    )
    .await?;
    let evaluation = if settings.sheet {
        Evaluation::OneSheet
    } else {
        Evaluation::OneByOne
    };
    let sample = Sample {
        evaluation,
        members: settings.members,
        ..Sample::default()
    };
    let demo = open_sample(&app, sample).await?;
    if settings.json {
        println!(
            "{}",
            serde_json::to_string(&demo).map_err(|e| CommandError::Sample(e.to_string()))?
        );
    } else {
        let me = demo.members.last().map(|m| m.card.clone()).unwrap_or_default();
        let lines = [
            ("大屏 projector", demo.projector.as_str()),
            ("主持 chair", demo.chair.as_str()),
            ("副控台 operator", demo.operator.as_str()),
            ("办公室 desk", demo.desk.as_str()),
            ("公开页 public", demo.public.as_str()),
            ("一位委员 a member", me.as_str()),
        ];
        banner::print(&lines, Some(&me));
    }
    // The last seat stays free for the person who looks at the demonstration.
    let seats = demo.members.iter().take(settings.phones as usize);
    let seats = seats
        .map(|m| Seat {
            code: m.code.clone(),
            seed: u64::from(m.person.0),
        })
        .collect();
    let joining = watch_crowd(&app, &demo, &settings);
    let crowd = crowd::gather(&format!("127.0.0.1:{}", local.port()), seats);
    app.serve(listener, stop_signal()).await?;
    drop((crowd, joining));
    Ok(())
}

/// A bar of the simulated members who have joined, until all are there. It ends with the program.
fn watch_crowd(app: &App, demo: &Demo, settings: &settings::Demo) -> JoinSet<()> {
    let mut watching = JoinSet::new();
    let phones = settings.phones as usize;
    if let (Some(case), false) = (app.outer.registry.get(demo.appraisal), settings.json || phones == 0) {
        let bar = banner::bar("模拟委员进入 simulated members joining");
        bar.set_length(phones as u64);
        watching.spawn(async move {
            loop {
                let here = case.surroundings().connected.len();
                bar.set_position(here as u64);
                if here >= phones {
                    return bar.finish_and_clear();
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        });
    }
    watching
}

/// Fills an empty program with the sample case and opens its sitting. Its ballots are all of one kind,
/// which is settled when the sitting opens.
pub async fn open_sample(app: &App, sample: Sample) -> Result<Demo, CommandError> {
    let outer = &app.outer;
    let account = first_account(app).await?;
    let appraisal = Uuid::new_v4();
    body(app, Actor::Desk { account }, BodyCommand::CreateAppraisal { appraisal }).await?;
    let case = outer
        .registry
        .create(appraisal)
        .await
        .map_err(|e| CommandError::Sample(format!("{e:?}")))?;
    let desk = Actor::Desk { account };
    order(&case, desk, sample::describe()).await?;
    order(
        &case,
        desk,
        Command::ImportRoster {
            people: sample::roster_of(sample.members),
        },
    )
    .await?;
    for command in sample::subjects() {
        order(&case, desk, command).await?;
    }
    attach_reports(app, &case, desk).await?;
    order(&case, desk, sample::agenda_of(sample.evaluation)).await?;
    order(
        &case,
        desk,
        pingyi_core::rules::built_in::usual_confirmed(sample.secrecy),
    )
    .await?;
    order(&case, desk, sample::settings(sample.secrecy)).await?;
    set_pins(app, &case).await?;
    order(
        &case,
        Actor::Console {
            seat: ConsoleSeat::Chair,
        },
        Command::OpenSitting {},
    )
    .await?;
    app::refresh_door(app, &case).await;
    Ok(links(app, &case, account, sample.members))
}

pub(super) async fn first_account(app: &App) -> Result<u32, CommandError> {
    body(
        app,
        Actor::System {},
        BodyCommand::NameBody {
            name: sample::BODY_NAME.into(),
        },
    )
    .await?;
    match body(
        app,
        Actor::System {},
        BodyCommand::AddAccount {
            name: "办公室".into()
        },
    )
    .await?
    {
        BodyReply::AccountAdded { account, .. } => Ok(account),
        BodyReply::Done {} => Err(CommandError::Sample("no account was made".into())),
    }
}

async fn body(app: &App, actor: Actor, command: BodyCommand) -> Result<BodyReply, CommandError> {
    let wish = BodyWish {
        id: Uuid::new_v4(),
        actor,
        command,
    };
    let done = app.outer.body.submit(wish, app.outer.clock.now_ms()).await;
    let reply = done.map_err(|e| CommandError::Sample(e.to_string()))?;
    reply.map_err(|e| CommandError::Sample(e.to_string()))
}

pub(super) async fn order(case: &CaseHandle, actor: Actor, command: Command) -> Result<(), CommandError> {
    match case.submit(Wish::fresh(actor, command)).await {
        Ok(Verdict::Accepted { .. }) => Ok(()),
        Ok(Verdict::Refused { refusal }) => Err(CommandError::Sample(refusal.to_string())),
        Err(error) => Err(CommandError::Sample(format!("{error:?}"))),
    }
}

async fn attach_reports(app: &App, case: &CaseHandle, desk: Actor) -> Result<(), CommandError> {
    for report in sample::REPORTS {
        let blobs = app.outer.blobs.clone();
        let stored = tokio::task::spawn_blocking(move || blobs.put(report.text.as_bytes(), BLOB_BYTES_MAX)).await;
        let digest = stored
            .map_err(|e| CommandError::Sample(e.to_string()))?
            .map_err(app::AppError::from)?;
        let attach = Command::AttachDocument {
            subject: report.subject,
            digest: digest.to_string(),
            kind: DocumentKind::Md,
            file_name: report.file_name.into(),
            size_bytes: u32::try_from(report.text.len()).unwrap_or(u32::MAX),
        };
        order(case, desk, attach).await?;
    }
    Ok(())
}

async fn set_pins(app: &App, case: &CaseHandle) -> Result<(), CommandError> {
    let people: Vec<PersonId> = case.look(|c| c.roster.people.keys().copied().collect());
    let (vault, id) = (app.outer.vault.clone(), case.id());
    let set = tokio::task::spawn_blocking(move || {
        let pins = sample::pins();
        let pins: Vec<PinOf> = people
            .iter()
            .zip(&pins)
            .map(|(person, pin)| PinOf { person: person.0, pin })
            .collect();
        vault.set_pins(id, &pins)
    });
    let set = set.await;
    set.map_err(|e| CommandError::Sample(e.to_string()))?
        .map_err(app::AppError::from)?;
    Ok(())
}

fn links(app: &App, case: &CaseHandle, account: u32, members: u32) -> Demo {
    let (base, id, doors) = (app.base(), case.id(), &app.outer.doors);
    let station = |page: &str, station| {
        let generation = app.outer.body.look(|b| b.station_generation(id, station));
        format!(
            "{base}/{page}#k={}",
            doors.links.station_secret(id, station, generation)
        )
    };
    let people: Vec<_> = case.look(|c| {
        c.roster
            .people
            .iter()
            .map(|(id, p)| (*id, p.name.clone(), p.card_generation))
            .collect()
    });
    let member = |((person, name, generation), pin): ((PersonId, String, u32), String)| {
        let code = doors.cards.code(id, person, generation);
        DemoMember {
            person,
            name,
            card: format!("{base}/#c={code}"),
            code,
            pin,
        }
    };
    let members = people
        .into_iter()
        .zip(sample::pins().into_iter().chain(std::iter::repeat(String::new())))
        .filter(|((p, ..), _)| p.0 <= members)
        .map(member)
        .collect();
    Demo {
        desk: format!("{base}/desk#k={}", doors.links.open_demo_desk(account)),
        chair: station("chair", Station::Chair),
        operator: station("chair", Station::Operator),
        projector: station("projector", Station::Projector),
        public: format!("{base}/public?a={id}"),
        hall_code: doors.hall_codes.current(id, app.outer.clock.now_ms()).code,
        appraisal: id,
        members,
        base,
    }
}
