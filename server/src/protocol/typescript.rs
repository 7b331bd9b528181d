//! The one TypeScript file of the protocol, made from the types. `tests` compares it with the committed one.

use super::{CloseCode, call as c, survey as v};
use crate::documents::{calendar as k, official as o, roster as r, upload as u};
use ts_rs::{Config, TS};

/// The file's text. 64-bit integers are plain numbers: positions and instants stay below 2^53.
pub fn declarations() -> String {
    let config = Config::default().with_large_int("number");
    let mut out =
        String::from("// Generated from the Rust types. Do not edit: run the protocol test with UPDATE=1.\n\n");
    let mut types = pingyi_core::typescript::declarations(&config);
    macro_rules! all {
        ($($path:path),* $(,)?) => { vec![$(<$path as TS>::decl(&config)),*] };
    }
    types.extend(all![
        super::Position,
        super::ClientMessage,
        super::Verdict,
        super::ServerMessage,
        super::Problem,
        c::Role,
        c::TakeOver,
        c::Setup,
        c::SignInAccount,
        c::SignInCard,
        c::SignInHall,
        c::SignInLink,
        c::SignedIn,
        c::WhoAmI,
        c::DoorInfo,
        c::Front,
        c::AccountView,
        c::Accounts,
        c::RenameAccount,
        c::RenewPassword,
        c::AppraisalSummary,
        c::HistoryLine,
        c::HistoryView,
        c::BodyView,
        c::CreateAppraisal,
        c::Created,
        c::Uploaded,
        c::TakeToken,
        c::Token,
        c::SecretCast,
        c::CastReceipt,
        c::CastRefusal,
        c::Card,
        c::Cards,
        c::StationLinks,
        c::RenewStation,
        c::FeedLink,
        c::ExportExtent,
        c::Export,
        c::Exported,
        c::AddressView,
        c::SetAddress,
        c::LiftGuesses,
        r::RosterKind,
        r::RosterColumn,
        r::RosterRow,
        r::RowFaultCode,
        r::RowFault,
        r::RowNoteCode,
        r::RowNote,
        r::RosterSheet,
        r::RosterLimit,
        r::RosterFileError,
        u::UploadError,
        o::TemplateFaultCode,
        o::TemplateFault,
        k::CalendarFaultCode,
        k::CalendarFault,
        c::OfficePaperView,
        c::OfficePapers,
        c::TemplateName,
        c::OfficeTemplate,
        c::RosterPreview,
        c::RosterImported,
        c::RuleBook,
        c::RuleFileRead,
        c::TryRule,
        c::RuleTried,
        c::WriteRule,
        c::RuleFile,
        v::SurveyForm,
        v::SendAnswer,
        v::AnswerRefusal,
        v::MakeSlips,
        v::Slip,
        v::Slips,
        v::SurveyDoor,
        v::SurveyWords,
    ]);
    for declaration in types {
        out.push_str("export ");
        out.push_str(&declaration);
        out.push('\n');
    }
    out.push_str("\nexport const PROTOCOL = ");
    out.push_str(&super::PROTOCOL.to_string());
    out.push_str(
        "\n/** Close codes: below 4100 come back with your position, from 4100 on do not come back as you are. */\n",
    );
    out.push_str("export const CLOSE_CODES = {\n");
    for code in CloseCode::ALL {
        out.push_str(&format!("  {}: {},\n", code.reason(), code.number()));
    }
    out.push_str("} as const\n");
    out
}
