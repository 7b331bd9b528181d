//! A small case that always runs the same: fixed keys, fixed salts, a clock that moves ten seconds a command.

use crate::blobs::Blobs;
use crate::case_file::{Extent, Stores, WriteError, write};
use crate::conductor;
use crate::journal::chain::Chain;
use crate::journal::{Entry, StreamId};
use crate::limits::BLOB_BYTES_MAX;
use crate::secrecy::encoding::{from_b64, to_b64, to_hex};
use crate::secrecy::tests::phone::Phone;
use crate::secrecy::{BallotKey, Board, Cast, Header, Issuance, Paper, Question, ReceiptKey, Round};
use ed25519_dalek::{Signer as _, SigningKey};
use pingyi_core::ballot::{Secrecy, TallyDisplay};
use pingyi_core::command::{AgendaEntry, Command, RosterEntry, SubjectEntry, token_text, vote_text, votes_text};
use pingyi_core::duties::{OfficeWork, Work, duties};
use pingyi_core::ids::{BallotId, ItemId, PersonId, SubjectId};
use pingyi_core::inquiry::{QuestionReview, Visibility};
use pingyi_core::limits::CLOCK_FIRST_MS;
use pingyi_core::roster::{Attendance, PersonKind};
use pingyi_core::rules::built_in::usual_confirmed;
use pingyi_core::sitting::{ConsoleSeat, ItemKind};
use pingyi_core::stamp::{Actor, Expects, Stamped};
use pingyi_core::subject::{DocumentKind, ReportForm};
use pingyi_core::{Appraisal, Refusal, Reply};
use std::collections::BTreeMap;
use tempfile::TempDir;
use uuid::Uuid;

pub const CHAIR: Actor = Actor::Console {
    seat: ConsoleSeat::Chair,
};
pub const DESK: Actor = Actor::Desk { account: 1 };
pub const NAMES: [&str; 5] = ["王建国", "李秀英", "张伟", "阿依古丽", "赵敏"];
/// Those of the second group of voters, who only attend.
pub const DEPUTIES: [&str; 2] = ["周海", "吴芳"];
pub const QUESTION: &str = "为什么“大班额”还没有消除？";
pub const FIRST: BallotId = BallotId(1);
pub const SECOND: BallotId = BallotId(2);

pub struct Hall {
    pub folder: TempDir,
    pub blobs: Blobs,
    pub core: Appraisal,
    pub entries: Vec<Entry>,
    chain: Chain,
    /// What lies in the box of each round.
    lines: BTreeMap<(BallotId, u32), Vec<Cast>>,
}

fn device(person: PersonId) -> SigningKey {
    SigningKey::from_bytes(&[person.0 as u8 + 100; 32])
}

fn seed_of(round: Round) -> [u8; 32] {
    [round.ballot.0 as u8 * 16 + round.number as u8; 32]
}

impl Hall {
    /// Five members have signed in; four are here; the sitting is at the evaluation of the first subject.
    pub fn new(secrecy: Secrecy) -> Hall {
        Hall::by_rule(secrecy, usual_confirmed(secrecy), &[])
    }

    /// The same by another rule, with these attendees in a group of this name, who are all here.
    pub fn by_rule(secrecy: Secrecy, rule: Command, deputies: &[(&str, &str)]) -> Hall {
        let id = Uuid::from_u128(0x0190_d7a2_6f4b_7c3e_8a51_2b9e_4c7d_1f60);
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(folder.path()).unwrap();
        let (core, chain) = (Appraisal::new(id), Chain::start(StreamId(id)));
        let mut hall = Hall {
            folder,
            blobs,
            core,
            entries: Vec::new(),
            chain,
            lines: BTreeMap::new(),
        };
        hall.prepare(secrecy, rule, deputies);
        let last = (NAMES.len() + deputies.len()) as u32;
        for person in (1..=last).map(PersonId) {
            let device_key = to_hex(device(person).verifying_key().as_bytes());
            hall.give(Actor::Door {}, Command::BindDevice { person, device_key });
        }
        hall.give(CHAIR, Command::OpenSitting {});
        for person in (1..=4).chain(6..=last).map(PersonId) {
            hall.give(
                DESK,
                Command::RecordAttendance {
                    person,
                    attendance: Attendance::Present,
                },
            );
        }
        let ask = Command::AskQuestion {
            subject: None,
            visibility: Visibility::WithoutName,
            text: QUESTION.into(),
        };
        hall.give(Actor::Person { person: PersonId(2) }, ask);
        hall.give(CHAIR, Command::BeginItem { item: ItemId(2) });
        hall
    }

