//! Every way to be told no: tokens asked for twice or by others, casts that are wrong, late or say who they are from.

use pingyi::protocol::call::CastRefusal as R;
use pingyi::protocol::call::{SecretCast, TakeToken, Token};
use pingyi::protocol::{Problem, Verdict};
use pingyi::rehearsal::{CallError, DeviceKey, SecretVoter, VoteError, post};
use pingyi_core::Refusal;
use pingyi_core::ballot::BallotState;
use pingyi_core::command::Command;
use pingyi_core::ids::PersonId;
use pingyi_core::views::{BallotView, MyBallotView};
use pingyi_tests::hall::{device_key, done, until_ballot};
use pingyi_tests::secret::{BALLOT, SecretHall, cast_refusal, sent, voter};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use uuid::Uuid;

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
    let signed_in = stage.sign_in(code, &device_key(29, 0)).await;
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

fn token_path(stage: &SecretHall) -> String {
    format!("/api/appraisals/{}/ballots/{BALLOT}/token", stage.hall.demo.appraisal)
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
