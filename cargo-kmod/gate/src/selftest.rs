// SPDX-License-Identifier: GPL-2.0-only
//! Proves that the VM's watch can fail: boots that go wrong on purpose, each seen as what it is.

mod coverage;
mod faults;
mod fuzz;

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow, ensure};
use kmod_build::config::Config;
use kmod_test::wire::{Event, Plan, Status};

use cargo_kmod::build::{self, BuiltModule};
use cargo_kmod::context::Context;
use cargo_kmod::kernels::Kernel;
use cargo_kmod::process;
use cargo_kmod::suite::{self, Case, Guest, Judge, Reporter, TestProgram, Verdict};
use cargo_kmod::vm::{self, Boot, Ended, Item, Machine, Outcome, Watch, kmod_test_manifest};

const SUITE: &str = "vm-selftest";
const MODULE: &str = "vmfault";
/// Enough to boot on a busy host, and the guest sleeps longer.
const HANG_LIMIT: Duration = Duration::from_secs(15);
const SOURCE: &str = include_str!("vmfault.c");

/// The tests of `guest/tests`: name, the verdict that it must get, a word of its output.
const VERDICTS: &[(&str, Verdict, &str)] = &[
    ("own_harness", Verdict::Pass, ""),
    ("verdicts::aborts", Verdict::Fail, "killed by signal 6"),
    ("verdicts::fails", Verdict::Fail, "on purpose"),
    ("verdicts::ignored", Verdict::Ignored, ""),
    (
        "verdicts::leaves_the_module",
        Verdict::Fail,
        "left the module vmfault",
    ),
    ("verdicts::log_and_parameter", Verdict::Pass, ""),
    ("verdicts::passes", Verdict::Pass, ""),
    ("verdicts::passes_by_a_panic", Verdict::Pass, ""),
    ("verdicts::second_load_is_eexist", Verdict::Pass, ""),
    ("verdicts::warns", Verdict::Fail, "WARNING: "),
    ("verdicts::warns_as_expected", Verdict::Pass, ""),
];

/// A way to do wrong, the option by which a kernel that checks itself sees it, a word of its report.
type Seen = (&'static str, &'static str, &'static str);

/// Those of the module in C. lockdep is first: it watches no longer after any report of KASAN's.
const SEEN: &[Seen] = &[
    (
        "locks",
        "PROVE_LOCKING",
        "possible circular locking dependency",
    ),
    ("freed", "KASAN", "use-after-free"),
    ("beyond", "KASAN", "out-of-bounds"),
    (
        "sleep",
        "DEBUG_ATOMIC_SLEEP",
        "sleeping function called from invalid context",
    ),
    ("shift", "UBSAN_SHIFT", "UBSAN: shift-out-of-bounds"),
    ("timer", "DEBUG_OBJECTS_TIMERS", "ODEBUG: "),
    ("leak", "DEBUG_KMEMLEAK", ""),
    ("race", "KCSAN", "KCSAN: data-race in count"),
];

/// Those of the module in Rust.
const SEEN_IN_RUST: &[Seen] = &[
    ("none", "", ""),
    (
        "mutexes",
        "PROVE_LOCKING",
        "possible circular locking dependency",
    ),
    ("freed", "KASAN_GENERIC", "KASAN: use-after-free"),
    ("beyond", "KASAN_GENERIC", "KASAN: slab-out-of-bounds"),
    ("copied", "KASAN_GENERIC", "KASAN: use-after-free"),
    ("stack", "KASAN_STACK", "KASAN: stack-out-of-bounds"),
    ("global", "KASAN_GENERIC", "KASAN: global-out-of-bounds"),
    ("race", "KCSAN", "KCSAN: data-race in "),
    ("calm", "", ""),
];

/// The source of the module in Rust.
const FAULTS: &str = include_str!("../../vmfault/src/lib.rs");

/// A way to do wrong, and the option by which it is seen, if any; then of each place that the report tells of the
/// function, and a word of the line.
type Told = (
    &'static str,
    Option<&'static str>,
    &'static [(&'static str, &'static str)],
);

/// lockdep is first, as in `SEEN`.
const TOLD: &[Told] = &[
    (
        "locks",
        Some("PROVE_LOCKING"),
        &[
            ("in vmfault_rust::backwards", "one.write(|one| *one += "),
            (
                "in vmfault_rust::forwards",
                "other.write(|other| *other += ",
            ),
        ],
    ),
    (
        "freed",
        Some("KASAN_GENERIC"),
        &[
            ("in vmfault_rust::wrong", "let byte = unsafe {"),
            ("vmfault_rust::Fault", "wrong(at, 8);"),
            // Where it was allocated, and where it was freed.
            ("vmfault_rust::Fault", "KBox::new([7u8; 64]"),
            ("vmfault_rust::Fault", "drop(memory);"),
        ],
    ),
    (
        "race",
        Some("KCSAN"),
        &[("in vmfault_rust::race", "unsafe { *plain += 1 };")],
    ),
    (
        "oops",
        None,
        &[
            ("in vmfault_rust::wrong", "let byte = unsafe {"),
            ("vmfault_rust::Fault", "\"oops\" => wrong("),
        ],
    ),
];

struct SelfTest<'a> {
    ctx: &'a Context,
    /// What it proves of time limits is of its own.
    machine: Machine<'a>,
    reporter: &'a Reporter,
    filters: &'a [String],
}

