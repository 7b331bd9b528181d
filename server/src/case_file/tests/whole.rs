//! A case with everything that a closed case has around its sitting: documents of every kind and questionnaires. What is
//! in its file, what is not, and that each change of it is found by its name.

use super::parts::Parts;
use super::rig::{CHAIR, DESK, FIRST, Hall};
use crate::answer_box::{Answer, AnswerBox};
use crate::blobs::BlobDigest;
use crate::case_file::{Extent, Fault, SurveyStanding, WriteError, verify};
use crate::limits::BLOB_BYTES_MAX;
use pingyi_core::ballot::Secrecy;
use pingyi_core::command::Command;
use pingyi_core::ids::{GroupId, IssueId, PersonId, QuestionnaireId, SubjectId};
use pingyi_core::investigation::{FileReport, RecordHearing, SetGroup};
use pingyi_core::issues::{AddIssue, ApproveOpinions, DraftOpinions, IssueEntry, Source};
use pingyi_core::ledger::{AddEvidence, FilingEntry, LineEntry, LineState, RemoveEvidence, SetLine};
use pingyi_core::questionnaire::{
    self, Access, AnswerForm, Answering, CountQuestionnaire, Given, SetQuestionnaire, SurveyQuestion,
};
use pingyi_core::subject::{Document, DocumentKind};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

const COUNTED: QuestionnaireId = QuestionnaireId(1);
const OPEN: QuestionnaireId = QuestionnaireId(2);
const UNANSWERED: QuestionnaireId = QuestionnaireId(3);
const ANSWERS: &str = "answers/1.jsonl";
/// In a box that is open.
const NOT_YET: &str = "还没有截止的意见";
const ON: &str = "2024-01-01";

/// Name and content of each document beside the duty report, and what it is in the words of a fault.
const DOCUMENTS: [(&str, DocumentKind, &[u8], &str); 4] = [
    (
        "调查报告.md",
        DocumentKind::Md,
        "# 调查报告".as_bytes(),
        "investigation report",
    ),
    (
        "新校舍.png",
        DocumentKind::Png,
        b"\x89PNG\r\n\x1a\n\xff\x00PK\x05\x06",
        "evidence",
    ),
    (
        "整改方案.txt",
        DocumentKind::Txt,
        "整改方案".as_bytes(),
        "rectification plan",
    ),
    (
        "整改报告.txt",
        DocumentKind::Txt,
        "整改情况报告".as_bytes(),
        "rectification report",
    ),
];

fn stored(hall: &Hall, (file_name, kind, bytes, _): (&str, DocumentKind, &[u8], &str)) -> Document {
    Document {
        digest: hall.blobs.put(bytes, BLOB_BYTES_MAX).unwrap().to_string(),
        kind,
        file_name: file_name.into(),
        size_bytes: u32::try_from(bytes.len()).unwrap(),
    }
}

fn questions() -> Vec<SurveyQuestion> {
    let question = |text: &str, answering, answer| SurveyQuestion {
        text: text.into(),
        answering,
        answer,
    };
    let choices = ["满意", "一般", "不满意"].map(String::from).to_vec();
    vec![
        question("总体评价", Answering::Required, AnswerForm::One { choices }),
        question("意见", Answering::Optional, AnswerForm::Text {}),
    ]
}

fn given(choice: u32, words: &str) -> Vec<Given> {
    let words = match words {
        "" => Given::Nothing {},
        text => Given::Text { text: text.into() },
    };
    vec![Given::Choices { choices: vec![choice] }, words]
}

/// Puts answers into the questionnaire's real box, each from another slip.
fn answer(hall: &Hall, questionnaire: QuestionnaireId, answers: &[Vec<Given>]) {
    let fails = Arc::new(|reason: &str| panic!("{reason}"));
    let (open, _) = AnswerBox::open(hall.folder.path(), hall.core.id, questionnaire, fails).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for (n, given) in (0_u32..).zip(answers) {
        let secret: [u8; 32] = Sha256::digest(n.to_be_bytes()).into();
        let answer = Answer {
            key: secret[..16].try_into().unwrap(),
            ticket: ticket(n),
            text: serde_json::to_string(given).unwrap(),
        };
        runtime.block_on(open.put(answer)).unwrap();
    }
}

