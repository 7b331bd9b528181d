//! `pingyi set-aside`: an operator's order on the folder of a stopped program, kept on the record.

use super::CommandError;
use crate::app::AppError;
use crate::clock::Clock;
use crate::conductor;
use crate::journal::{Journal, SqliteJournal};
use crate::settings::SetAside;

/// Writes the order. The lock on the folder refuses it while the program runs.
pub async fn set_aside(order: SetAside) -> Result<(), CommandError> {
    let fatal = |reason: &str| tracing::error!(reason, "the journal cannot be written");
    let journal = SqliteJournal::open(&order.data, Box::new(fatal)).map_err(AppError::from)?;
    let done = conductor::set_aside(
        &journal,
        order.case,
        order.record,
        &order.reason,
        Clock::default().now_ms(),
    )
    .await;
    journal.close().await;
    done?;
    println!(
        "record {} of case {} is set aside; start the program again",
        order.record, order.case
    );
    Ok(())
}
