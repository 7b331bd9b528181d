//! `pingyi export` and `pingyi verify`: a case in one file, and the check that needs nothing but that file.

use super::CommandError;
use crate::app::AppError;
use crate::blobs::Blobs;
use crate::case_file::{self, Extent, Fault, Stores, WriteError};
use crate::journal::{Digest, Journal, SqliteJournal};
use crate::settings::{Export, Verify};
use std::fs::File;
use std::io::{BufReader, BufWriter, Write as _};
use std::path::Path;

/// Why a case file was neither written nor read.
#[derive(Debug, thiserror::Error)]
pub enum CaseFileError {
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("{path} cannot be written or read: {source}")]
    File { path: String, source: std::io::Error },
    #[error("{0} holds no journal")]
    NoJournal(String),
    /// The first fault decides; the words before it are for people, the rest for the record.
    #[error("核对不通过 the file does not hold: {0}")]
    Fault(#[from] Fault),
}

/// Writes the file beside its place first, so that a half-written one never bears the name. The lock on the folder
/// refuses while the program runs.
pub async fn export(order: Export) -> Result<(), CommandError> {
    if !order.data.join("journal.db").is_file() {
        return Err(CaseFileError::NoJournal(order.data.display().to_string()).into());
    }
    let fatal = |reason: &str| tracing::error!(reason, "the journal cannot be written");
    let journal = SqliteJournal::open(&order.data, Box::new(fatal)).map_err(AppError::from)?;
    let read = case_file::read_journal(&journal, order.case).await;
    journal.close().await;
    let entries = read.map_err(CaseFileError::from)?;
    let extent = if order.public { Extent::Public } else { Extent::Archive };
    let blobs = Blobs::open(&order.data).map_err(AppError::from)?;
    let stores = Stores {
        blobs: &blobs,
        data: &order.data,
    };
    keep(&order.out, |file| {
        case_file::write_to(file, order.case, &entries, stores, extent)
    })?;
    let head = entries.last().map(|e| e.link.to_string()).unwrap_or_default();
    println!(
        "{}\n记录 records {}\n链首摘要 chain head {head}",
        order.out.display(),
        entries.len()
    );
    Ok(())
}

/// An archive names persons: readable by its owner alone until somebody decides otherwise.
fn keep(out: &Path, write: impl FnOnce(&mut BufWriter<&File>) -> Result<(), WriteError>) -> Result<(), CaseFileError> {
    let failed = |source| file_error(out, source);
    let folder = out
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let beside = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    let mut buffered = BufWriter::new(beside.as_file());
    write(&mut buffered)?;
    buffered.flush().map_err(failed)?;
    drop(buffered);
    beside.as_file().sync_all().map_err(failed)?;
    beside.persist_noclobber(out).map_err(|e| failed(e.error))?;
    Ok(())
}

/// Prints what holds; a fault is the error.
pub fn verify(order: &Verify) -> Result<(), CommandError> {
    let file = File::open(&order.file).map_err(|source| file_error(&order.file, source))?;
    let head = order.head.map(Digest);
    let report = case_file::verify_file(BufReader::new(file), head).map_err(CaseFileError::from)?;
    print!("{report}");
    Ok(())
}

