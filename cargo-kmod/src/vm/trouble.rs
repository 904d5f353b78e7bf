// SPDX-License-Identifier: GPL-2.0-only
//! Telling the user that a boot did not come to its end.

use super::boot::{Ended, Outcome, last_lines};
use crate::exit::Exit;

const LINES: usize = 20;

impl Outcome {
    /// The exit code that it stands for, and what to say; `None` when nothing went wrong.
    pub fn trouble(&self) -> Option<(Exit, String)> {
        match self {
            Outcome::Finished | Outcome::Dry => None,
            Outcome::Panic => Some((Exit::GuestPanic, "the guest's kernel panicked".into())),
            Outcome::Timeout(limit) => Some((
                Exit::Timeout,
                format!("the VM was ended after {} s (--timeout)", limit.as_secs()),
            )),
            Outcome::Lost(why) => Some((
                Exit::Host,
                format!("the VM ended before it said that it was done: {why}"),
            )),
        }
    }
}

/// Says what went wrong, with the console's last lines.
pub fn trouble(ended: &Ended) -> Option<Exit> {
    let (exit, what) = ended.outcome.trouble()?;
    eprintln!("error: {what}");
    show_console(ended);
    Some(exit)
}

/// Shows the console's last lines and where the rest is.
pub fn show_console(ended: &Ended) {
    for line in console_lines(ended) {
        eprintln!("{line}");
    }
}

/// The console's last lines and where the rest is.
pub fn console_lines(ended: &Ended) -> Vec<String> {
    let mut lines: Vec<String> = last_lines(&ended.console, LINES)
        .into_iter()
        .map(|line| format!("  | {line}"))
        .collect();
    lines.push(format!("  the console's log: {}", ended.console.display()));
    lines
}
