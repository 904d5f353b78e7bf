// SPDX-License-Identifier: GPL-2.0-only
//! From the guest's events to verdicts. A test passes when it says so, the kernel has nothing to
//! complain about, and no module stays loaded; silence is a failure.

use kmod_test::wire::{self, Event, Status};

use super::{Case, Fault, Verdict};
use crate::decode::{self, Decoder};
use crate::kernels::Kernel;
use crate::vm::Watch;

/// Kernel lines that a failure shows: so many of the last, or all of a report.
const LOG_LINES: usize = 30;
const REPORT_LINES: usize = 250;

/// A test that must have a verdict at the end.
#[derive(Clone, Debug)]
struct Expected {
    /// Which program has it.
    program: usize,
    /// Its name in its program.
    name: String,
    /// Its name in the results.
    label: String,
}

/// Judges one VM's tests.
pub struct Judge {
    suite: String,
    /// The kernel's name, and the option that names it.
    kernel: Option<(String, String)>,
    /// What stands before the names of each program's tests.
    programs: Vec<String>,
    watch: Watch,
    missing: Vec<Expected>,
    program: usize,
    test: Option<Expected>,
    complaints: Vec<String>,
    output: Vec<String>,
    log: Vec<String>,
    /// Where in the log the first complaint is.
    report: Option<usize>,
    decoder: Decoder,
    faults: Vec<Fault>,
}

impl Judge {
    /// Begins; `programs` are what stands in the results before the names of each program's tests.
    /// The plan's first commands list them, in their order, and the next ones run them.
    pub fn new(suite: &str, programs: Vec<String>) -> Judge {
        Judge {
            suite: suite.to_owned(),
            kernel: None,
            programs,
            watch: Watch::default(),
            missing: Vec::new(),
            program: 0,
            test: None,
            complaints: Vec::new(),
            output: Vec::new(),
            log: Vec::new(),
            report: None,
            decoder: Decoder::default(),
            faults: Vec::new(),
        }
    }

    /// Says how the kernel's reports are read.
    pub fn reading(mut self, decoder: Decoder) -> Judge {
        self.decoder = decoder;
        self
    }

    /// Says which kernel it is.
    pub fn on(mut self, kernel: &Kernel) -> Judge {
        self.kernel = Some((kernel.name.clone(), kernel.option.clone()));
        self
    }

    /// Takes an event; gives the cases that it decides.
    pub fn see(&mut self, event: &Event) -> Vec<Case> {
        self.watch.see(event);
        match event {
            Event::Begin(command) => {
                self.program = command % self.programs.len().max(1);
            }
            Event::Listed(name) => {
                let prefix = self.programs.get(self.program);
                self.missing.push(Expected {
                    program: self.program,
                    name: name.clone(),
                    label: format!("{}{name}", prefix.map_or("", String::as_str)),
                });
            }
            Event::Test(name) => {
                let stray = self.outside();
                self.test = self.take_expected(name);
                return stray.into_iter().collect();
            }
            Event::Out(line) => self.output.push(line.clone()),
            Event::Log { text, .. } => {
                if self.report.is_none() && self.watch.complains() {
                    self.report = Some(self.log.len());
                }
                self.log.push(text.clone());
            }
            Event::Left(module) => {
                let left = format!("the test left the module {module} loaded");
                if !self.watch.expects(&left) {
                    self.complaints.push(left);
                }
            }
            Event::Fault(place, times) => self.faults.push(Fault {
                place: place.clone(),
                times: *times,
            }),
            Event::Result(verdict, ms) => return vec![self.result(verdict, *ms)],
            Event::End(status) => {
                if let Status::Error(why) = status {
                    self.complaints.push(why.clone());
                }
                return self.outside().into_iter().collect();
            }
            Event::Hello(_) | Event::Taint(_) | Event::Complaint(_) | Event::Done => {}
        }
        Vec::new()
    }

    /// The cases that are still open; `trouble` says why the VM did not come to its end.
    pub fn end(mut self, trouble: Option<&[String]>) -> Vec<Case> {
        let mut cases = Vec::new();
        if let Some(test) = self.test.take() {
            let mut output = self.spoken();
            output.extend(trouble.unwrap_or_default().iter().cloned());
            cases.push(self.case(&test.label, Verdict::Fail, output));
        } else if let Some(trouble) = trouble {
            let mut output = self.spoken();
            output.extend(trouble.iter().cloned());
            cases.push(self.case("VM", Verdict::Fail, output));
        }
        for test in std::mem::take(&mut self.missing) {
            let why = vec!["not run: the VM, or the test's program, ended before".to_owned()];
            cases.push(self.case(&test.label, Verdict::Fail, why));
        }
        cases
    }

