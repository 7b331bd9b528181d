//! Reads a record whose members stand in the order in which this program writes them, the command last: its type is then
//! known before its body comes, and nothing is kept aside. Whatever stands otherwise is an error here and no more than that.

use super::Read;
use pingyi_core::command::Command;
use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{DeserializeSeed, Deserializer as _, Error, IgnoredAny, MapAccess, Visitor};
use std::fmt;

pub(super) fn read(data: &[u8]) -> Result<Read, serde_json::Error> {
    let mut json = serde_json::Deserializer::from_slice(data);
    let read = json.deserialize_map(Members)?;
    json.end()?;
    Ok(read)
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum Member {
    V,
    Rules,
    Id,
    Actor,
    At,
    Salt,
    Expects,
    Type,
    Body,
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Read;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record in our order")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Read, A::Error> {
        let v = member(&mut map, Member::V)?;
        let rules = member(&mut map, Member::Rules)?;
        let id = member(&mut map, Member::Id)?;
        let actor = member(&mut map, Member::Actor)?;
        let at = member(&mut map, Member::At)?;
        let IgnoredAny = member(&mut map, Member::Salt)?;
        let mut expects = None;
        let mut next = map.next_key()?;
        if next == Some(Member::Expects) {
            expects = map.next_value()?;
            next = map.next_key()?;
        }
        if next != Some(Member::Type) {
            return Err(A::Error::custom(ANOTHER_ORDER));
        }
        let rest = TypeAndBody {
            map: &mut map,
            at: Member::Type,
        };
        let command = Command::deserialize(MapAccessDeserializer::new(rest))?;
        match map.next_key::<IgnoredAny>()? {
            Some(_) => Err(A::Error::custom(ANOTHER_ORDER)),
            None => Ok(Read {
                v,
                rules,
                id,
                actor,
                at,
                expects,
                command,
            }),
        }
    }
}

const ANOTHER_ORDER: &str = "another order";

fn member<'de, A: MapAccess<'de>, T: Deserialize<'de>>(map: &mut A, expected: Member) -> Result<T, A::Error> {
    if map.next_key()? == Some(expected) {
        map.next_value()
    } else {
        Err(A::Error::custom(ANOTHER_ORDER))
    }
}

/// The rest of the record as a map of its own. The key of the type has been read already.
struct TypeAndBody<'a, A> {
    map: &'a mut A,
    at: Member,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for TypeAndBody<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        let key = match self.at {
            Member::Type => {
                self.at = Member::Body;
                "type"
            }
            Member::Body if self.map.next_key()? == Some(Member::Body) => {
                self.at = Member::V;
                "body"
            }
            Member::Body => return Err(A::Error::custom(ANOTHER_ORDER)),
            _ => return Ok(None),
        };
        seed.deserialize(StrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}