fn ticket(n: u32) -> [u8; 32] {
    Sha256::digest(format!("slip {n}")).into()
}

/// As the program's own office counts.
pub(super) fn count(hall: &Hall, questionnaire: QuestionnaireId, questions: Vec<SurveyQuestion>) -> Command {
    let fails = Arc::new(|reason: &str| panic!("{reason}"));
    let (closed, _) = AnswerBox::open(hall.folder.path(), hall.core.id, questionnaire, fails).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let texts = runtime.block_on(closed.freeze()).unwrap();
    let answers: Vec<Vec<Given>> = texts.iter().map(|t| serde_json::from_str(t).unwrap()).collect();
    Command::CountQuestionnaire(CountQuestionnaire {
        questionnaire,
        answers: u32::try_from(answers.len()).unwrap(),
        counts: questionnaire::count(&questions, answers.iter().map(|a| &a[..])),
        digest: crate::case_file::sha256(texts.join("\n").as_bytes()),
    })
}

fn survey(hall: &mut Hall, title: &str) {
    let set = SetQuestionnaire {
        questionnaire: None,
        group: None,
        title: title.into(),
        intro: String::new(),
        subjects: vec![SubjectId(1)],
        access: Access::Code,
        questions: questions(),
    };
    hall.give(DESK, Command::SetQuestionnaire(set));
    let questionnaire = QuestionnaireId(hall.core.questionnaires.added);
    hall.give(DESK, Command::OpenQuestionnaire { questionnaire });
}

fn investigate(hall: &mut Hall) {
    let group = SetGroup {
        group: None,
        name: "第一组".into(),
        leader: PersonId(1),
        members: vec![PersonId(2)],
        subjects: vec![SubjectId(1)],
    };
    hall.give(DESK, Command::SetGroup(group));
    let report = FileReport {
        group: GroupId(1),
        document: stored(hall, DOCUMENTS[0]),
        summary: "调查情况".into(),
        signed: vec![PersonId(1), PersonId(2)],
    };
    hall.give(DESK, Command::FileReport(report));
    let heard = RecordHearing {
        group: GroupId(1),
        on: ON.into(),
        note: String::new(),
    };
    hall.give(DESK, Command::RecordHearing(heard));
    survey(hall, "教育工作群众问卷");
    let answers = [given(0, "好"), given(2, "食堂太贵"), given(0, ""), given(1, "好")];
    answer(hall, COUNTED, &answers);
    hall.give(DESK, Command::CloseQuestionnaire { questionnaire: COUNTED });
    hall.perform_duties();
    survey(hall, "第二份问卷");
    answer(hall, OPEN, &[given(1, NOT_YET)]);
    survey(hall, "无人作答的问卷");
    hall.give(
        DESK,
        Command::CloseQuestionnaire {
            questionnaire: UNANSWERED,
        },
    );
    hall.perform_duties();
}

