//! An evaluation of the script from its presenting to its boards: every member who checked in takes a token and casts
//! a secret vote, as phones do, without the sockets.

use super::course::{CHAIR, Course, failed};
use super::{CommandError, accepted, order};
use crate::conductor::{Device, Wish};
use crate::protocol::call::{SecretCast, Token};
use crate::rehearsal::{DeviceKey, SecretVoter};
use crate::secrecy::encoding::to_b64;
use crate::secrecy::{CastText, Header};
use futures_util::future::try_join_all;
use pingyi_core::Appraisal;
use pingyi_core::ballot::{Ballot, BallotState};
use pingyi_core::command::Command;
use pingyi_core::ids::{BallotId, ItemId, PersonId, SubjectId};
use pingyi_core::limits::CLOSING_S;
use pingyi_core::roster::Attendance;
use pingyi_core::rules::profile::ChangeRule;
use pingyi_core::stamp::{Actor, Expects};
use uuid::Uuid;

/// How long the hall took to vote.
const VOTING_MS: i64 = 90_000;

impl Course<'_> {
    /// Holds the ballots of this item and announces them.
    pub(super) async fn evaluate(&mut self, item: ItemId, votes: &[(SubjectId, Vec<u32>)]) -> Result<(), CommandError> {
        order(&self.case, CHAIR, Command::BeginItem { item }).await?;
        let sheet: Vec<BallotId> = self.case.look(|c| of_item(c, item).map(|(id, _)| id).collect());
        let first = *sheet.first().ok_or_else(|| failed("the item has no ballot"))?;
        self.conduct(first, Command::PresentBallot { ballot: first }).await?;
        let keyed = |b: &Ballot| b.casts.secret().is_some_and(|s| !s.header.is_empty());
        self.until_all("the rounds' keys", item, keyed).await?;
        let members = self.case.look(members_present);
        let mut papers = Vec::new();
        for ballot in &sheet {
            papers.push((*ballot, self.papers(*ballot, &members).await?));
        }
        let open = Command::OpenBallot {
            ballot: first,
            limit_s: 0,
        };
        self.conduct(first, open).await?;
        self.hands.pass(VOTING_MS);
        for (ballot, papers) in papers {
            self.vote(ballot, papers, votes).await?;
        }
        self.conduct(first, Command::CloseBallot { ballot: first }).await?;
        self.hands.pass(CLOSING_S * 1000);
        self.case.wake().await;
        self.until_all("the sealing", item, |b| b.state == BallotState::Sealed)
            .await?;
        self.hands.pass(VOTING_MS);
        self.conduct(first, Command::AnnounceBallot { ballot: first }).await?;
        let released = |b: &Ballot| b.casts.secret().is_some_and(|s| s.released.is_some());
        self.until_all("the boards", item, released).await
    }

    async fn until_all(&self, what: &str, item: ItemId, holds: impl Fn(&Ballot) -> bool) -> Result<(), CommandError> {
        self.until(what, |c| of_item(c, item).all(|(_, b)| holds(b))).await
    }

    /// An order of the chair, who looks at the console as it is.
    async fn conduct(&self, ballot: BallotId, command: Command) -> Result<(), CommandError> {
        let seen = self.case.look(|c| c.ballot(ballot).map(|b| (b.round, b.state)));
        let (round, state) = seen.map_err(failed)?;
        let wish = Wish {
            expects: Some(Expects { ballot, round, state }),
            ..Wish::fresh(CHAIR, command)
        };
        accepted(&self.case, wish).await
    }

    /// Everybody's paper with its token.
    async fn papers(&mut self, ballot: BallotId, members: &[PersonId]) -> Result<Vec<SecretVoter>, CommandError> {
        let mut phones = Vec::new();
        for person in members {
            phones.push((*person, self.phone(*person).await?));
        }
        let header = self.header(ballot)?;
        let papers = phones
            .iter()
            .map(|(person, (key, device))| self.paper(&header, *person, key, device.clone()));
        try_join_all(papers).await
    }

    fn header(&self, ballot: BallotId) -> Result<Header, CommandError> {
        let text = self
            .case
            .look(|c| Some(c.ballot(ballot).ok()?.casts.secret()?.header.clone()));
        Header::parse(&text.unwrap_or_default()).map_err(failed)
    }

    async fn paper(
        &self,
        header: &Header,
        person: PersonId,
        key: &DeviceKey,
        device: Device,
    ) -> Result<SecretVoter, CommandError> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(failed)?;
        let mut paper = SecretVoter::new(seed, header.text()).map_err(failed)?;
        let id = Uuid::new_v4();
        let ask = paper.request(key, id);
        let blinded = crate::secrecy::encoding::from_b64(&ask.blinded).ok_or_else(|| failed("no element"))?;
        let wish = Wish {
            id,
            actor: Actor::Person { person },
            command: Command::TakeToken {
                ballot: header.round().ballot,
                round: ask.round,
                blinded: ask.blinded,
                signature: ask.signature,
            },
            expects: None,
            device: Some(device),
        };
        accepted(&self.case, wish).await?;
        let issued = self
            .app
            .outer
            .office
            .issue(header.clone(), blinded)
            .await
            .map_err(failed)?;
        let token = Token {
            evaluated: to_b64(&issued.evaluated),
            proof: to_b64(&issued.proof),
            header: header.text().to_owned(),
        };
        paper.take(&token).map_err(failed)?;
        Ok(paper)
    }

    /// The papers are marked so that the script's figures come about.
    async fn vote(
        &self,
        ballot: BallotId,
        papers: Vec<SecretVoter>,
        votes: &[(SubjectId, Vec<u32>)],
    ) -> Result<(), CommandError> {
        let (subject, change) = self
            .case
            .look(|c| c.ballot(ballot).map(|b| (b.subject, b.rule.change)))
            .map_err(failed)?;
        let of_subject = votes.iter().find(|(s, _)| *s == subject);
        let chosen = of_subject.into_iter().flat_map(|(_, counts)| (1_u8..).zip(counts));
        let chosen = chosen.flat_map(|(choice, count)| (0..*count).map(move |_| choice));
        let marked = papers.iter().zip(chosen).map(|(paper, choice)| {
            let cast = paper.cast(choice, 1).map_err(failed);
            async move { self.cast(paper.header().clone(), cast?, change).await }
        });
        try_join_all(marked).await.map(drop)
    }

    async fn cast(&self, header: Header, cast: SecretCast, change: ChangeRule) -> Result<(), CommandError> {
        let text = CastText {
            vote_pk: &cast.vote_pk,
            token: &cast.token,
            seq: cast.seq,
            choices: &cast.choices,
            sig: &cast.sig,
        };
        let put = self.app.outer.office.cast(header, text, change).await;
        put.map(drop)
            .map_err(|why| failed(format!("a vote was refused: {why:?}")))
    }
}

fn of_item(case: &Appraisal, item: ItemId) -> impl Iterator<Item = (BallotId, &Ballot)> {
    case.ballots_of_sitting().filter(move |(_, b)| b.item == item)
}

fn members_present(case: &Appraisal) -> Vec<PersonId> {
    let here = case
        .roster
        .members()
        .filter(|(_, p)| p.attendance == Attendance::Present);
    here.map(|(id, _)| id).collect()
}
