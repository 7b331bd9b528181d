//! The secret ballot over real sockets: from the token to the board that anyone may check, and every way to be told no.

use pingyi::protocol::call::CastRefusal as R;
use pingyi::protocol::call::{SecretCast, SignInCard, SignedIn, TakeOver, TakeToken, Token};
use pingyi::protocol::{Problem, Verdict};
use pingyi::rehearsal::{CallError, DeviceKey, SecretVoter, VoteError, post};
use pingyi::secrecy::Extent;
use pingyi::vault::SeedOf;
use pingyi_core::Refusal;
use pingyi_core::ballot::BallotState;
use pingyi_core::command::Command;
use pingyi_core::ids::PersonId;
use pingyi_core::views::{BallotView, MyBallotView};
use pingyi_tests::hall::{device_key, done, until_ballot};
use pingyi_tests::secret::{BALLOT, SecretHall, board_text, cast_refusal, check_board, voter};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use uuid::Uuid;

/// The sample notice's 20, 7 and 1 of 28, voted in secret.
#[tokio::test]
async fn a_secret_ballot_of_28_ends_in_a_board_that_anyone_can_check() {
    let mut stage = SecretHall::presented(28).await;
    let mut projector = stage.hall.projector().await;
    let host = stage.hall.host.clone();
    let papers = stage.papers().await;
    let shown: BallotView = until_ballot(&mut projector, BALLOT, BallotState::Presented).await;
    assert_eq!(shown.present, 28);
    stage.open().await;
    let mut lines = Vec::new();
    for (n, paper) in papers.iter().enumerate() {
        let (choice, seq) = (
            match n {
                0..20 => 1,
                20..27 => 2,
                _ => 3,
            },
            1_000 + n as u32,
        );
        if n % 6 == 0 {
            paper.vote(&host, 4, seq).await.unwrap();
        }
        paper.vote(&host, choice, seq + 7).await.unwrap();
        lines.push(paper.line(choice, seq + 7).unwrap());
    }
    assert_eq!(board_text(&host, stage.hall.demo.appraisal).await, Err(404));
    stage.close().await;
    stage.seal().await;

    let sealed = until_ballot(&mut projector, BALLOT, BallotState::Sealed).await;
    let at_sealing = sealed.secret.unwrap();
    assert!(
        at_sealing.digest.is_some(),
        "the digest is on the screen before the announcement"
    );
    assert!(sealed.result.is_none(), "the result is not");
    assert_eq!(
        board_text(&host, stage.hall.demo.appraisal).await,
        Err(404),
        "nor is the board"
    );

    let announced = stage.announce().await;
    let result = announced.result.clone().unwrap();
    let percents: Vec<_> = result.counts.iter().map(|c| c.percent.as_str()).collect();
    assert_eq!(percents, ["71.43", "25", "3.57", "0"]);
    let text = board_text(&host, stage.hall.demo.appraisal).await.unwrap();
    let (board, report) = check_board(&text, &at_sealing, &announced, 28).unwrap();
    assert!(
        report.checks.iter().all(|(_, extent)| *extent == Extent::Whole),
        "{report:?}"
    );
    assert_eq!(
        (report.counts, report.issued, report.returned),
        (vec![20, 7, 1, 0], 28, 28)
    );
    lines.sort_by_key(|line| line.vote_pk);
    assert!(
        board.lines == lines,
        "each voter's last vote is on the board as it was signed, and nothing else"
    );
    let turned = text.replacen("\"choices\":[1]", "\"choices\":[2]", 1);
    assert!(
        check_board(&turned, &at_sealing, &announced, 28).is_err(),
        "a bent board does not hold"
    );
}