    fn prepare(&mut self, secrecy: Secrecy, rule: Command, deputies: &[(&str, &str)]) {
        let row = |name: &str, kind, group: &str| RosterEntry {
            name: name.into(),
            kind,
            title: String::new(),
            group: group.into(),
            seat: String::new(),
        };
        let members = NAMES.iter().map(|name| row(name, PersonKind::Member, ""));
        let deputies = deputies
            .iter()
            .map(|(name, group)| row(name, PersonKind::Attendee, group));
        let subject = |unit: &str| SubjectEntry {
            officer: String::new(),
            post: "局长".into(),
            unit: unit.into(),
            report: ReportForm::Oral,
        };
        let item = |kind, subject| AgendaEntry {
            kind,
            title: "议程".into(),
            subject,
            subjects: Vec::new(),
        };
        let (title, body_name) = ("2026年述职评议".into(), "某区人大常委会".into());
        self.give(
            DESK,
            Command::DescribeCase {
                title,
                body_name,
                session_name: "第十二次会议".into(),
                held_on: String::new(),
            },
        );
        self.give(
            DESK,
            Command::ImportRoster {
                people: members.chain(deputies).collect(),
            },
        );
        for unit in ["区教育局", "区卫健局"] {
            self.give(DESK, Command::AddSubject { subject: subject(unit) });
        }
        let report = "述职报告".as_bytes();
        let digest = self.blobs.put(report, BLOB_BYTES_MAX).unwrap().to_string();
        let (kind, file_name, size_bytes) = (DocumentKind::Txt, "述职报告.txt".into(), report.len() as u32);
        self.give(
            DESK,
            Command::AttachDocument {
                subject: SubjectId(1),
                digest,
                kind,
                file_name,
                size_bytes,
            },
        );
        let evaluation = |n| item(ItemKind::Evaluation, Some(SubjectId(n)));
        self.give(
            DESK,
            Command::SetAgenda {
                items: vec![item(ItemKind::Opening, None), evaluation(1), evaluation(2)],
            },
        );
        self.give(DESK, rule);
        self.give(
            DESK,
            Command::ChangeSettings {
                question_review: QuestionReview::First,
                tally_display: TallyDisplay::Live,
                written_answer_days: 15,
                ballot_limit_s: 120,
                secrecy,
            },
        );
    }

    /// Decides, stores and asserts that it was accepted.
    pub fn give(&mut self, actor: Actor, command: Command) {
        let verdict = self.decide(actor, command.clone());
        assert!(verdict.is_ok(), "{verdict:?}: {command:?}");
    }

    fn decide(&mut self, actor: Actor, command: Command) -> Result<Reply, Refusal> {
        let id = self.next_id();
        let current = self.core.sitting.current;
        let running = self.core.ballots.iter().find(|(_, b)| Some(b.item) == current);
        let expects = running.map(|(ballot, b)| Expects {
            ballot: *ballot,
            round: b.round,
            state: b.state,
        });
        let at = CLOCK_FIRST_MS + 10_000 * self.entries.len() as i64;
        let stamped = Stamped {
            id,
            actor,
            at,
            expects,
            command,
        };
        let data = conductor::encode(&stamped, &format!("salt{}", self.entries.len())).unwrap();
        let sealed = self.chain.seal(id, &data);
        let (index, digest, link) = (sealed.index, sealed.digest, sealed.link);
        let behaviour = pingyi_core::BEHAVIOUR;
        self.entries.push(Entry {
            index,
            frame: index,
            behaviour,
            id,
            data: data.into(),
            digest,
            link,
        });
        self.core.apply(&stamped).verdict
    }

    fn next_id(&self) -> Uuid {
        Uuid::from_u128(self.entries.len() as u128 + 1)
    }

    pub fn named_vote(&mut self, person: PersonId, ballot: BallotId, choice: u32) {
        let (id, round) = (self.next_id(), self.core.ballots[&ballot].round);
        let signature = device(person).sign(vote_text(&self.core.id, &id, ballot, round, choice).as_bytes());
        let signature = to_hex(&signature.to_bytes());
        self.give(
            Actor::Person { person },
            Command::CastVote {
                ballot,
                round,
                choice,
                signature,
            },
        );
    }

    /// A vote by name on several items.
    pub fn named_votes(&mut self, person: PersonId, ballot: BallotId, choices: &[u32]) {
        let (id, round) = (self.next_id(), self.core.ballots[&ballot].round);
        let signature = device(person).sign(votes_text(&self.core.id, &id, ballot, round, choices).as_bytes());
        self.give(
            Actor::Person { person },
            Command::CastVotes {
                ballot,
                round,
                choices: choices.to_vec(),
                signature: to_hex(&signature.to_bytes()),
            },
        );
    }

    /// Presents and opens; the key is made in between.
    pub fn open(&mut self, ballot: BallotId) {
        self.give(CHAIR, Command::PresentBallot { ballot });
        self.perform_duties();
        self.give(CHAIR, Command::OpenBallot { ballot, limit_s: 0 });
    }

    pub fn header(&self, ballot: BallotId) -> Header {
        Header::parse(&self.core.ballots[&ballot].casts.secret().unwrap().header).unwrap()
    }

