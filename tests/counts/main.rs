//! Guards of speed that count instead of timing: encodings, frames, bytes and commits of a hall, as the program tells its
//! operator. One test alone in its program, for the counts are the whole program's.

use pingyi::rehearsal::call::{Method, send};
use pingyi_core::command::Command;
use pingyi_core::ids::{BallotId, ItemId};
use pingyi_core::sitting::Screen;
use pingyi_core::views::AttendanceView;
use pingyi_tests::Hall;
use pingyi_tests::hall::open_first_ballot;
use std::collections::BTreeMap;
use std::time::Instant;
use uuid::Uuid;

const MEMBERS: u32 = 28;
/// Members, chair, and nobody else look in this test; every audience has its own encoding.
const AUDIENCES: u64 = 5;
/// What the vote changed of the member's own stream, and a receipt.
const OWN_FRAMES_A_VOTE: u64 = 2;
const OWN_BYTES_A_VOTE: u64 = 500;
/// A vote as it stands in the journal, signature and all.
const RECORD_BYTES_A_VOTE: u64 = 700;
/// What one changed value costs each phone.
const BYTES_OF_A_CHANGE: u64 = 2_500;

type Counts = BTreeMap<String, u64>;

async fn counts(hall: &Hall) -> Counts {
    let (status, body) = send(&hall.host, Method::GET, "/metrics", None, None)
        .await
        .expect("the program tells its figures");
    assert_eq!(status, 200);
    let text = String::from_utf8(body.to_vec()).expect("a text");
    let line = |line: &str| {
        let (name, value) = line.split_once(' ')?;
        Some((name.to_owned(), value.parse().ok()?))
    };
    text.lines().filter(|l| !l.starts_with('#')).filter_map(line).collect()
}

/// By how much each count has grown.
fn grown(before: &Counts, after: Counts) -> impl Fn(&str) -> u64 + use<> {
    let before = before.clone();
    move |name| {
        let name = format!("pingyi_{name}_total");
        after[&name] - before[&name]
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hall_costs_no_more_messages_bytes_and_commits_than_its_bounds() {
    let hall = Hall::open_named().await;
    let mut members = Vec::new();
    for person in 1..=MEMBERS {
        let mut member = hall.member(person).await;
        member.check_in().await;
        members.push(member);
    }
    for member in &mut members {
        let all_here = |phone: &pingyi::rehearsal::Phone| {
            phone
                .view::<AttendanceView>("attendance")
                .is_some_and(|a| a.present == MEMBERS)
        };
        member.phone.until(all_here).await.expect("everybody is counted");
    }
    let mut chair = hall.chair().await;

    let before = counts(&hall).await;
    assert_eq!(before["pingyi_sockets"], u64::from(MEMBERS) + 1);
    chair
        .command(
            Command::ShowScreen {
                screen: Screen::CheckIn {},
            },
            None,
        )
        .await
        .expect("a receipt");
    chair
        .command(Command::BeginItem { item: ItemId(2) }, None)
        .await
        .expect("a receipt");
    for member in &mut members {
        member
            .phone
            .until(|phone| phone.views["sitting"]["current"] == 2)
            .await
            .expect("everybody hears of the item");
    }
    let grew = grown(&before, counts(&hall).await);
    let phones = u64::from(MEMBERS) + 1;
    assert!(
        grew("shared_encodings") <= 2 * AUDIENCES,
        "a change is encoded once an audience"
    );
    assert!(grew("shared_frames") <= 2 * phones, "a change is one message a phone");
    assert!(
        grew("shared_bytes") <= 2 * phones * BYTES_OF_A_CHANGE,
        "{} bytes",
        grew("shared_bytes")
    );
    let own = grew("frames") - grew("shared_frames");
    assert_eq!(
        grew("encodings") - grew("shared_encodings"),
        own,
        "no shared message is encoded for one socket"
    );

    let ballot = open_first_ballot(&mut chair).await;
    assert_eq!(ballot, BallotId(1));
    // What the opening itself tells is on every phone before anything is counted.
    for member in &mut members {
        let told = |phone: &pingyi::rehearsal::Phone| {
            phone.views["ballot/1"]["state"] == "open" && phone.own::<serde_json::Value>("my_ballot/1").is_some()
        };
        member.phone.until(told).await.expect("everybody hears of the opening");
    }
    let (before, began) = (counts(&hall).await, Instant::now());
    let mut given = Vec::new();
    for member in &mut members {
        let id = Uuid::new_v4();
        let vote = member.key.vote(hall.demo.appraisal, id, BallotId(1), 1, 0);
        member.phone.give(id, vote, None).await.expect("the vote is on its way");
        given.push(id);
    }
    for (member, id) in members.iter_mut().zip(given) {
        member.phone.receipt(id).await.expect("a receipt");
    }
    let counted = |phone: &pingyi::rehearsal::Phone| phone.views["ballot/1"]["returned"] == MEMBERS;
    for member in &mut members {
        member.phone.until(counted).await.expect("everybody sees the count");
    }
    let grew = grown(&before, counts(&hall).await);
    let votes = u64::from(MEMBERS);
    let own = grew("frames") - grew("shared_frames");
    let own_bytes = grew("frame_bytes") - grew("shared_bytes");
    assert!(own <= OWN_FRAMES_A_VOTE * votes, "{own} messages for {votes} votes");
    assert!(
        own_bytes <= OWN_BYTES_A_VOTE * votes,
        "{own_bytes} bytes for {votes} votes"
    );
    assert_eq!(grew("encodings") - grew("shared_encodings"), own);
    assert!(
        grew("writes") <= grew("frames"),
        "what waits together is written together, and nothing in pieces"
    );
    // The count is told at its own pace, whatever the number of votes.
    let ticks = u64::try_from(began.elapsed().as_millis()).expect("not for ever") / TALLY_EVERY_MS + 2;
    assert!(
        grew("shared_frames") <= ticks * phones,
        "{} in {ticks} ticks",
        grew("shared_frames")
    );
    assert!(grew("journal_commits") <= votes);
    assert_eq!(grew("journal_records"), votes);
    assert!(grew("journal_bytes") <= RECORD_BYTES_A_VOTE * votes);
}

const TALLY_EVERY_MS: u64 = pingyi::limits::PUBLISH_GATHERED_EVERY_MS;
