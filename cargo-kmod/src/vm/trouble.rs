// SPDX-License-Identifier: GPL-2.0-only
//! What to say, and to answer the shell, when a boot did not come to its end.

use kmod_vm::{Ended, Outcome, last_lines};

use crate::exit::Exit;

const LINES: usize = 20;

fn trouble(outcome: &Outcome) -> Option<(Exit, String)> {
    match outcome {
        Outcome::Finished => None,
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

/// What went wrong, with the console's last lines; `None` when the guest came to its end.
pub fn trouble_of(ended: &Ended) -> Option<(Exit, Vec<String>)> {
    let (exit, what) = trouble(&ended.outcome)?;
    let lines = [what].into_iter().chain(console_lines(ended)).collect();
    Some((exit, lines))
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
