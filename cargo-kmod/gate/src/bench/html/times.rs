// SPDX-License-Identifier: GPL-2.0-only
//! Times of builds and tests: a point a turn, a line at the median.

use std::fmt::Write;

use super::escaped;
use crate::bench::figures::{Timing, median, seconds};
use crate::bench::report::Report;

const LEFT: f64 = 60.0;
const WIDTH: f64 = 620.0;
const ROW: f64 = 30.0;

/// A plot for each.
pub fn plots(report: &Report) -> String {
    let times = report
        .times
        .iter()
        .filter(|timing| timing.subject != "wall");
    times.map(plot).collect()
}

fn plot(timing: &Timing) -> String {
    let sides: Vec<(&str, &str, &[f64])> =
        [("ours", "ours", &timing.ours), ("twin", "C", &timing.twin)]
            .into_iter()
            .filter(|(.., turns)| !turns.is_empty())
            .map(|(class, label, turns)| (class, label, turns.as_slice()))
            .collect();
    let turns = || sides.iter().flat_map(|(.., turns)| turns.iter().copied());
    let most = turns().fold(0.1, f64::max) * 1.05;
    let x = |time: f64| LEFT + WIDTH * time / most;
    let bottom = sides.len() as f64 * ROW;
    let quotient = timing.ratio().map(|ratio| {
        let pairs = match timing.ours.len() {
            1 => "one pair".to_owned(),
            many => format!("the median of {many} pairs"),
        };
        format!(": <b>{ratio:.2}</b> times C's, {pairs}")
    });
    let mut svg = format!(
        "<h3>{}{}</h3>\n<svg viewBox=\"0 0 860 {}\" role=\"img\" aria-label=\"times\">\n",
        escaped(&timing.name),
        quotient.unwrap_or_default(),
        bottom + 24.0
    );
    for part in 0..=4 {
        let time = most * f64::from(part) / 4.0;
        let at = x(time);
        let _ = writeln!(
            svg,
            "<line class=\"grid\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"0\" y2=\"{bottom}\"/>\
             <text class=\"tick\" x=\"{at:.1}\" y=\"{}\">{time:.1} s</text>",
            bottom + 18.0
        );
    }
    for (row, (class, label, turns)) in sides.iter().enumerate() {
        let middle = row as f64 * ROW + ROW / 2.0;
        let at = x(median(turns));
        let _ = write!(
            svg,
            "<text class=\"figure {class}\" x=\"{}\" y=\"{}\">{label}</text>\
             <line class=\"median {class}\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"{}\" y2=\"{}\"/>\
             <text x=\"{}\" y=\"{}\">{}</text>",
            LEFT - 10.0,
            middle + 4.0,
            middle - 11.0,
            middle + 11.0,
            LEFT + WIDTH + 14.0,
            middle + 4.0,
            seconds(median(turns))
        );
        for turn in *turns {
            let _ = write!(
                svg,
                "<circle class=\"{class} turn\" cx=\"{:.1}\" cy=\"{middle}\" r=\"5\">\
                 <title>{}</title></circle>",
                x(*turn),
                seconds(*turn)
            );
        }
        svg.push('\n');
    }
    svg + "</svg>\n"
}
