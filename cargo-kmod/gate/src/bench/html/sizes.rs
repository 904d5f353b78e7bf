// SPDX-License-Identifier: GPL-2.0-only
//! What modules weigh: two bars a module, by what the bytes hold.

use std::fmt::Write;

use super::escaped;
use crate::bench::report::Report;
use kmod_verify::Sizes;

const LEFT: f64 = 190.0;
const WIDTH: f64 = 380.0;
const ROW: f64 = 15.0;
const GAP: f64 = 12.0;

fn parts(size: Sizes) -> [(&'static str, u64); 5] {
    [
        ("text", size.text),
        ("rodata", size.rodata),
        ("data", size.data),
        ("bss", size.bss),
        ("tables", size.tables),
    ]
}

/// The plot.
pub fn plot(report: &Report) -> String {
    let sides = report.sizes.iter().flat_map(|pair| [pair.ours, pair.twin]);
    // What is much bigger than the others would leave nothing of them to see.
    let mut all: Vec<u64> = sides.map(Sizes::loaded).collect();
    all.sort_unstable();
    let most = all[all.len() * 3 / 4].max(1) as f64 * 1.5;
    let scale = |bytes: u64| bytes as f64 / most * WIDTH;
    let bottom = report.sizes.len() as f64 * (2.0 * ROW + GAP);
    let mut svg = format!(
        "<svg viewBox=\"0 0 860 {:.0}\" role=\"img\" aria-label=\"sizes\">\n",
        bottom + 34.0
    );
    let mut x = LEFT;
    for (name, _) in parts(Sizes::default()) {
        let _ = writeln!(
            svg,
            "<rect class=\"{name}\" x=\"{x}\" y=\"2\" width=\"12\" height=\"12\"/>\
             <text x=\"{}\" y=\"13\">{name}</text>",
            x + 17.0
        );
        x += 80.0;
    }
    for (text, x) in [("all", 650.0), ("ours / C", 730.0), ("file", 830.0)] {
        let _ = writeln!(
            svg,
            "<text class=\"figure head\" x=\"{x}\" y=\"13\">{text}</text>"
        );
    }
    let mut top = 30.0;
    for pair in &report.sizes {
        let _ = writeln!(
            svg,
            "<text class=\"figure\" x=\"{}\" y=\"{:.0}\">{}</text>\
             <text class=\"figure\" x=\"730\" y=\"{:.0}\">{:.3}</text>",
            LEFT - 46.0,
            top + ROW + 2.0,
            escaped(&pair.name),
            top + ROW + 2.0,
            pair.ratio()
        );
        for (side, (label, size)) in [("ours", pair.ours), ("C", pair.twin)].iter().enumerate() {
            let baseline = top + ROW - 4.0;
            let _ = write!(
                svg,
                "<text class=\"figure {}\" x=\"{}\" y=\"{baseline:.0}\">{label}</text>",
                if side == 0 { "ours" } else { "twin" },
                LEFT - 6.0
            );
            let mut x = LEFT;
            for (name, bytes) in parts(*size) {
                let width = scale(bytes).min(LEFT + WIDTH - x);
                let _ = write!(
                    svg,
                    "<rect class=\"{name}\" x=\"{x:.1}\" y=\"{}\" width=\"{width:.1}\" height=\"{}\">\
                     <title>{name}: {bytes}</title></rect>",
                    top + 1.0,
                    ROW - 3.0
                );
                x += width;
            }
            if scale(size.loaded()) > WIDTH {
                let _ = write!(
                    svg,
                    "<text x=\"{:.1}\" y=\"{baseline:.0}\">&#8230;</text>",
                    x + 2.0
                );
            }
            let _ = writeln!(
                svg,
                "<text class=\"figure\" x=\"650\" y=\"{baseline:.0}\">{}</text>\
                 <text class=\"figure\" x=\"830\" y=\"{baseline:.0}\">{}</text>",
                size.loaded(),
                pair.files[side]
            );
            top += ROW;
        }
        top += GAP;
    }
    svg + "</svg>\n"
}