fn rectify(hall: &mut Hall) {
    let (subject, issue) = (SubjectId(1), IssueId(1));
    let entry = IssueEntry {
        subject,
        category: hall.core.issues.categories[0].clone(),
        text: "大班额尚未消除".into(),
        sources: vec![Source::InvestigationReport {
            group: GroupId(1),
            place: String::new(),
        }],
    };
    hall.give(DESK, Command::AddIssue(AddIssue { entry }));
    let draft = DraftOpinions {
        subject,
        assessment: "总体较好".into(),
        advice: String::new(),
        demands: String::new(),
        number: String::new(),
    };
    hall.give(DESK, Command::DraftOpinions(draft));
    let approve = ApproveOpinions {
        subject,
        on: ON.into(),
        note: String::new(),
    };
    hall.give(DESK, Command::ApproveOpinions(approve));
    hall.give(DESK, Command::HandOverOpinions { subject, on: ON.into() });
    hall.give(DESK, Command::ReceiveOpinions { subject, on: ON.into() });
    let entry = LineEntry {
        cause: "学位供给跟不上".into(),
        measure: "新增学位600个".into(),
        target: "消除大班额".into(),
        owner: "基教科".into(),
        due_on: "2024-02-29".into(),
        state: LineState::Underway,
    };
    hall.give(DESK, Command::SetLine(SetLine { issue, entry }));
    // Removed again: the record names it, the case no longer holds it.
    let wrong = stored(hall, ("放错的文件.txt", DocumentKind::Txt, "别人的文件".as_bytes(), ""));
    let digest = wrong.digest.clone();
    hall.give(DESK, Command::AddEvidence(AddEvidence { issue, document: wrong }));
    hall.give(DESK, Command::RemoveEvidence(RemoveEvidence { issue, digest }));
    let document = stored(hall, DOCUMENTS[1]);
    hall.give(DESK, Command::AddEvidence(AddEvidence { issue, document }));
    let filing = |document| FilingEntry {
        subject,
        on: String::new(),
        summary: "见附件".into(),
        document: Some(document),
    };
    let (plan, report) = (stored(hall, DOCUMENTS[2]), stored(hall, DOCUMENTS[3]));
    hall.give(DESK, Command::FilePlan(filing(plan)));
    hall.give(DESK, Command::FileRectification(filing(report)));
}

/// A sitting with a secret ballot, the investigation before it and the rectification after it.
pub(super) fn whole_case() -> Hall {
    let mut hall = Hall::new(Secrecy::Secret);
    investigate(&mut hall);
    hall.open(FIRST);
    for person in 1..=4 {
        hall.secret_vote(PersonId(person), FIRST, 1);
    }
    hall.announce(FIRST);
    hall.give(CHAIR, Command::CloseSitting {});
    rectify(&mut hall);
    hall
}

/// The part with the bytes of this document.
fn part_of((_, kind, bytes, _): (&str, DocumentKind, &[u8], &str)) -> String {
    let ending = match kind {
        DocumentKind::Png => "png",
        DocumentKind::Md => "md",
        _ => "txt",
    };
    format!("documents/{}.{ending}", BlobDigest::of(bytes))
}

fn whole() -> Parts {
    Parts::of(&whole_case().file(Extent::Archive))
}

#[track_caller]
fn fault(parts: &Parts) -> Fault {
    verify(&parts.file(), None).expect_err("a changed file was taken")
}

#[test]
fn every_document_and_the_answers_of_closed_questionnaires_are_in_the_archive() {
    let hall = whole_case();
    let mut parts = Parts::of(&hall.file(Extent::Archive));
    for document in DOCUMENTS {
        assert_eq!(parts.bytes(&part_of(document)), document.2, "{}", document.0);
    }
    let duty = format!("documents/{}.txt", BlobDigest::of("述职报告".as_bytes()));
    assert_eq!(parts.text(&duty), "述职报告");
    let lines: Vec<Vec<Given>> = parts
        .text(ANSWERS)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 4);
    for answer in [given(0, "好"), given(2, "食堂太贵"), given(0, ""), given(1, "好")] {
        assert!(lines.contains(&answer), "{answer:?}");
    }
    let report = verify(&parts.file(), None).unwrap();
    let standings: Vec<_> = report.surveys.iter().map(|s| (s.standing, s.answers)).collect();
    let expected = [
        (SurveyStanding::Recounted, 4),
        (SurveyStanding::NotCounted, 0),
        (SurveyStanding::Recounted, 0),
    ];
    assert_eq!(standings, expected);
    assert_eq!(parts.text("answers/3.jsonl"), "", "nobody answered");
    let told = report.to_string();
    for words in [
        "文件 documents     5，原文均在案卷中，逐份核对摘要无误",
        "问卷 questionnaire 1  教育工作群众问卷",
        "答卷 answers 4，已重新计数，与记录一致",
        "未截止或未计数，答卷不在任何文件中",
        "七项核对全部通过",
    ] {
        assert!(told.contains(words), "{words} is not in:\n{told}");
    }
}

