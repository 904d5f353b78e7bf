// SPDX-License-Identifier: GPL-2.0-only
//! The figures as one page, with plots, that needs nothing else.

mod bars;
mod curves;
mod dots;
mod sizes;
mod times;

use std::fmt::Write;

use super::figures::Operation;
use super::report::Report;

const STYLE: &str = include_str!("page.css");

const METHOD: &str = "\
<p>A twin is the same module as a C author would write it, built by the same kbuild run. The modules \
and twins are in <code>cargo-kmod/bench</code>, to be read; how each figure is measured is in \
<code>docs/bench.md</code>. This page is written by</p>\n\
<pre>cargo kmod bench -k KERNEL --html docs/bench.html --save cargo-kmod/bench/baseline.json</pre>\n";

/// The page.
pub fn page(report: &Report) -> String {
    let mut page = format!(
        "<!DOCTYPE html>\n<!-- SPDX-License-Identifier: GPL-2.0-only -->\n<html lang=\"en\">\n\
         <meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>kmod: cost against C</title>\n<style>\n{STYLE}</style>\n\
         <main>\n<h1>What a module costs, next to its C twin</h1>\n\
         <p class=\"about\">Linux {}<br>{}<br>{}, of commit {}</p>\n\
         <p class=\"key\"><i class=\"ours\"></i> ours <i class=\"twin\"></i> C</p>\n",
        escaped(&report.release),
        escaped(&report.compilers),
        escaped(&report.date),
        escaped(&report.commit),
    );
    page += "<h2>The bars</h2>\n";
    page += &bars::table(report);
    if !report.operations.is_empty() {
        let _ = writeln!(
            page,
            "<h2>Instructions per operation</h2>\n\
             <p>Ours over C's: left of the line is less than C. The geometric mean is <b>{:.3}</b>; {}. \
             Counted by QEMU, exactly; the system call is part of an operation.</p>",
            report.mean(),
            means(report)
        );
        page += &operations(report);
    }
    if !report.sizes.is_empty() {
        page += "<h2>Size</h2>\n<p>Bytes in memory once loaded, by what they hold; to the right the \
                 file, without what is for debuggers.</p>\n";
        page += &sizes::plot(report);
    }
    if !report.growth.is_empty() {
        page += "<h2>Growth</h2>\n<p>Figures of modules that declare n objects, on logarithmic scales; \
                 the exponents are those of the power laws that fit best.</p>\n";
        page += &curves::grid(report);
    }
    if report.times.iter().any(|timing| timing.subject == "wall") {
        let _ = writeln!(
            page,
            "<h2>Time of operations, on {}</h2>\n<p>Medians of the pairs' ratios.</p>",
            report.accel
        );
        page += &wall(report);
    }
    if report.times.iter().any(|timing| timing.subject != "wall") {
        page += "<h2>Time of builds</h2>\n<p>Each point is a turn, the line their median. Both sides \
                 are built in turn; what the host does besides is in both.</p>\n";
        page += &times::plots(report);
    }
    page += "<h2>How it was measured</h2>\n";
    page += &METHOD.replace("KERNEL", &escaped(&report.kernel));
    for note in &report.notes {
        let _ = writeln!(page, "<p class=\"note\">{}</p>", escaped(note));
    }
    page + "</main>\n</html>\n"
}

/// The mean of each subject, in a sentence.
fn means(report: &Report) -> String {
    let means = report.means().into_iter();
    let of = means.map(|(subject, mean)| format!("of {} {mean:.3}", escaped(subject)));
    of.collect::<Vec<_>>().join(", ")
}

fn operations(report: &Report) -> String {
    let row = |operation: &Operation| dots::Row {
        group: operation.subject.clone(),
        name: operation.name.clone(),
        ratio: operation.ratio(),
        figures: format!("{} / {}", short(operation.ours), short(operation.twin)),
    };
    dots::plot(&report.operations.iter().map(row).collect::<Vec<_>>())
}

fn wall(report: &Report) -> String {
    let times = report
        .times
        .iter()
        .filter(|timing| timing.subject == "wall");
    let rows = times.filter_map(|timing| {
        let sides = [&timing.ours, &timing.twin];
        let [ours, twin] = sides.map(|side| super::figures::seconds(super::figures::median(side)));
        Some(dots::Row {
            group: String::new(),
            name: timing.name.clone(),
            ratio: timing.ratio()?,
            figures: format!("{ours} / {twin}"),
        })
    });
    dots::plot(&rows.collect::<Vec<_>>())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// A number with three digits or so: 12.5, 940, 1.05 M.
fn short(figure: f64) -> String {
    match figure {
        f if f >= 1e6 => format!("{:.2} M", f / 1e6),
        f if f >= 1e5 => format!("{:.0} k", f / 1e3),
        f if f >= 100.0 => format!("{f:.0}"),
        f => format!("{f:.1}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::figures::{Growth, Step, Timing, Unit};

    #[test]
    fn every_figure_is_on_the_page_and_names_are_text() {
        let report = Report {
            operations: vec![Operation {
                subject: "device".into(),
                name: "read <1 B>".into(),
                ours: 321.25,
                twin: 320.75,
            }],
            growth: vec![Growth {
                name: "in memory".into(),
                kind: "params",
                unit: Unit::Bytes,
                steps: [1, 4]
                    .map(|objects| Step {
                        objects,
                        ours: 100.0,
                        twin: 90.0,
                    })
                    .into(),
            }],
            times: vec![Timing {
                subject: "build".into(),
                name: "rebuild".into(),
                ours: vec![1.25],
                twin: vec![1.0],
            }],
            notes: vec!["something was left out".into()],
            ..Report::default()
        };
        let page = page(&report);
        for part in [
            "read &lt;1 B&gt;",
            "321 / 321",
            "n = 4: 100",
            "polyline",
            "1.25 s",
            "something was left out",
            "not measured",
        ] {
            assert!(page.contains(part), "{part} is not in {page}");
        }
        assert!(!page.contains("NaN") && !page.contains("inf"), "{page}");
    }

    #[test]
    fn figures_are_short() {
        assert_eq!(short(0.25), "0.2");
        assert_eq!(short(1805.4), "1805");
        assert_eq!(short(1_049_459.0), "1.05 M");
    }
}
