// SPDX-License-Identifier: GPL-2.0-only
//! The VM's first process: mounts what programs expect, does what the host planned, tells how it
//! went and powers off.

mod builtin;
mod checkers;
mod faults;
mod fuzz;
mod modinfo;
mod report;
mod run;
mod system;
mod tests;

use std::process::ExitCode;

use kmod_test::wire::{Event, LOAD, PLAN, Plan, Status};

use report::Report;
use tests::Tests;

fn main() -> ExitCode {
    if std::process::id() != 1 {
        // Started by the first process, to do a built-in command in a process of its own.
        let args: Vec<String> = std::env::args().skip(1).collect();
        return faults::main(&args)
            .or_else(|| fuzz::main(&args))
            .unwrap_or_else(|| builtin::main(&args));
    }
    if let Err(error) = guest() {
        // Without the sentinel the host knows that something went wrong; this says what.
        eprintln!("kmod-init: {error}");
    }
    system::power_off()
}

fn guest() -> std::io::Result<()> {
    system::prepare()?;
    let text = std::fs::read_to_string(PLAN)?;
    let plan = Plan::decode(&text).ok_or_else(|| std::io::Error::other("unreadable plan"))?;
    let ours = [("KMOD_GUEST".to_owned(), "1".to_owned())];
    for (key, value) in plan.env.iter().chain(&ours) {
        // SAFETY: this process has no other thread.
        unsafe { std::env::set_var(key, value) };
    }
    let mut report = Report::open()?;
    report.send(&Event::Hello(system::uptime_ms()))?;
    report.lockdep()?;
    let mut tests = Tests::default();
    load(&mut tests, &mut report)?;
    for (index, command) in plan.commands.iter().enumerate() {
        report.send(&Event::Begin(index))?;
        let status = builtin::dispatch(command, &mut tests, &mut report)?;
        report.kernel()?;
        report.lockdep()?;
        report.send(&Event::End(status))?;
    }
    report.send(&Event::Done)?;
    report.drain()
}

/// Loads the kernel's own modules that the plan names.
fn load(tests: &mut Tests, report: &mut Report) -> std::io::Result<()> {
    let modules = std::env::var(LOAD).unwrap_or_default();
    for module in modules.lines() {
        let mut command = vec!["insmod".to_owned()];
        command.extend(module.split(' ').map(str::to_owned));
        if builtin::dispatch(&command, tests, report)? != Status::Code(0) {
            let error = format!("the kernel's module {module} cannot be loaded");
            return Err(std::io::Error::other(error));
        }
    }
    Ok(())
}
