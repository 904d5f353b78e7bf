// SPDX-License-Identifier: GPL-2.0-only
//! The figures, and what follows from them.

use anyhow::Result;
use serde_json::{Value, json};

use super::table;
use crate::verify::Sizes;

/// How figures are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Tables for people
    Human,
    /// One object for programs
    Json,
}

/// What an operation costs on each side, in instructions.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// What is done.
    pub name: String,
    /// By the module.
    pub ours: f64,
    /// By the twin.
    pub twin: f64,
}

/// How big a module and its twin are.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The module's name.
    pub name: String,
    /// The module.
    pub ours: Sizes,
    /// The twin.
    pub twin: Sizes,
}

/// A figure at a number of declared objects.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// How many.
    pub objects: u32,
    /// Of the module.
    pub ours: f64,
    /// Of the twin.
    pub twin: f64,
}

/// How a figure grows with the number of declared objects.
#[derive(Clone, Debug, PartialEq)]
pub struct Growth {
    /// Which figure, of which objects.
    pub name: String,
    /// At each number.
    pub steps: Vec<Step>,
}

/// Everything that one run measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// The kernel's release.
    pub kernel: String,
    /// The compilers.
    pub compilers: String,
    /// Instructions.
    pub operations: Vec<Operation>,
    /// Bytes.
    pub sizes: Vec<Pair>,
    /// Growth.
    pub growth: Vec<Growth>,
}

impl Operation {
    /// Ours over the twin's.
    pub fn ratio(&self) -> f64 {
        ratio(self.ours, self.twin)
    }
}

impl Growth {
    /// The exponent `e` of the power law `figure = c * objects^e` that fits ours best.
    pub fn exponent(&self) -> f64 {
        let points: Vec<(f64, f64)> = self
            .steps
            .iter()
            .filter(|step| step.ours > 0.0)
            .map(|step| (f64::from(step.objects).ln(), step.ours.ln()))
            .collect();
        let n = points.len() as f64;
        let mean = |of: &dyn Fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / n;
        let (x, y) = (mean(&|p| p.0), mean(&|p| p.1));
        let slope: f64 = points.iter().map(|p| (p.0 - x) * (p.1 - y)).sum();
        let square: f64 = points.iter().map(|p| (p.0 - x).powi(2)).sum();
        slope / square
    }
}

impl Report {
    /// The geometric mean over all operations, ours over the twins'.
    pub fn mean(&self) -> f64 {
        let logs: Vec<f64> = self.operations.iter().map(|o| o.ratio().ln()).collect();
        (logs.iter().sum::<f64>() / logs.len().max(1) as f64).exp()
    }

    /// The operation that compares worst.
    pub fn worst(&self) -> Option<&Operation> {
        self.operations
            .iter()
            .max_by(|a, b| a.ratio().total_cmp(&b.ratio()))
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
        super::html::page(self)
    }

    /// Everything, for programs.
    pub fn json(&self) -> Value {
        let operations = self.operations.iter().map(|o| {
            json!({ "name": o.name, "unit": "instructions",
                    "ours": o.ours, "twin": o.twin, "ratio": o.ratio() })
        });
        let sizes = self.sizes.iter().map(|s| {
            json!({ "unit": "bytes", "ours": s.ours.json(&s.name),
                    "twin": s.twin.json(&format!("{}_c", s.name)),
                    "ratio": ratio(s.ours.loaded() as f64, s.twin.loaded() as f64) })
        });
        let growth = self.growth.iter().map(|g| {
            let steps = g.steps.iter();
            json!({ "name": g.name, "exponent": g.exponent(),
                    "steps": steps.map(|s| json!({ "objects": s.objects, "ours": s.ours,
                                                   "twin": s.twin })).collect::<Vec<_>>() })
        });
        json!({
            "kernel": self.kernel,
            "compilers": self.compilers,
            "geometric_mean": self.mean(),
            "operations": operations.collect::<Vec<_>>(),
            "sizes": sizes.collect::<Vec<_>>(),
            "growth": growth.collect::<Vec<_>>(),
        })
    }
}

/// Ours over the twin's. What costs less than one instruction, or byte, counts as one.
pub fn ratio(ours: f64, twin: f64) -> f64 {
    const ONE: f64 = 1.0;
    if ours < ONE && twin < ONE {
        1.0
    } else {
        ours.max(ONE) / twin.max(ONE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation(ours: f64, twin: f64) -> Operation {
        Operation {
            name: format!("{ours} to {twin}"),
            ours,
            twin,
        }
    }

    #[test]
    fn the_mean_is_geometric_and_the_worst_is_named() {
        let report = Report {
            operations: vec![operation(200.0, 100.0), operation(50.0, 100.0)],
            ..Report::default()
        };
        assert!((report.mean() - 1.0).abs() < 1e-9);
        assert_eq!(report.worst().unwrap().name, "200 to 100");
    }

    #[test]
    fn the_exponent_is_that_of_a_power_law() {
        let steps = [1, 4, 16, 64].map(|objects| Step {
            objects,
            ours: 3.0 * f64::from(objects).powf(1.5),
            twin: 1.0,
        });
        let growth = Growth {
            name: String::new(),
            steps: steps.into(),
        };
        assert!((growth.exponent() - 1.5).abs() < 1e-9);
    }

    #[test]
    fn what_costs_nothing_on_both_sides_is_equal() {
        assert!((ratio(0.0, 0.0) - 1.0).abs() < 1e-9);
        assert!((ratio(0.0, 4.0) - 0.25).abs() < 1e-9);
    }
}
