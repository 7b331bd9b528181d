//! The sitting's course for its minutes (会议纪要): the events that a reader months later wants, each as a sentence.

use super::{agenda, dates, people};
use crate::documents::official::Fields;
use pingyi_core::Appraisal;
use pingyi_core::ids::{BallotId, ItemId, LotId};
use pingyi_core::minutes::Event;
use pingyi_core::stages::lots::LotPurpose;

pub(super) fn course(case: &Appraisal, fields: Fields) -> Fields {
    // Of this sitting only: the minutes run on over all sittings of the case.
    let from = case.past.last().map_or(0, |past| past.sitting.closed_at + 1);
    let lines = case.minutes.lines.iter().filter(|line| line.at >= from);
    let lines = lines.filter_map(|line| {
        let said = sentence(case, &line.what)?;
        Some(Fields::default().text("时间", dates::time(line.at)).text("事项", said))
    });
    fields
        .text("开会时间", dates::moment(case.sitting.opened_at))
        .text("散会时间", dates::moment(case.sitting.closed_at))
        .list("过程", lines)
}

/// None for what only the hall's helpers needed to know.
fn sentence(case: &Appraisal, event: &Event) -> Option<String> {
    let unit = |ballot: &BallotId| {
        let subject = case.ballots.get(ballot).map(|b| b.subject);
        subject.map_or_else(String::new, |s| people::name(case, s))
    };
    let agendas = || {
        case.past
            .iter()
            .map(|p| &p.sitting)
            .chain([&case.sitting])
            .map(|s| &s.agenda)
    };
    let item = |item: &ItemId| agendas().find_map(|a| a.get(item)).map_or("", |i| i.title.as_str());
    Some(match event {
        Event::SittingOpened { due } => format!("宣布开会，应到{due}人。"),
        Event::QuorumReached { present, due } => format!("实到{present}人，超过应到{due}人的半数，符合法定人数。"),
        Event::QuorumLost { present, due } => format!("实到{present}人，不超过应到{due}人的半数。"),
        Event::ItemBegan { item: id } => format!("进行议程：{}。", item(id)),
        Event::QuestionDeferred { question, due_on } => {
            let name = agenda::question_name(case, *question);
            format!("{name}，承诺于{}前书面答复。", dates::written(due_on))
        }
        Event::BallotOpened { ballot, round } if *round > 1 => {
            format!("对{}的测评重新开始，为第{round}轮。", unit(ballot))
        }
        Event::BallotOpened { ballot, .. } => format!("对{}的测评开始。", unit(ballot)),
        Event::BallotClosed { ballot, returned, .. } => {
            format!("对{}的测评截止，收回{returned}张。", unit(ballot))
        }
        Event::BallotAnnounced { ballot, .. } => format!("公布对{}的测评结果。", unit(ballot)),
        Event::BallotVoided {
            ballot,
            round,
            cause,
            note,
        } => {
            format!("对{}的第{round}轮测评作废（{}）。", unit(ballot), cause.told(note))
        }
        Event::HandsShown { ballot, reason, .. } => {
            format!("对{}改用举手方式测评，原因：{reason}。", unit(ballot))
        }
        Event::PaperCounted { ballot, returned, .. } => {
            format!("清点对{}的纸质测评票，收回{returned}张。", unit(ballot))
        }
        Event::Recused { name, subject, reason } => {
            format!("{name}回避对{}的测评，原因：{reason}。", people::name(case, *subject))
        }
        Event::RecusalLifted { name, subject } => {
            format!("{name}不再回避对{}的测评。", people::name(case, *subject))
        }
        Event::ScrutineersAppointed { names } => format!("确定监票人：{}。", names.join("、")),
        Event::ScrutineerReplaced { out, by, reason } => format!("监票人{out}改由{by}担任，原因：{reason}。"),
        Event::StepObjected { by, reason, .. } => format!("监票人{by}提出异议：{reason}。"),
        Event::IncidentNoted { text, .. } => format!("情况记录：{text}"),
        Event::RosterCorrected { due } => format!("更正名册，应到{due}人。"),
        Event::SpeakerCalled { name } => format!("{name}发言。"),
        Event::LotDrawn { lot } => lot_sentence(case, *lot)?,
        Event::SittingClosed {} => "宣布散会。".to_owned(),
        Event::SittingConvened { .. }
        | Event::ConveningCancelled { .. }
        | Event::QuestionTaken { .. }
        | Event::QuestionAnswered { .. }
        | Event::QuestionSkipped { .. }
        | Event::BallotPresented { .. }
        | Event::SpeechEnded { .. }
        | Event::BallotPaused { .. }
        | Event::BallotResumed { .. }
        | Event::BallotExtended { .. }
        | Event::BallotHalfway { .. }
        | Event::StepConfirmed { .. }
        | Event::ConsoleHanded { .. }
        | Event::CredentialReissued { .. } => return None,
    })
}

fn lot_sentence(case: &Appraisal, lot: LotId) -> Option<String> {
    let lot = case.lot(lot).ok()?;
    let drawn = lot.drawn();
    let units = drawn
        .iter()
        .filter_map(|id| lot.candidates.iter().find(|c| c.subject == *id));
    let units: Vec<_> = units.map(|c| c.unit.as_str()).collect();
    let purpose = match lot.purpose {
        LotPurpose::OralReport => "口头述职",
        LotPurpose::Appraised => "评议对象",
    };
    Some(format!("抽签确定{purpose}：{}。", units.join("、")))
}
