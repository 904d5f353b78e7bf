// SPDX-License-Identifier: GPL-2.0-only
//! Ratios to the twins: a row each, from the line at 1 to a dot at the ratio.

use std::fmt::Write;

use super::escaped;

/// A ratio.
pub struct Row {
    /// Rows of one group stand together.
    pub group: String,
    /// What it is of.
    pub name: String,
    /// Ours over the twin's.
    pub ratio: f64,
    /// Both figures.
    pub figures: String,
}

/// The worst that an operation may be.
const WORST: f64 = 1.03;
const ROW: f64 = 22.0;
const GAP: f64 = 12.0;
const LEFT: f64 = 270.0;
const WIDTH: f64 = 380.0;
/// The scale's ends, and what is marked on it. What is beyond stands at the edge.
const TICKS: [f64; 5] = [0.8, 0.9, 1.0, 1.1, 1.25];

/// The plot.
pub fn plot(rows: &[Row]) -> String {
    let log = |ratio: f64| (ratio / TICKS[0]).ln() / (TICKS[4] / TICKS[0]).ln();
    let x = |ratio: f64| LEFT + WIDTH * log(ratio).clamp(0.0, 1.0);
    let groups = rows
        .windows(2)
        .filter(|pair| pair[0].group != pair[1].group);
    let bottom = rows.len() as f64 * ROW + groups.count() as f64 * GAP;
    let mut svg = format!(
        "<svg viewBox=\"0 0 860 {:.0}\" role=\"img\" aria-label=\"ratios\">\n",
        bottom + ROW
    );
    for (tick, class) in TICKS
        .map(|tick| (tick, "grid"))
        .into_iter()
        .chain([(1.0, "one"), (WORST, "bar")])
    {
        let at = x(tick);
        let _ = write!(
            svg,
            "<line class=\"{class}\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"0\" y2=\"{bottom:.0}\"/>"
        );
        if class != "one" {
            let shift = if class == "bar" { 14.0 } else { 0.0 };
            let _ = writeln!(
                svg,
                "<text class=\"tick\" x=\"{:.1}\" y=\"{:.0}\">{tick}</text>",
                at + shift,
                bottom + 16.0
            );
        }
    }
    let mut top = 0.0;
    for (number, row) in rows.iter().enumerate() {
        if number > 0 && rows[number - 1].group != row.group {
            top += GAP;
        }
        let middle = top + ROW / 2.0;
        let class = match row.ratio {
            ratio if ratio <= 1.0005 => "fine",
            ratio if ratio <= WORST + 0.0005 => "near",
            _ => "worse",
        };
        let at = x(row.ratio);
        let _ = writeln!(
            svg,
            "<text x=\"{:.0}\" y=\"{:.0}\" class=\"figure\">{}</text>\
             <line class=\"{class}\" x1=\"{:.1}\" x2=\"{at:.1}\" y1=\"{middle}\" y2=\"{middle}\"/>{}\
             <text x=\"{:.0}\" y=\"{:.0}\">{:.3}</text>\
             <text x=\"858\" y=\"{:.0}\" class=\"figure\">{}</text>",
            LEFT - 14.0,
            middle + 4.0,
            escaped(&row.name),
            x(1.0),
            mark(row.ratio, at, middle, class),
            LEFT + WIDTH + 12.0,
            middle + 4.0,
            row.ratio,
            middle + 4.0,
            escaped(&row.figures),
        );
        top += ROW;
    }
    svg + "</svg>\n"
}

/// A dot; an arrow where the scale has ended.
fn mark(ratio: f64, at: f64, middle: f64, class: &str) -> String {
    let arrow = |d: f64| {
        format!(
            "<path class=\"{class}\" d=\"M{:.1} {middle} l{d} -6 v12 z\"/>",
            at - d / 2.0
        )
    };
    match ratio {
        ratio if ratio < TICKS[0] => arrow(10.0),
        ratio if ratio > TICKS[4] => arrow(-10.0),
        _ => format!("<circle class=\"{class}\" cx=\"{at:.1}\" cy=\"{middle}\" r=\"5\"/>"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_beyond_the_scale_is_an_arrow_and_keeps_its_figure() {
        let row = |ratio| Row {
            group: String::new(),
            name: "x".into(),
            ratio,
            figures: String::new(),
        };
        let svg = plot(&[row(0.25), row(1.01), row(4.2)]);
        assert_eq!(svg.matches("<path").count(), 2);
        assert_eq!(svg.matches("<circle class=\"near\"").count(), 1);
        assert!(svg.contains(">4.200<"), "{svg}");
    }
}