    fn take_expected(&mut self, name: &str) -> Option<Expected> {
        let at = self
            .missing
            .iter()
            .position(|test| test.program == self.program && test.name == name)?;
        Some(self.missing.remove(at))
    }

    fn result(&mut self, verdict: &wire::Verdict, ms: u64) -> Case {
        let mut verdict = match verdict {
            wire::Verdict::Ok => Verdict::Pass,
            wire::Verdict::Failed => Verdict::Fail,
            wire::Verdict::Ignored => Verdict::Ignored,
            wire::Verdict::Killed(signal) => {
                self.complaints
                    .push(format!("the test's program was killed by signal {signal}"));
                Verdict::Fail
            }
        };
        let label = match self.test.take() {
            Some(test) => test.label,
            None => {
                self.complaints
                    .push("the guest ran a test that the host does not know".to_owned());
                "unknown test".to_owned()
            }
        };
        self.complaints.extend(self.watch.take());
        if !self.complaints.is_empty() {
            verdict = Verdict::Fail;
        }
        let output = self.spoken();
        let mut case = self.case(&label, verdict, output);
        case.ms = Some(ms);
        case.faults = std::mem::take(&mut self.faults);
        case
    }

    /// What happened outside of any test, if it was something bad.
    fn outside(&mut self) -> Option<Case> {
        self.complaints.extend(self.watch.take());
        if self.complaints.is_empty() {
            self.spoken();
            return None;
        }
        let output = self.spoken();
        Some(self.case("outside of a test", Verdict::Fail, output))
    }

    /// All that test and kernel said, complaints first; forgotten with this.
    fn spoken(&mut self) -> Vec<String> {
        self.complaints.extend(self.watch.take());
        let complaints = self.complaints.drain(..);
        let mut lines: Vec<String> = complaints.map(|line| decode::demangled(&line)).collect();
        lines.extend(self.output.drain(..).filter(|line| !is_harness(line)));
        if !self.log.is_empty() {
            let last = self.log.len().saturating_sub(LOG_LINES);
            let beginning = |at| decode::beginning(&self.log, at);
            let from = self.report.map_or(last, |at| last.min(beginning(at)));
            lines.push("the kernel's log:".to_owned());
            let shown: Vec<String> = self.log.drain(..).skip(from).take(REPORT_LINES).collect();
            let shown = self.decoder.lines(&shown).into_iter();
            lines.extend(shown.map(|line| format!("  | {line}")));
        }
        self.report = None;
        lines
    }

    fn case(&self, name: &str, verdict: Verdict, output: Vec<String>) -> Case {
        let (kernel, option) = self.kernel.clone().unzip();
        let option = option.unwrap_or_default();
        Case {
            suite: self.suite.clone(),
            kernel,
            name: name.to_owned(),
            verdict,
            ms: None,
            output,
            repeat: Some(format!("cargo kmod test -p {} {option}{name}", self.suite)),
            faults: Vec::new(),
        }
    }
}

