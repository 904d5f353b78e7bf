// SPDX-License-Identifier: GPL-2.0-only
//! Running test programs: each test in a process of its own, so that a crash is one test's and the
//! kernel's log is known to be that test's.

use std::io;
use std::os::unix::process::ExitStatusExt;
use std::time::Instant;

use kmod_test::wire::{Event, FAULTS, Status, Verdict};

use crate::report::Report;
use crate::{faults, run, system};

/// Which tests of the programs are wanted: nothing of a program runs outside of the VM, and so
/// nobody knows them before.
#[derive(Default)]
pub struct Tests {
    listed: Vec<Listed>,
}

/// A wanted test.
struct Listed {
    program: String,
    name: String,
    kind: Kind,
}

/// How a test is run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It is one of libtest's.
    Libtest,
    /// So is it, and has `#[ignore]`.
    Ignored,
    /// It is the whole program, which has a harness of its own.
    Program,
}

impl Tests {
    /// `list HARNESS PROGRAM PREFIX [FILTER...]`: tells those tests of which the name, behind the
    /// prefix, contains one of the filters; the harness is `libtest` or `own`. The test of a program
    /// with a harness of its own has the prefix alone for a name.
    pub fn list(&mut self, args: &[String], report: &mut Report) -> io::Result<Status> {
        let [harness, program, prefix, filters @ ..] = args else {
            return Ok(Status::Error(
                "list: HARNESS PROGRAM PREFIX [FILTER...]".into(),
            ));
        };
        let mut found = Vec::new();
        if harness == "own" {
            found.push((String::new(), Kind::Program));
        } else {
            let ignored = match list(program, &["--ignored"])? {
                Ok(names) => names,
                Err(status) => return Ok(status),
            };
            let names = match list(program, &[])? {
                Ok(names) => names,
                Err(status) => return Ok(status),
            };
            found.extend(names.into_iter().map(|name| {
                let kind = match ignored.contains(&name) {
                    true => Kind::Ignored,
                    false => Kind::Libtest,
                };
                (name, kind)
            }));
        }
        for (name, kind) in found {
            let full = format!("{prefix}{name}");
            let wanted = |filter: &String| full.contains(filter.as_str());
            if !filters.is_empty() && !filters.iter().any(wanted) {
                continue;
            }
            report.send(&Event::Listed(name.clone()))?;
            self.listed.push(Listed {
                program: program.clone(),
                name,
                kind,
            });
        }
        Ok(Status::Code(0))
    }

    /// `tests PROGRAM MODULE`: those of the program's tests that were listed.
    pub fn run(&self, args: &[String], report: &mut Report) -> io::Result<Status> {
        let [program, module] = args else {
            return Ok(Status::Error("tests: PROGRAM MODULE".into()));
        };
        // SAFETY: this process has no other thread.
        unsafe { std::env::set_var("KMOD_MODULE", module) };
        let mut code = 0;
        let before = system::loaded_modules();
        for test in self.listed.iter().filter(|test| test.program == *program) {
            report.send(&Event::Test(test.name.clone()))?;
            if test.kind == Kind::Ignored {
                report.send(&Event::Result(Verdict::Ignored, 0))?;
                continue;
            }
            let start = Instant::now();
            let verdict = one(test, report)?;
            let ms = start.elapsed().as_millis() as u64;
            clean_up(&before, report)?;
            report.kernel()?;
            report.lockdep()?;
            if verdict != Verdict::Ok {
                code = 101;
            }
            report.send(&Event::Result(verdict, ms))?;
        }
        Ok(Status::Code(code))
    }
}

fn one(test: &Listed, report: &mut Report) -> io::Result<Verdict> {
    let args = [
        "--exact",
        &test.name,
        "--nocapture",
        "--test-threads=1",
        "--quiet",
    ];
    let args: &[&str] = match test.kind {
        Kind::Program => &[],
        Kind::Libtest | Kind::Ignored => &args,
    };
    let args: Vec<String> = args.iter().map(|&arg| arg.to_owned()).collect();
    if std::env::var_os(FAULTS).is_some() {
        return with_faults(test, &args, report);
    }
    let ended = run::captured(&test.program, &args, |line| {
        report.kernel()?;
        report.send(&Event::Out(line))
    })?;
    Ok(match ended {
        Ok(status) => match status.signal() {
            Some(signal) => Verdict::Killed(signal),
            None if status.success() => Verdict::Ok,
            None => Verdict::Failed,
        },
        Err(why) => {
            report.out(&why)?;
            Verdict::Failed
        }
    })
}

/// A test whose calls fail may fail, too; what must not happen, the kernel tells.
fn with_faults(test: &Listed, args: &[String], report: &mut Report) -> io::Result<Verdict> {
    Ok(match faults::captured(&test.program, args, report)? {
        Ok(status) if !faults::is_own_failure(status) => Verdict::Ok,
        Ok(_) => Verdict::Failed,
        Err(why) => {
            report.out(&why)?;
            Verdict::Failed
        }
    })
}

/// The names of a program's tests.
fn list(program: &str, more: &[&str]) -> io::Result<Result<Vec<String>, Status>> {
    let args: Vec<String> = ["--list", "--format", "terse"]
        .iter()
        .chain(more)
        .map(|&arg| arg.to_owned())
        .collect();
    let mut lines = Vec::new();
    let ended = run::captured(program, &args, |line| {
        lines.push(line);
        Ok(())
    })?;
    Ok(match ended {
        Ok(status) if status.success() => Ok(lines
            .iter()
            .filter_map(|line| line.strip_suffix(": test"))
            .map(str::to_owned)
            .collect()),
        Ok(status) => Err(Status::Error(format!(
            "{program} --list: {status}: {}",
            lines.join("; ")
        ))),
        Err(why) => Err(Status::Error(why)),
    })
}

/// Unloads what the test left loaded, so that the next one begins as this one did.
fn clean_up(before: &[String], report: &mut Report) -> io::Result<()> {
    let loaded = system::loaded_modules().into_iter();
    for module in loaded.filter(|module| !before.contains(module)) {
        let _ = kmod_test::unload(&module);
        report.send(&Event::Left(module))?;
    }
    Ok(())
}
