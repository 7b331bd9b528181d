//! The stored form of a command: one JSON object, hashed as stored, never written anew. An unknown type or version is
//! an error that stops the case; nothing is skipped.

mod in_order;

use pingyi_core::command::Command;
use pingyi_core::stamp::{Actor, Expects, Stamped};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Version of the object's own form.
const FORM: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    v: u32,
    rules: u32,
    id: Uuid,
    actor: Actor,
    at: i64,
    salt: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expects: Option<Expects>,
    #[serde(flatten)]
    command: &'a Command,
}

/// Members in any order, as another program may have written them. Collects what it reads before it knows the command.
#[derive(Debug, PartialEq, Deserialize)]
struct Read {
    v: u32,
    rules: u32,
    id: Uuid,
    actor: Actor,
    at: i64,
    #[serde(default)]
    expects: Option<Expects>,
    #[serde(flatten)]
    command: Command,
}

/// Why a record cannot be read. The case stops at it.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    #[error("the record's form is {0}; this program reads form {FORM}")]
    Form(u32),
    #[error("the record was decided by rules {0}; this program knows rules up to {known}", known = pingyi_core::BEHAVIOUR)]
    Rules(u32),
    #[error("the record cannot be read: {0}")]
    Json(#[from] serde_json::Error),
}

/// The bytes to be stored. `salt` keeps a published digest from being guessed back to a short record.
pub fn encode(stamped: &Stamped, salt: &str) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&Written {
        v: FORM,
        rules: pingyi_core::BEHAVIOUR,
        id: stamped.id,
        actor: stamped.actor,
        at: stamped.at,
        salt,
        expects: stamped.expects,
        command: &stamped.command,
    })
}

pub fn decode(data: &[u8]) -> Result<Stamped, RecordError> {
    // Nearly all records are in our own order, and then nothing need be collected: a start replays hundreds of thousands.
    let read = match in_order::read(data) {
        Ok(read) => read,
        Err(_) => serde_json::from_slice(data)?,
    };
    if read.v != FORM {
        return Err(RecordError::Form(read.v));
    }
    if read.rules > pingyi_core::BEHAVIOUR {
        return Err(RecordError::Rules(read.rules));
    }
    Ok(Stamped {
        id: read.id,
        actor: read.actor,
        at: read.at,
        expects: read.expects,
        command: read.command,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use pingyi_core::ids::{BallotId, PersonId};

    #[test]
    fn a_record_reads_back_as_written() {
        let commands = [
            Command::CheckIn {},
            Command::CastVote {
                ballot: BallotId(2),
                round: 1,
                choice: 3,
                signature: "00".into(),
            },
            Command::AskQuestion {
                subject: None,
                visibility: pingyi_core::inquiry::Visibility::WithoutName,
                text: "为什么“大班额”\n还没有消除？".into(),
            },
        ];
        for command in commands {
            let stamped = Stamped {
                id: Uuid::from_u128(7),
                actor: Actor::Person { person: PersonId(3) },
                at: 1_700_000_000_000,
                expects: None,
                command,
            };
            let data = encode(&stamped, "abcd").unwrap();
            assert_eq!(decode(&data).unwrap(), stamped, "{}", String::from_utf8_lossy(&data));
        }
    }

    /// A start reads hundreds of thousands of records: none of ours may take the way that collects before it understands.
    #[test]
    fn every_record_of_the_sample_cases_is_read_in_order_and_as_in_any_order() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/case");
        let mut records = 0;
        for name in ["named", "secret", "items-named", "items-secret"] {
            let file = std::fs::File::open(format!("{folder}/{name}-archive.zip")).unwrap();
            let mut archive = zip::ZipArchive::new(file).unwrap();
            let journal = std::io::read_to_string(archive.by_name("journal.jsonl").unwrap()).unwrap();
            for line in journal.lines() {
                let line: serde_json::Value = serde_json::from_str(line).unwrap();
                let data = line["data"].as_str().unwrap().as_bytes();
                let read = in_order::read(data).unwrap_or_else(|e| panic!("{e}: {line}"));
                assert_eq!(read, serde_json::from_slice::<Read>(data).unwrap());
                records += 1;
            }
        }
        assert!(records > 100, "{records}");
    }

    #[test]
    fn a_record_in_another_order_says_the_same() {
        let ours = r#"{"v":1,"rules":1,"id":"00000000-0000-0000-0000-000000000007","actor":{"role":"person","person":3},"at":1,"salt":"","type":"question.support/1","body":{"question":4}}"#;
        let other = r#"{"body":{"question":4},"type":"question.support/1","more":[1],"at":1,"actor":{"person":3,"role":"person"},"id":"00000000-0000-0000-0000-000000000007","rules":1,"v":1}"#;
        assert!(in_order::read(ours.as_bytes()).is_ok());
        assert!(in_order::read(other.as_bytes()).is_err());
        assert_eq!(decode(ours.as_bytes()).unwrap(), decode(other.as_bytes()).unwrap());
        // What comes twice or behind the command is never passed over.
        for odd in [
            ours.replace("{\"v\":1,", "{\"v\":1,\"v\":1,"),
            ours.replace("}}", "},\"v\":2}"),
            format!("{ours}{ours}"),
        ] {
            assert!(in_order::read(odd.as_bytes()).is_err(), "{odd}");
            assert!(decode(odd.as_bytes()).is_err(), "{odd}");
        }
    }

    #[test]
    fn an_unknown_type_or_version_is_never_skipped() {
        let good = r#"{"v":1,"rules":1,"id":"00000000-0000-0000-0000-000000000007","actor":{"role":"system"},"at":1,"salt":"","type":"attendance.check_in/1","body":{}}"#;
        assert!(decode(good.as_bytes()).is_ok());
        for bad in [
            good.replace("check_in/1", "check_in/2"),
            good.replace("\"v\":1", "\"v\":2"),
            good.replace("\"rules\":1", "\"rules\":99"),
            good.replace("\"system\"", "\"oracle\""),
        ] {
            assert!(decode(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
