// SPDX-License-Identifier: GPL-2.0-only
//! `--faults`: which kernels can make allocations fail on order, and what came of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

use super::{Case, Guest, Verdict};
use crate::error::unfit;
use crate::kernels;

/// The options without which a kernel makes nothing fail.
const OPTIONS: &[&str] = &[
    "FAILSLAB",
    "FAIL_PAGE_ALLOC",
    "FAULT_INJECTION_DEBUG_FS",
    "FAULT_INJECTION_USERCOPY",
];

/// How many times as long a VM may take: a test runs several times, its calls some ten times each.
pub const TIMES: u32 = 10;

/// Where something failed on order in a test, and how often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// What failed (`failslab`), and behind a blank the innermost function of a module on the stack, if there was one.
    pub place: String,
    /// How often.
    pub times: u32,
}

impl Fault {
    /// Whether the module was on the stack.
    fn is_in_the_module(&self) -> bool {
        self.place.contains(' ')
    }
}

/// An error for a kernel that cannot make anything fail.
pub fn check(guest: &Guest<'_>) -> Result<()> {
    let release = &guest.kernel.release;
    let options: Vec<String> = OPTIONS.iter().map(|&option| option.to_owned()).collect();
    if let Some(option) = kernels::lacking(&guest.config, &options) {
        bail!(
            unfit(format!(
                "--faults needs a kernel that fails on order: {release} has no CONFIG_{option}"
            ))
            .help("-k 6.1-debug is one, which `cargo kmod kernels build debug` makes")
        );
    }
    let has = guest.kernel.arch.guest.as_ref().map(|guest| guest.again);
    if has.flatten().is_none() {
        bail!(
            unfit(format!(
                "--faults cannot have a system call made once more on {}",
                guest.kernel.arch.name
            ))
            .help("-k names a kernel of another architecture")
        );
    }
    Ok(())
}

/// What is told of a module.
#[derive(Default)]
struct Row<'a> {
    tests: usize,
    failed: u32,
    /// Where the module's own calls failed, and the number of times.
    own: u32,
    places: BTreeSet<&'a str>,
    /// Those of tests that passed: nothing came of them.
    survived: BTreeSet<&'a str>,
    leaks: usize,
    reports: usize,
}

/// A row a module; nothing if nothing failed.
pub fn table(cases: &[Case]) -> String {
    let mut rows = BTreeMap::<(&str, &str), Row<'_>>::new();
    for case in cases {
        let Some(kernel) = case.kernel.as_deref() else {
            continue;
        };
        let row = rows.entry((&case.suite, kernel)).or_default();
        let is_leak = |line: &&String| line.starts_with("a leak: ");
        let leaks = case.output.iter().filter(is_leak).count();
        row.leaks += leaks;
        row.reports += usize::from(case.verdict == Verdict::Fail && leaks == 0);
        row.tests += usize::from(!case.faults.is_empty());
        for fault in &case.faults {
            row.failed += fault.times;
            if fault.is_in_the_module() {
                row.own += fault.times;
                row.places.insert(&fault.place);
                if case.verdict == Verdict::Pass {
                    row.survived.insert(&fault.place);
                }
            }
        }
    }
    if rows.values().all(|row| row.failed == 0) {
        return String::new();
    }
    let head = "\n| module | kernel | tests | failures | in the module | places in it | survived | leaks | reports |\n\
                |---|---|---|---|---|---|---|---|---|\n";
    let mut text = head.to_owned();
    for ((suite, kernel), row) in rows {
        let _ = writeln!(
            text,
            "| {suite} | {kernel} | {} | {} | {} | {} | {} | {} | {} |",
            row.tests,
            row.failed,
            row.own,
            row.places.len(),
            row.survived.len(),
            row.leaks,
            row.reports,
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_survived_if_a_test_passed_in_which_it_failed() {
        let fault = |place: &str, times| Fault {
            place: place.to_owned(),
            times,
        };
        let on = |case: Case, faults| Case {
            kernel: Some("6.1-debug".to_owned()),
            faults,
            ..case
        };
        let cases = [
            on(
                Case::pass("m", "a"),
                vec![fault("failslab", 5), fault("failslab f+0x1/0x2", 2)],
            ),
            on(
                Case::fail("m", "b", vec!["a leak: 0xf0 (size 8):".to_owned()]),
                vec![fault("failslab g+0x1/0x2", 1)],
            ),
            Case::pass("host", "c"),
        ];
        let text = table(&cases);
        let row = "| m | 6.1-debug | 2 | 8 | 3 | 2 | 1 | 1 | 0 |";
        assert!(text.contains(row), "{text}");
        assert_eq!(table(&cases[2..]), "");
    }
}
