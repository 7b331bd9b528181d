//! What a page may send over its socket. Unknown fields are refused: a typing error must not pass as a wish.

use super::Position;
use pingyi_core::Command;
use pingyi_core::stamp::Expects;
use pingyi_core::views::Audience;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientMessage {
    /// The first message, within ten seconds. The public audience needs no bearer.
    Hello {
        protocol: u32,
        #[cfg_attr(feature = "typescript", ts(type = "string"))]
        appraisal: Uuid,
        audience: Audience,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        bearer: Option<String>,
        /// Where the page stands; without it, or if it is too old, a snapshot comes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        position: Option<Position>,
    },
    /// A wish. `id` is made once per intention and kept until the receipt; sending it again is harmless.
    Command {
        #[cfg_attr(feature = "typescript", ts(type = "string"))]
        id: Uuid,
        command: Command,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        expects: Option<Expects>,
    },
    Ping {
        nonce: u32,
    },
}
