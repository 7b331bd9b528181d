//! Tries to link secret votes to members: the same casts in two orders, timings and batchings must leave the same files,
//! views and log lines, and none of them may hold what a cast consists of. Leaks on purpose show that it can fail.

mod left;
mod run;

use left::{Left, Seen};
use pingyi::rehearsal::SecretVoter;
use pingyi_core::views::BallotView;
use pingyi_tests::secret::check_board;
use run::{EARLY, Leak, Order, Prepared, VOTED, VOTERS};

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
        assert!(one_by_one.log.iter().all(|log| !log.is_empty()), "the log is heard");
        assert_eq!(one_by_one.differences(&backwards), Vec::<String>::new());

        for left in [&one_by_one, &backwards] {
            nothing_of_a_cast_is_outside_of_boxes_and_boards(&prepared, left);
            nobody_is_named_in_a_box_or_beside_a_line(&prepared, left);
            the_boxes_are_in_the_order_of_their_keys(left);
            the_boards_hold(left);
        }

        for leak in [Leak::IntoTheLog, Leak::IntoAFile, Leak::IntoTheVault] {
            let first = prepared.run(Order::OneByOne, leak, &log).await;
            let second = prepared.run(Order::BackwardsInCrowds, leak, &log).await;
            assert!(!first.differences(&second).is_empty(), "{leak:?} was not noticed");
        }
    });
}

fn nothing_of_a_cast_is_outside_of_boxes_and_boards(prepared: &Prepared, left: &Left) {
    let mut secrets = Vec::new();
    for (n, paper) in prepared.papers.iter().flat_map(|papers| papers.iter().enumerate()) {
        let line = paper.line(run::last_choice(n), run::last_seq(n)).unwrap();
        for part in [&line.vote_pk[..], &line.token[..], &line.sig[..]] {
            secrets.extend(left::spellings(part));
        }
    }
    for (name, bytes) in left.everything_but_boxes_and_boards() {
        assert_eq!(
            left::first_held(&bytes, &secrets),
            None,
            "{name} holds a part of a cast"
        );
    }
    for (ballot, papers) in VOTED.into_iter().zip(prepared.papers.iter()) {
        for seen in [&left.middle, &left.sealed, &left.end] {
            let there = left::holds(seen.bytes_of_box(ballot), &papers[0].vote_pk());
            assert!(there, "the search finds what is there");
        }
    }
}

fn nobody_is_named_in_a_box_or_beside_a_line(prepared: &Prepared, left: &Left) {
    for (at, ballot) in VOTED.into_iter().enumerate() {
        let (papers, others) = (&prepared.papers[at], &prepared.papers[1 - at]);
        for seen in [&left.middle, &left.sealed, &left.end] {
            nobody_is_named_in(seen.bytes_of_box(ballot), papers);
            // Nor does one ballot's box hold the key of the same phone's paper in the other.
            assert!(
                others
                    .iter()
                    .all(|paper| !left::holds(seen.bytes_of_box(ballot), &paper.vote_pk()))
            );
        }
        let board: serde_json::Value = serde_json::from_str(&left.boards[at]).unwrap();
        assert_eq!(board["issuance"].as_array().unwrap().len(), VOTERS);
        let lines = board["lines"].as_array().unwrap();
        assert_eq!(lines.len(), VOTERS);
        for line in lines {
            let keys: Vec<&str> = line.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(keys, ["choices", "seq", "sig", "token", "vote_pk"]);
        }
    }
    // The keys' order is not the persons', nor that of the other ballot: it comes from a hash of each one's own seed.
    let order = |papers: &[SecretVoter]| {
        let mut order: Vec<usize> = (0..papers.len()).collect();
        order.sort_by_key(|n| papers[*n].vote_pk());
        order
    };
    let (first, second) = (order(&prepared.papers[0]), order(&prepared.papers[1]));
    assert!(!first.is_sorted() && !second.is_sorted() && first != second);
}

fn nobody_is_named_in(kept: &[u8], papers: &[SecretVoter]) {
    for (n, paper) in papers.iter().enumerate() {
        let name = format!("委员{:02}", n + 1);
        assert!(!left::holds(kept, name.as_bytes()), "{name} is in the box");
        // What the tokens' list says of a person fits no line more than another: no value of a row stands in a line.
        for blinded in left::spellings(&left::bytes_of_b64(&paper.blinded())) {
            assert!(!left::holds(kept, &blinded), "the element of {name} is in the box");
        }
    }
}

fn the_boxes_are_in_the_order_of_their_keys(left: &Left) {
    let keys = |seen: &Seen, count: usize| {
        for ballot in VOTED {
            let keys = seen.keys_of_box(ballot);
            assert!(keys.is_sorted() && keys.len() == count, "{keys:?}");
        }
    };
    keys(&left.middle, EARLY);
    keys(&left.sealed, VOTERS);
    keys(&left.end, VOTERS);
}

fn the_boards_hold(left: &Left) {
    for (ballot, board) in VOTED.into_iter().zip(&left.boards) {
        let announced = left.end.views["chair"][&format!("ballot/{ballot}")].clone();
        let announced: BallotView = serde_json::from_value(announced).unwrap();
        let shown = announced.secret.clone().unwrap();
        let (_, report) = check_board(board, &shown, &announced, VOTERS as u32).unwrap();
        assert_eq!(report.returned, VOTERS as u32);
    }
}