#[tokio::test]
async fn a_token_is_given_once_and_a_lost_answer_costs_nothing() {
    let mut stage = SecretHall::presented(15).await;
    let (host, path) = (stage.hall.host.clone(), token_path(&stage));
    let (first, other) = (voter(1, &stage.header), voter(1001, &stage.header));
    let ask = async |voter: &SecretVoter, key: &DeviceKey, bearer: &str| -> Result<Token, CallError> {
        post(&host, &path, Some(bearer), &voter.request(key, Uuid::new_v4())).await
    };
    let (bearer, key) = (stage.members[0].signed_in.bearer.clone(), stage.members[0].key.clone());

    let unsigned = ask(&first, &device_key(1, 9), &bearer).await;
    assert!(
        matches!(unsigned, Err(CallError::Problem { status: 401, .. })),
        "a bearer alone takes no token"
    );
    for garbage in ["_".repeat(43), "A".repeat(43), "A".repeat(42) + "B"] {
        let id = Uuid::new_v4();
        let signature = key.sign_token(stage.hall.demo.appraisal, id, BALLOT, 1, &garbage);
        let ask = TakeToken {
            id,
            round: 1,
            blinded: garbage,
            signature,
        };
        let answer: Result<Token, CallError> = post(&host, &path, Some(&bearer), &ask).await;
        assert!(
            matches!(answer, Err(CallError::Problem { status: 400, .. })),
            "what is no element uses up no token"
        );
    }
    let token = ask(&first, &key, &bearer).await.unwrap();
    let again = ask(&first, &key, &bearer).await.unwrap();
    assert_eq!(token.evaluated, again.evaluated);
    let taken = ask(&other, &key, &bearer).await;
    assert!(
        matches!(
            taken,
            Err(CallError::Problem {
                status: 409,
                problem: Problem::Refused {
                    refusal: Refusal::TokenTaken {}
                }
            })
        ),
        "{taken:?}"
    );
    let phone = &mut stage.members[0].phone;
    phone
        .until(|p| p.own::<MyBallotView>("my_ballot/1").is_some_and(|b| b.token_taken))
        .await
        .unwrap();

    // An answer of another key is not taken for a token.
    let mut tagged = voter(1, &stage.header);
    assert!(matches!(
        tagged.take(&Token {
            evaluated: first.blinded(),
            ..token.clone()
        }),
        Err(VoteError::Proof)
    ));
    assert!(!tagged.has_token());

    let absent = stage.hall.member(16).await;
    let refused = ask(&voter(16, &stage.header), &absent.key, &absent.signed_in.bearer).await;
    assert!(
        matches!(
            refused,
            Err(CallError::Problem {
                problem: Problem::Refused {
                    refusal: Refusal::NotCheckedIn {}
                },
                ..
            })
        ),
        "{refused:?}"
    );
    stage.open().await;
    let mut late = absent;
    late.check_in().await;
    ask(&voter(16, &stage.header), &late.key, &late.signed_in.bearer)
        .await
        .expect("who comes late still gets a token");
}

/// Over the socket an element is not looked at by the token's call; a broken one would keep the box from being sealed.
#[tokio::test]
async fn what_is_no_element_never_reaches_the_record() {
    let mut stage = SecretHall::presented(15).await;
    let appraisal = stage.hall.demo.appraisal;
    for garbage in ["_".repeat(43), "A".repeat(43), "A".repeat(42) + "B"] {
        let mut member = stage
            .hall
            .join(&stage.members[0].signed_in, Default::default())
            .await
            .unwrap();
        let id = Uuid::new_v4();
        let signature = stage.members[0].key.sign_token(appraisal, id, BALLOT, 1, &garbage);
        member
            .give(
                id,
                Command::TakeToken {
                    ballot: BALLOT,
                    round: 1,
                    blinded: garbage,
                    signature,
                },
                None,
            )
            .await
            .unwrap();
        let answer = member.receipt(id).await;
        assert!(!matches!(answer, Ok(Verdict::Accepted { .. })), "{answer:?}");
    }
    stage.open().await;
    stage.close().await;
    assert_eq!(stage.seal().await.result.unwrap().returned, 0);
}

