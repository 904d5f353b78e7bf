// SPDX-License-Identifier: GPL-2.0-only
//! The kinds of figures: each of the module, and of its twin.

use kmod_verify::Sizes;

/// What an operation costs on each side, in instructions.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The subject that it belongs to.
    pub subject: String,
    /// What is done.
    pub name: String,
    /// By the module.
    pub ours: f64,
    /// By the twin.
    pub twin: f64,
}

/// How big a module and its twin are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pair {
    /// The subject that it belongs to.
    pub subject: String,
    /// The module's name.
    pub name: String,
    /// The module, in memory.
    pub ours: Sizes,
    /// The twin.
    pub twin: Sizes,
    /// Both files, in bytes.
    pub files: [u64; 2],
    /// What each entry point of the module, and of its twin, takes of the stack, the most first.
    pub stacks: [Vec<(String, u64)>; 2],
}

/// What the figures of a growth are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Instructions.
    Instructions,
    /// Bytes.
    Bytes,
    /// Seconds.
    Seconds,
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
    /// Which figure.
    pub name: String,
    /// Of which objects.
    pub kind: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// At each number.
    pub steps: Vec<Step>,
}

/// What took time, several times.
#[derive(Clone, Debug, PartialEq)]
pub struct Timing {
    /// The subject that it belongs to.
    pub subject: String,
    /// What was done.
    pub name: String,
    /// Seconds of each turn.
    pub ours: Vec<f64>,
    /// Of the twin in the same turn; nothing where there is no twin.
    pub twin: Vec<f64>,
}

impl Operation {
    /// Ours over the twin's.
    pub fn ratio(&self) -> f64 {
        ratio(self.ours, self.twin)
    }
}

impl Pair {
    /// All that is loaded, ours over the twin's.
    pub fn ratio(&self) -> f64 {
        ratio(self.ours.loaded() as f64, self.twin.loaded() as f64)
    }
}

impl Unit {
    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Instructions => "instructions",
            Unit::Bytes => "bytes",
            Unit::Seconds => "seconds",
        }
    }

    /// A figure with as many digits as mean something.
    pub fn show(self, figure: f64) -> String {
        match self {
            Unit::Instructions | Unit::Bytes => format!("{figure:.0}"),
            Unit::Seconds => format!("{figure:.2}"),
        }
    }
}

impl Growth {
    /// The exponents `e` of the power laws `figure = c * objects^e` that fit ours and the twin's best.
    pub fn exponents(&self) -> [f64; 2] {
        let of = |side: fn(&Step) -> f64| {
            let steps = self.steps.iter();
            exponent(steps.map(|step| (f64::from(step.objects), side(step))))
        };
        [of(|step| step.ours), of(|step| step.twin)]
    }
}

fn exponent(points: impl Iterator<Item = (f64, f64)>) -> f64 {
    let points: Vec<(f64, f64)> = points
        .filter(|(_, figure)| *figure > 0.0)
        .map(|(objects, figure)| (objects.ln(), figure.ln()))
        .collect();
    let n = points.len() as f64;
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / n;
    let (x, y) = (mean(&|p| p.0), mean(&|p| p.1));
    let slope: f64 = points.iter().map(|p| (p.0 - x) * (p.1 - y)).sum();
    let square: f64 = points.iter().map(|p| (p.0 - x).powi(2)).sum();
    if square > 0.0 { slope / square } else { 0.0 }
}

impl Timing {
    /// The ratio of each pair.
    pub fn ratios(&self) -> Vec<f64> {
        let pairs = self.ours.iter().zip(&self.twin);
        pairs.map(|(ours, twin)| ours / twin).collect()
    }

    /// The median of the pairs' ratios, where there is a twin.
    pub fn ratio(&self) -> Option<f64> {
        (!self.twin.is_empty()).then(|| median(&self.ratios()))
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

/// The geometric mean; of nothing 1.
pub fn geometric_mean(ratios: impl Iterator<Item = f64>) -> f64 {
    let logs: Vec<f64> = ratios.map(f64::ln).collect();
    (logs.iter().sum::<f64>() / logs.len().max(1) as f64).exp()
}

/// The median; of nothing 0.
pub fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (Some(low), Some(high)) = (
        sorted.get(sorted.len().saturating_sub(1) / 2),
        sorted.get(sorted.len() / 2),
    ) else {
        return 0.0;
    };
    f64::midpoint(*low, *high)
}

/// Seconds, as people say them.
pub fn seconds(time: f64) -> String {
    match time {
        t if t >= 0.1 => format!("{t:.2} s"),
        t if t >= 1e-3 => format!("{:.1} ms", t * 1e3),
        t if t >= 1e-6 => format!("{:.2} us", t * 1e6),
        t => format!("{:.1} ns", t * 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponent_is_that_of_a_power_law() {
        let steps = [1, 4, 16, 64].map(|objects| Step {
            objects,
            ours: 3.0 * f64::from(objects).powf(1.5),
            twin: 7.0,
        });
        let growth = Growth {
            name: String::new(),
            kind: "params",
            unit: Unit::Bytes,
            steps: steps.into(),
        };
        let [ours, twin] = growth.exponents();
        assert!((ours - 1.5).abs() < 1e-9 && twin.abs() < 1e-9);
    }

    #[test]
    fn what_costs_nothing_on_both_sides_is_equal() {
        assert!((ratio(0.0, 0.0) - 1.0).abs() < 1e-9);
        assert!((ratio(0.0, 4.0) - 0.25).abs() < 1e-9);
    }

    #[test]
    fn pairs_are_compared_before_the_median_is_taken() {
        // A slow turn of the host is slow for both sides.
        let timing = Timing {
            subject: String::new(),
            name: String::new(),
            ours: vec![1.0, 10.0, 1.2],
            twin: vec![1.0, 10.0, 1.0],
        };
        assert!((timing.ratio().unwrap() - 1.0).abs() < 1e-9);
        assert!((median(&[4.0, 1.0]) - 2.5).abs() < 1e-9);
        assert!(median(&[]).abs() < 1e-9);
    }
}
