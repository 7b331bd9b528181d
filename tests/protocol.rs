//! The client's protocol file is what the Rust types say, and JSON.parse can read every number in it.
//! `UPDATE=1 cargo test -p pingyi-tests --test protocol` rewrites it.

use std::path::Path;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../client/src/protocol/generated.ts");

#[test]
fn the_clients_types_are_the_servers() {
    let now = pingyi::protocol::typescript::declarations();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(FILE, &now).expect("the client's folder is writable");
    }
    let committed = std::fs::read_to_string(Path::new(FILE)).unwrap_or_default();
    assert!(
        committed == now,
        "client/src/protocol/generated.ts is older than the Rust types; run this test with UPDATE=1"
    );
}

#[test]
fn no_number_needs_a_bigint() {
    let text = pingyi::protocol::typescript::declarations();
    assert!(!text.contains("bigint"), "JSON.parse makes no bigints");
}
