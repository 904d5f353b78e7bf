// SPDX-License-Identifier: GPL-2.0-only
//! What the figures must be, to be called as good as C's.

use super::figures::{Operation, Timing, Unit, median};
use super::report::Report;
use super::{edit, first, rebuild};

/// The subject whose operations cost next to nothing on both sides.
const PRIMITIVES: &str = "primitives";

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
    let mut bars = means(report);
    let [worst, worst_load] = [false, true].map(|of_loads| report.worst(of_loads));
    let limits = [
        ("the worst operation", 1.03, worst),
        ("the worst insmod+rmmod", 1.05, worst_load),
    ];
    bars.extend(limits.map(|(what, limit, worst)| {
        let named = worst.map_or(what.to_owned(), |worst| format!("{what}: {}", worst.name));
        ratio(named, limit, worst.map(Operation::ratio))
    }));
    bars.extend(sizes(report));
    bars.extend(desk(report));
    bars
}

fn ratio(figure: impl Into<String>, limit: f64, value: Option<f64>) -> Bar {
    Bar {
        figure: figure.into(),
        limit,
        value,
        unit: "",
    }
}

/// The mean over all operations hides a subject behind those that cost next to nothing: each has its own, and
/// all have one without the primitives.
fn means(report: &Report) -> Vec<Bar> {
    let all = &report.operations;
    let mean = |is_asked: &dyn Fn(&Operation) -> bool| {
        let any = all.iter().any(is_asked);
        any.then(|| report.mean_of(is_asked))
    };
    let mut bars = vec![
        ratio("instructions, geometric mean", 1.0, mean(&|_| true)),
        ratio(
            "the same without primitives",
            0.95,
            mean(&|operation| operation.subject != PRIMITIVES),
        ),
    ];
    let of = report.means().into_iter();
    bars.extend(of.map(|(subject, mean)| ratio(format!("the same of {subject}"), 1.0, Some(mean))));
    bars
}

/// Each module against its twin.
fn sizes(report: &Report) -> impl Iterator<Item = Bar> {
    let modules = report.sizes.iter();
    modules.map(|pair| ratio(format!("bytes of {}", pair.name), 1.15, Some(pair.ratio())))
}

/// What takes time at the desk.
fn desk(report: &Report) -> Vec<Bar> {
    let seconds = |figure: &str, limit| Bar {
        figure: figure.to_owned(),
        limit,
        value: report.time(figure).map(|time| median(&time.ours)),
        unit: " s",
    };
    let mut bars = vec![ratio(
        "rebuild after an edit, time",
        1.2,
        report.time(rebuild::EDIT).and_then(Timing::ratio),
    )];
    for growth in &report.growth {
        if let (Unit::Seconds, Some(most)) = (growth.unit, growth.steps.last()) {
            let figure = format!("{}, {} {}", growth.name, most.objects, growth.kind);
            bars.push(ratio(figure, 1.3, Some(most.ours / most.twin)));
        }
        let [ours, twin] = growth.exponents();
        bars.push(Bar {
            figure: format!("exponent of {}, n {}", growth.name, growth.kind),
            limit: twin,
            value: Some(ours),
            unit: "",
        });
    }
    bars.push(seconds(edit::LOOP, 6.0));
    bars.extend(
        first::STEPS
            .iter()
            .map(|(name, limit)| seconds(name, *limit)),
    );
    bars
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::figures::{Growth, Step};
    use crate::bench::report::LOAD;

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
    fn each_subject_is_held_and_all_without_the_primitives() {
        let operation = |subject: &str, ours| Operation {
            subject: subject.to_owned(),
            name: subject.to_owned(),
            ours,
            twin: 100.0,
        };
        let report = Report {
            operations: vec![
                operation(PRIMITIVES, 50.0),
                operation("device", 99.0),
                operation(LOAD, 121.0),
            ],
            ..Report::default()
        };
        let bars = of(&report);
        let verdict = |figure: &str| {
            let bar = bars.iter().find(|bar| bar.figure.starts_with(figure));
            bar.map(Bar::verdict)
        };
        assert_eq!(verdict("instructions, geometric mean"), Some("met"));
        assert_eq!(verdict("the same without primitives"), Some("missed"));
        assert_eq!(verdict("the same of device"), Some("met"));
        assert_eq!(verdict("the same of load"), Some("missed"));
        assert_eq!(verdict("the worst operation: device"), Some("met"));
        assert_eq!(verdict("the worst insmod+rmmod: load"), Some("missed"));
        assert_eq!(verdict("rebuild"), Some("not measured"));
    }

    #[test]
    fn growth_is_held_to_that_of_c() {
        let step = |objects, ours, twin| Step {
            objects,
            ours,
            twin,
        };
        let report = Report {
            growth: vec![Growth {
                name: "rebuild".into(),
                kind: "devices",
                unit: Unit::Seconds,
                steps: vec![step(1, 1.0, 1.0), step(256, 2.3, 1.0)],
            }],
            ..Report::default()
        };
        let bars = of(&report);
        let missed = |figure: &str| {
            let mut bars = bars.iter();
            bars.any(|bar| bar.figure == figure && bar.verdict() == "missed")
        };
        assert!(missed("rebuild, 256 devices"), "{bars:?}");
        assert!(missed("exponent of rebuild, n devices"), "{bars:?}");
    }
}
