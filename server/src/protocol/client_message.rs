//! What a page may send over its socket. Unknown fields are refused: a typing error must not pass as a wish.

use super::Position;
use pingyi_core::Command;
use pingyi_core::stamp::Expects;
use pingyi_core::views::Audience;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case", try_from = "Read")]
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

/// A message as it is read, in one go: serde reads an enum with its kind inside into a tree first, and a vote's tree costs
/// as much as the rest of its reading.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    #[serde(rename = "type")]
    kind: Kind,
    #[serde(default)]
    protocol: Option<u32>,
    #[serde(default)]
    appraisal: Option<Uuid>,
    #[serde(default)]
    audience: Option<Audience>,
    #[serde(default)]
    bearer: Option<String>,
    #[serde(default)]
    position: Option<Position>,
    #[serde(default)]
    id: Option<Uuid>,
    #[serde(default)]
    command: Option<Command>,
    #[serde(default)]
    expects: Option<Expects>,
    #[serde(default)]
    nonce: Option<u32>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Hello,
    Command,
    Ping,
}

impl TryFrom<Read> for ClientMessage {
    type Error = &'static str;

    /// Every field of its kind, and none of another.
    fn try_from(read: Read) -> Result<ClientMessage, &'static str> {
        match read {
            Read {
                kind: Kind::Hello,
                protocol: Some(protocol),
                appraisal: Some(appraisal),
                audience: Some(audience),
                bearer,
                position,
                id: None,
                command: None,
                expects: None,
                nonce: None,
            } => Ok(ClientMessage::Hello {
                protocol,
                appraisal,
                audience,
                bearer,
                position,
            }),
            Read {
                kind: Kind::Command,
                id: Some(id),
                command: Some(command),
                expects,
                protocol: None,
                appraisal: None,
                audience: None,
                bearer: None,
                position: None,
                nonce: None,
            } => Ok(ClientMessage::Command { id, command, expects }),
            Read {
                kind: Kind::Ping,
                nonce: Some(nonce),
                protocol: None,
                appraisal: None,
                audience: None,
                bearer: None,
                position: None,
                id: None,
                command: None,
                expects: None,
            } => Ok(ClientMessage::Ping { nonce }),
            _ => Err("a field is missing, or is of another kind of message"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read_whole_and_nothing_beside_it() {
        let id = Uuid::from_u128(7);
        let vote = r#"{"type":"vote.cast/1","body":{"ballot":1,"round":1,"choice":0,"signature":"00"}}"#;
        let good = [
            format!(r#"{{"type":"hello","protocol":1,"appraisal":"{id}","audience":"member","bearer":"x"}}"#),
            format!(r#"{{"type":"hello","protocol":1,"appraisal":"{id}","audience":"public"}}"#),
            format!(r#"{{"id":"{id}","command":{vote},"type":"command"}}"#),
            r#"{"type":"ping","nonce":3}"#.to_owned(),
        ];
        for text in &good {
            assert!(serde_json::from_str::<ClientMessage>(text).is_ok(), "{text}");
        }
        let bad = [
            good[0].replace("hello", "command"),
            good[0].replace(r#""protocol":1,"#, ""),
            good[0].replace("bearer", "bearrer"),
            good[2].replace("vote.cast/1", "vote.cast/9"),
            good[2].replace(r#""type":"command""#, r#""type":"command","nonce":1"#),
            good[2].replace(r#""type":"command""#, r#""type":"order""#),
            good[3].replace('}', r#","id":null,"protocol":1}"#),
            r#"{"nonce":3}"#.to_owned(),
        ];
        for text in &bad {
            assert!(serde_json::from_str::<ClientMessage>(text).is_err(), "{text}");
        }
    }
}
