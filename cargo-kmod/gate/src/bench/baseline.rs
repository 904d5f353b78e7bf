// SPDX-License-Identifier: GPL-2.0-only
//! Figures of an earlier state, which must not become much worse.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use super::measure::EXACT;
use super::report::Report;

/// How much more instructions than before are a regression, as a factor.
const INSTRUCTIONS: f64 = 1.02;

/// How many more bytes.
const BYTES: f64 = 1.05;

/// Ratios to the twins: another compiler or point release changes both sides alike.
#[derive(Debug, Default, Deserialize, Serialize)]
pub struct Baseline {
    /// The kernel, as `-k` names it.
    pub kernel: String,
    /// By subject, then by the figure's name.
    subjects: BTreeMap<String, BTreeMap<String, f64>>,
}

/// Something that is worse than in the baseline, or cannot be compared with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worse {
    /// The subject.
    pub subject: String,
    /// Which figure, what it was and is.
    pub what: String,
    /// The figure as the baseline's file has it, if it was better.
    pub was: Option<String>,
}

impl Baseline {
    /// That of a report.
    pub fn of(report: &Report) -> Baseline {
        let mut baseline = Baseline {
            kernel: report.kernel.clone(),
            ..Baseline::default()
        };
        for figure in figures(report) {
            let rounded = (figure.ratio() * 1000.0).round() / 1000.0;
            let subject = baseline.subjects.entry(figure.subject.to_owned());
            subject.or_default().insert(figure.name, rounded);
        }
        baseline
    }

    /// Reads a file.
    pub fn read(file: &Path) -> Result<Baseline> {
        let text = fs::read_to_string(file)
            .with_context(|| format!("cannot read the baseline {}", file.display()))?;
        serde_json::from_str(&text).with_context(|| format!("{} is no baseline", file.display()))
    }

    /// Writes a file; subjects that were not measured stay as the file has them.
    pub fn write(mut self, file: &Path) -> Result<()> {
        let old = Baseline::read(file).unwrap_or_default();
        if old.kernel == self.kernel {
            for (subject, figures) in old.subjects {
                self.subjects.entry(subject).or_insert(figures);
            }
        }
        fs::write(file, serde_json::to_string_pretty(&self)? + "\n")
            .with_context(|| format!("cannot write {}", file.display()))
    }

    /// What has become worse in the subjects of the report, is not in the baseline, or is only there.
    pub fn worse(&self, report: &Report) -> Vec<Worse> {
        let mut worse = Vec::new();
        let mut seen = BTreeMap::<&str, Vec<String>>::new();
        for figure in figures(report) {
            let tell = |what: String| Worse {
                subject: figure.subject.to_owned(),
                what: format!("{}: {what}", figure.name),
                was: None,
            };
            let before = self.subjects.get(figure.subject);
            let now = figure.ratio();
            match before.and_then(|figures| figures.get(&figure.name)) {
                None => worse.push(tell("not in the baseline".to_owned())),
                Some(before) if now > before * figure.limit => {
                    let what = format!(
                        "{now:.3} times C's {}, was {before:.3}: {:.1} % more, where {:.0} % are \
                         allowed (ours {}, C {})",
                        figure.unit,
                        (now / before - 1.0) * 100.0,
                        (figure.limit - 1.0) * 100.0,
                        figure.ours,
                        figure.twin,
                    );
                    worse.push(Worse {
                        was: Some(format!("{:?}: {before:?}", figure.name)),
                        ..tell(what)
                    });
                }
                Some(_) => {}
            }
            seen.entry(figure.subject).or_default().push(figure.name);
        }
        for (subject, names) in seen {
            let before = self.subjects.get(subject).into_iter().flatten();
            worse.extend(
                before
                    .filter(|(name, _)| !names.contains(name))
                    .map(|(name, _)| Worse {
                        subject: subject.to_owned(),
                        what: format!("{name}: is in the baseline, and was not measured"),
                        was: None,
                    }),
            );
        }
        worse
    }
}

/// What is held.
struct Figure<'r> {
    subject: &'r str,
    name: String,
    unit: &'static str,
    /// The factor that is too much.
    limit: f64,
    ours: f64,
    twin: f64,
}

impl Figure<'_> {
    fn ratio(&self) -> f64 {
        super::figures::ratio(self.ours, self.twin)
    }
}