#[test]
fn no_file_holds_an_open_box_a_slip_a_key_or_what_the_case_let_go() {
    let hall = whole_case();
    let keys: Vec<Vec<u8>> = (0_u32..4)
        .flat_map(|n| [Sha256::digest(n.to_be_bytes())[..16].to_vec(), ticket(n).to_vec()])
        .collect();
    for extent in [Extent::Archive, Extent::Public] {
        let parts = Parts::of(&hall.file(extent));
        let everything: Vec<u8> = parts.0.iter().flat_map(|(_, bytes)| bytes.clone()).collect();
        let holds = |needle: &[u8]| everything.windows(needle.len()).any(|w| w == needle);
        assert!(holds("2026年述职评议".as_bytes()), "the search finds what is there");
        for secret in &keys {
            assert!(!holds(secret) && !holds(crate::secrecy::encoding::to_hex(secret).as_bytes()));
        }
        assert!(!holds(NOT_YET.as_bytes()) && !parts.names().contains(&"answers/2.jsonl"));
        assert!(!holds("别人的文件".as_bytes()), "evidence that was taken back");
        if extent == Extent::Public {
            assert!(
                parts
                    .names()
                    .iter()
                    .all(|n| !n.starts_with("answers/") && !n.starts_with("documents/"))
            );
            assert!(!holds("食堂太贵".as_bytes()) && !holds("新校舍.png".as_bytes()));
            verify(&parts.file(), None).unwrap();
        }
    }
}

#[test]
fn answers_stand_sorted_whatever_came_first() {
    let lines = |answers: &[Vec<Given>]| {
        let mut hall = Hall::new(Secrecy::Named);
        survey(&mut hall, "问卷");
        answer(&hall, COUNTED, answers);
        hall.give(DESK, Command::CloseQuestionnaire { questionnaire: COUNTED });
        hall.perform_duties();
        Parts::of(&hall.file(Extent::Archive)).text(ANSWERS)
    };
    let came = [given(1, "乙"), given(0, "甲"), given(2, "")];
    let mut otherwise = came.clone();
    otherwise.reverse();
    assert_eq!(lines(&came), lines(&otherwise));
}

/// A changed byte, and the same by a forger who writes the manifest anew.
#[test]
fn a_changed_document_is_named() {
    for document in DOCUMENTS {
        let (name, mut parts) = (part_of(document), whole());
        *parts.bytes(&name).last_mut().unwrap() ^= 1;
        for parts in [Parts(parts.0.clone()), parts.resealed()] {
            let fault = fault(&parts);
            assert!(matches!(fault, Fault::DocumentOther { .. }), "{fault:?}");
            let told = fault.to_string();
            assert!(told.contains(document.0) && told.contains(document.3), "{told}");
        }
        let fault = fault(&whole().without(&name).resealed());
        let told = fault.to_string();
        assert!(matches!(fault, Fault::DocumentMissing { .. }), "{fault:?}");
        assert!(told.contains(document.0) && told.contains(document.3), "{told}");
    }
    let mut more = whole();
    more.0.push((format!("documents/{}.txt", "0".repeat(64)), Vec::new()));
    assert!(matches!(fault(&more.resealed()), Fault::PartUnexpected { .. }));
    let mut swapped = whole();
    let last = swapped.0.len() - 1;
    swapped.0.swap(last, last - 1);
    assert!(matches!(fault(&swapped.resealed()), Fault::PartOrder { .. }));
}

#[test]
fn a_document_damaged_on_the_disk_is_named_and_not_the_container() {
    let file = whole_case().file(Extent::Archive);
    let needle = "整改情况报告".as_bytes();
    let at = file.windows(needle.len()).rposition(|w| w == needle).unwrap();
    let mut changed = file.clone();
    changed[at] ^= 1;
    let fault = verify(&changed, None).unwrap_err();
    assert!(fault.to_string().contains("整改报告.txt"), "{fault}");
}

