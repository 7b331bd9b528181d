//! What the terminal shows once a hall is open: where to go, and a QR for the phone at hand.

use crate::doors::qr;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::Write;

/// Prints lines and, if the terminal can show it, a QR of `url`.
pub(super) fn print(lines: &[(&str, &str)], url: Option<&str>) {
    let mut out = std::io::stdout().lock();
    let widest = lines.iter().map(|(label, _)| width(label)).max().unwrap_or(0);
    let _ = writeln!(out);
    for (label, value) in lines {
        let pad = " ".repeat(widest - width(label));
        let _ = writeln!(out, "  {label}{pad}  {value}");
    }
    if let Some(Ok(picture)) = url.map(qr::terminal) {
        let _ = writeln!(out, "\n{picture}");
    }
    let _ = writeln!(out);
}

/// A bar for work that may take long: shown on a terminal, silent elsewhere.
pub(super) fn bar(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(0).with_message(what);
    let style = ProgressStyle::with_template("  {msg} [{bar:30}] {pos}/{len}  {eta}");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Columns on a terminal, where a Chinese character takes two.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
