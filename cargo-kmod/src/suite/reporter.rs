// SPDX-License-Identifier: GPL-2.0-only
//! Results on standard output: a line per test for people, JSON lines or JUnit's XML for machines.

use std::path::Path;
use std::sync::Mutex;

use anyhow::Result;

use super::faults;
use super::matrix::{self, Column};
use super::{Case, Verdict};

/// How results are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A line per test
    Human,
    /// A JSON object per line
    Json,
    /// JUnit's XML, at the end
    Junit,
}

/// Takes cases, from several threads, and tells them.
pub struct Reporter {
    format: Format,
    /// Whether the table at the end has all tests.
    all: bool,
    cases: Mutex<Vec<Case>>,
}

/// How many cases ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Passed.
    pub passed: usize,
    /// Failed.
    pub failed: usize,
    /// Ignored.
    pub ignored: usize,
}

impl Reporter {
    /// A reporter without cases; `all` of them will be in its table.
    pub fn new(format: Format, all: bool) -> Reporter {
        Reporter {
            format,
            all,
            cases: Mutex::default(),
        }
    }

    /// Tells a case.
    pub fn case(&self, case: Case) {
        let mut cases = self.cases.lock().unwrap_or_else(|e| e.into_inner());
        match self.format {
            Format::Human => print!("{}", human(&case)),
            Format::Json => println!("{}", matrix::value(&case)),
            Format::Junit => {}
        }
        cases.push(case);
    }

    /// Tells the end, with a table if there are several kernels, and writes all to `file`. The last
    /// line is "N passed, N failed" or the machine's equivalent.
    pub fn finish(&self, kernels: &[Column], file: &Path) -> Result<Tally> {
        let cases = self.cases.lock().unwrap_or_else(|e| e.into_inner());
        let tally = tally(&cases);
        let Tally {
            passed,
            failed,
            ignored,
        } = tally;
        match self.format {
            Format::Human => print!(
                "{}{}{}",
                matrix::table(kernels, &cases, self.all),
                faults::table(&cases),
                summary(&cases)
            ),
            Format::Json => println!(
                r#"{{"type":"summary","passed":{passed},"failed":{failed},"ignored":{ignored}}}"#
            ),
            Format::Junit => print!("{}", junit(&cases)),
        }
        matrix::write(file, kernels, &cases)?;
        Ok(tally)
    }
}

fn tally(cases: &[Case]) -> Tally {
    let count = |verdict| cases.iter().filter(|case| case.verdict == verdict).count();
    Tally {
        passed: count(Verdict::Pass),
        failed: count(Verdict::Fail),
        ignored: count(Verdict::Ignored),
    }
}

fn human(case: &Case) -> String {
    let word = match case.verdict {
        Verdict::Pass => "ok  ",
        Verdict::Fail => "FAIL",
        Verdict::Ignored => "skip",
    };
    let time = case.ms.map(|ms| format!(" ({ms} ms)")).unwrap_or_default();
    let mut text = format!("{word} {}{time}\n", title(case));
    if case.verdict != Verdict::Pass {
        for line in &case.output {
            text += &format!("       {line}\n");
        }
        if let (Verdict::Fail, Some(repeat)) = (case.verdict, &case.repeat) {
            text += &format!("       again: {repeat}\n");
        }
    }
    text
}

/// Kernel, crate and name.
fn title(case: &Case) -> String {
    let kernel = case.kernel.as_ref().map(|kernel| format!("[{kernel}] "));
    format!(
        "{}{}::{}",
        kernel.unwrap_or_default(),
        case.suite,
        case.name
    )
}

fn summary(cases: &[Case]) -> String {
    let tally = tally(cases);
    let mut text = String::new();
    if tally.failed > 0 {
        text += "\nfailed:\n";
        for case in cases.iter().filter(|case| case.verdict == Verdict::Fail) {
            text += &format!("  {}\n", title(case));
        }
    }
    if tally.ignored > 0 {
        text += &format!("\n{} ignored\n", tally.ignored);
    }
    text + &format!("\n{} passed, {} failed\n", tally.passed, tally.failed)
}

// By hand: with `quick-junit` come 17 crates, which would be ten seconds of processor time before a first demo.
fn junit(cases: &[Case]) -> String {
    let tally = tally(cases);
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    text += &format!(
        "<testsuites>\n<testsuite name=\"cargo kmod test\" tests=\"{}\" failures=\"{}\" \
         skipped=\"{}\">\n",
        cases.len(),
        tally.failed,
        tally.ignored
    );
    for case in cases {
        let seconds = case.ms.unwrap_or_default() as f64 / 1000.0;
        text += &format!(
            "<testcase classname=\"{}\" name=\"{}\" time=\"{seconds:.3}\">",
            xml(&junit_class(case)),
            xml(&case.name)
        );
        match case.verdict {
            Verdict::Pass => {}
            Verdict::Ignored => text += "<skipped/>",
            Verdict::Fail => {
                text += &format!("<failure>{}</failure>", xml(&case.output.join("\n")));
            }
        }
        text += "</testcase>\n";
    }
    text + "</testsuite>\n</testsuites>\n"
}

/// The crate, with the kernel's name as a suffix.
fn junit_class(case: &Case) -> String {
    let kernel = case.kernel.as_ref().map(|kernel| format!("@{kernel}"));
    format!("{}{}", case.suite, kernel.unwrap_or_default())
}

fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // XML 1.0 has no way to write other control characters.
            c if c.is_control() && !"\n\t".contains(c) => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cases() -> Vec<Case> {
        let mut failed = Case::fail("m", "b", vec!["left: <1> & \u{1b}".into()]);
        failed.repeat = Some("cargo kmod test -p m b".into());
        let mut ignored = Case::pass("m", "c");
        ignored.verdict = Verdict::Ignored;
        vec![Case::pass("m", "a"), failed, ignored]
    }

    #[test]
    fn last_line_is_the_tally_alone() {
        let text = summary(&cases());
        assert_eq!(text.lines().last(), Some("1 passed, 1 failed"));
        assert!(text.contains("  m::b\n"), "{text}");
        assert_eq!(summary(&[]), "\n0 passed, 0 failed\n");
    }

    #[test]
    fn a_failure_shows_its_output_and_how_to_repeat_it() {
        let text = human(&cases()[1]);
        assert!(text.starts_with("FAIL m::b\n"), "{text}");
        assert!(text.contains("left: <1>") && text.contains("again: cargo kmod test -p m b"));
    }

    #[test]
    fn junit_is_well_formed_whatever_a_test_prints() {
        let text = junit(&cases());
        assert!(text.contains("left: &lt;1&gt; &amp; \u{fffd}"), "{text}");
        assert_eq!(text.matches("<testcase ").count(), 3);
        assert_eq!(text.matches("</testcase>").count(), 3);
    }
}
