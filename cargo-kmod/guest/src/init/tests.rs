// SPDX-License-Identifier: GPL-2.0-only
//! Running a libtest program: each test in a process of its own, so that a crash is one test's and
//! the kernel's log is known to be that test's.

use std::io;
use std::os::unix::process::ExitStatusExt;
use std::time::Instant;

use kmod_test::wire::{Event, Status, Verdict};

use crate::report::Report;
use crate::{run, system};

/// `tests PROGRAM MODULE [NAME...]`: the tests of these names, or all.
pub fn run(args: &[String], report: &mut Report) -> io::Result<Status> {
    let [program, module, only @ ..] = args else {
        return Ok(Status::Error("tests: PROGRAM MODULE [NAME...]".into()));
    };
    // SAFETY: this process has no other thread.
    unsafe { std::env::set_var("KMOD_MODULE", module) };
    let ignored = match list(program, &["--ignored"])? {
        Ok(names) => names,
        Err(status) => return Ok(status),
    };
    let names = match list(program, &[])? {
        Ok(names) => names,
        Err(status) => return Ok(status),
    };
    let wanted = |name: &&String| only.is_empty() || only.contains(name);
    let mut code = 0;
    for name in names.iter().filter(wanted) {
        report.send(&Event::Test(name.clone()))?;
        if ignored.contains(name) {
            report.send(&Event::Result(Verdict::Ignored, 0))?;
            continue;
        }
        let start = Instant::now();
        let verdict = one(program, name, report)?;
        let ms = start.elapsed().as_millis() as u64;
        clean_up(report)?;
        report.kernel()?;
        report.lockdep()?;
        if verdict != Verdict::Ok {
            code = 101;
        }
        report.send(&Event::Result(verdict, ms))?;
    }
    Ok(Status::Code(code))
}

fn one(program: &str, name: &str, report: &mut Report) -> io::Result<Verdict> {
    let args = [
        "--exact",
        name,
        "--nocapture",
        "--test-threads=1",
        "--quiet",
    ];
    let ended = run::captured(program, &args.map(str::to_owned), |line| {
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
fn clean_up(report: &mut Report) -> io::Result<()> {
    for module in system::loaded_modules() {
        let _ = kmod_test::unload(&module);
        report.send(&Event::Left(module))?;
    }
    Ok(())
}
