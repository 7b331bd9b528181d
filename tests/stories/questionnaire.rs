//! The investigation's questionnaire: asked by the desk, answered without names by whoever scans it or holds a slip,
//! each counted once, also over a kill; and what is left behind tells nobody's answer.

use pingyi::app::App;
use pingyi::case_file::{SurveyStanding, verify};
use pingyi::clock::Clock;
use pingyi::commands::open_sample;
use pingyi::conductor::{CaseHandle, Wish};
use pingyi::protocol::call::{Export, ExportExtent, Exported};
use pingyi::protocol::survey::AnswerRefusal as R;
use pingyi::protocol::survey::{MakeSlips, SendAnswer, Slips, SurveyForm, SurveyWords};
use pingyi::protocol::{Problem, Verdict};
use pingyi::rehearsal::call::Method;
use pingyi::rehearsal::{CallError, get, post, send};
use pingyi::sample::Sample;
use pingyi_core::command::Command;
use pingyi_core::ids::{QuestionnaireId, SubjectId};
use pingyi_core::questionnaire::{
    Access, AnswerForm, Answering, Given, QuestionCount, QuestionnaireState, SetQuestionnaire, SurveyQuestion,
};
use pingyi_core::stamp::Actor;
use pingyi_core::views::QuestionnaireView;
use pingyi_tests::folder;
use pingyi_tests::hall::{Hall, done};
use pingyi_tests::program::{Program, free_port};
use serde_json::Value;
use std::io::{Cursor, Read as _};
use std::path::Path;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpSocket;
use uuid::Uuid;

const FIRST: QuestionnaireId = QuestionnaireId(1);

fn asked(access: Access) -> Command {
    let question = |text: &str, answering, answer| SurveyQuestion {
        text: text.into(),
        answering,
        answer,
    };
    let choices = ["满意", "一般", "不满意"].map(String::from).to_vec();
    let scale = AnswerForm::Scale {
        from: 1,
        to: 5,
        from_label: "差".into(),
        to_label: "好".into(),
    };
    Command::SetQuestionnaire(SetQuestionnaire {
        questionnaire: None,
        group: None,
        title: "教育工作群众问卷".into(),
        intro: "不记姓名".into(),
        subjects: vec![SubjectId(1)],
        access,
        questions: vec![
            question("总体是否满意？", Answering::Required, AnswerForm::One { choices }),
            question("打几分？", Answering::Optional, scale),
            question("还有什么意见？", Answering::Optional, AnswerForm::Text {}),
        ],
    })
}

/// The person's choice, points and words. Who it is shows only in what the page draws at random for it.
fn answer(appraisal: Uuid, person: u32, choice: u32, points: u32, text: &str) -> SendAnswer {
    SendAnswer {
        appraisal,
        questionnaire: FIRST.0,
        key: format!("{:032x}", u128::from(person) + 0xABCD_0000_0000_1000),
        code: None,
        device: Some(format!("mark-of-device-{person:04}")),
        given: vec![
            Given::Choices { choices: vec![choice] },
            Given::Value { value: points },
            Given::Text { text: text.into() },
        ],
    }
}

async fn put(host: &str, answer: &SendAnswer) -> Result<(), R> {
    put_as(host, None, answer).await
}

async fn put_as(host: &str, bearer: Option<&str>, answer: &SendAnswer) -> Result<(), R> {
    match post::<Value>(host, "/api/answer", bearer, answer).await {
        Ok(_) => Ok(()),
        Err(CallError::Problem {
            status: 409,
            problem: Problem::AnswerRefused { reason, .. },
        }) => Err(reason),
        Err(other) => panic!("{other}"),
    }
}

fn seen(view: &QuestionnaireView) -> (u32, usize, QuestionnaireState) {
    (view.answers, view.counts.len(), view.state)
}