/// What libtest prints around the one test that its process runs.
fn is_harness(line: &str) -> bool {
    let noise = [
        "running 1 test",
        "test result: ",
        "failures:",
        "note: run with",
    ];
    line.trim().is_empty() || noise.iter().any(|start| line.trim().starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(names: &[&str]) -> Judge {
        let mut judge = Judge::new("m", vec![String::new()]);
        judge.see(&Event::Begin(0));
        for name in names {
            judge.see(&Event::Listed((*name).to_owned()));
        }
        judge.see(&Event::End(Status::Code(0)));
        judge.see(&Event::Begin(1));
        judge
    }

    fn warn() -> Event {
        Event::Log {
            facility: 0,
            level: 4,
            text: "WARNING: CPU: 0 PID: 1 at x.c:1".into(),
        }
    }

    fn run(judge: &mut Judge, name: &str, between: &[Event], verdict: wire::Verdict) -> Case {
        judge.see(&Event::Test(name.into()));
        for event in between {
            judge.see(event);
        }
        judge.see(&Event::Result(verdict, 1)).remove(0)
    }

    #[test]
    fn tests_of_one_name_are_told_apart_by_their_program() {
        let mut judge = Judge::new("m", vec!["one::".into(), "two::".into()]);
        for command in 0..4 {
            judge.see(&Event::Begin(command));
            match command {
                0 | 1 => judge.see(&Event::Listed("a".into())),
                _ => {
                    let case = run(&mut judge, "a", &[], wire::Verdict::Ok);
                    assert_eq!(case.name, ["one::a", "two::a"][command - 2]);
                    Vec::new()
                }
            };
            judge.see(&Event::End(Status::Code(0)));
        }
        assert!(judge.end(None).is_empty());
    }

    #[test]
    fn ok_is_a_pass() {
        let mut judge = judge(&["a"]);
        let case = run(&mut judge, "a", &[], wire::Verdict::Ok);
        assert_eq!(case.verdict, Verdict::Pass);
        assert!(judge.end(None).is_empty());
    }

    #[test]
    fn a_warn_or_a_module_left_fails_a_test_that_says_ok() {
        for bad in [warn(), Event::Left("m".into()), Event::Taint(1 << 7)] {
            let mut judge = judge(&["a", "b"]);
            let case = run(&mut judge, "a", &[bad], wire::Verdict::Ok);
            assert_eq!(case.verdict, Verdict::Fail);
            let case = run(&mut judge, "b", &[], wire::Verdict::Ok);
            assert_eq!(case.verdict, Verdict::Pass, "the next test is not to blame");
        }
    }

    #[test]
    fn a_module_that_is_to_stay_is_none() {
        let mut judge = judge(&["a", "b"]);
        let says = Event::Log {
            facility: 1,
            level: 4,
            text: format!("{}the test left the module m", kmod_test::EXPECT),
        };
        let left = Event::Left("m1".into());
        let case = run(&mut judge, "a", &[says, left.clone()], wire::Verdict::Ok);
        assert_eq!(case.verdict, Verdict::Pass);
        let case = run(&mut judge, "b", &[left], wire::Verdict::Ok);
        assert_eq!(case.verdict, Verdict::Fail, "the next test has not said so");
    }

    #[test]
    fn a_report_is_shown_from_its_first_line() {
        let line = |text: String| Event::Log {
            facility: 0,
            level: 4,
            text,
        };
        let mut judge = judge(&["a"]);
        let mut between: Vec<Event> = (0..50).map(|n| line(format!("before {n}"))).collect();
        between.push(warn());
        between.extend((0..100).map(|n| line(format!("trace {n}"))));
        let case = run(&mut judge, "a", &between, wire::Verdict::Ok);
        let has = |text: &str| case.output.contains(&format!("  | {text}"));
        assert!(
            has("before 49") && has("trace 0") && has("trace 99"),
            "{case:?}"
        );
        assert!(!has("before 48"), "{case:?}");
    }

    #[test]
    fn silence_is_a_failure() {
        let mut judge = judge(&["a", "b"]);
        judge.see(&Event::Test("a".into()));
        let cases = judge.end(Some(&["timeout".to_owned()]));
        assert_eq!(cases.len(), 2);
        assert!(cases.iter().all(|case| case.verdict == Verdict::Fail));
        assert!(cases[0].output.contains(&"timeout".to_owned()));
    }

    #[test]
    fn a_program_that_cannot_be_started_fails_its_tests() {
        let mut judge = judge(&["a"]);
        let cases = judge.see(&Event::End(Status::Error("no such file".into())));
        assert_eq!(cases[0].output, ["no such file"]);
        assert_eq!(judge.end(None).len(), 1);
    }

    #[test]
    fn trouble_between_tests_is_told() {
        let judge = judge(&[]);
        let cases = judge.end(Some(&["panic".to_owned()]));
        assert_eq!(cases[0].name, "VM");
        let mut judge = super::tests::judge(&["a"]);
        judge.see(&warn());
        assert_eq!(judge.see(&Event::Test("a".into())).len(), 1);
    }

    #[test]
    fn output_is_shown_without_the_harness() {
        let mut judge = judge(&["a"]);
        let between = [
            "",
            "running 1 test",
            "thread panicked",
            "test result: FAILED.",
        ];
        let between = between.map(|line| Event::Out(line.into()));
        let case = run(&mut judge, "a", &between, wire::Verdict::Failed);
        assert_eq!(case.output, ["thread panicked"]);
        assert_eq!(case.repeat.as_deref(), Some("cargo kmod test -p m a"));
    }
}
