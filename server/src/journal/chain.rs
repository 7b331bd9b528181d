//! The hash chain of a stream. An auditor can recompute it with any SHA-256 tool from the records as stored.
//! The links run over the records' digests, so that a public file may carry a digest where a record names persons.

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{Digest, End, StreamId};

/// `H("pingyi-stream/1|" ‖ stream id)`: the link before the first record.
pub fn genesis(stream: StreamId) -> Digest {
    hash(&[b"pingyi-stream/1|", stream.0.as_bytes()])
}

/// `H("pingyi-record/1|" ‖ length as u64 big-endian ‖ bytes as stored)`.
pub fn record_digest(data: &[u8]) -> Digest {
    hash(&[b"pingyi-record/1|", &(data.len() as u64).to_be_bytes(), data])
}

/// `H("pingyi-link/1|" ‖ link before ‖ index as u64 big-endian ‖ record id, 16 bytes ‖ record digest)`.
pub fn link(previous: Digest, index: u64, id: Uuid, digest: Digest) -> Digest {
    hash(&[
        b"pingyi-link/1|",
        &previous.0,
        &index.to_be_bytes(),
        id.as_bytes(),
        &digest.0,
    ])
}

fn hash(parts: &[&[u8]]) -> Digest {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    Digest(hasher.finalize().into())
}

/// The place in a chain where the next record goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chain {
    pub next_index: u64,
    pub head: Digest,
}

/// A record's place and hashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sealed {
    pub index: u64,
    pub digest: Digest,
    pub link: Digest,
}

impl Chain {
    pub fn start(stream: StreamId) -> Self {
        Self {
            next_index: 0,
            head: genesis(stream),
        }
    }

    /// Chains the next record; a verifier calls the same and compares.
    pub fn seal(&mut self, id: Uuid, data: &[u8]) -> Sealed {
        let index = self.next_index;
        let digest = record_digest(data);
        self.head = link(self.head, index, id, digest);
        self.next_index += 1;
        Sealed {
            index,
            digest,
            link: self.head,
        }
    }

    pub fn end(self) -> End {
        End {
            next_index: self.next_index,
            head: self.head,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Chain, genesis};
    use crate::journal::StreamId;
    use uuid::Uuid;

    /// Computed once by another program from the formulas above. A change here breaks every journal in the field.
    #[test]
    fn the_chain_is_the_published_one() {
        let stream = StreamId(Uuid::from_bytes([0x11; 16]));
        assert_eq!(
            genesis(stream).to_string(),
            "1fcfb81981e232e0bc828e8f2b7ae08f9b2dcca6bff29ec15c09abe588e62e83"
        );
        let mut chain = Chain::start(stream);
        let sealed = chain.seal(Uuid::from_bytes([0x22; 16]), br#"{"v":1}"#);
        assert_eq!(sealed.index, 0);
        assert_eq!(
            sealed.digest.to_string(),
            "669b8d852bf2fa11a201ce33de87f5457fd2702d4dd3362b974548c4dfbc6f8b"
        );
        assert_eq!(
            sealed.link.to_string(),
            "d534d069fe6d488ca5ce7f3dcc829dd2676a659d922d6b0827d3a4582367b260"
        );
        assert_eq!((chain.next_index, chain.head), (1, sealed.link));
    }
}
