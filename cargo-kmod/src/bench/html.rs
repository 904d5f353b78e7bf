// SPDX-License-Identifier: GPL-2.0-only
//! The figures as one page, with plots, that needs nothing else.

use std::fmt::Write;

use super::report::{Growth, Report, ratio};

const STYLE: &str = include_str!("page.css");

/// The page.
pub fn page(report: &Report) -> String {
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>kmod: cost against C</title>\n<style>\n{STYLE}</style>\n\
         <h1>What a module costs, next to its C twin</h1>\n\
         <p>Linux {}. {}.</p>\n",
        escaped(&report.kernel),
        escaped(&report.compilers)
    );
    if !report.operations.is_empty() {
        let worst = report.worst().map_or_else(String::new, |worst| {
            format!(
                " The worst, {}: <b>{:.3}</b>.",
                escaped(&worst.name),
                worst.ratio()
            )
        });
        let _ = writeln!(
            page,
            "<h2>Instructions per operation, ours over C's</h2>\n\
             <p>Geometric mean: <b>{:.3}</b>.{worst} Left of the line is less than C.</p>",
            report.mean()
        );
        page += &ratios(report);
    }
    if !report.sizes.is_empty() {
        page += "<h2>Bytes</h2>\n";
        page += &sizes(report);
    }
    for growth in &report.growth {
        let _ = writeln!(
            page,
            "<h2>{}</h2>\n<p>Grows as n<sup>{:.2}</sup>.</p>",
            escaped(&growth.name),
            growth.exponent()
        );
        page += &curves(growth);
    }
    page
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// A row an operation: its name, a dot at its ratio, the figures.
fn ratios(report: &Report) -> String {
    const ROW: usize = 22;
    const LEFT: f64 = 270.0;
    const WIDTH: f64 = 380.0;
    // A factor of 2 to each side, on a logarithmic scale; what is beyond stands at the edge.
    let x = |ratio: f64| LEFT + WIDTH * (0.5 + (ratio.log2() / 2.0).clamp(-0.5, 0.5));
    let height = (report.operations.len() + 2) * ROW;
    let mut svg = format!("<svg viewBox=\"0 0 860 {height}\" role=\"img\">\n");
    for tick in [0.5, 0.71, 1.0, 1.41, 2.0] {
        let class = if tick == 1.0 { "one" } else { "grid" };
        let (at, end) = (x(tick), height - ROW);
        let _ = writeln!(
            svg,
            "<line class=\"{class}\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"0\" y2=\"{end}\"/>\
             <text class=\"tick\" x=\"{at:.1}\" y=\"{}\">{tick}</text>",
            height - 6
        );
    }
    for (row, operation) in report.operations.iter().enumerate() {
        let y = row * ROW + ROW / 2 + 4;
        let worse = if operation.ratio() > 1.03 {
            "worse"
        } else {
            "fine"
        };
        let _ = writeln!(
            svg,
            "<text x=\"{:.0}\" y=\"{}\" class=\"name\">{}</text>\
             <circle class=\"{worse}\" cx=\"{:.1}\" cy=\"{y}\" r=\"5\"/>\
             <text x=\"{:.0}\" y=\"{}\">{:.3}</text>\
             <text x=\"850\" y=\"{}\" class=\"figure\">{:.1} / {:.1}</text>",
            LEFT - 12.0,
            y + 4,
            escaped(&operation.name),
            x(operation.ratio()),
            LEFT + WIDTH + 12.0,
            y + 4,
            operation.ratio(),
            y + 4,
            operation.ours,
            operation.twin,
        );
    }
    svg + "</svg>\n"
}

/// A table, and in it a bar for each side.
fn sizes(report: &Report) -> String {
    let loaded = report.sizes.iter();
    let most = loaded
        .map(|module| module.ours.loaded().max(module.twin.loaded()))
        .max()
        .unwrap_or(1);
    let mut table = String::from(
        "<table><tr><th>module<th>text<th>rodata<th>data<th>bss<th>tables<th>all<th>ours/C<th></tr>\n",
    );
    for module in &report.sizes {
        let sides = [
            (module.name.clone(), module.ours, "ours"),
            (format!("{}_c", module.name), module.twin, "twin"),
        ];
        for (name, size, class) in sides {
            let quotient = match class {
                "ours" => ratio(module.ours.loaded() as f64, module.twin.loaded() as f64),
                _ => 1.0,
            };
            let _ = writeln!(
                table,
                "<tr><td>{}<td>{}<td>{}<td>{}<td>{}<td>{}<td>{}<td>{quotient:.3}\
                 <td><div class=\"bar {class}\" style=\"width:{:.0}px\"></div></tr>",
                escaped(&name),
                size.text,
                size.rodata,
                size.data,
                size.bss,
                size.tables,
                size.loaded(),
                240.0 * size.loaded() as f64 / most as f64
            );
        }
    }
    table + "</table>\n"
}