#[tokio::test]
async fn every_wrong_cast_is_told_why_and_leaves_nothing() {
    let mut stage = SecretHall::presented(15).await;
    let host = stage.hall.host.clone();
    let (paper, other) = (stage.paper(0).await, stage.paper(1).await);
    let send = async |cast: SecretCast| cast_refusal(sent(&host, &cast).await);
    assert_eq!(cast_refusal(paper.vote(&host, 1, 10).await), R::NotOpen, "presented");
    stage.open().await;
    done(&mut stage.chair, Command::PauseBallot { ballot: BALLOT }).await;
    assert_eq!(cast_refusal(paper.vote(&host, 1, 10).await), R::NotOpen, "paused");
    until_ballot(&mut stage.chair, BALLOT, BallotState::Paused).await;
    done(&mut stage.chair, Command::ResumeBallot { ballot: BALLOT }).await;
    until_ballot(&mut stage.chair, BALLOT, BallotState::Open).await;

    paper.vote(&host, 1, 10).await.unwrap();
    paper
        .vote(&host, 1, 10)
        .await
        .expect("the same line again is a lost answer");
    assert_eq!(cast_refusal(paper.vote(&host, 2, 10).await), R::OtherContent);
    assert_eq!(cast_refusal(paper.vote(&host, 2, 9).await), R::Older);
    paper.vote(&host, 2, 11).await.unwrap();
    assert_eq!(
        cast_refusal(paper.vote(&host, 1, 10).await),
        R::Older,
        "a replay of what was replaced"
    );

    let good = paper.cast(3, 20).unwrap();
    let theirs = other.cast(3, 20).unwrap();
    assert_eq!(
        send(SecretCast {
            choices: vec![1],
            ..good.clone()
        })
        .await,
        R::Signature
    );
    assert_eq!(
        send(SecretCast {
            sig: theirs.sig.clone(),
            ..good.clone()
        })
        .await,
        R::Signature
    );
    assert_eq!(
        send(SecretCast {
            token: theirs.token.clone(),
            ..good.clone()
        })
        .await,
        R::Token,
        "a token under another key"
    );
    assert_eq!(
        send(SecretCast {
            token: "A".repeat(86),
            ..good.clone()
        })
        .await,
        R::Token
    );
    assert_eq!(
        send(SecretCast {
            vote_pk: theirs.vote_pk.clone(),
            ..good.clone()
        })
        .await,
        R::Token
    );
    assert_eq!(
        send(SecretCast {
            token: "A".repeat(85),
            ..good.clone()
        })
        .await,
        R::Malformed
    );
    assert_eq!(send(SecretCast { seq: 0, ..good.clone() }).await, R::Malformed);
    assert_eq!(
        send(SecretCast {
            round: 2,
            ..good.clone()
        })
        .await,
        R::OtherRound
    );
    assert_eq!(
        send(SecretCast {
            ballot: 2,
            ..good.clone()
        })
        .await,
        R::NotOpen
    );
    for choices in [vec![0], vec![5], vec![255], vec![], vec![1, 1]] {
        assert_eq!(
            send(SecretCast {
                choices,
                ..good.clone()
            })
            .await,
            R::NoSuchOption
        );
    }
    for choice in [0, 5] {
        assert_eq!(
            cast_refusal(paper.vote(&host, choice, 20).await),
            R::NoSuchOption,
            "signed as well"
        );
    }
    let bearer = format!("Authorization: Bearer {}", stage.members[2].signed_in.bearer);
    for login in [bearer.as_str(), "Cookie: session=1", "authorization: x"] {
        let answer = cast_with(&host, login, &other.cast(1, 5).unwrap()).await;
        assert!(
            answer.starts_with("HTTP/1.1 409") && answer.contains("login_with_cast"),
            "{answer}"
        );
    }
    let named = stage.members[3].vote(BALLOT, 0).await;
    assert_eq!(
        named,
        Verdict::Refused {
            refusal: Refusal::SecretBallot {}
        }
    );

    stage.close().await;
    other
        .vote(&host, 4, 5)
        .await
        .expect("phones may flush in the seconds after closing");
    let result = stage.seal().await.result.unwrap();
    assert_eq!(cast_refusal(other.vote(&host, 1, 6).await), R::Closed);
    let counts: Vec<_> = result.counts.iter().map(|c| c.votes).collect();
    assert_eq!(
        (counts, result.issued, result.returned),
        (vec![0, 1, 0, 1], 2, 2),
        "of all this two votes are left"
    );
    stage.announce().await;
    assert_eq!(cast_refusal(other.vote(&host, 1, 6).await), R::Closed);
}