#[test]
fn changed_answers_are_found_whoever_computed_what_anew() {
    let edit = |from: &str, to: &str| whole().edited(ANSWERS, |t| t.replacen(from, to, 1));
    let fault = |parts: &Parts| fault(parts);
    let changed = edit("食堂太贵", "食堂很好");
    assert!(matches!(fault(&changed), Fault::PartDiffers { name } if name == ANSWERS));
    let resealed = changed.resealed();
    assert!(matches!(
        fault(&resealed),
        Fault::AnswersOther { questionnaire: COUNTED }
    ));
    assert!(fault(&resealed).to_string().contains("问卷 questionnaire 1"));
    let without = whole().without(ANSWERS).resealed();
    assert!(matches!(
        fault(&without),
        Fault::AnswersMissing { questionnaire: COUNTED }
    ));
    let mut opened = whole();
    let at = opened.names().iter().position(|n| *n == ANSWERS).unwrap();
    opened.0.insert(at + 1, ("answers/2.jsonl".into(), Vec::new()));
    assert!(matches!(fault(&opened.resealed()), Fault::PartUnexpected { name } if name == "answers/2.jsonl"));

    // Who makes the record's digest anew as well is stopped by the counts, the questions and the order.
    let recorded = |text: String| {
        let digest = |text: &str| crate::case_file::sha256(text.as_bytes());
        let (before, now) = (digest(&whole().text(ANSWERS)), digest(&text));
        let parts = whole().edited(ANSWERS, |_| text);
        parts.lines(|lines| {
            let line = lines
                .iter_mut()
                .find(|l| l.data.as_ref().is_some_and(|d| d.contains(&before)));
            let data = line.expect("the count's record").data.as_mut().unwrap();
            *data = data.replace(&before, &now);
        })
    };
    let text = whole().text(ANSWERS);
    let swung = recorded(text.replacen("[2]", "[1]", 1)).rechained();
    assert!(matches!(fault(&swung), Fault::AnswersCount { questionnaire: COUNTED }));
    let (first, rest) = text.split_once('\n').unwrap();
    let shorter = recorded(rest.to_owned()).rechained();
    assert!(matches!(
        fault(&shorter),
        Fault::AnswersCount { questionnaire: COUNTED }
    ));
    let moved = recorded(format!("{rest}\n{first}")).rechained();
    assert!(matches!(fault(&moved), Fault::AnswersOrder { questionnaire: COUNTED }));
    let unfit = recorded(text.replacen("[2]", "[7]", 1)).rechained();
    assert!(matches!(
        fault(&unfit),
        Fault::AnswerUnfit {
            questionnaire: COUNTED,
            ..
        }
    ));
}

#[test]
fn a_case_that_is_not_whole_on_this_machine_is_not_exported_and_the_lack_is_named() {
    let hall = whole_case();
    let conn = rusqlite::Connection::open(hall.folder.path().join("blobs.db")).unwrap();
    let digest = BlobDigest::of(DOCUMENTS[2].2);
    conn.execute("UPDATE blobs SET data = x'00' WHERE digest = ?1", [digest.0])
        .unwrap();
    let damaged = hall.try_file(Extent::Archive).unwrap_err();
    assert!(matches!(&damaged, WriteError::DocumentLost { document, .. } if document.contains("整改方案.txt")));
    conn.execute("DELETE FROM blobs WHERE digest = ?1", [digest.0]).unwrap();
    let lost = hall.try_file(Extent::Archive).unwrap_err();
    assert!(lost.to_string().contains("整改方案.txt"), "{lost}");
    hall.file(Extent::Public);

    let hall = whole_case();
    let answers = hall.folder.path().join(format!("answers/{}-1.db", hall.core.id));
    std::fs::remove_file(answers).unwrap();
    let lost = hall.try_file(Extent::Archive).unwrap_err();
    assert!(
        matches!(&lost, WriteError::AnswersLost { title } if title == "教育工作群众问卷"),
        "{lost}"
    );
}
