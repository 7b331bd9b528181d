//! `pingyi demo`: a hall with the sample case in a temporary folder, and simulated members if asked. Around the sitting
//! is the investigation before it, and beside it last year's case, unless only the hall is wanted.

mod course;
mod evaluation;

pub use course::Hands;

use super::{CommandError, banner, start_log, stop_signal};
use crate::app::{self, App};
use crate::body::BodyWish;
use crate::conductor::{CaseHandle, Wish};
use crate::doors::Station;
use crate::limits::BLOB_BYTES_MAX;
use crate::protocol::Verdict;
use crate::rehearsal::crowd::{self, Seat};
use crate::sample::whole::{Days, Scene, before_the_sitting, earlier_case, first_day};
use crate::sample::{self, Evaluation, Sample};
use crate::settings;
use crate::vault::PinOf;
use course::Course;
use pingyi_core::body::{BodyCommand, BodyReply};
use pingyi_core::command::Command;
use pingyi_core::ids::PersonId;
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
    /// Last year's case; none if only the hall was wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earlier: Option<EarlierCase>,
}

/// Last year's case, in the middle of its rectification.
#[derive(Clone, Debug, Serialize)]
pub struct EarlierCase {
    pub appraisal: Uuid,
    pub public: String,
    /// The page of an officer who is late, signed in.
    pub subject: String,
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
    let (clock, hands) = Hands::new();
    let address = settings.network.address.as_deref();
    let app = App::open(folder.path(), local.port(), address, clock).await?;
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
    let demo = if settings.bare {
        open_sample(&app, sample).await?
    } else {
        open_whole(&app, &hands, sample).await?
    };
    if settings.json {
        println!(
            "{}",
            serde_json::to_string(&demo).map_err(|e| CommandError::Sample(e.to_string()))?
        );
    } else {
        let me = demo.members.last().map(|m| m.card.clone()).unwrap_or_default();
        let mut lines = vec![
            ("大屏 projector", demo.projector.as_str()),
            ("主持 chair", demo.chair.as_str()),
            ("副控台 operator", demo.operator.as_str()),
            ("办公室 desk", demo.desk.as_str()),
            ("公开页 public", demo.public.as_str()),
            ("一位委员 a member", me.as_str()),
        ];
        if let Some(earlier) = &demo.earlier {
            lines.push(("去年的公开页 last year, public", earlier.public.as_str()));
            lines.push(("去年的述职人 last year, an officer", earlier.subject.as_str()));
        }
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
    let account = first_account(app).await?;
    let case = new_case(app, account).await?;
    prepare(app, &case, account, sample, sample::describe()).await?;
    open(app, &case).await?;
    Ok(links(app, &case, account, sample.members))
}

/// The same at the end of an investigation, with last year's case beside it. The program's clock must be the one that
/// these hands move; in the end it is the machine's again.
pub async fn open_whole(app: &App, hands: &Hands, sample: Sample) -> Result<Demo, CommandError> {
    let days = Days::of(hands.today_ms());
    let at = |scene: &Scene| days.at(scene.days_ago, scene.hour);
    course::store_texts(app).await?;
    let (before, meanwhile): (Vec<_>, Vec<_>) = earlier_case(days).into_iter().partition(|s| s.days_ago > first_day(0));
    hands.set(before.first().map_or(0, at));
    let account = first_account(app).await?;
    let desk = Actor::Desk { account };
    let mut earlier = Course::new(app, hands, new_case(app, account).await?, desk);
    for scene in before {
        earlier.play(at(&scene), scene.acts).await?;
    }
    hands.set(days.at(first_day(0), 9));
    let case = new_case(app, account).await?;
    prepare(app, &case, account, sample, sample::describe_on(days.ago(0))).await?;
    let mut course = Course::new(app, hands, case.clone(), desk);
    // Both cases live by one clock, which never goes back.
    let here = before_the_sitting(days, sample.members).into_iter().map(|s| (true, s));
    let mut scenes: Vec<_> = here.chain(meanwhile.into_iter().map(|s| (false, s))).collect();
    scenes.sort_by_key(|(_, scene)| at(scene));
    for (here, scene) in scenes {
        let whose = if here { &mut course } else { &mut earlier };
        whose.play(at(&scene), scene.acts).await?;
    }
    hands.release();
    open(app, &case).await?;
    earlier.case.wake().await;
    Ok(Demo {
        earlier: Some(earlier_links(app, &earlier.case)),
        ..links(app, &case, account, sample.members)
    })
}

async fn new_case(app: &App, account: u32) -> Result<CaseHandle, CommandError> {
    let appraisal = Uuid::new_v4();
    body(app, Actor::Desk { account }, BodyCommand::CreateAppraisal { appraisal }).await?;
    let created = app.outer.registry.create(appraisal).await;
    created.map_err(|e| CommandError::Sample(format!("{e:?}")))
}

/// Everything that the sitting needs.
async fn prepare(
    app: &App,
    case: &CaseHandle,
    account: u32,
    sample: Sample,
    describe: Command,
) -> Result<(), CommandError> {
    let desk = Actor::Desk { account };
    let people = sample::roster_of(sample.members);
    order(case, desk, describe).await?;
    order(case, desk, Command::ImportRoster { people }).await?;
    for command in sample::subjects() {
        order(case, desk, command).await?;
    }
    attach_reports(app, case, desk).await?;
    order(case, desk, sample::agenda_of(sample.evaluation)).await?;
    let rule = pingyi_core::rules::built_in::usual_confirmed(sample.secrecy);
    order(case, desk, rule).await?;
    order(case, desk, sample::settings(sample.secrecy)).await?;
    set_pins(app, case).await
}

async fn open(app: &App, case: &CaseHandle) -> Result<(), CommandError> {
    order(case, course::CHAIR, Command::OpenSitting {}).await?;
    app::refresh_door(app, case).await;
    Ok(())
}

/// Of the subject whose rectification is late.
fn earlier_links(app: &App, case: &CaseHandle) -> EarlierCase {
    let (base, id) = (app.base(), case.id());
    let officer = case.look(|c| {
        let late = c.subjects.get(&sample::whole::LATE).and_then(|s| s.person)?;
        Some((late, c.roster.people.get(&late)?.card_generation))
    });
    let code = officer.map(|(person, generation)| app.outer.doors.cards.code(id, person, generation));
    EarlierCase {
        appraisal: id,
        public: format!("{base}/public?a={id}"),
        subject: format!("{base}/subject#c={}", code.unwrap_or_default()),
    }
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
    accepted(case, Wish::fresh(actor, command)).await
}

/// What is not taken ends the demonstration, and says at which order.
async fn accepted(case: &CaseHandle, wish: Wish) -> Result<(), CommandError> {
    let named = record_name(&wish.command);
    match case.submit(wish).await {
        Ok(Verdict::Accepted { .. }) => Ok(()),
        Ok(Verdict::Refused { refusal }) => Err(CommandError::Sample(format!("{named}: {refusal}"))),
        Err(error) => Err(CommandError::Sample(format!("{named}: {error:?}"))),
    }
}

/// As in the journal: `vote.cast/1`.
fn record_name(command: &Command) -> String {
    let written = serde_json::to_value(command).unwrap_or_default();
    written["type"].as_str().unwrap_or_default().to_owned()
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
        earlier: None,
        base,
    }
}
