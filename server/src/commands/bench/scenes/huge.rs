//! One case with very many questions, subjects and members: what it costs to bring every audience up to date after one
//! change, and what a phone that joins is given.

use super::super::contender::{Name, Running};
use super::super::hall::{Hall, WITHIN, frame};
use super::super::pass::cpu_each;
use super::super::report::{Goal, Scene, number};
use super::super::{BenchError, Stage};
use pingyi_core::ballot::Secrecy;
use pingyi_core::command::{AgendaEntry, Command, SubjectEntry};
use pingyi_core::ids::{QuestionId, SubjectId};
use pingyi_core::inquiry::Visibility;
use pingyi_core::sitting::ItemKind;
use pingyi_core::subject::ReportForm;
use pingyi_core::views::Audience;
use std::time::Duration;
use uuid::Uuid;

const MEMBERS: usize = 3_000;
const SUBJECTS: u32 = 20;
const QUESTIONS: usize = 1_000;
/// Changes of a kind, each told by itself.
const CHANGES: usize = 30;
/// Longer than changes are gathered for.
const APART: Duration = Duration::from_millis(300);
/// Phones that listen: each audience's rendering is measured, not the sending to a hall.
const LISTENERS: usize = 40;

pub(in super::super) fn play(stage: &Stage<'_>) -> Result<Vec<Scene>, BenchError> {
    let mut hall = Hall::prepare_with(MEMBERS, Secrecy::Named, matter())?;
    let process = hall.serve()?;
    hall.sign_in(&process)?;
    drop(process);
    let mut running = Running::start(Name::Pingyi, &stage.baselines, &hall, MEMBERS)?;
    running.convene()?;
    running
        .crowd
        .storm(&(0..QUESTIONS).map(ask).collect::<Vec<_>>(), WITHIN)?;
    running.crowd.storm(&hall.votes(1, 1), WITHIN)?;
    drop(running);
    let mut running = Running::over(&hall, hall.serve()?, LISTENERS)?;
    running.join_all()?;
    let bytes = running.crowd.heard.bytes as f64 / LISTENERS as f64;
    stage.bar.set_length((KINDS.len() * CHANGES) as u64);
    let mut ticks = Vec::new();
    for (name, kind) in KINDS {
        let before = running.process.cpu_us();
        for n in 0..CHANGES {
            kind(&mut running, &hall, n)?;
            running.crowd.listen(APART)?;
            stage.bar.inc(1);
        }
        let each = (CHANGES * Audience::ALL.len()) as f64;
        ticks.extend(cpu_each(before, running.process.cpu_us(), each).map(|us| (name, us / 1e3)));
    }
    let each: Vec<_> = ticks
        .iter()
        .map(|(name, ms)| format!("{name} {}", number(*ms)))
        .collect();
    let worst = ticks.iter().map(|(_, ms)| *ms).fold(0.0, f64::max);
    let detail = format!(
        "{MEMBERS} members, {SUBJECTS} subjects, {QUESTIONS} questions; all of the server's CPU: {}",
        each.join(", ")
    );
    let goals = [Goal::AtMost(5.0)];
    let publish = Scene::new("huge case, CPU of a change for an audience", QUESTIONS, worst, "ms");
    let snapshot = Scene::new(
        "huge case, what a joining phone is given",
        QUESTIONS,
        bytes / 1024.0,
        "KiB",
    );
    Ok(vec![publish.goals(&goals).detail(detail), snapshot])
}

type Kind = fn(&mut Running<'_>, &Hall, usize) -> Result<(), BenchError>;

const KINDS: [(&str, Kind); 4] = [
    ("supporting a question", |running, _, n| {
        let question = QuestionId(u32::try_from(n + LISTENERS + 3).unwrap_or(1));
        give(running, n, Command::SupportQuestion { question })
    }),
    ("asking one", |running, _, n| running.crowd.say(n, &ask(QUESTIONS + n))),
    ("the chair's tap", |running, _, _| running.tap()),
    ("voting", |running, hall, n| {
        let choice = u32::try_from(n % 2 + 2).unwrap_or(2);
        running.crowd.say(n, &hall.vote(n, 1, choice))
    }),
];

fn give(running: &mut Running<'_>, phone: usize, command: Command) -> Result<(), BenchError> {
    running.crowd.say(phone, &frame(Uuid::new_v4(), command))
}

fn ask(n: usize) -> Vec<u8> {
    let subject = u32::try_from(n).unwrap_or(0) % SUBJECTS + 1;
    let ask = Command::AskQuestion {
        subject: Some(SubjectId(subject)),
        visibility: Visibility::Named,
        text: format!("第{n}问：乡镇教师编制空缺较多，下一步如何补充和稳定教师队伍？"),
    };
    frame(Uuid::new_v4(), ask)
}

/// The subjects, and an agenda on which each reports and is evaluated.
fn matter() -> Vec<Command> {
    let subject = |n: u32| Command::AddSubject {
        subject: SubjectEntry {
            officer: String::new(),
            post: "局长".into(),
            unit: format!("第{n}部门"),
            report: ReportForm::Oral,
        },
    };
    let item = |kind, word: &str, n: u32| AgendaEntry {
        kind,
        title: format!("{word}：第{n}部门"),
        subject: Some(SubjectId(n)),
        subjects: Vec::new(),
    };
    let items = (1..=SUBJECTS).flat_map(|n| {
        [
            item(ItemKind::Report, "述职", n),
            item(ItemKind::Evaluation, "民主测评", n),
        ]
    });
    let agenda = Command::SetAgenda { items: items.collect() };
    (1..=SUBJECTS).map(subject).chain([agenda]).collect()
}