/// Runs the tests whose names contain one of `filters`.
pub fn run(
    ctx: &Context,
    Guest {
        kernel, machine, ..
    }: &Guest<'_>,
    target_dir: &Path,
    filters: &[String],
    reporter: &Reporter,
) {
    let tests = SelfTest {
        ctx,
        machine: machine.with_own_limits(),
        reporter,
        filters,
    };
    let module = tests.module(kernel, target_dir);
    let module = || match &module {
        Ok(ko) => Ok(ko.as_path()),
        Err(error) => Err(anyhow!(cargo_kmod::error::message(error))),
    };
    thread::scope(|scope| {
        // Most of its time is waiting.
        scope.spawn(|| {
            tests.ends(
                "a_guest_that_hangs_is_ended",
                &["sleep", "1000"],
                |outcome| matches!(outcome, Outcome::Timeout(_)),
            );
        });
        let panic = ["echo", "c", ">", "/proc/sysrq-trigger"];
        tests.ends("a_guests_panic_is_seen", &panic, |outcome| {
            *outcome == Outcome::Panic
        });
        tests.ends("a_guest_without_a_sentinel_is_lost", &["halt"], |outcome| {
            matches!(outcome, Outcome::Lost(_))
        });
        tests.one("a_modules_warn_and_bug_are_seen", |name| {
            tests.complaints(name, module()?, &["none", "warn", "bug"])
        });
        tests.one("a_modules_oops_is_seen", |name| {
            tests.complaints(name, module()?, &["oops"])
        });
        tests.one("every_verdict_of_a_test_is_seen", |name| {
            tests.verdicts(name, module()?, target_dir)
        });
        let module_in_rust = || {
            let dir = kmod_test_manifest(&ctx.cwd)?.with_file_name("../vmfault");
            build::build_module(ctx, &dir, kernel)
        };
        let config = Config::read(&kernel.kdir);
        tests.one("a_fault_in_rust_is_told_with_its_line", |name| {
            tests.lines(name, &module_in_rust()?, config.as_ref().ok())
        });
        if coverage::is_told(kernel) {
            tests.one("which_lines_ran_is_told", |name| {
                tests.lines_that_ran(name, &module_in_rust()?)
            });
        }
        tests.one("a_bug_is_found_by_chance_and_made_small", |_| {
            tests.planted_order(kernel)
        });
        let Ok(config) = config else {
            return;
        };
        if config.is_set("FAULT_INJECTION_USERCOPY") && config.is_set("DEBUG_KMEMLEAK") {
            tests.one("what_is_wrong_only_when_memory_is_short_is_seen", |name| {
                tests.planted(name, module()?)
            });
        }
        let sees = |seen: &Seen| config.is_set(seen.1);
        if SEEN.iter().any(sees) {
            tests.one("what_a_kernel_sees_that_checks_itself_is_told", |name| {
                tests.seen(name, (MODULE, module()?), &config, SEEN)
            });
        }
        if SEEN_IN_RUST.iter().any(sees) {
            tests.one(
                "what_a_kernel_sees_that_checks_itself_is_seen_in_rust",
                |name| {
                    let built = module_in_rust()?;
                    tests.seen(name, (&built.name, &built.ko), &config, SEEN_IN_RUST)
                },
            );
        }
    });
}

