//! Over the years: every subject of every appraisal of this body, with first and later results, found by words.

use axum::Json;
use axum::extract::{Query, State};
use pingyi_core::Appraisal;
use pingyi_core::follow_up::day;
use pingyi_core::ids::SubjectId;
use pingyi_core::views::results;
use serde::Deserialize;
use uuid::Uuid;

use super::request::DeskSession;
use super::state::AppState;
use crate::limits::{HISTORY_LINES_MAX, HISTORY_WORDS_CHARS_MAX};
use crate::protocol::Problem;
use crate::protocol::call::{HistoryLine, HistoryView};

/// What is looked for.
#[derive(Deserialize)]
pub struct Wanted {
    /// Words, apart by spaces; a line has them all. Empty: everything.
    #[serde(default)]
    q: String,
}

/// Subjects of all appraisals, the newest appraisal first. Words are looked for in the appraisal's title, the subject's
/// unit, post and officer, its issues, and the questions put to it.
#[utoipa::path(get, path = "/api/history", tag = "desk", security(("bearer" = [])),
    params(("q" = Option<String>, Query, description = "words apart by spaces")), responses(
    (status = 200, body = HistoryView),
    (status = 401, body = Problem, description = "sign_in_required"),
    (status = 403, body = Problem, description = "not_allowed"),
))]
pub async fn view(State(app): State<AppState>, _: DeskSession, Query(wanted): Query<Wanted>) -> Json<HistoryView> {
    let words: String = wanted.q.chars().take(HISTORY_WORDS_CHARS_MAX).collect();
    let words: Vec<_> = words.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let mut listed: Vec<_> = app
        .body
        .look(|b| b.appraisals.iter().map(|(id, entry)| (*id, entry.created_at)).collect());
    listed.sort_by_key(|(id, created_at)| (std::cmp::Reverse(*created_at), *id));
    let mut lines = Vec::new();
    for (id, _) in listed {
        let Some(case) = app.registry.get(id) else { continue };
        lines.extend(case.look(|c| {
            let subjects = c.subjects.keys();
            let found: Vec<_> = subjects.filter_map(|s| line(c, id, *s, &words)).collect();
            found
        }));
    }
    let more = lines.len() > HISTORY_LINES_MAX;
    lines.truncate(HISTORY_LINES_MAX);
    Json(HistoryView { lines, more })
}

fn line(case: &Appraisal, id: Uuid, subject: SubjectId, words: &[String]) -> Option<HistoryLine> {
    let s = case.subjects.get(&subject)?;
    let issues = || {
        case.issues
            .issues
            .iter()
            .filter(|(_, i)| i.subject == subject && i.live())
    };
    let questions = case.inquiry.questions.values();
    let asked = questions.filter(|q| q.subject == Some(subject) && q.shown());
    let texts = issues().map(|(_, i)| &i.text).chain(asked.map(|q| &q.text));
    let held = [&case.names.title, &s.unit, &s.post, &s.officer];
    let all: Vec<_> = held.into_iter().chain(texts).map(|t| t.to_lowercase()).collect();
    if !words.iter().all(|word| all.iter().any(|text| text.contains(word))) {
        return None;
    }
    let closed = |id| case.ledger.lines.get(id).is_some_and(|l| l.closed.is_some());
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let received = case.follow_up.subjects.get(&subject).and_then(|o| o.received_on);
    Some(HistoryLine {
        appraisal: id,
        title: case.names.title.clone(),
        subject,
        unit: s.unit.clone(),
        post: s.post.clone(),
        officer: s.officer.clone(),
        results: results(case, subject),
        issues: count(issues().count()),
        closed: count(issues().filter(|(id, _)| closed(id)).count()),
        received_on: received.map_or_else(String::new, day::write),
    })
}
