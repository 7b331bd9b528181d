//! Opens a case file from anyone: the container within its bounds, the manifest, the small parts, the chain.
//! What leaves here has the digests it claims, but for the documents, which are read once what they should be is known;
//! what the records mean is not looked at.

use super::container::Container;
use super::{
    DOCUMENTS, DOCUMENTS_FOLDER, Extent, FORMAT, FORMAT_BEFORE, Fault, JOURNAL, Line, MANIFEST, Manifest, Part,
};
use crate::journal::chain::{genesis, link, record_digest};
use crate::journal::{Digest, StreamId};
use crate::limits::CASE_FILE_MANIFEST_BYTES_MAX;
use crate::secrecy::encoding::from_hex;
use std::io::{Read, Seek};

#[derive(Debug)]
pub(super) struct Opened<R> {
    pub manifest: Manifest,
    pub lines: Vec<Line>,
    /// As text, for its lines depend on the format.
    pub documents: Vec<u8>,
    pub container: Container<R>,
    /// Recomputed.
    pub head: Digest,
}

pub(super) fn open<R: Read + Seek>(file: R) -> Result<Opened<R>, Fault> {
    let mut container = Container::open(file)?;
    let first = container.names().next().unwrap_or_default();
    if first != MANIFEST {
        return Err(Fault::PartOrder {
            expected: MANIFEST.into(),
            found: first.into(),
        });
    }
    if container
        .bytes(MANIFEST)
        .is_none_or(|b| b > CASE_FILE_MANIFEST_BYTES_MAX)
    {
        return Err(Fault::TooLarge);
    }
    let manifest = manifest(&container.read(MANIFEST)?.0)?;
    parts_stand(&manifest, &container)?;
    let mut named = manifest.parts.iter();
    let journal = taken(&mut container, named.next(), JOURNAL)?;
    let documents = taken(&mut container, named.next(), DOCUMENTS)?;
    for part in named.filter(|p| !p.name.starts_with(DOCUMENTS_FOLDER)) {
        if container.each(&part.name, |_| Ok(()))? != *part {
            return Err(differs(part));
        }
    }
    let lines = lines(&journal)?;
    let head = chain_holds(&manifest, &lines)?;
    Ok(Opened {
        manifest,
        lines,
        documents,
        container,
        head,
    })
}

fn manifest(text: &[u8]) -> Result<Manifest, Fault> {
    let unreadable = |e: serde_json::Error| Fault::Manifest(e.to_string());
    // A later format may have other fields: its name is read before the rest.
    let any: serde_json::Value = serde_json::from_slice(text).map_err(unreadable)?;
    match any.get("format").and_then(|f| f.as_str()) {
        Some(FORMAT | FORMAT_BEFORE) => serde_json::from_slice(text).map_err(unreadable),
        Some(other) => Err(Fault::Format(other.chars().take(80).collect())),
        None => Err(Fault::Manifest("no format".into())),
    }
}

/// The parts are exactly those of the manifest, in its order and of its sizes.
fn parts_stand<R: Read + Seek>(manifest: &Manifest, container: &Container<R>) -> Result<(), Fault> {
    let none = || "nothing".to_owned();
    let mut found = container.names().skip(1);
    let mut named = manifest.parts.iter();
    loop {
        match (named.next(), found.next()) {
            (None, None) => return Ok(()),
            (Some(part), Some(name)) if part.name == name => {
                if container.bytes(name) != Some(part.bytes) {
                    return Err(differs(part));
                }
            }
            (part, name) => {
                return Err(Fault::PartOrder {
                    expected: part.map_or_else(none, |p| p.name.clone()),
                    found: name.map_or_else(none, str::to_owned),
                });
            }
        }
    }
}

fn taken<R: Read + Seek>(container: &mut Container<R>, part: Option<&Part>, name: &str) -> Result<Vec<u8>, Fault> {
    let part = part.filter(|p| p.name == name).ok_or_else(|| Fault::PartOrder {
        expected: name.into(),
        found: part.map_or_else(|| "nothing".into(), |p| p.name.clone()),
    })?;
    let (bytes, found) = container.read(name)?;
    if found == *part { Ok(bytes) } else { Err(differs(part)) }
}

fn differs(part: &Part) -> Fault {
    Fault::PartDiffers {
        name: part.name.clone(),
    }
}

pub(super) fn json<T: serde::de::DeserializeOwned>(name: &str, bytes: &[u8]) -> Result<T, Fault> {
    serde_json::from_slice(bytes).map_err(|e| Fault::PartUnreadable {
        name: name.into(),
        reason: e.to_string(),
    })
}

fn lines(bytes: &[u8]) -> Result<Vec<Line>, Fault> {
    let texts = bytes
        .strip_suffix(b"\n")
        .unwrap_or(bytes)
        .split(|b| *b == b'\n')
        .filter(|_| !bytes.is_empty());
    texts.map(|text| json(JOURNAL, text)).collect()
}

fn chain_holds(manifest: &Manifest, lines: &[Line]) -> Result<Digest, Fault> {
    let mut head = genesis(StreamId(manifest.case));
    for (line, expected) in lines.iter().zip(0_u64..) {
        let index = line.index;
        if index != expected {
            return Err(Fault::RecordOrder { index, expected });
        }
        let digest = match (&line.data, &line.digest, manifest.extent) {
            (Some(data), None, _) => record_digest(data.as_bytes()),
            (None, Some(hex), Extent::Public) => Digest(from_hex(hex).ok_or(Fault::RecordForm { index })?),
            (None, Some(_), Extent::Archive) => return Err(Fault::RecordWithheld { index }),
            _ => return Err(Fault::RecordForm { index }),
        };
        head = link(head, index, line.id, digest);
        if line.link != head.to_string() {
            return Err(Fault::ChainBroken { index });
        }
    }
    let (found, counted) = (lines.len() as u64, manifest.records);
    if found != counted {
        return Err(Fault::RecordsCount { found, counted });
    }
    if manifest.head != head.to_string() {
        return Err(Fault::HeadDiffers);
    }
    Ok(head)
}
