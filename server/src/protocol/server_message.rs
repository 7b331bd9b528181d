//! What the server sends. Views travel as JSON that was encoded once per audience.

use super::Position;
use pingyi_core::{Refusal, Reply};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What became of a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Verdict {
    Accepted { reply: Reply },
    Refused { refusal: Refusal },
}

impl From<Result<Reply, Refusal>> for Verdict {
    fn from(verdict: Result<Reply, Refusal>) -> Self {
        match verdict {
            Ok(reply) => Verdict::Accepted { reply },
            Err(refusal) => Verdict::Refused { refusal },
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerMessage {
    /// Answer to `hello`. `now_ms` is the server's clock, from which pages count down.
    Welcome {
        protocol: u32,
        epoch: String,
        now_ms: i64,
        heartbeat_ms: u32,
    },
    /// The whole view of this audience; replaces everything held.
    Snapshot {
        position: Position,
        #[cfg_attr(feature = "typescript", ts(type = "{ [key: string]: unknown }"))]
        set: BTreeMap<String, Value>,
    },
    /// What changed since the position before; `drop` names keys that are gone. Apply only on `seq - 1`.
    Difference {
        position: Position,
        #[cfg_attr(feature = "typescript", ts(type = "{ [key: string]: unknown }"))]
        set: BTreeMap<String, Value>,
        drop: Vec<String>,
    },
    /// The person's own stream. `whole` replaces everything held of it.
    Mine {
        whole: bool,
        #[cfg_attr(feature = "typescript", ts(type = "{ [key: string]: unknown }"))]
        set: BTreeMap<String, Value>,
        drop: Vec<String>,
    },
    /// Sent only after the command is durable and applied; the same for every repeat of its id.
    Receipt {
        #[cfg_attr(feature = "typescript", ts(type = "string"))]
        id: Uuid,
        outcome: Verdict,
    },
    /// A command that could not be taken now and was not kept: send it again later. `retry_after_ms` says when.
    Busy {
        #[cfg_attr(feature = "typescript", ts(type = "string"))]
        id: Uuid,
        retry_after_ms: u32,
    },
    Pong {
        nonce: u32,
        now_ms: i64,
    },
}
