//! The public view of a case, for who has no socket.

use std::collections::BTreeMap;

use axum::Json;
use pingyi_core::views::Audience;
use serde_json::Value;

use super::request::Case;
use crate::protocol::Problem;

/// What everybody may see of a case, by key.
#[utoipa::path(get, path = "/api/public/{id}", tag = "case", params(("id" = String, Path)), responses(
    (status = 200, description = "a map from key to value"),
    (status = 404, body = Problem, description = "not_found"),
))]
pub async fn view(Case(case): Case) -> Json<BTreeMap<String, Value>> {
    Json(case.view(Audience::Public))
}