#[tokio::test]
async fn whoever_scans_it_answers_once_a_device_and_the_count_is_of_what_was_answered() {
    let hall = Hall::open().await;
    let (host, appraisal) = (hall.host.clone(), hall.demo.appraisal);
    let mut desk = hall.desk().await;
    let bearer = desk.hello.bearer.clone().unwrap();
    let public = format!("/api/public/{appraisal}/questionnaires/1");
    done(&mut desk, asked(Access::Open)).await;
    let draft = get::<SurveyForm>(&host, &public, None).await;
    assert!(
        matches!(draft, Err(CallError::Problem { status: 404, .. })),
        "a draft is shown to nobody"
    );
    let one = answer(appraisal, 1, 0, 5, "多建几所学校");
    assert_eq!(put(&host, &one).await, Err(R::NotOpen));

    done(&mut desk, Command::OpenQuestionnaire { questionnaire: FIRST }).await;
    let form: SurveyForm = get(&host, &public, None).await.unwrap();
    assert_eq!((form.questions.len(), form.subjects.len()), (3, 1));
    assert_eq!(
        put_as(&host, Some(&bearer), &one).await,
        Err(R::LoginWithAnswer),
        "who says who they are is not heard"
    );
    put(&host, &one).await.unwrap();
    put(&host, &one).await.unwrap();
    let again = SendAnswer {
        device: one.device.clone(),
        ..answer(appraisal, 77, 2, 1, "")
    };
    assert_eq!(put(&host, &again).await, Err(R::Used));
    let left_out = SendAnswer {
        given: vec![Given::Nothing {}; 3],
        ..answer(appraisal, 9, 0, 1, "")
    };
    assert_eq!(put(&host, &left_out).await, Err(R::Missing));
    for person in 2..=4 {
        let text = if person == 2 { "食堂要便宜些" } else { "" };
        put(&host, &answer(appraisal, person, 2, person, text)).await.unwrap();
    }
    desk.until(|d| {
        d.view::<QuestionnaireView>("questionnaire/1")
            .is_some_and(|v| v.answers >= 3)
    })
    .await
    .unwrap();
    let few: QuestionnaireView = desk.view("questionnaire/1").unwrap();
    assert_eq!(few.counts, [], "among so few the bars would tell who answered what");
    let words = format!("/api/appraisals/{appraisal}/questionnaires/1/words");
    let early = get::<SurveyWords>(&host, &words, Some(&bearer)).await;
    assert!(
        matches!(early, Err(CallError::Problem { status: 404, .. })),
        "a text that has just come in has a time"
    );

    let open = exported(&host, appraisal, &bearer).await;
    assert_eq!(standings(&open), [(SurveyStanding::NotCounted, 0)]);
    let parts = unpacked(&open);
    assert!(
        parts
            .iter()
            .all(|(name, bytes)| !name.starts_with("answers/") && !holds(bytes, "食堂要便宜些"))
    );

    done(&mut desk, Command::CloseQuestionnaire { questionnaire: FIRST }).await;
    assert_eq!(
        put(&host, &answer(appraisal, 20, 0, 1, "")).await,
        Err(R::Closed),
        "too late"
    );
    let counted = |v: QuestionnaireView| !v.digest.is_empty();
    desk.until(|d| d.view("questionnaire/1").is_some_and(counted))
        .await
        .unwrap();
    let view: QuestionnaireView = desk.view("questionnaire/1").unwrap();
    assert_eq!(seen(&view), (4, 3, QuestionnaireState::Closed));
    let count = |answered, counts: &[u32]| QuestionCount {
        answered,
        counts: counts.to_vec(),
    };
    assert_eq!(
        view.counts,
        [count(4, &[1, 0, 3]), count(4, &[0, 1, 1, 1, 1]), count(2, &[])]
    );
    let told: SurveyWords = get(&host, &words, Some(&bearer)).await.unwrap();
    let mut said = told.words[2].clone();
    said.sort();
    assert_eq!(said, ["多建几所学校", "食堂要便宜些"]);
    let nobody = get::<SurveyWords>(&host, &words, None).await;
    assert!(matches!(nobody, Err(CallError::Problem { status: 401, .. })));
    let results = format!("/api/appraisals/{appraisal}/questionnaires/1/results");
    for (form, begins) in [("csv", "\u{FEFF}题号".as_bytes()), ("xlsx", b"PK"), ("json", b"{")] {
        let path = format!("{results}/{form}");
        let (status, bytes) = send(&host, Method::GET, &path, Some(&bearer), None).await.unwrap();
        assert!(status.is_success() && bytes.starts_with(begins), "{form}");
    }
    let closed = exported(&host, appraisal, &bearer).await;
    assert_eq!(standings(&closed), [(SurveyStanding::Recounted, 4)]);
    let parts = unpacked(&closed);
    let with_the_words = parts.iter().filter(|(_, bytes)| holds(bytes, "食堂要便宜些"));
    let with_the_words: Vec<_> = with_the_words.map(|(name, _)| name.as_str()).collect();
    assert_eq!(with_the_words, ["answers/1.jsonl"]);
    let marks = [one.key.as_str(), one.device.as_deref().unwrap()];
    assert!(
        parts
            .iter()
            .all(|(_, bytes)| marks.iter().all(|mark| !holds(bytes, mark)))
    );
}

