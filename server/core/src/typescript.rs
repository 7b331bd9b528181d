//! Declarations of the core's wire types, in reading order. The protocol module joins them with its own.

use ts_rs::{Config, TS};

/// One `export` per type.
pub fn declarations(config: &Config) -> Vec<String> {
    macro_rules! all {
        ($($path:path),* $(,)?) => { vec![$(<$path as TS>::decl(config)),*] };
    }
    use crate::{ballot as b, command as c, ids as i, inquiry as q, minutes as m, outcome as o, refusal as r, roster as p, sitting as s, stamp as a, subject as u, views as v};
    all![
        i::PersonId, i::SubjectId, i::ItemId, i::QuestionId, i::BallotId,
        p::PersonKind, p::Attendance, u::ReportForm, u::DocumentKind, u::Document,
        s::ItemKind, s::ItemState, s::SittingState, s::ConsoleSeat, s::Screen,
        q::Visibility, q::QuestionReview, q::QuestionState,
        b::BallotState, b::Secrecy, b::TallyDisplay, b::rule::OptionKind, b::rule::BallotOption, b::result::OptionCount,
        b::result::BallotResult, b::VoidedRound,
        c::RosterEntry, c::AgendaEntry, c::SubjectEntry, c::Command,
        a::Actor, a::Expects, r::TextField, r::Lacking, r::Counted, r::Refusal, o::Reply,
        m::Event, m::Minute,
        v::Audience, v::CaseView, v::SettingsView, v::SittingView, v::ItemView, v::AgendaView, v::AttendanceView,
        v::Stations, v::JoinedView, v::DoorView, v::GradeView, v::SubjectView, v::AskerView, v::QuestionView,
        v::SecretView, v::GroupTurnout, v::BallotView, v::Next, v::ConsoleView, v::PersonView, v::MinutesView,
        v::MeView, v::MyQuestionView, v::MySupportView, v::MyBallotView,
    ]
}
