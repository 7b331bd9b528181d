//! The scenes in their order. A scene says what it measured against which goal.

mod board;
mod hall;
mod huge;
mod inquiry;
mod long;
mod public;
mod restart;
mod scale;
mod secret;
mod slow_disk;
mod tls;

use super::report::Scene;
use super::{BenchError, Stage};
use crate::settings::BenchScene;

type Play = fn(&Stage<'_>) -> Result<Vec<Scene>, BenchError>;

/// Those played together, for they share a hall.
const ALL: &[(&str, &[BenchScene], Play)] = &[
    (
        "hall",
        &[
            BenchScene::Join,
            BenchScene::Idle,
            BenchScene::Change,
            BenchScene::Votes,
        ],
        hall::play,
    ),
    ("secret", &[BenchScene::Secret], secret::play),
    ("questions", &[BenchScene::Questions], inquiry::play),
    ("mixed", &[BenchScene::Mixed], long::mixed),
    ("reconnect", &[BenchScene::Reconnect], restart::reconnect),
    ("recovery", &[BenchScene::Recovery], restart::recovery),
    ("slow disk", &[BenchScene::SlowDisk], slow_disk::play),
    ("huge case", &[BenchScene::HugeCase], huge::play),
    ("public", &[BenchScene::Public], public::play),
    ("tls", &[BenchScene::Tls], tls::play),
    ("soak", &[BenchScene::Soak], long::soak),
    ("scale", &[BenchScene::Scale], scale::play),
];

pub(super) fn run(stage: &Stage<'_>) -> Result<Vec<Scene>, BenchError> {
    let mut scenes = Vec::new();
    for (name, of, play) in ALL {
        if of.iter().any(|scene| stage.wants(*scene)) {
            stage.bar.set_message(*name);
            stage.bar.reset();
            let played = play(stage).map_err(|source| BenchError::Scene {
                scene: name,
                source: Box::new(source),
            });
            scenes.extend(played?);
        }
    }
    Ok(scenes)
}