/// Of the subjects that give the same figures in each run.
fn figures(report: &Report) -> impl Iterator<Item = Figure<'_>> {
    let operations = report.operations.iter().map(|o| Figure {
        subject: &o.subject,
        name: o.name.clone(),
        unit: "instructions",
        limit: INSTRUCTIONS,
        ours: o.ours,
        twin: o.twin,
    });
    let sizes = report.sizes.iter().map(|s| Figure {
        subject: &s.subject,
        name: format!("bytes of {}", s.name),
        unit: "bytes",
        limit: BYTES,
        ours: s.ours.loaded() as f64,
        twin: s.twin.loaded() as f64,
    });
    let exact = |figure: &Figure<'_>| EXACT.contains(&figure.subject);
    operations.chain(sizes).filter(exact)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::figures::{Operation, Pair};
    use kmod_verify::Sizes;

    fn report(instructions: f64, text: u64) -> Report {
        let sizes = |text| Sizes {
            text,
            ..Sizes::default()
        };
        Report {
            operations: vec![Operation {
                subject: "device".into(),
                name: "read".into(),
                ours: instructions,
                twin: 100.0,
            }],
            sizes: vec![Pair {
                subject: "device".into(),
                name: "bench_device".into(),
                ours: sizes(text),
                twin: sizes(1000),
                ..Pair::default()
            }],
            ..Report::default()
        }
    }

    fn worse(baseline: &Baseline, report: &Report) -> Vec<String> {
        let worse = baseline.worse(report).into_iter();
        worse.map(|worse| worse.what).collect()
    }

    #[test]
    fn two_percent_more_instructions_are_told_and_less_is_not() {
        let baseline = Baseline::of(&report(100.0, 1000));
        assert!(worse(&baseline, &report(101.9, 1000)).is_empty());
        assert!(worse(&baseline, &report(50.0, 500)).is_empty());
        assert_eq!(
            worse(&baseline, &report(102.5, 1000)),
            [
                "read: 1.025 times C's instructions, was 1.000: 2.5 % more, where 2 % are allowed \
              (ours 102.5, C 100)"
            ]
        );
    }

    #[test]
    fn five_percent_more_bytes_are_told() {
        let baseline = Baseline::of(&report(100.0, 1000));
        assert!(worse(&baseline, &report(100.0, 1049)).is_empty());
        let told = worse(&baseline, &report(100.0, 1051));
        assert!(
            told[0].starts_with("bytes of bench_device: 1.051 times"),
            "{told:?}"
        );
        let told = baseline.worse(&report(100.0, 1051));
        let text = serde_json::to_string_pretty(&baseline).unwrap();
        assert!(text.contains(told[0].was.as_deref().unwrap()), "{told:?}");
    }

    #[test]
    fn no_figure_comes_or_goes_unseen() {
        let mut fewer = report(100.0, 1000);
        fewer.operations.clear();
        let told = worse(&Baseline::of(&fewer), &report(100.0, 1000));
        assert_eq!(told, ["read: not in the baseline"]);
        let told = worse(&Baseline::of(&report(100.0, 1000)), &fewer);
        assert_eq!(told, ["read: is in the baseline, and was not measured"]);
        // Another subject is another run's.
        let none = Report::default();
        assert!(worse(&Baseline::of(&report(100.0, 1000)), &none).is_empty());
    }

    #[test]
    fn a_file_keeps_what_was_not_measured_again() {
        let file = tempfile::NamedTempFile::new().unwrap();
        Baseline::of(&report(100.0, 1000))
            .write(file.path())
            .unwrap();
        let mut other = report(90.0, 900);
        other.operations[0].subject = "ioctl".into();
        other.sizes.clear();
        Baseline::of(&other).write(file.path()).unwrap();
        let baseline = Baseline::read(file.path()).unwrap();
        assert_eq!(baseline.subjects["device"]["read"], 1.0);
        assert_eq!(baseline.subjects["ioctl"]["read"], 0.9);
    }

    #[test]
    fn the_committed_baseline_is_of_a_known_kernel_and_has_every_exact_subject() {
        let baseline = Baseline::read(Path::new(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../bench/baseline.json"
        )))
        .unwrap();
        assert!(cargo_kmod::kernels::named(&baseline.kernel).is_some());
        let subjects: Vec<&str> = baseline.subjects.keys().map(String::as_str).collect();
        let mut exact = EXACT.to_vec();
        exact.sort_unstable();
        assert_eq!(subjects, exact);
    }
}