impl SelfTest<'_> {
    fn one(&self, name: &str, test: impl FnOnce(&str) -> Result<()>) {
        let wanted = |filter: &String| name.contains(filter.as_str());
        if !self.filters.is_empty() && !self.filters.iter().any(wanted) {
            return;
        }
        let start = Instant::now();
        let mut case = match test(name) {
            Ok(()) => Case::pass(SUITE, name),
            Err(error) => Case::error(SUITE, name, &error),
        };
        case.ms = Some(start.elapsed().as_millis() as u64);
        case.repeat = Some(format!("cargo kmod test -p cargo-kmod {name}"));
        self.reporter.case(case);
    }

    fn boot(&self, boot: &Boot, see: &mut dyn FnMut(Event)) -> Result<Ended> {
        let ended = self.machine.boot(boot, see)?;
        ended.context("nothing was booted")
    }

    /// Boots a guest with one command and looks at how the VM ends.
    fn ends(&self, name: &str, command: &[&str], good: impl Fn(&Outcome) -> bool) {
        self.one(name, |name| {
            let mut boot = boot(name, vec![words(command)]);
            if command[0] == "sleep" {
                boot.limit = Some(HANG_LIMIT);
            }
            let ended = self.boot(&boot, &mut |_| ())?;
            ensure!(
                good(&ended.outcome),
                "{:?} is not what `{}` ends in",
                ended.outcome,
                command.join(" ")
            );
            Ok(())
        });
    }

    /// Loads the module once for each way to do wrong and looks at whether the watch complains.
    fn complaints(&self, name: &str, ko: &Path, ways: &[&str]) -> Result<()> {
        let mut commands = Vec::new();
        for way in ways {
            commands.push(words(&["insmod", MODULE, &format!("what={way}")]));
            commands.push(words(&["rmmod", MODULE]));
        }
        let mut boot = boot(name, commands);
        boot.items
            .push(Item::copy(format!("/modules/{MODULE}.ko"), ko));
        let mut watch = Watch::default();
        let mut found = Vec::new();
        let ended = self.boot(&boot, &mut |event| {
            watch.see(&event);
            if let Event::End(status) = event {
                found.push((status, watch.take()));
            }
        })?;
        ensure!(ended.outcome == Outcome::Finished, "{:?}", ended.outcome);
        for (way, (status, complaints)) in ways.iter().zip(found.iter().step_by(2)) {
            let killed = matches!(status, Status::Signal(_));
            ensure!(
                complaints.is_empty() == (*way == "none")
                    && killed == matches!(*way, "bug" | "oops"),
                "{way}: insmod ended with {status:?}, complaints: {complaints:?}"
            );
        }
        Ok(())
    }

    /// Has the module in Rust do wrong in each way that this kernel sees, and looks at whether the lines are shown: of
    /// what the guest tells, and of its console.
    fn lines(&self, name: &str, built: &BuiltModule, config: Option<&Config>) -> Result<()> {
        let sees = |option| config.is_some_and(|config| config.is_set(option));
        let ways = TOLD.iter().filter(|told| told.1.is_none_or(sees));
        let ways: Vec<&Told> = ways.collect();
        let mut commands = Vec::new();
        for (way, ..) in &ways {
            commands.push(words(&["insmod", &built.name, &format!("what={way}")]));
            commands.push(words(&["rmmod", &built.name]));
        }
        let mut boot = boot(name, commands);
        boot.items.extend(suite::modules(built));
        let mut judge = Judge::new(SUITE, Vec::new()).reading(vm::decoder(&boot));
        let mut told: Vec<Vec<String>> = Vec::new();
        let ended = self.boot(&boot, &mut |event| {
            let cases = judge.see(&event);
            if matches!(event, Event::End(_)) {
                told.push(cases.iter().flat_map(|case| case.output.clone()).collect());
            }
        })?;
        ensure!(ended.outcome == Outcome::Finished, "{:?}", ended.outcome);
        let console = vm::console_lines(&ended).join("\n");
        // Threads may go on until the module is unloaded.
        for ((way, _, places), said) in ways.iter().zip(told.chunks(2)) {
            let said: Vec<String> = said.concat();
            for said in [&said.join("\n"), &console] {
                shows(way, places, said)?;
            }
        }
        Ok(())
    }

    /// Has the module do what such a kernel sees, and looks at whether each report is a complaint.
    fn seen(
        &self,
        name: &str,
        (module, ko): (&str, &Path),
        config: &Config,
        ways: &[Seen],
    ) -> Result<()> {
        // What it does not see may do harm.
        let sees = |seen: &&Seen| seen.1.is_empty() || config.is_set(seen.1);
        let ways: Vec<&Seen> = ways.iter().filter(sees).collect();
        let mut commands = Vec::new();
        for (way, ..) in &ways {
            commands.push(words(&["insmod", module, &format!("what={way}")]));
            commands.push(words(&["rmmod", module]));
        }
        commands.extend(self.machine.last_commands());
        let mut boot = boot(name, commands);
        boot.items
            .push(Item::copy(format!("/modules/{module}.ko"), ko));
        let mut watch = Watch::default();
        let mut found = Vec::new();
        let ended = self.boot(&boot, &mut |event| {
            watch.see(&event);
            if matches!(event, Event::End(_)) {
                found.push(watch.take().join("\n"));
            }
        })?;
        ensure!(ended.outcome == Outcome::Finished, "{:?}", ended.outcome);
        for ((way, option, report), said) in ways.iter().zip(found.chunks(2)) {
            let said = said.concat();
            let told = match option.is_empty() {
                true => said.is_empty(),
                false => said.contains(report),
            };
            ensure!(told, "{way}: {said}");
        }
        let all = found.join("\n");
        let has = |way| ways.iter().any(|(known, ..)| *known == way);
        for (way, option, words) in [
            ("locks", "PROVE_LOCKING", "lockdep is off"),
            ("leak", "DEBUG_KMEMLEAK", "kmemleak: 1 new"),
        ] {
            ensure!(
                !has(way) || !config.is_set(option) || all.contains(words),
                "{way}: {all}"
            );
        }
        Ok(())
    }

    /// Runs the programs of `guest/tests` and compares.
    fn verdicts(&self, name: &str, ko: &Path, target_dir: &Path) -> Result<()> {
        let manifest = kmod_test_manifest(&self.ctx.cwd)?;
        let dir = manifest.parent().context("a manifest without a folder")?;
        let log = target_dir.join("kmod/guest/verdicts.log");
        let args = ["--test", "verdicts", "--test", "own_harness"].map(str::to_owned);
        let cargo = self.machine.cargo(target_dir);
        let (programs, complete) = cargo.build(dir, &args, &log)?;
        ensure!(complete, "{}", fs::read_to_string(&log).unwrap_or_default());
        let programs = programs.into_iter().filter(|program| program.is_test);
        let programs: Vec<TestProgram> = programs
            .map(|program| TestProgram::new("kmod-test", false, program))
            .collect::<Result<_>>()?;
        let mut commands: Vec<_> = programs.iter().map(|program| program.list(&[])).collect();
        commands.extend(programs.iter().map(|program| program.run(MODULE)));
        let mut boot = boot(name, commands);
        boot.items.extend(programs.iter().map(TestProgram::item));
        boot.items
            .push(Item::copy(format!("/modules/{MODULE}.ko"), ko));
        let labels = programs.iter().map(|program| program.label.clone());
        let mut judge = Judge::new(SUITE, labels.collect());
        let mut cases = Vec::new();
        let ended = self.boot(&boot, &mut |event| cases.extend(judge.see(&event)))?;
        cases.extend(judge.end(None));
        ensure!(ended.outcome == Outcome::Finished, "{:?}", ended.outcome);
        ensure!(cases.len() == VERDICTS.len(), "{cases:#?}");
        for (name, verdict, word) in VERDICTS {
            let case = cases.iter().find(|case| case.name == *name);
            let case = case.with_context(|| format!("no verdict on `{name}`"))?;
            ensure!(
                case.verdict == *verdict && case.output.join("\n").contains(word),
                "wrong verdict: {case:#?}"
            );
        }
        Ok(())
    }

    fn module(&self, kernel: &Kernel, target_dir: &Path) -> Result<PathBuf> {
        let dir = target_dir.join("kmod").join(&kernel.release).join(SUITE);
        fs::create_dir_all(&dir).with_context(|| format!("cannot create {}", dir.display()))?;
        fs::write(dir.join(format!("{MODULE}.c")), SOURCE)?;
        fs::write(
            dir.join("Kbuild"),
            format!("obj-m := {MODULE}.o\nUBSAN_SANITIZE := y\n"),
        )?;
        let mut make = kernel.make();
        make.arg(format!("M={}", dir.display())).arg("modules");
        let phase = self.ctx.progress.phase(format!("building {MODULE}.ko"));
        let log = dir.join("build.log");
        let status = process::logged(&mut make, &log, &phase, self.ctx.verbose)?;
        ensure!(
            status.success(),
            "{}",
            fs::read_to_string(&log).unwrap_or_default()
        );
        phase.done();
        Ok(dir.join(format!("{MODULE}.ko")))
    }
}

/// Looks at whether a report is shown with those lines of the module in Rust.
fn shows(way: &str, places: &[(&str, &str)], said: &str) -> Result<()> {
    for (place, text) in places {
        let line = FAULTS.lines().position(|line| line.contains(text));
        let line = line.context("vmfault has no such line")? + 1;
        let at = format!("vmfault/src/lib.rs:{line}:");
        ensure!(
            said.contains(&at) && said.contains(place) && said.contains(text),
            "{way}: no `{place}` and `{text}` in line {line}:\n{said}"
        );
    }
    ensure!(
        !said.contains("_RNv"),
        "{way}: a name is left as it is:\n{said}"
    );
    Ok(())
}

fn boot(name: &str, commands: Vec<Vec<String>>) -> Boot {
    let mut boot = Boot::new(format!("{SUITE}/{name}"), Plan::default());
    boot.plan.commands = commands;
    boot
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}
