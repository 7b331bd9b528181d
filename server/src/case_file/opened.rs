//! Opens a case file from anyone: the container within its bounds, the manifest, the parts, the chain.
//! What leaves here has the digests it claims; what the records mean is not looked at.

use super::{BoardParts, DOCUMENTS, DocumentLine, Extent, FORMAT, Fault, JOURNAL, Line, MANIFEST, Manifest, part};
use crate::documents::archive::{Archive, ArchiveFault, Bounds};
use crate::journal::chain::{genesis, link, record_digest};
use crate::journal::{Digest, StreamId};
use crate::limits::{
    CASE_FILE_BYTES_MAX, CASE_FILE_INFLATED_BYTES_MAX, CASE_FILE_MANIFEST_BYTES_MAX, CASE_FILE_PARTS_MAX,
};
use crate::secrecy::encoding::from_hex;

const BOUNDS: Bounds = Bounds {
    entries_max: CASE_FILE_PARTS_MAX,
    inflated_bytes_max: CASE_FILE_INFLATED_BYTES_MAX,
};

#[derive(Debug)]
pub(super) struct Opened {
    pub manifest: Manifest,
    pub lines: Vec<Line>,
    pub documents: Vec<DocumentLine>,
    /// By part name, in the order of the container.
    pub boards: BoardParts,
    /// Recomputed.
    pub head: Digest,
}

pub(super) fn open(bytes: &[u8]) -> Result<Opened, Fault> {
    if bytes.len() as u64 > CASE_FILE_BYTES_MAX {
        return Err(Fault::TooLarge);
    }
    let mut parts = Archive::open_within(bytes, BOUNDS)?.parts(CASE_FILE_INFLATED_BYTES_MAX)?;
    let (first, text) = parts.remove(0);
    if first != MANIFEST {
        return Err(Fault::PartOrder {
            expected: MANIFEST.into(),
            found: first,
        });
    }
    let manifest = manifest(&text)?;
    parts_hold(&manifest, &parts)?;
    let mut parts = parts.into_iter();
    let lines = lines(&taken(parts.next(), JOURNAL)?)?;
    let documents = json(DOCUMENTS, &taken(parts.next(), DOCUMENTS)?)?;
    let head = chain_holds(&manifest, &lines)?;
    Ok(Opened {
        manifest,
        lines,
        documents,
        boards: parts.collect(),
        head,
    })
}

fn manifest(text: &[u8]) -> Result<Manifest, Fault> {
    if text.len() > CASE_FILE_MANIFEST_BYTES_MAX {
        return Err(Fault::TooLarge);
    }
    let unreadable = |e: serde_json::Error| Fault::Manifest(e.to_string());
    // A later format may have other fields: its name is read before the rest.
    let any: serde_json::Value = serde_json::from_slice(text).map_err(unreadable)?;
    match any.get("format").and_then(|f| f.as_str()) {
        Some(FORMAT) => serde_json::from_slice(text).map_err(unreadable),
        Some(other) => Err(Fault::Format(other.chars().take(80).collect())),
        None => Err(Fault::Manifest("no format".into())),
    }
}

/// The parts are exactly those of the manifest, in its order.
fn parts_hold(manifest: &Manifest, parts: &[(String, Vec<u8>)]) -> Result<(), Fault> {
    let none = || "nothing".to_owned();
    for place in 0..manifest.parts.len().max(parts.len()) {
        let (named, found) = (manifest.parts.get(place), parts.get(place));
        match (named, found) {
            (Some(named), Some((name, bytes))) if named.name == *name => {
                if *named != part(name, bytes) {
                    return Err(Fault::PartDiffers { name: name.clone() });
                }
            }
            _ => {
                return Err(Fault::PartOrder {
                    expected: named.map_or_else(none, |p| p.name.clone()),
                    found: found.map_or_else(none, |(name, _)| name.clone()),
                });
            }
        }
    }
    Ok(())
}

fn taken(part: Option<(String, Vec<u8>)>, name: &str) -> Result<Vec<u8>, Fault> {
    match part {
        Some((found, bytes)) if found == name => Ok(bytes),
        other => {
            let found = other.map_or_else(|| "nothing".into(), |(found, _)| found);
            Err(Fault::PartOrder {
                expected: name.into(),
                found,
            })
        }
    }
}

fn json<T: serde::de::DeserializeOwned>(name: &str, bytes: &[u8]) -> Result<T, Fault> {
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

impl From<ArchiveFault> for Fault {
    fn from(fault: ArchiveFault) -> Self {
        match fault {
            ArchiveFault::Damaged => Fault::Damaged,
            ArchiveFault::Encrypted => Fault::Encrypted,
            ArchiveFault::Bomb => Fault::Bomb,
        }
    }
}