    pub fn token_command(&self, person: PersonId, ballot: BallotId) -> (Phone, Command) {
        let (id, round, header) = (self.next_id(), self.core.ballots[&ballot].round, self.header(ballot));
        let phone = Phone::new([person.0 as u8; 32], &header);
        let blinded = to_b64(&phone.blinded());
        let text = token_text(&self.core.id, &id, ballot, round, &blinded);
        let signature = to_hex(&device(person).sign(text.as_bytes()).to_bytes());
        (
            phone,
            Command::TakeToken {
                ballot,
                round,
                blinded,
                signature,
            },
        )
    }

    pub fn secret_vote(&mut self, person: PersonId, ballot: BallotId, choice: u8) {
        self.secret_votes(person, ballot, &[choice]);
    }

    /// Item by item the option's place, from 1.
    pub fn secret_votes(&mut self, person: PersonId, ballot: BallotId, choices: &[u8]) {
        let header = self.header(ballot);
        let (phone, take) = self.token_command(person, ballot);
        self.give(Actor::Person { person }, take);
        let key = BallotKey::from_seed(&seed_of(header.round()), header.round());
        let issued = key.evaluate(&phone.blinded()).unwrap();
        let token = phone.token(&issued, &header).unwrap();
        let round = (ballot, header.round().number);
        let cast = phone.cast(token, 1000 + person.0, choices);
        self.lines.entry(round).or_default().push(cast);
    }

    pub fn announce(&mut self, ballot: BallotId) {
        self.give(CHAIR, Command::CloseBallot { ballot });
        self.perform_duties();
        self.give(CHAIR, Command::AnnounceBallot { ballot });
        self.perform_duties();
    }

    pub fn perform_duties(&mut self) {
        while let Some(duty) = duties(&self.core).into_iter().next() {
            let command = match duty.work {
                Work::Record(command) => command,
                Work::Office(work) => self.perform(work),
            };
            self.give(Actor::System {}, command);
        }
    }

    fn round(&self, ballot: BallotId, number: u32) -> Round {
        Round {
            appraisal: self.core.id,
            ballot,
            number,
        }
    }

    fn perform(&mut self, work: OfficeWork) -> Command {
        match work {
            OfficeWork::MakeKey {
                ballot,
                round,
                subject,
                options,
                items,
            } => {
                let of = self.round(ballot, round);
                let pk = BallotKey::from_seed(&seed_of(of), of).public();
                let question = Question {
                    subject,
                    options,
                    dimensions: u8::try_from(items).unwrap(),
                };
                let header = Header::new(of, question, pk, ReceiptKey::from_seed(&[7; 32]).public()).unwrap();
                Command::SetKey {
                    ballot,
                    round,
                    header_hash: to_hex(header.hash()),
                    header: header.text().into(),
                }
            }
            OfficeWork::SealBox {
                ballot,
                round,
                header,
                issuance,
                ..
            } => {
                let board = self.board(&header, issuance);
                let returned = board.lines.len() as u32;
                Command::SealBox {
                    ballot,
                    round,
                    digest: to_hex(&board.digest),
                    returned,
                }
            }
            OfficeWork::CountBox { ballot, round, header } => Command::CountBox {
                ballot,
                round,
                counts: self.board(&header, Vec::new()).tally().unwrap().counts,
            },
            OfficeWork::Release {
                ballot,
                round,
                header,
                issuance,
                ..
            } => {
                let mut board = self.board(&header, issuance);
                board.release(seed_of(self.round(ballot, round)));
                let stored = self.blobs.put(board.text().as_bytes(), BLOB_BYTES_MAX).unwrap();
                Command::ReleaseBoard {
                    ballot,
                    round,
                    board: stored.to_string(),
                }
            }
            OfficeWork::Destroy { ballot, round } => Command::BoxDestroyed { ballot, round },
            OfficeWork::CountAnswers {
                questionnaire,
                questions,
            } => super::whole::count(self, questionnaire, questions),
            OfficeWork::CommitLot { .. } | OfficeWork::RevealLot { .. } => unreachable!("no lot is called here"),
        }
    }

    fn board(&self, header: &str, issuance: Vec<(PersonId, String)>) -> Board {
        let header = Header::parse(header).unwrap();
        let key = BallotKey::from_seed(&seed_of(header.round()), header.round());
        let row = |(person, blinded): (PersonId, String)| {
            let blinded = from_b64(&blinded).unwrap();
            Issuance {
                person,
                blinded,
                evaluated: key.evaluate(&blinded).unwrap().evaluated,
            }
        };
        let rows = issuance.into_iter().map(row).collect();
        let lines = self.lines.get(&(header.round().ballot, header.round().number));
        Board::seal(header, rows, Paper::default(), lines.cloned().unwrap_or_default()).unwrap()
    }

    pub fn stores(&self) -> Stores<'_> {
        Stores {
            blobs: &self.blobs,
            data: self.folder.path(),
        }
    }

    pub fn file(&self, extent: Extent) -> Vec<u8> {
        self.try_file(extent).unwrap()
    }

    pub fn try_file(&self, extent: Extent) -> Result<Vec<u8>, WriteError> {
        write(self.core.id, &self.entries, self.stores(), extent)
    }
}
