//! A hall before a secret ballot: members present, the ballot presented, its key made; papers made from fixed seeds.

use crate::hall::{Hall, Member, done, present_ballot, until_ballot};
use pingyi::clock::Clock;
use pingyi::conductor::CaseHandle;
use pingyi::protocol::Problem;
use pingyi::protocol::call::{CastRefusal, SecretCast, SignInCard, SignedIn, TakeOver};
use pingyi::rehearsal::{CallError, DeviceKey, Phone, SecretVoter, VoteError, post, send};
use pingyi::sample::Sample;
use pingyi::secrecy::encoding::from_hex;
use pingyi::secrecy::{Announced, Board, Fault, Report, verify};
use pingyi_core::ballot::{BallotState, VoidCause};
use pingyi_core::command::Command;
use pingyi_core::ids::{BallotId, PersonId};
use pingyi_core::limits::CLOSING_S;
use pingyi_core::views::{BallotView, SecretView};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use uuid::Uuid;

/// 24 November 2026, 09:00 in China.
pub const START_MS: i64 = 1_795_482_000_000;
pub const BALLOT: BallotId = BallotId(1);

/// A hall whose clock stands until it is moved, with the first secret ballot presented.
pub struct SecretHall {
    pub hall: Hall,
    pub hand: Arc<AtomicI64>,
    pub chair: Phone,
    pub members: Vec<Member>,
    pub header: String,
}

impl SecretHall {
    /// With persons 1 to `present` checked in.
    pub async fn presented(present: u32) -> SecretHall {
        let (clock, hand) = Clock::manual(START_MS);
        let hall = Hall::with_clock(clock, Sample::default()).await;
        let mut members = Vec::new();
        for person in 1..=present {
            let mut member = hall.member(person).await;
            member.check_in().await;
            members.push(member);
        }
        let mut chair = hall.chair().await;
        done(
            &mut chair,
            Command::BeginItem {
                item: crate::hall::FIRST_EVALUATION,
            },
        )
        .await;
        let header = present_ballot(&mut chair, BALLOT).await.secret.expect("a key").header;
        SecretHall {
            hall,
            hand,
            chair,
            members,
            header,
        }
    }

    /// The member's paper with its token.
    pub async fn paper(&self, index: usize) -> SecretVoter {
        let mut voter = voter(self.members[index].person.0, &self.header);
        self.fetch(index, &mut voter).await.expect("a token");
        voter
    }

    pub async fn fetch(&self, index: usize, voter: &mut SecretVoter) -> Result<(), VoteError> {
        let member = &self.members[index];
        voter
            .fetch(&self.hall.host, &member.signed_in.bearer, &member.key)
            .await
    }

    pub async fn papers(&self) -> Vec<SecretVoter> {
        let mut papers = Vec::new();
        for index in 0..self.members.len() {
            papers.push(self.paper(index).await);
        }
        papers
    }

    pub async fn open(&mut self) {
        done(
            &mut self.chair,
            Command::OpenBallot {
                ballot: BALLOT,
                limit_s: 0,
            },
        )
        .await;
        until_ballot(&mut self.chair, BALLOT, BallotState::Open).await;
    }

    pub async fn close(&mut self) {
        done(&mut self.chair, Command::CloseBallot { ballot: BALLOT }).await;
        until_ballot(&mut self.chair, BALLOT, BallotState::Closing).await;
    }

    /// Moves the clock over the seconds after closing and waits for the sealed count.
    pub async fn seal(&mut self) -> BallotView {
        self.hand.fetch_add(CLOSING_S * 1000, Ordering::SeqCst);
        self.case().wake().await;
        self.chair
            .until(|c| c.view::<BallotView>("ballot/1").is_some_and(|b| b.result.is_some()))
            .await
            .expect("a count");
        self.chair.view("ballot/1").expect("the ballot is on the console")
    }

    /// Announces and waits until the board is public.
    pub async fn announce(&mut self) -> BallotView {
        done(&mut self.chair, Command::AnnounceBallot { ballot: BALLOT }).await;
        released(&mut self.chair).await
    }

