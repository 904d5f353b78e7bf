// SPDX-License-Identifier: GPL-2.0-only
//! Figures of an earlier state, which must not become much worse.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::report::Report;

/// How much more instructions than before are a regression, as a factor.
const INSTRUCTIONS: f64 = 1.02;

/// How many more bytes.
const BYTES: f64 = 1.05;

/// Ratios to the twins: another compiler or kernel changes both sides alike.
pub struct Baseline {
    figures: BTreeMap<String, f64>,
}

impl Baseline {
    /// That of a report.
    pub fn of(report: &Report) -> Baseline {
        Baseline {
            figures: figures(report)
                .map(|(name, _, ratio)| (name, ratio))
                .collect(),
        }
    }

    /// Reads a file.
    pub fn read(file: &Path) -> Result<Baseline> {
        let text = fs::read_to_string(file)
            .with_context(|| format!("cannot read the baseline {}", file.display()))?;
        let value: Value = serde_json::from_str(&text)
            .with_context(|| format!("{} is no baseline", file.display()))?;
        let figures = value.as_object().into_iter().flatten();
        let figures = figures.filter_map(|(name, ratio)| Some((name.clone(), ratio.as_f64()?)));
        Ok(Baseline {
            figures: figures.collect(),
        })
    }

    /// Writes a file.
    pub fn write(&self, file: &Path) -> Result<()> {
        let rounded = self.figures.iter().map(|(name, ratio)| {
            let ratio = (ratio * 1000.0).round() / 1000.0;
            (name.clone(), json!(ratio))
        });
        let value = Value::Object(rounded.collect());
        fs::write(file, serde_json::to_string_pretty(&value)? + "\n")
            .with_context(|| format!("cannot write {}", file.display()))
    }

    /// Says what has become worse; whether nothing has.
    pub fn holds(&self, report: &Report) -> bool {
        let worse = self.worse(report);
        for line in &worse {
            eprintln!("worse than the baseline: {line}");
        }
        worse.is_empty()
    }

    fn worse(&self, report: &Report) -> Vec<String> {
        figures(report)
            .filter_map(|(name, limit, now)| {
                let before = *self.figures.get(&name)?;
                (now > before * limit).then(|| format!("{name}: ours/C {now:.3}, was {before:.3}"))
            })
            .collect()
    }
}

/// What is held: the name, the factor that is too much, the ratio to the twin.
fn figures(report: &Report) -> impl Iterator<Item = (String, f64, f64)> {
    let operations = report
        .operations
        .iter()
        .map(|o| (o.name.clone(), INSTRUCTIONS, o.ratio()));
    let sizes = report.sizes.iter().map(|s| {
        let ratio = super::report::ratio(s.ours.loaded() as f64, s.twin.loaded() as f64);
        (format!("bytes of {}", s.name), BYTES, ratio)
    });
    operations.chain(sizes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::report::Operation;

    fn report(ours: f64) -> Report {
        Report {
            operations: vec![Operation {
                name: "read".into(),
                ours,
                twin: 100.0,
            }],
            ..Report::default()
        }
    }

    #[test]
    fn two_percent_more_instructions_are_told_and_less_is_not() {
        let baseline = Baseline::of(&report(100.0));
        assert!(baseline.worse(&report(101.9)).is_empty());
        assert_eq!(
            baseline.worse(&report(102.5)),
            ["read: ours/C 1.025, was 1.000"]
        );
    }

    #[test]
    fn a_file_keeps_it() {
        let file = tempfile::NamedTempFile::new().unwrap();
        Baseline::of(&report(100.0)).write(file.path()).unwrap();
        let baseline = Baseline::read(file.path()).unwrap();
        assert_eq!(baseline.figures.get("read"), Some(&1.0));
    }
}
