// SPDX-License-Identifier: GPL-2.0-only
//! The figures as tables on a terminal.

use std::fmt::Write;

use super::bars;
use super::figures::{median, ratio, seconds};
use super::report::Report;

/// Everything.
pub fn text(report: &Report) -> String {
    let mut text = format!(
        "Linux {}, {}, {}, {}\n",
        report.release, report.compilers, report.date, report.commit
    );
    operations(report, &mut text);
    sizes(report, &mut text);
    stacks(report, &mut text);
    growth(report, &mut text);
    times(report, &mut text);
    bars(report, &mut text);
    for note in &report.notes {
        let _ = writeln!(text, "\nnote: {note}");
    }
    text
}

fn operations(report: &Report, text: &mut String) {
    if report.operations.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "\n{:40} {:>12} {:>12} {:>7}",
        "instructions per operation", "ours", "C", "ours/C"
    );
    for operation in &report.operations {
        let _ = writeln!(
            text,
            "{:40} {:12.2} {:12.2} {:7.3}",
            operation.name,
            operation.ours,
            operation.twin,
            operation.ratio()
        );
    }
    let means = report.means();
    for (subject, mean) in &means {
        let what = format!("geometric mean, {subject}");
        let _ = writeln!(text, "{what:40} {mean:>33.3}");
    }
    if means.len() > 1 {
        let _ = writeln!(text, "{:40} {:>33.3}", "geometric mean, all", report.mean());
    }
}

fn sizes(report: &Report, text: &mut String) {
    if report.sizes.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "\n{:26} {:>8} {:>8} {:>8} {:>8} {:>8} {:>9} {:>7} {:>9}",
        "bytes", "text", "rodata", "data", "bss", "tables", "all", "ours/C", "file"
    );
    for module in &report.sizes {
        let twin = format!("{}_c", module.name);
        let quotient = format!("{:.3}", module.ratio());
        let sides = [
            (module.name.as_str(), module.ours, quotient.as_str()),
            (&twin, module.twin, ""),
        ];
        for (side, (name, size, quotient)) in sides.into_iter().enumerate() {
            let _ = writeln!(
                text,
                "{name:26} {:8} {:8} {:8} {:8} {:8} {:9} {quotient:>7} {:9}",
                size.text,
                size.rodata,
                size.data,
                size.bss,
                size.tables,
                size.loaded(),
                module.files[side]
            );
        }
    }
}

/// The deepest entry points of each side.
fn stacks(report: &Report, text: &mut String) {
    if report.sizes.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "\n{:26} {:>8} {:>8} {:>7}  the deepest of ours; of C's",
        "stack, bytes", "ours", "C", "ours/C"
    );
    for module in &report.sizes {
        let [ours, twin] = &module.stacks;
        if let (Some((name, most)), Some((in_c, most_in_c))) = (ours.first(), twin.first()) {
            let _ = writeln!(
                text,
                "{:26} {most:8} {most_in_c:8} {:7.3}  {name}; {in_c}",
                module.name,
                ratio(*most as f64, *most_in_c as f64),
            );
        }
    }
}

fn growth(report: &Report, text: &mut String) {
    for growth in &report.growth {
        let [ours, twin] = growth.exponents();
        let unit = growth.unit;
        let _ = writeln!(
            text,
            "\n{}, n {}: {} (ours grow as n^{ours:.2}, C's as n^{twin:.2})",
            growth.name,
            growth.kind,
            unit.name(),
        );
        let _ = writeln!(
            text,
            "{:>10} {:>14} {:>14} {:>7}",
            "n", "ours", "C", "ours/C"
        );
        for step in &growth.steps {
            let _ = writeln!(
                text,
                "{:10} {:>14} {:>14} {:7.3}",
                step.objects,
                unit.show(step.ours),
                unit.show(step.twin),
                step.ours / step.twin
            );
        }
    }
}

fn times(report: &Report, text: &mut String) {
    if report.times.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "\n{:40} {:>12} {:>12} {:>7} {:>7}",
        format!("medians of time (VMs on {})", report.accel),
        "ours",
        "C",
        "ours/C",
        "pairs"
    );
    for timing in &report.times {
        let [ours, twin] = [&timing.ours, &timing.twin].map(|side| match side.is_empty() {
            true => "-".to_owned(),
            false => seconds(median(side)),
        });
        let quotient = timing.ratio().map(|ratio| format!("{ratio:.3}"));
        let _ = writeln!(
            text,
            "{:40} {ours:>12} {twin:>12} {:>7} {:>7}",
            timing.name,
            quotient.as_deref().unwrap_or("-"),
            timing.ours.len()
        );
        // Of the long ones, each turn.
        if timing.ours.len() <= 10 {
            let pairs =
                timing
                    .ours
                    .iter()
                    .enumerate()
                    .map(|(turn, ours)| match timing.twin.get(turn) {
                        Some(twin) => format!("{ours:.2}/{twin:.2}={:.2}", ours / twin),
                        None => format!("{ours:.2}"),
                    });
            let _ = writeln!(text, "    {}", pairs.collect::<Vec<_>>().join("  "));
        }
    }
}

fn bars(report: &Report, text: &mut String) {
    let _ = writeln!(text, "\n{:60} {:>7} {:>9}", "bars, ours/C", "at most", "is");
    for bar in bars::of(report) {
        let is = bar.value.map(|value| format!("{value:.3}{}", bar.unit));
        let _ = writeln!(
            text,
            "{:60} {:7.2} {:>9}  {}",
            bar.figure,
            bar.limit,
            is.as_deref().unwrap_or("-"),
            bar.verdict()
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::figures::Timing;

    #[test]
    fn pairs_and_verdicts_are_shown() {
        let report = Report {
            times: vec![Timing {
                subject: "build".into(),
                name: crate::bench::rebuild::EDIT.into(),
                ours: vec![1.1, 1.3],
                twin: vec![1.0, 1.0],
            }],
            ..Report::default()
        };
        let text = text(&report);
        assert!(text.contains("1.10/1.00=1.10  1.30/1.00=1.30"), "{text}");
        assert!(text.contains("1.20     1.200  met"), "{text}");
        assert!(text.contains("-  not measured"), "{text}");
    }
}
