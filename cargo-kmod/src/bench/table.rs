// SPDX-License-Identifier: GPL-2.0-only
//! The figures as tables on a terminal.

use std::fmt::Write;

use super::report::{Report, ratio};

/// Everything.
pub fn text(report: &Report) -> String {
    let mut text = format!("Linux {}, {}\n", report.kernel, report.compilers);
    operations(report, &mut text);
    sizes(report, &mut text);
    growth(report, &mut text);
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
    let _ = writeln!(text, "{:40} {:>33.3}", "geometric mean", report.mean());
    if let Some(worst) = report.worst() {
        let name = format!("worst: {}", worst.name);
        let _ = writeln!(text, "{name:40} {:>33.3}", worst.ratio());
    }
}

fn sizes(report: &Report, text: &mut String) {
    if report.sizes.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "\n{:26} {:>8} {:>8} {:>8} {:>8} {:>8} {:>9} {:>7}",
        "bytes", "text", "rodata", "data", "bss", "tables", "all", "ours/C"
    );
    for module in &report.sizes {
        let loaded = [module.ours.loaded(), module.twin.loaded()];
        let twin = format!("{}_c", module.name);
        let sides = [(module.name.as_str(), module.ours), (&twin, module.twin)];
        for (side, (name, size)) in sides.into_iter().enumerate() {
            let _ = write!(
                text,
                "{name:26} {:8} {:8} {:8} {:8} {:8} {:9}",
                size.text, size.rodata, size.data, size.bss, size.tables, loaded[side]
            );
            let _ = match side {
                0 => writeln!(text, " {:7.3}", ratio(loaded[0] as f64, loaded[1] as f64)),
                _ => writeln!(text),
            };
        }
    }
}

fn growth(report: &Report, text: &mut String) {
    for growth in &report.growth {
        let _ = writeln!(
            text,
            "\n{} (grows as n^{:.2})",
            growth.name,
            growth.exponent()
        );
        let _ = writeln!(
            text,
            "{:>10} {:>14} {:>14} {:>7}",
            "n", "ours", "C", "ours/C"
        );
        for step in &growth.steps {
            let _ = writeln!(
                text,
                "{:10} {:14.1} {:14.1} {:7.3}",
                step.objects,
                step.ours,
                step.twin,
                ratio(step.ours, step.twin)
            );
        }
    }
}