/// The case file as the office gets it from the running program.
async fn exported(host: &str, appraisal: Uuid, bearer: &str) -> Vec<u8> {
    let extent = ExportExtent::Archive;
    let path = format!("/api/appraisals/{appraisal}/export");
    let made: Exported = post(host, &path, Some(bearer), &Export { extent }).await.unwrap();
    let (status, file) = send(host, Method::GET, &made.url, None, None).await.unwrap();
    assert_eq!((status.as_u16(), file.len() as u64), (200, made.size_bytes));
    file.to_vec()
}

fn standings(file: &[u8]) -> Vec<(SurveyStanding, u32)> {
    let report = verify(file, None).unwrap();
    assert!(
        report.documents_whole && report.documents == 4,
        "the reports of the sample case"
    );
    report.surveys.iter().map(|s| (s.standing, s.answers)).collect()
}

fn unpacked(file: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let places = 0..zip.len();
    let part = |place| {
        let (mut part, mut bytes) = (zip.by_index(place).unwrap(), Vec::new());
        part.read_to_end(&mut bytes).unwrap();
        (part.name().unwrap().into_owned(), bytes)
    };
    places.map(part).collect()
}

/// The desk without a socket.
async fn order(case: &CaseHandle, command: Command) {
    let wish = Wish {
        id: Uuid::new_v4(),
        actor: Actor::Desk { account: 1 },
        command,
        expects: None,
        device: None,
    };
    let verdict = case.submit(wish).await.unwrap();
    assert!(matches!(verdict, Verdict::Accepted { .. }), "{verdict:?}");
}

#[tokio::test]
async fn a_slip_answers_strictly_once_and_unknown_codes_not_at_all() {
    let hall = Hall::open().await;
    let (host, appraisal) = (hall.host.clone(), hall.demo.appraisal);
    let mut desk = hall.desk().await;
    let bearer = desk.hello.bearer.clone().unwrap();
    done(&mut desk, asked(Access::Code)).await;
    done(&mut desk, Command::OpenQuestionnaire { questionnaire: FIRST }).await;
    let path = format!("/api/appraisals/{appraisal}/questionnaires/1/slips");
    let slips: Slips = post(&host, &path, Some(&bearer), &MakeSlips { slips: 2 })
        .await
        .unwrap();
    let [first, second] = &slips.slips[..] else {
        panic!("two slips");
    };
    assert_ne!(first.code, second.code);
    let with = |code: &str, person| SendAnswer {
        code: Some(code.into()),
        device: None,
        ..answer(appraisal, person, 1, 3, "")
    };
    assert_eq!(put(&host, &with("0000-0000-0000", 1)).await, Err(R::UnknownCode));
    assert_eq!(
        put(&host, &answer(appraisal, 1, 1, 1, "")).await,
        Err(R::UnknownCode),
        "without a slip nobody answers"
    );
    put(&host, &with(&first.code, 1)).await.unwrap();
    put(&host, &with(&first.code.to_lowercase().replace('-', ""), 1))
        .await
        .expect("a repeat, as typed");
    assert_eq!(put(&host, &with(&first.code, 2)).await, Err(R::Used));
    put(&host, &with(&second.code, 2)).await.unwrap();
    done(&mut desk, Command::CloseQuestionnaire { questionnaire: FIRST }).await;
    let counted = |v: QuestionnaireView| !v.digest.is_empty();
    desk.until(|d| d.view("questionnaire/1").is_some_and(counted))
        .await
        .unwrap();
    assert_eq!(desk.view::<QuestionnaireView>("questionnaire/1").unwrap().answers, 2);
}