    /// Voids the round, and presents the next one.
    pub async fn void_and_present(&mut self, reason: &str) {
        done(
            &mut self.chair,
            Command::VoidBallot {
                ballot: BALLOT,
                cause: VoidCause::SystemFailure,
                note: reason.into(),
            },
        )
        .await;
        let destroyed = |b: &BallotView| b.voided.iter().all(|v| !v.to_destroy) && b.state == BallotState::Prepared;
        self.chair
            .until(|c| c.view("ballot/1").as_ref().is_some_and(destroyed))
            .await
            .expect("the round is gone");
        self.header = present_ballot(&mut self.chair, BALLOT)
            .await
            .secret
            .expect("a key")
            .header;
    }

    /// Signs somebody in by a card's code.
    pub async fn sign_in(&self, code: String, key: &DeviceKey) -> SignedIn {
        let ask = SignInCard {
            code,
            device_key: key.public_hex(),
            take_over: TakeOver::Ask,
        };
        let signed_in = post(&self.hall.host, "/api/sign-in/card", None, &ask).await;
        signed_in.expect("the card opens")
    }

    pub fn case(&self) -> CaseHandle {
        let registry = &self.hall.app.outer.registry;
        registry.get(self.hall.demo.appraisal).expect("the case runs")
    }

    pub fn box_file(&self, round: u32) -> PathBuf {
        self.hall
            .folder()
            .join("boxes")
            .join(format!("{}-{BALLOT}-{round}.db", self.hall.demo.appraisal))
    }
}

/// Waits until the board is public.
pub async fn released(screen: &mut Phone) -> BallotView {
    let out = |b: &BallotView| b.secret.as_ref().is_some_and(|s| s.board.is_some());
    screen
        .until(|c| c.view("ballot/1").as_ref().is_some_and(out))
        .await
        .expect("the board is released");
    screen.view("ballot/1").expect("the ballot is on the screen")
}

/// The paper of a person; the same in every run against the same header.
pub fn voter(person: u32, header: &str) -> SecretVoter {
    let mut seed = [0x5e; 32];
    seed[..4].copy_from_slice(&person.to_le_bytes());
    SecretVoter::new(seed, header).expect("a header")
}

/// Why a cast was refused.
pub fn cast_refusal(sent: Result<(), VoteError>) -> CastRefusal {
    match sent {
        Err(VoteError::Call(CallError::Problem {
            status: 409,
            problem: Problem::CastRefused { reason },
        })) => reason,
        Err(other) => panic!("not refused but {other}"),
        Ok(()) => panic!("taken"),
    }
}

/// Sends a cast as it is.
pub async fn sent(host: &str, cast: &SecretCast) -> Result<(), VoteError> {
    let _: serde_json::Value = post(host, "/api/cast", None, cast).await?;
    Ok(())
}

/// The public board's text, or the status that there is none.
pub async fn board_text(host: &str, appraisal: Uuid) -> Result<String, u16> {
    board_text_of(host, appraisal, BALLOT).await
}

pub async fn board_text_of(host: &str, appraisal: Uuid, ballot: BallotId) -> Result<String, u16> {
    let path = format!("/api/public/{appraisal}/boards/{ballot}");
    let (status, bytes) = send(host, pingyi::rehearsal::call::Method::GET, &path, None, None)
        .await
        .expect("an answer");
    if status.is_success() {
        Ok(String::from_utf8(bytes.to_vec()).expect("text"))
    } else {
        Err(status.as_u16())
    }
}

/// Checks a board against what the hall was told: the digest as shown at the sealing, the figures as announced.
pub fn check_board(
    text: &str,
    shown: &SecretView,
    announced: &BallotView,
    present: u32,
) -> Result<(Board, Report), Fault> {
    let board = Board::parse(text).expect("a board");
    let result = announced.result.as_ref().expect("an announced result");
    let counts: Vec<u32> = result.counts.iter().map(|c| c.votes).collect();
    let attendance: Vec<PersonId> = (1..=present).map(PersonId).collect();
    let report = verify(
        &board,
        &Announced {
            header_hash: from_hex(&shown.header_hash).expect("a hash"),
            digest: from_hex(shown.digest.as_deref().expect("a digest")).expect("a digest"),
            attendance: &attendance,
            counts: &counts,
            issued: result.issued,
            returned: result.returned,
        },
    )?;
    Ok((board, report))
}
