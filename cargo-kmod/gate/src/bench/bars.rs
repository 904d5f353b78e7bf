// SPDX-License-Identifier: GPL-2.0-only
//! What the figures must be, to be called as good as C's.

use super::figures::{Operation, Timing, geometric_mean, median};
use super::report::{LOAD, Report};
use super::{edit, first, rebuild};

/// The module whose size is held: a misc device with two ioctls.
const SMALL: &str = "bench_misc";

/// A figure, what it may be, and what it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What is held.
    pub figure: String,
    /// The most that it may be.
    pub limit: f64,
    /// What it is, if it was measured.
    pub value: Option<f64>,
    /// What stands behind the numbers: seconds, or nothing after a ratio.
    pub unit: &'static str,
}

impl Bar {
    /// Whether it is met, in the digits that are shown.
    pub fn met(&self) -> Option<bool> {
        let value = self.value?;
        Some((value * 1000.0).round() <= (self.limit * 1000.0).round())
    }

    /// The verdict in a word.
    pub fn verdict(&self) -> &'static str {
        match self.met() {
            Some(true) => "met",
            Some(false) => "missed",
            None => "not measured",
        }
    }
}

/// All of them.
pub fn of(report: &Report) -> Vec<Bar> {
    let bar = |figure: &str, limit, value, unit| Bar {
        figure: figure.to_owned(),
        limit,
        value,
        unit,
    };
    let named = |what: &str, worst: Option<&Operation>| match worst {
        Some(worst) => format!("{what}: {}", worst.name),
        None => what.to_owned(),
    };
    let any = |ratios: Vec<f64>| (!ratios.is_empty()).then(|| geometric_mean(ratios.into_iter()));
    let all = report.operations.iter();
    let loads = all.clone().filter(|operation| operation.subject == LOAD);
    let [worst, worst_load] = [false, true].map(|of_loads| report.worst(of_loads));
    let small = report.sizes.iter().find(|pair| pair.name == SMALL);
    let ratio_of = |name: &str| report.time(name).and_then(Timing::ratio);
    let seconds = |name: &str| report.time(name).map(|time| median(&time.ours));
    let steps = first::STEPS
        .iter()
        .map(|(name, limit)| bar(name, *limit, seconds(name), " s"));
    let mut bars = vec![
        bar(
            "instructions per operation, geometric mean",
            1.0,
            any(all.map(Operation::ratio).collect()),
            "",
        ),
        bar(
            &named("the worst operation", worst),
            1.03,
            worst.map(Operation::ratio),
            "",
        ),
        bar(
            "text+data+bss of a misc device with 2 ioctls",
            1.25,
            small.map(super::figures::Pair::ratio),
            "",
        ),
        bar(
            "insmod+rmmod, geometric mean",
            1.05,
            any(loads.map(Operation::ratio).collect()),
            "",
        ),
        bar(
            &named("the worst", worst_load),
            1.05,
            worst_load.map(Operation::ratio),
            "",
        ),
        bar(
            "rebuild after an edit, time",
            1.2,
            ratio_of(rebuild::EDIT),
            "",
        ),
        bar("edit -> tested in the VM", 6.0, seconds(edit::LOOP), " s"),
    ];
    bars.extend(steps);
    bars
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_met_missed_or_not_measured() {
        let bar = |value| Bar {
            figure: String::new(),
            limit: 1.03,
            value,
            unit: "",
        };
        assert_eq!(bar(Some(1.0304)).verdict(), "met");
        assert_eq!(bar(Some(1.0306)).verdict(), "missed");
        assert_eq!(bar(None).verdict(), "not measured");
    }

    #[test]
    fn loads_have_a_bar_of_their_own_and_count_in_the_mean() {
        let operation = |subject: &str, ours| Operation {
            subject: subject.to_owned(),
            name: subject.to_owned(),
            ours,
            twin: 100.0,
        };
        let report = Report {
            operations: vec![operation("device", 100.0), operation(LOAD, 121.0)],
            ..Report::default()
        };
        let bars = of(&report);
        let verdict = |figure: &str| {
            let bar = bars.iter().find(|bar| bar.figure.starts_with(figure));
            bar.map(Bar::verdict)
        };
        assert_eq!(verdict("instructions per operation"), Some("missed"));
        assert_eq!(verdict("the worst operation: device"), Some("met"));
        assert_eq!(verdict("the worst: load"), Some("missed"));
        assert_eq!(verdict("rebuild"), Some("not measured"));
    }
}
