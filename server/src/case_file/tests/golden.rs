//! Golden journals: cases that an earlier version recorded must come to the same outcomes and announced results in every
//! later one (invariant 2 over releases). Their outcomes are written once and never again; what screens show of them may
//! change on purpose, and is then read as a difference.

use super::kept;
use super::parts::Parts;
use crate::conductor;
use pingyi_core::Appraisal;
use pingyi_core::stamp::Stamped;
use pingyi_core::views::{Audience, Surroundings, view};
use serde_json::{Value, json};
use std::path::Path;
use uuid::Uuid;

/// A whole case of the first release's records, and those of the first format of case files.
const GOLDEN: [(&str, &str); 5] = [
    ("whole", "golden/whole.zip"),
    ("secret", "format-1/secret-archive.zip"),
    ("named", "format-1/named-archive.zip"),
    ("items-secret", "format-1/items-secret-archive.zip"),
    ("items-named", "format-1/items-named-archive.zip"),
];

fn records(path: &Path) -> (Uuid, Vec<Stamped>) {
    let parts = Parts::of(&std::fs::read(path).unwrap());
    let manifest: Value = serde_json::from_str(&parts.text("manifest.json")).unwrap();
    let record = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        conductor::decode(line["data"].as_str().unwrap().as_bytes()).unwrap()
    };
    let case = manifest["case"].as_str().unwrap().parse().unwrap();
    (case, parts.text("journal.jsonl").lines().map(record).collect())
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap() + "\n"
}

#[test]
fn golden_journals_come_to_the_outcomes_and_results_they_had() {
    for (name, file) in GOLDEN {
        let (id, records) = records(&kept(file));
        let mut case = Appraisal::new(id);
        let outcomes: Vec<Value> = records
            .iter()
            .map(|stamped| json!(case.apply(stamped).verdict))
            .collect();
        let results = case.ballots.iter().map(|(id, b)| (id.0.to_string(), json!(b.result)));
        let counted = case.questionnaires.all.iter();
        let counted = counted.map(|(id, q)| (id.0.to_string(), json!(q.result)));
        let told = pretty(&json!({
            "outcomes": outcomes,
            "results": Value::Object(results.collect()),
            "questionnaires": Value::Object(counted.collect()),
        }));
        let path = kept(&format!("golden/{name}.json"));
        if !path.exists() && std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &told).unwrap();
        }
        let before = std::fs::read_to_string(&path).unwrap();
        assert!(
            told == before,
            "{name}: the rules decide its records otherwise than when they were kept"
        );

        if name == "whole" {
            shows(&case, name);
        }
    }
}

fn shows(case: &Appraisal, name: &str) {
    let around = Surroundings::default();
    let seen = Audience::ALL.map(|audience| (format!("{audience:?}"), json!(view(case, &around, audience))));
    let seen = pretty(&Value::Object(seen.into_iter().collect()));
    let path = kept(&format!("golden/{name}-views.json"));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &seen).unwrap();
    }
    let before = std::fs::read_to_string(&path).unwrap();
    let path = path.display();
    assert!(
        seen == before,
        "screens show a golden case otherwise: UPDATE=1 rewrites {path}, then read the diff"
    );
}