fn file_error(path: &Path, source: std::io::Error) -> CaseFileError {
    CaseFileError::File {
        path: path.display().to_string(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ballot_office::Office;
    use crate::case_file::tests::cases::secret_case;
    use crate::case_file::tests::parts::Parts;
    use crate::case_file::tests::rig::{self, FIRST, Hall};
    use crate::conductor::BallotOffice as _;
    use crate::journal::{Frame, Record, StreamId};
    use crate::secrecy::encoding::{to_b64, to_hex};
    use crate::secrecy::{Cast, CastText, Issued};
    use crate::vault::{SeedOf, Vault};
    use pingyi_core::ballot::Secrecy;
    use pingyi_core::command::Command;
    use pingyi_core::duties::{Work, duties};
    use pingyi_core::ids::PersonId;
    use pingyi_core::rules::profile::ChangeRule;
    use pingyi_core::stamp::Actor;
    use std::sync::Arc;
    use uuid::Uuid;

    fn order(hall: &Hall, name: &str, public: bool) -> Export {
        Export {
            data: hall.folder.path().into(),
            case: hall.core.id,
            out: hall.folder.path().join(name),
            public,
        }
    }

    /// Puts the case's records into the folder's journal.
    async fn keep_records(hall: &Hall) {
        let journal = SqliteJournal::open(hall.folder.path(), Box::new(|reason| panic!("{reason}"))).unwrap();
        let records = hall
            .entries
            .iter()
            .map(|e| Record {
                id: e.id,
                data: e.data.clone(),
            })
            .collect();
        let frame = Frame {
            behaviour: pingyi_core::BEHAVIOUR,
            records,
        };
        journal.append(StreamId(hall.core.id), frame).await.unwrap();
        journal.close().await;
    }

    #[tokio::test]
    async fn a_folder_gives_the_file_that_holds_and_nothing_is_overwritten() {
        let hall = secret_case();
        keep_records(&hall).await;
        let wanted = order(&hall, "a.zip", false);
        export(wanted.clone()).await.unwrap();
        assert_eq!(std::fs::read(&wanted.out).unwrap(), hall.file(Extent::Archive));
        let head = hall.entries.last().unwrap().link.0;
        verify(&Verify {
            file: wanted.out.clone(),
            head: Some(head),
        })
        .unwrap();
        let other = verify(&Verify {
            file: wanted.out.clone(),
            head: Some([0; 32]),
        })
        .unwrap_err();
        assert!(other.to_string().contains("not the one that was announced"), "{other}");
        assert!(export(wanted.clone()).await.is_err(), "the file is there already");
        let nowhere = Export {
            case: Uuid::nil(),
            ..order(&hall, "b.zip", false)
        };
        assert!(matches!(
            export(nowhere).await,
            Err(CommandError::CaseFile(CaseFileError::Write(
                WriteError::NoSuchCase { .. }
            )))
        ));
        let empty = Export {
            data: hall.folder.path().join("none"),
            ..order(&hall, "b.zip", false)
        };
        assert!(matches!(
            export(empty).await,
            Err(CommandError::CaseFile(CaseFileError::NoJournal(_)))
        ));
    }

    /// A token and a cast, the whole way through the real office of this folder.
    async fn cast_in_the_real_box(hall: &mut Hall) -> (Cast, Vec<Vec<u8>>) {
        let folder = hall.folder.path().to_owned();
        let (vault, blobs) = (
            Arc::new(Vault::open(&folder).unwrap()),
            Arc::new(Blobs::open(&folder).unwrap()),
        );
        let office = Office::new(
            folder,
            vault.clone(),
            blobs,
            Arc::new(|reason: &str| panic!("{reason}")),
        );
        hall.give(rig::CHAIR, Command::PresentBallot { ballot: FIRST });
        let duty = duties(&hall.core).into_iter().next().unwrap();
        let Work::Office(work) = duty.work else {
            panic!("the office makes keys")
        };
        let key = office.clone().perform(hall.core.id, work).await.unwrap();
        hall.give(Actor::System {}, key);
        hall.give(
            rig::CHAIR,
            Command::OpenBallot {
                ballot: FIRST,
                limit_s: 0,
            },
        );
        let header = hall.header(FIRST);
        let (phone, take) = hall.token_command(PersonId(1), FIRST);
        hall.give(Actor::Person { person: PersonId(1) }, take);
        let answer = office.issue(header.clone(), phone.blinded()).await.unwrap();
        let issued = Issued {
            evaluated: answer.evaluated,
            proof: answer.proof,
        };
        let cast = phone.cast(phone.token(&issued, &header).unwrap(), 77, &[2]);
        let texts = [to_b64(&cast.vote_pk), to_b64(&cast.token), to_b64(&cast.sig)];
        let text = CastText {
            vote_pk: &texts[0],
            token: &texts[1],
            seq: 77,
            choices: &[2],
            sig: &texts[2],
        };
        office.cast(header, text, ChangeRule::UntilClose).await.unwrap();
        let of = SeedOf {
            appraisal: hall.core.id,
            ballot: FIRST.0,
            round: 1,
        };
        let seed = vault.seed(of).unwrap().expect("the office made a seed");
        let secrets = vec![seed.to_vec(), answer.evaluated.to_vec()];
        (cast, secrets)
    }

    #[tokio::test]
    async fn the_file_of_an_open_secret_ballot_holds_nothing_of_its_box() {
        let mut hall = Hall::new(Secrecy::Secret);
        let (cast, mut secrets) = cast_in_the_real_box(&mut hall).await;
        secrets.extend([cast.vote_pk.to_vec(), cast.token.to_vec(), cast.sig.to_vec()]);
        keep_records(&hall).await;
        for public in [false, true] {
            let wanted = order(&hall, &format!("{public}.zip"), public);
            export(wanted.clone()).await.unwrap();
            let file = std::fs::read(&wanted.out).unwrap();
            let parts = Parts::of(&file);
            let everything: Vec<u8> = parts
                .0
                .iter()
                .flat_map(|(_, bytes)| bytes.clone())
                .chain(file)
                .collect();
            let holds = |needle: &[u8]| everything.windows(needle.len()).any(|w| w == needle);
            assert!(
                holds(to_b64(hall.header(FIRST).pk()).as_bytes()),
                "the search finds what is there"
            );
            for secret in &secrets {
                assert!(!holds(secret) && !holds(to_b64(secret).as_bytes()) && !holds(to_hex(secret).as_bytes()));
            }
            assert!(parts.0.iter().all(|(name, _)| !name.starts_with("boards/")));
        }
    }
}
