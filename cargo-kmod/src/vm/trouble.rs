// SPDX-License-Identifier: GPL-2.0-only
//! What to say, and to answer the shell, when a boot did not come to its end.

use std::fs;

use kmod_vm::Outcome;

use super::machine::Ended;
use crate::decode;
use crate::exit::Exit;

/// So many lines are shown, or from the first report on.
const LINES: usize = 20;
const REPORT_LINES: usize = 250;

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

/// The console's last lines, or those from the kernel's first report on, decoded; and where the rest is.
pub fn console_lines(ended: &Ended) -> Vec<String> {
    let text = fs::read(&ended.console).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines = text.lines().map(|line| line.trim_end().to_owned());
    let lines: Vec<String> = lines.filter(|line| !line.trim().is_empty()).collect();
    let last = lines.len().saturating_sub(LINES);
    let report = lines.iter().position(|line| decode::begins_report(line));
    let from = report.map_or(last, |at| last.min(decode::beginning(&lines, at)));
    let to = (from + REPORT_LINES).min(lines.len());
    let shown = ended.decoder.lines(&lines[from..to]);
    let mut lines: Vec<String> = shown
        .into_iter()
        .map(|line| format!("  | {line}"))
        .collect();
    lines.push(format!("  the console's log: {}", ended.console.display()));
    lines
}
