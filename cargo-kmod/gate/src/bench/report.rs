// SPDX-License-Identifier: GPL-2.0-only
//! All that one run found, and what follows from it.

use std::collections::BTreeMap;

use anyhow::Result;
use serde_json::{Value, json};

use super::figures::{Growth, Operation, Pair, Timing, geometric_mean, median};
use super::{bars, html, table};

/// How figures are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Tables for people
    Human,
    /// One object for programs
    Json,
}

/// The subject of loading and unloading.
pub const LOAD: &str = "load";

/// Everything that one run measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// The day.
    pub date: String,
    /// The commit that was measured, as git describes it; empty where there is none.
    pub commit: String,
    /// The kernel, as `-k` names it, or its release.
    pub kernel: String,
    /// The kernel's release.
    pub release: String,
    /// The compilers.
    pub compilers: String,
    /// What guests run on where time is taken.
    pub accel: &'static str,
    /// Instructions.
    pub operations: Vec<Operation>,
    /// Bytes.
    pub sizes: Vec<Pair>,
    /// Growth.
    pub growth: Vec<Growth>,
    /// Time.
    pub times: Vec<Timing>,
    /// What was left out, and why.
    pub notes: Vec<String>,
}

impl Report {
    /// The geometric mean over all operations, ours over the twins'.
    pub fn mean(&self) -> f64 {
        self.mean_of(|_| true)
    }

    /// The geometric mean of each subject, in the order in which they were measured.
    pub fn means(&self) -> Vec<(&str, f64)> {
        let mut subjects: Vec<&str> = Vec::new();
        for operation in &self.operations {
            if !subjects.contains(&operation.subject.as_str()) {
                subjects.push(&operation.subject);
            }
        }
        let of = |subject: &str| self.mean_of(|operation| operation.subject == subject);
        subjects.into_iter().map(|s| (s, of(s))).collect()
    }

    /// The geometric mean over the operations that are asked for, ours over the twins'.
    pub fn mean_of(&self, is_asked: impl Fn(&Operation) -> bool) -> f64 {
        let operations = self.operations.iter().filter(|o| is_asked(o));
        geometric_mean(operations.map(Operation::ratio))
    }

    /// The operation that compares worst, or the load.
    pub fn worst(&self, of_loads: bool) -> Option<&Operation> {
        self.operations
            .iter()
            .filter(|operation| (operation.subject == LOAD) == of_loads)
            .max_by(|a, b| a.ratio().total_cmp(&b.ratio()))
    }

    /// The time that something took.
    pub fn time(&self, name: &str) -> Option<&Timing> {
        self.times.iter().find(|timing| timing.name == name)
    }

    /// Prints it.
    pub fn tell(&self, format: Format) -> Result<()> {
        match format {
            Format::Human => print!("{}", table::text(self)),
            Format::Json => println!("{}", serde_json::to_string_pretty(&self.json())?),
        }
        Ok(())
    }

    /// The page.
    pub fn html(&self) -> String {
        html::page(self)
    }

    /// Everything, for programs.
    pub fn json(&self) -> Value {
        let operations = self.operations.iter().map(|o| {
            json!({ "subject": o.subject, "name": o.name, "unit": "instructions",
                    "ours": o.ours, "twin": o.twin, "ratio": o.ratio() })
        });
        let sizes = self.sizes.iter().map(|s| {
            let mut sides = [s.ours.json(&s.name), s.twin.json(&format!("{}_c", s.name))];
            for (side, (file, stacks)) in sides.iter_mut().zip(s.files.iter().zip(&s.stacks)) {
                side["file"] = json!(file);
                side["stacks"] = json!(stacks.iter().cloned().collect::<BTreeMap<_, _>>());
            }
            json!({ "subject": s.subject, "unit": "bytes", "ours": sides[0], "twin": sides[1],
                    "ratio": s.ratio() })
        });
        let growth = self.growth.iter().map(|g| {
            let steps = g.steps.iter();
            let [ours, twin] = g.exponents();
            json!({ "name": g.name, "kind": g.kind, "unit": g.unit.name(),
                    "exponents": { "ours": ours, "twin": twin },
                    "steps": steps.map(|s| json!({ "objects": s.objects, "ours": s.ours,
                                                   "twin": s.twin })).collect::<Vec<_>>() })
        });
        let times = self.times.iter().map(|t| {
            json!({ "subject": t.subject, "name": t.name, "unit": "seconds", "ours": t.ours,
                    "twin": t.twin, "median": median(&t.ours), "ratio": t.ratio() })
        });
        let bars = bars::of(self).into_iter().map(|bar| {
            json!({ "figure": bar.figure, "bar": bar.limit, "measured": bar.value,
                    "met": bar.met() })
        });
        json!({
            "date": self.date,
            "commit": self.commit,
            "kernel": self.release,
            "compilers": self.compilers,
            "accel": self.accel,
            "geometric_mean": self.mean(),
            "geometric_means": self.means().into_iter().collect::<BTreeMap<_, _>>(),
            "operations": operations.collect::<Vec<_>>(),
            "sizes": sizes.collect::<Vec<_>>(),
            "growth": growth.collect::<Vec<_>>(),
            "times": times.collect::<Vec<_>>(),
            "bars": bars.collect::<Vec<_>>(),
            "notes": self.notes,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation(subject: &str, ours: f64, twin: f64) -> Operation {
        Operation {
            subject: subject.to_owned(),
            name: format!("{ours} to {twin}"),
            ours,
            twin,
        }
    }

    #[test]
    fn the_mean_is_geometric_and_the_worst_is_named() {
        let report = Report {
            operations: vec![
                operation("device", 200.0, 100.0),
                operation("device", 50.0, 100.0),
            ],
            ..Report::default()
        };
        assert!((report.mean() - 1.0).abs() < 1e-9);
        assert_eq!(report.worst(false).unwrap().name, "200 to 100");
        assert_eq!(report.worst(true), None);
    }

    #[test]
    fn each_subject_has_a_mean_of_its_own() {
        let report = Report {
            operations: vec![
                operation("device", 200.0, 100.0),
                operation(LOAD, 90.0, 100.0),
                operation("device", 50.0, 100.0),
            ],
            ..Report::default()
        };
        let means = report.means();
        let [("device", device), (LOAD, load)] = means[..] else {
            panic!("{means:?}");
        };
        assert!((device - 1.0).abs() < 1e-9 && (load - 0.9).abs() < 1e-9);
    }
}
