//! The body and its list of appraisals, as the desk sees them; making a new appraisal.

use axum::Json;
use axum::extract::State;
use pingyi_core::body::BodyCommand;
use pingyi_core::ids::InstantMs;
use pingyi_core::stages::reminders::overdue;
use pingyi_core::stamp::{Actor, Stamped};
use pingyi_core::{Appraisal, Command};
use uuid::Uuid;

use super::request::{DeskSession, JsonBody, to_the_end};
use super::state::AppState;
use crate::body::BodyWish;
use crate::conductor::Wish;
use crate::protocol::call::{AppraisalSummary, BodyView, CreateAppraisal, Created};
use crate::protocol::{Problem, Verdict};

/// The body with its appraisals, the newest first.
#[utoipa::path(get, path = "/api/body", tag = "desk", security(("bearer" = [])), responses(
    (status = 200, body = BodyView),
    (status = 401, body = Problem, description = "sign_in_required"),
    (status = 403, body = Problem, description = "not_allowed"),
))]
pub async fn view(State(app): State<AppState>, _: DeskSession) -> Json<BodyView> {
    let (name, mut listed) = app.body.look(|b| {
        let listed: Vec<_> = b.appraisals.iter().map(|(id, entry)| (*id, entry.created_at)).collect();
        (b.name.clone(), listed)
    });
    listed.sort_by_key(|(id, created_at)| (std::cmp::Reverse(*created_at), *id));
    let appraisals = listed
        .into_iter()
        .map(|(id, created_at)| summary(&app, id, created_at))
        .collect();
    Json(BodyView { name, appraisals })
}

fn summary(app: &AppState, id: Uuid, created_at: InstantMs) -> AppraisalSummary {
    let seen = app
        .registry
        .get(id)
        .map(|case| case.look(|c| (summary_of(id, c, created_at, app.clock.now_ms()), case.is_stopped())));
    // Listed but not running: only a restart brings it back, so it is shown as stopped.
    let (summary, stopped) = seen.unwrap_or_else(|| (summary_of(id, &Appraisal::new(id), created_at, 0), true));
    AppraisalSummary { stopped, ..summary }
}

fn summary_of(id: Uuid, case: &Appraisal, created_at: InstantMs, now: InstantMs) -> AppraisalSummary {
    AppraisalSummary {
        id,
        title: case.names.title.clone(),
        session_name: case.names.session_name.clone(),
        held_on: case.names.held_on.clone(),
        state: case.sitting.state,
        stage: case.stage(),
        closed: case.stages.closed.is_some(),
        late: u32::try_from(overdue(case, now)).unwrap_or(u32::MAX),
        created_at,
        stopped: false,
    }
}

/// A new appraisal.
#[utoipa::path(post, path = "/api/appraisals", tag = "desk", security(("bearer" = [])),
    request_body = CreateAppraisal, responses(
        (status = 200, body = Created),
        (status = 401, body = Problem, description = "sign_in_required"),
        (status = 403, body = Problem, description = "not_allowed"),
        (status = 409, body = Problem, description = "refused"),
    ))]
pub async fn create(
    State(app): State<AppState>,
    desk: DeskSession,
    JsonBody(form): JsonBody<CreateAppraisal>,
) -> Result<Json<Created>, Problem> {
    to_the_end(run(app, desk.actor(), form)).await.map(Json)
}

/// First the description is tried on an empty case, so that a bad one leaves nothing behind. Then the body lists the
/// case: one that is listed is started at every start, described or not.
async fn run(app: AppState, actor: Actor, form: CreateAppraisal) -> Result<Created, Problem> {
    let CreateAppraisal {
        title,
        body_name,
        session_name,
        held_on,
    } = form;
    let describe = Command::DescribeCase {
        title,
        body_name,
        session_name,
        held_on,
    };
    let id = Uuid::new_v4();
    let at = app.clock.now_ms();
    let tried = Stamped {
        id: Uuid::new_v4(),
        actor,
        at,
        expects: None,
        command: describe.clone(),
    };
    Appraisal::new(id).apply(&tried).verdict?;
    let listing = BodyWish {
        id: Uuid::new_v4(),
        actor,
        command: BodyCommand::CreateAppraisal { appraisal: id },
    };
    app.body.submit(listing, at).await??;
    let case = app.registry.create(id).await?;
    match case.submit(Wish::fresh(actor, describe)).await? {
        Verdict::Accepted { .. } => Ok(Created { id }),
        Verdict::Refused { refusal } => Err(refusal.into()),
    }
}