/// Both sides' curves, on logarithmic scales.
fn curves(growth: &Growth) -> String {
    const LEFT: f64 = 90.0;
    const WIDTH: f64 = 480.0;
    const HEIGHT: f64 = 220.0;
    let figures = || growth.steps.iter().flat_map(|step| [step.ours, step.twin]);
    let least = figures().fold(f64::MAX, f64::min).max(1.0);
    let most = figures().fold(least * 2.0, f64::max);
    let last = growth.steps.last().map_or(2, |step| step.objects.max(2));
    let x = |objects: u32| LEFT + WIDTH * f64::from(objects).ln() / f64::from(last).ln();
    let y = |figure: f64| {
        10.0 + HEIGHT * (1.0 - (figure.max(least) / least).ln() / (most / least).ln())
    };
    let mut svg = String::from("<svg viewBox=\"0 0 680 270\" role=\"img\">\n");
    for step in &growth.steps {
        let at = x(step.objects);
        let _ = writeln!(
            svg,
            "<line class=\"grid\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"10\" y2=\"230\"/>\
             <text class=\"tick\" x=\"{at:.1}\" y=\"250\">{}</text>",
            step.objects
        );
    }
    for figure in [least, (least * most).sqrt(), most] {
        let at = y(figure);
        let _ = writeln!(
            svg,
            "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{}\" y1=\"{at:.1}\" y2=\"{at:.1}\"/>\
             <text class=\"figure\" x=\"{}\" y=\"{:.1}\">{figure:.0}</text>",
            LEFT + WIDTH,
            LEFT - 8.0,
            at + 4.0
        );
    }
    for (class, label) in [("twin", "C"), ("ours", "ours")] {
        let value = |step: &super::report::Step| match class {
            "ours" => step.ours,
            _ => step.twin,
        };
        let points: Vec<String> = growth
            .steps
            .iter()
            .map(|step| format!("{:.1},{:.1}", x(step.objects), y(value(step))))
            .collect();
        let _ = writeln!(
            svg,
            "<polyline class=\"{class}\" points=\"{}\"/>",
            points.join(" ")
        );
        for step in &growth.steps {
            let _ = writeln!(
                svg,
                "<circle class=\"{class}\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"3.5\">\
                 <title>{label}, n = {}: {:.0}</title></circle>",
                x(step.objects),
                y(value(step)),
                step.objects,
                value(step)
            );
        }
        let Some(end) = growth.steps.last() else {
            continue;
        };
        // Where both end at one height, the labels stand above and below.
        let shift = if class == "ours" { -4.0 } else { 12.0 };
        let _ = writeln!(
            svg,
            "<text class=\"{class}\" x=\"{:.0}\" y=\"{:.1}\">{label}</text>",
            LEFT + WIDTH + 10.0,
            y(value(end)) + shift
        );
    }
    svg + "</svg>\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::report::{Operation, Step};

    #[test]
    fn every_figure_is_on_the_page_and_names_are_text() {
        let report = Report {
            operations: vec![Operation {
                name: "read <1 B>".into(),
                ours: 321.25,
                twin: 320.75,
            }],
            growth: vec![Growth {
                name: "bytes".into(),
                steps: [1, 4]
                    .map(|objects| Step {
                        objects,
                        ours: 100.0,
                        twin: 90.0,
                    })
                    .into(),
            }],
            ..Report::default()
        };
        let page = page(&report);
        for part in ["read &lt;1 B&gt;", "321.2", "n = 4: 100", "polyline"] {
            assert!(page.contains(part), "{part} is not in {page}");
        }
        assert!(!page.contains("NaN"), "{page}");
    }
}