#[tokio::test]
async fn an_attendee_gets_no_token() {
    let mut stage = SecretHall::presented(15).await;
    let code = stage
        .hall
        .app
        .outer
        .doors
        .cards
        .code(stage.hall.demo.appraisal, PersonId(29), 1);
    let signed_in = sign_in(&stage, code, &device_key(29, 0)).await;
    let mut attendee = stage.hall.join(&signed_in, Default::default()).await.unwrap();
    done(&mut attendee, Command::CheckIn {}).await;
    let mut paper = voter(29, &stage.header);
    let asked = paper
        .fetch(&stage.hall.host, &signed_in.bearer, &device_key(29, 0))
        .await;
    assert!(
        matches!(
            asked,
            Err(VoteError::Call(CallError::Problem {
                status: 409,
                problem: Problem::Refused {
                    refusal: Refusal::NoVote {}
                }
            }))
        ),
        "{asked:?}"
    );
    stage.open().await;
    let taken = stage.chair.view::<BallotView>("ballot/1").unwrap().issued;
    assert_eq!(taken, 0);
}

/// A phone is lost after its token was taken: nobody can know whether that token was cast, so the round is voided.
#[tokio::test]
async fn a_voided_round_is_destroyed_and_a_new_phone_votes_in_the_next() {
    let mut stage = SecretHall::presented(15).await;
    let host = stage.hall.host.clone();
    let first = stage.papers().await;
    stage.open().await;
    for paper in &first {
        paper.vote(&host, 1, 1).await.unwrap();
    }
    let mut desk = stage.hall.desk().await;
    done(&mut desk, Command::ReissueCredential { person: PersonId(3) }).await;
    let generation = case(&stage).look(|c| c.roster.people[&PersonId(3)].card_generation);
    let code = stage
        .hall
        .app
        .outer
        .doors
        .cards
        .code(stage.hall.demo.appraisal, PersonId(3), generation);
    let key = device_key(3, 1);
    let signed_in = sign_in(&stage, code, &key).await;
    let phone = stage.hall.join(&signed_in, Default::default()).await.unwrap();
    assert!(
        phone.own::<MyBallotView>("my_ballot/1").unwrap().token_taken,
        "the new phone is told of the token it does not have"
    );
    let asked = voter(2003, &stage.header).fetch(&host, &signed_in.bearer, &key).await;
    assert!(
        matches!(
            asked,
            Err(VoteError::Call(CallError::Problem {
                problem: Problem::Refused {
                    refusal: Refusal::TokenTaken {}
                },
                ..
            }))
        ),
        "{asked:?}"
    );

    let seed = |round| SeedOf {
        appraisal: stage.hall.demo.appraisal,
        ballot: BALLOT.0,
        round,
    };
    let (first_box, old_header) = (stage.box_file(1), stage.header.clone());
    assert!(first_box.is_file() && stage.hall.app.outer.vault.seed(seed(1)).unwrap().is_some());
    let seed_of_first = seed(1);
    stage.void_and_present("一名委员更换手机").await;
    assert!(!first_box.exists(), "the box is gone");
    let boxes = std::fs::read_dir(first_box.parent().unwrap())
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap());
    assert!(
        boxes.into_iter().all(|name| name.contains("-1-2.db")),
        "and nothing beside it is left"
    );
    assert_eq!(
        stage.hall.app.outer.vault.seed(seed_of_first).unwrap(),
        None,
        "the seed is gone"
    );
    let view: BallotView = stage.chair.view("ballot/1").unwrap();
    assert_eq!(
        (view.round, view.voided[0].issued, view.voided[0].reason.as_str()),
        (2, 15, "一名委员更换手机")
    );
    assert_ne!(stage.header, old_header, "every round has a key of its own");

    let (_, lost) = (stage.members.remove(2), 2);
    stage.members.insert(
        lost,
        pingyi_tests::Member {
            phone,
            key,
            person: PersonId(3),
            signed_in,
        },
    );
    let second = stage.papers().await;
    assert_eq!(cast_refusal(first[0].vote(&host, 1, 1).await), R::OtherRound);
    stage.open().await;
    let relabelled = SecretCast {
        round: 2,
        ..first[0].cast(1, 1).unwrap()
    };
    assert_eq!(
        cast_refusal(sent(&host, &relabelled).await),
        R::Token,
        "a token of another round"
    );
    for paper in &second {
        paper.vote(&host, 2, 1).await.unwrap();
    }
    stage.close().await;
    let shown = stage.seal().await.secret.unwrap();
    let announced = stage.announce().await;
    let text = board_text(&host, stage.hall.demo.appraisal).await.unwrap();
    let (_, report) = check_board(&text, &shown, &announced, 15).unwrap();
    assert_eq!(report.counts, [0, 15, 0, 0]);
}

