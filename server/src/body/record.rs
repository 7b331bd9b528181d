//! The stored form of a body's command: one JSON object `{v, type, id, actor, at, body}`, hashed as stored.

use bytes::Bytes;
use pingyi_core::body::{BodyCommand, BodyStamped};
use pingyi_core::stamp::Actor;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const VERSION: u32 = 1;
const TYPES: [&str; 9] = [
    "body.name/1",
    "account.add/1",
    "account.rename/1",
    "account.renew/1",
    "account.remove/1",
    "station.renew/1",
    "appraisal.create/1",
    "address.set/1",
    "template.set/1",
];

#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    #[error("not a record: {0}")]
    Unreadable(#[from] serde_json::Error),
    #[error("record version {found} is not known; a newer program wrote it")]
    Version { found: u32 },
    #[error("the type {found:?} is not known; a newer program wrote it")]
    Type { found: String },
}

#[derive(Deserialize)]
struct Head {
    v: u32,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Serialize, Deserialize)]
struct Stored<C> {
    v: u32,
    id: Uuid,
    actor: Actor,
    at: i64,
    #[serde(flatten)]
    command: C,
}

pub(super) fn encode(stamped: &BodyStamped) -> Bytes {
    let BodyStamped {
        id,
        actor,
        at,
        ref command,
    } = *stamped;
    let stored = Stored {
        v: VERSION,
        id,
        actor,
        at,
        command,
    };
    // Strings and integers under string keys: there is nothing JSON could refuse.
    Bytes::from(serde_json::to_vec(&stored).expect("a body's command is plain data"))
}

pub(super) fn decode(data: &[u8]) -> Result<BodyStamped, RecordError> {
    let head: Head = serde_json::from_slice(data)?;
    if head.v != VERSION {
        return Err(RecordError::Version { found: head.v });
    }
    if !TYPES.contains(&head.kind.as_str()) {
        return Err(RecordError::Type { found: head.kind });
    }
    let Stored {
        id, actor, at, command, ..
    } = serde_json::from_slice::<Stored<BodyCommand>>(data)?;
    Ok(BodyStamped { id, actor, at, command })
}

#[cfg(test)]
mod tests {
    use super::*;
    use pingyi_core::body::Station;

    #[test]
    fn every_type_is_read_back_as_it_was_written() {
        let commands = [
            BodyCommand::NameBody { name: "某区".into() },
            BodyCommand::AddAccount {
                name: "办公室".into()
            },
            BodyCommand::RenameAccount {
                account: 2,
                name: "人事室".into(),
            },
            BodyCommand::RenewAccount { account: 2 },
            BodyCommand::RemoveAccount { account: 2 },
            BodyCommand::RenewStation {
                appraisal: Uuid::from_u128(5),
                station: Station::Projector,
            },
            BodyCommand::CreateAppraisal {
                appraisal: Uuid::from_u128(5),
            },
            BodyCommand::SetAddress {
                address: "http://10.0.0.2:8080".into(),
            },
            BodyCommand::SetTemplate {
                paper: pingyi_core::papers::OfficePaper::SignInSheet,
                text: "# 签到表".into(),
            },
        ];
        for (command, kind) in commands.into_iter().zip(TYPES) {
            let stamped = BodyStamped {
                id: Uuid::from_u128(9),
                actor: Actor::Desk { account: 1 },
                at: 77,
                command,
            };
            let data = encode(&stamped);
            let text = std::str::from_utf8(&data).unwrap();
            assert!(text.contains(&format!(r#""type":"{kind}""#)), "{text}");
            assert_eq!(decode(&data).unwrap(), stamped);
        }
    }

    #[test]
    fn another_version_is_refused() {
        let data = br#"{"v":2,"type":"body.name/1"}"#;
        assert!(matches!(decode(data), Err(RecordError::Version { found: 2 })));
    }
}
