//! Where a screen stands in its audience's stream.

use serde::{Deserialize, Serialize};

/// `epoch` is drawn at each start of the case, so that the same number after a restart does not look like a
/// successful resume; `seq` counts the published differences of one audience.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Position {
    pub epoch: String,
    pub seq: u64,
}