/// Answers from an address of its own. The status of the answer.
async fn from_address(address: &str, host: &str, answer: &SendAnswer) -> u16 {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(format!("{address}:0").parse().unwrap()).unwrap();
    let mut stream = socket.connect(host.parse().unwrap()).await.unwrap();
    let body = serde_json::to_string(answer).unwrap();
    let head = format!(
        "POST /api/answer HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all((head + &body).as_bytes()).await.unwrap();
    let mut told = String::new();
    stream.read_to_string(&mut told).await.unwrap();
    told.split(' ').nth(1).unwrap().parse().unwrap()
}

/// All files below the folder, by name.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
    found
}

fn holds(bytes: &[u8], part: &str) -> bool {
    bytes.windows(part.len()).any(|window| window == part.as_bytes())
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn nothing_that_is_left_links_an_answer_and_a_kill_neither_loses_nor_doubles_one() {
    let data = tempfile::tempdir().unwrap();
    let port = free_port();
    let address = format!("http://127.0.0.1:{port}");
    let open = async || {
        App::open(data.path(), port, Some(&address), Clock::default())
            .await
            .unwrap()
    };
    let app = open().await;
    let appraisal = open_sample(&app, Sample::default()).await.unwrap().appraisal;
    let case = app.outer.registry.get(appraisal).unwrap();
    order(&case, asked(Access::Open)).await;
    order(&case, Command::OpenQuestionnaire { questionnaire: FIRST }).await;
    app.outer.registry.stop().await;
    app.journal.close().await;
    drop((app, case));

    let logs = tempfile::tempdir().unwrap();
    let log = logs.path().join("log.txt");
    let program = Program::serve_logging(data.path(), port, "trace", std::fs::File::create(&log).unwrap().into()).await;
    let text = |person: u32| format!("第{person}位群众的话");
    let answers: Vec<_> = (1..=5).map(|n| answer(appraisal, n, n % 3, n, &text(n))).collect();
    for (n, answer) in (1..).zip(&answers) {
        assert_eq!(from_address(&format!("127.0.7.{n}"), &program.host, answer).await, 200);
    }
    program.kill().await;

    let taken = tempfile::tempdir().unwrap();
    folder::copy(data.path(), taken.path());
    let mut left = files(taken.path());
    left.extend(files(logs.path()));
    let boxes = |name: &str| name.contains("/answers/");
    let held = |part: &str| -> Vec<&str> {
        let with = left.iter().filter(|(_, bytes)| holds(bytes, part));
        with.map(|(name, _)| name.as_str()).collect()
    };
    for (n, answer) in (1..).zip(&answers) {
        let mark = answer.device.as_deref().unwrap();
        for who in [mark, &format!("127.0.7.{n}"), &answer.key] {
            assert_eq!(held(who), Vec::<&str>::new(), "{who} is kept");
        }
        let said = held(&text(n));
        assert!(said.len() == 1 && boxes(said[0]), "{said:?}");
    }
    assert!(held("case opened").len() == 1, "the log is written");

    let app = open().await;
    let case = app.outer.registry.get(appraisal).unwrap();
    let office = &app.outer.office.answers;
    order(&case, Command::CloseQuestionnaire { questionnaire: FIRST }).await;
    let counted = || case.look(|c| c.questionnaires.all[&FIRST].result.clone());
    while counted().is_none() {
        tokio::task::yield_now().await;
    }
    let of = pingyi::answer_office::Of {
        appraisal,
        questionnaire: FIRST,
    };
    let questions = case.look(|c| c.questionnaires.all[&FIRST].questions.clone());
    let mut words = office.words(of, &questions).await.unwrap()[2].clone();
    words.sort();
    assert_eq!(counted().unwrap().answers, 5);
    assert_eq!(words, (1..=5).map(text).collect::<Vec<_>>());
    app.outer.registry.stop().await;
    app.journal.close().await;
}
