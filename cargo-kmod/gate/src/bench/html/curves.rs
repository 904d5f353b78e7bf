// SPDX-License-Identifier: GPL-2.0-only
//! Growth: a small plot for each figure and kind of objects, on logarithmic scales.

use std::fmt::Write;

use super::{escaped, short};
use crate::bench::figures::{Growth, Step, Unit, seconds};
use crate::bench::growth::KINDS;
use crate::bench::report::Report;

const LEFT: f64 = 62.0;
const TOP: f64 = 8.0;
const WIDTH: f64 = 200.0;
const HEIGHT: f64 = 140.0;

/// A row of plots for each figure, the kinds side by side.
pub fn grid(report: &Report) -> String {
    let mut grid = String::from("<div class=\"grid\">\n");
    // Kinds name what using them is: figures are in the same order for each.
    let of = |kind: &str| {
        let growth = report.growth.iter();
        let kind = kind.to_owned();
        growth
            .filter(move |growth| growth.kind == kind)
            .collect::<Vec<_>>()
    };
    let kinds: Vec<Vec<&Growth>> = KINDS.iter().map(|kind| of(kind.name)).collect();
    let rows = kinds.iter().map(Vec::len).max().unwrap_or(0);
    for row in 0..rows {
        for growth in kinds.iter().filter_map(|kind| kind.get(row)) {
            let [ours, twin] = growth.exponents();
            let _ = write!(
                grid,
                "<figure><figcaption><b>{}</b> with n {}, {}<br><span class=\"ours\">\
                 ours as n<sup>{ours:.2}</sup></span>, <span class=\"twin\">C as \
                 n<sup>{twin:.2}</sup></span>\
                 </figcaption>\n{}</figure>\n",
                escaped(&growth.name),
                growth.kind,
                growth.unit.name(),
                plot(growth)
            );
        }
    }
    grid + "</div>\n"
}

fn plot(growth: &Growth) -> String {
    let show = |figure: f64| match growth.unit {
        Unit::Seconds => seconds(figure),
        Unit::Instructions | Unit::Bytes => short(figure),
    };
    let figures = || growth.steps.iter().flat_map(|step| [step.ours, step.twin]);
    let least = figures().fold(f64::MAX, f64::min).max(1e-9);
    // What hardly grows is flat.
    let most = figures().fold(least * 2.0, f64::max);
    let last = growth.steps.last().map_or(2, |step| step.objects.max(2));
    let x = |objects: u32| LEFT + WIDTH * f64::from(objects).ln() / f64::from(last).ln();
    let y =
        |figure: f64| TOP + HEIGHT * (1.0 - (figure.max(least) / least).ln() / (most / least).ln());
    let mut svg =
        String::from("<svg viewBox=\"0 0 290 172\" role=\"img\" aria-label=\"growth\">\n");
    for step in &growth.steps {
        let at = x(step.objects);
        let _ = writeln!(
            svg,
            "<line class=\"grid\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"{TOP}\" y2=\"{}\"/>\
             <text class=\"tick\" x=\"{at:.1}\" y=\"{}\">{}</text>",
            TOP + HEIGHT,
            TOP + HEIGHT + 16.0,
            step.objects
        );
    }
    for figure in [least, (least * most).sqrt(), most] {
        let at = y(figure);
        let _ = writeln!(
            svg,
            "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{}\" y1=\"{at:.1}\" y2=\"{at:.1}\"/>\
             <text class=\"figure\" x=\"{}\" y=\"{:.1}\">{}</text>",
            LEFT + WIDTH,
            LEFT - 6.0,
            at + 4.0,
            show(figure)
        );
    }
    let value = |class: &str, step: &Step| match class {
        "ours" => step.ours,
        _ => step.twin,
    };
    let sides = [("twin", "C"), ("ours", "ours")];
    for (class, label) in sides {
        let points = growth.steps.iter();
        let points =
            points.map(|step| format!("{:.1},{:.1}", x(step.objects), y(value(class, step))));
        let _ = writeln!(
            svg,
            "<polyline class=\"{class}\" points=\"{}\"/>",
            points.collect::<Vec<_>>().join(" ")
        );
        for step in &growth.steps {
            let _ = writeln!(
                svg,
                "<circle class=\"{class}\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"3.5\">\
                 <title>{label}, n = {}: {}</title></circle>",
                x(step.objects),
                y(value(class, step)),
                step.objects,
                growth.unit.show(value(class, step))
            );
        }
    }
    svg + "</svg>\n"
}
