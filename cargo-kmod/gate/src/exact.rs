// SPDX-License-Identifier: GPL-2.0-only
//! The bench's exact part as tests: no subject's figures may be worse than the baseline's.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;

use crate::bench::{self, Baseline, Bench};
use cargo_kmod::context::Context;
use cargo_kmod::kernels;
use cargo_kmod::suite::{Case, Guest, Reporter};

const SUITE: &str = "bench";

/// The committed baseline, in the workspace.
const BASELINE: &str = "cargo-kmod/bench/baseline.json";

/// Measures those subjects whose tests' names contain one of `filters`, on the baseline's kernel if
/// it is among the guests.
pub fn run(
    ctx: &Context,
    guests: &[Guest<'_>],
    (workspace, target_dir): (&Path, &Path),
    filters: &[String],
    reporter: &Reporter,
) -> Result<()> {
    let baseline = Baseline::read(&workspace.join(BASELINE))?;
    let name = kernels::named(&baseline.kernel);
    let is_its =
        |guest: &&Guest<'_>| name.is_some_and(|name| name.version(&guest.kernel.release).is_some());
    let Some(guest) = guests.iter().find(is_its) else {
        return Ok(());
    };
    let test = |subject: &str| format!("{subject}_costs_no_more_than_in_the_baseline");
    let wanted = |test: &str| {
        let full = format!("{SUITE}::{test}");
        filters.is_empty() || filters.iter().any(|filter| full.contains(filter.as_str()))
    };
    let subjects = bench::EXACT.iter().filter(|subject| wanted(&test(subject)));
    let subjects: Vec<String> = subjects.map(|&subject| subject.to_owned()).collect();
    if subjects.is_empty() {
        return Ok(());
    }
    let file = Path::new(BASELINE);
    let repeat = |subject: &str| bench::again(&baseline.kernel, file, subject);
    let start = Instant::now();
    let bench = Bench {
        ctx,
        kernel: &guest.kernel,
        machine: &guest.machine,
        workspace,
        target_dir,
    };
    let measured = bench.measure(&subjects);
    let ms = start.elapsed().as_millis() as u64;
    for subject in &subjects {
        let mut case = match &measured {
            Ok(report) => {
                let worse = baseline.worse(report).into_iter();
                let worse: Vec<_> = worse.filter(|worse| worse.subject == *subject).collect();
                let bisect = bench::bisect(workspace, file, &worse, repeat);
                let worse = worse.into_iter().map(|worse| worse.what).collect();
                verdict(subject, &baseline.kernel, worse, bisect)
            }
            Err(error) => Case::error(SUITE, "", error),
        };
        case.name = test(subject);
        case.ms = (subject == &subjects[0]).then_some(ms);
        case.repeat = Some(repeat(subject));
        reporter.case(case.on(&guest.kernel));
    }
    Ok(())
}

fn verdict(subject: &str, kernel: &str, worse: Vec<String>, bisect: Option<String>) -> Case {
    if worse.is_empty() {
        return Case::pass(SUITE, "");
    }
    let mut lines = worse;
    lines.extend(bisect.map(|bisect| format!("= help: {bisect}")));
    lines.push(format!(
        "= help: if it has to be so: cargo kmod bench -k {kernel} --save {BASELINE} {subject}"
    ));
    Case::fail(SUITE, "", lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cargo_kmod::suite::Verdict;

    #[test]
    fn a_failure_names_the_figure_and_the_command_that_takes_it() {
        let case = verdict(
            "device",
            "6.1",
            vec!["read: 1.1, was 1.0".into()],
            Some("look".into()),
        );
        assert_eq!(case.verdict, Verdict::Fail);
        assert_eq!(
            case.output,
            [
                "read: 1.1, was 1.0",
                "= help: look",
                "= help: if it has to be so: cargo kmod bench -k 6.1 --save \
                 cargo-kmod/bench/baseline.json device"
            ]
        );
        assert_eq!(
            verdict("device", "6.1", Vec::new(), None).verdict,
            Verdict::Pass
        );
    }
}