/// A sealed round is voided: its digest was in the hall and stays; its lines do not.
#[tokio::test]
async fn a_sealed_round_that_is_voided_keeps_its_digest_and_loses_its_lines() {
    let mut stage = SecretHall::presented(15).await;
    let host = stage.hall.host.clone();
    let papers = stage.papers().await;
    stage.open().await;
    for paper in &papers[..7] {
        paper.vote(&host, 1, 1).await.unwrap();
    }
    stage.close().await;
    let digest = stage.seal().await.secret.unwrap().digest;
    let first_box = stage.box_file(1);
    stage.void_and_present("唱票前发现投票对象有误").await;
    assert!(!first_box.exists());
    let view: BallotView = stage.chair.view("ballot/1").unwrap();
    assert_eq!(
        (
            view.voided[0].digest.clone(),
            view.voided[0].issued,
            view.voided[0].returned
        ),
        (digest, 15, 7)
    );
    assert_eq!(board_text(&host, stage.hall.demo.appraisal).await, Err(404));
}

/// Casts come into sight in steps; a screen never changes by one or two.
#[tokio::test]
async fn the_hall_screen_moves_in_steps_of_three_at_least() {
    let mut stage = SecretHall::presented(28).await;
    let host = stage.hall.host.clone();
    let papers = stage.papers().await;
    let mut projector = stage.hall.projector().await;
    stage.open().await;
    until_ballot(&mut projector, BALLOT, BallotState::Open).await;
    let casting = tokio::spawn(async move {
        for (n, paper) in papers.iter().enumerate() {
            paper.vote(&host, 1 + (n % 4) as u8, 5).await.unwrap();
        }
    });
    let mut steps = vec![0];
    while *steps.last().unwrap() < 26 {
        projector.hear().await.unwrap();
        let seen: BallotView = projector.view("ballot/1").unwrap();
        if Some(&seen.returned) != steps.last() {
            let tally = seen.tally.unwrap();
            assert_eq!(
                tally.iter().map(|c| c.votes).sum::<u32>(),
                seen.returned,
                "bars and turnout are of one step"
            );
            steps.push(seen.returned);
        }
    }
    casting.await.unwrap();
    assert!(steps.windows(2).all(|w| w[1] >= w[0] + 3), "{steps:?}");
}

fn case(stage: &SecretHall) -> pingyi::conductor::CaseHandle {
    stage.hall.app.outer.registry.get(stage.hall.demo.appraisal).unwrap()
}

fn token_path(stage: &SecretHall) -> String {
    format!("/api/appraisals/{}/ballots/{BALLOT}/token", stage.hall.demo.appraisal)
}

async fn sent(host: &str, cast: &SecretCast) -> Result<(), VoteError> {
    let _: serde_json::Value = post(host, "/api/cast", None, cast).await?;
    Ok(())
}

async fn sign_in(stage: &SecretHall, code: String, key: &DeviceKey) -> SignedIn {
    let ask = SignInCard {
        code,
        device_key: key.public_hex(),
        take_over: TakeOver::Ask,
    };
    post(&stage.hall.host, "/api/sign-in/card", None, &ask).await.unwrap()
}

/// A cast with one more header line; the answer as it came.
async fn cast_with(host: &str, line: &str, cast: &SecretCast) -> String {
    let body = serde_json::to_string(cast).unwrap();
    let mut stream = TcpStream::connect(host).await.unwrap();
    let head = format!(
        "POST /api/cast HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n{line}\r\n\r\n",
        body.len()
    );
    stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}
