//! Tries to link secret votes to members: the same casts in two orders, timings and batchings must leave the same files,
//! views and log lines, and none of them may hold what a cast consists of. Leaks on purpose show that it can fail.

mod left;
mod run;

use left::Left;
use pingyi_core::views::BallotView;
use pingyi_tests::secret::{check_board, voter};
use run::{Leak, Order, Prepared};

/// Log lines are gathered for the whole process, so all is one test.
#[test]
fn nothing_that_is_left_tells_in_which_order_the_votes_came() {
    let log = left::gather_log();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let prepared = Prepared::new().await;
        log.take();
        let one_by_one = prepared.run(Order::OneByOne, Leak::Nothing, &log).await;
        let backwards = prepared.run(Order::BackwardsInCrowds, Leak::Nothing, &log).await;
        assert!(!one_by_one.log.is_empty(), "the log is heard");
        assert_eq!(one_by_one.differences(&backwards), Vec::<String>::new());

        for left in [&one_by_one, &backwards] {
            nothing_of_a_cast_is_outside_of_box_and_board(&prepared, left);
            nobody_is_named_in_the_box_or_beside_a_line(&prepared, left);
            the_board_holds(left);
        }

        for leak in [Leak::IntoTheLog, Leak::IntoAFile, Leak::IntoTheVault] {
            let first = prepared.run(Order::OneByOne, leak, &log).await;
            let second = prepared.run(Order::BackwardsInCrowds, leak, &log).await;
            assert!(!first.differences(&second).is_empty(), "{leak:?} was not noticed");
        }
    });
}

fn nothing_of_a_cast_is_outside_of_box_and_board(prepared: &Prepared, left: &Left) {
    let mut secrets = Vec::new();
    for (n, paper) in prepared.papers.iter().enumerate() {
        let line = paper.line(run::last_choice(n), run::last_seq(n)).unwrap();
        for part in [&line.vote_pk[..], &line.token[..], &line.sig[..]] {
            secrets.extend(left::spellings(part));
        }
    }
    for (name, bytes) in left.everything_but_box_and_board() {
        assert_eq!(
            left::first_held(&bytes, &secrets),
            None,
            "{name} holds a part of a cast"
        );
    }
    let kept = left.bytes_of_box();
    assert!(
        left::holds(&kept, &prepared.papers[0].vote_pk()),
        "the search finds what is there"
    );
}

fn nobody_is_named_in_the_box_or_beside_a_line(prepared: &Prepared, left: &Left) {
    let kept = left.bytes_of_box();
    for (n, paper) in prepared.papers.iter().enumerate() {
        let person = n + 1;
        let name = format!("委员{person:02}");
        assert!(!left::holds(&kept, name.as_bytes()), "{name} is in the box");
        for blinded in left::spellings(&left::bytes_of_b64(&paper.blinded())) {
            assert!(!left::holds(&kept, &blinded), "the element of {name} is in the box");
        }
        // What the tokens' list says of a person fits no line more than another: no value of a row stands in a line.
        assert_ne!(left::bytes_of_b64(&paper.blinded()), paper.vote_pk());
    }
    let board: serde_json::Value = serde_json::from_str(&left.board).unwrap();
    let rows = board["issuance"].as_array().unwrap();
    assert_eq!(rows.len(), prepared.papers.len());
    let lines = board["lines"].as_array().unwrap();
    assert_eq!(lines.len(), prepared.papers.len());
    for line in lines {
        let keys: Vec<&str> = line.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["choices", "seq", "sig", "token", "vote_pk"]);
    }
    // The keys' order is not the persons': it comes from a hash of each one's own seed.
    let by_person: Vec<_> = (1..=28)
        .map(|person| voter(person, prepared.header()).vote_pk())
        .collect();
    assert!(!by_person.is_sorted(), "the lines stand in the order of the roster");
}

fn the_board_holds(left: &Left) {
    let announced: BallotView = serde_json::from_value(left.views["chair"]["ballot/1"].clone()).unwrap();
    let shown = announced.secret.clone().unwrap();
    let (_, report) = check_board(&left.board, &shown, &announced, 28).unwrap();
    assert_eq!(report.returned, 28);
}
