// SPDX-License-Identifier: GPL-2.0-only
//! What the figures must be: a row each, with a line at the bar.

use std::fmt::Write;

use super::escaped;
use crate::bench::bars::{self, Bar};
use crate::bench::report::Report;

const WIDTH: f64 = 200.0;

/// The table.
pub fn table(report: &Report) -> String {
    let mut table = String::from(
        "<table class=\"bars\">\n<tr><th>figure, ours / C<th>at most<th>is<th><th></tr>\n",
    );
    for bar in bars::of(report) {
        let is = bar.value.map(|value| format!("{value:.3}{}", bar.unit));
        let _ = writeln!(
            table,
            "<tr><td>{}<td>{:.2}{}<td>{}<td>{}<td><span class=\"{}\">{}</span></tr>",
            escaped(&bar.figure),
            bar.limit,
            bar.unit,
            is.as_deref().unwrap_or("&ndash;"),
            gauge(&bar),
            bar.verdict().replace(' ', "-"),
            bar.verdict()
        );
    }
    table + "</table>\n"
}

/// From nothing to one and a half of the bar; what is more goes to the edge.
fn gauge(bar: &Bar) -> String {
    let x = |figure: f64| (figure / bar.limit / 1.5 * WIDTH).min(WIDTH);
    let filled = bar.value.map_or(0.0, x);
    let class = bar.verdict().replace(' ', "-");
    let at = x(bar.limit);
    format!(
        "<svg class=\"gauge\" viewBox=\"0 0 {WIDTH} 16\" width=\"{WIDTH}\" height=\"16\" \
         role=\"img\" aria-label=\"{}\"><rect class=\"track\" width=\"{WIDTH}\" y=\"4\" \
         height=\"8\"/><rect class=\"{class}\" width=\"{filled:.1}\" y=\"4\" height=\"8\"/>\
         <line class=\"one\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"0\" y2=\"16\"/></svg>",
        bar.verdict()
    )
}
