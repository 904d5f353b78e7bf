// SPDX-License-Identifier: GPL-2.0-only
//! Faults on order: a program runs, and each of its system calls that may come to a module is made again and again,
//! with the first allocation or copy in it failing, then the second, until none is left that could. Only then the
//! program sees what the call gives.
//!
//! A process of its own traces the program. A call that failed is made again by setting the program back before it;
//! one that went well all the same cannot be, and so the program runs once more, and there the next one fails. Loads
//! and unloads are undone instead.

mod calls;
mod dog;
mod dump;
mod kernel;
mod memory;
mod ptrace;
mod tracer;

use std::collections::BTreeMap;
use std::io;
use std::process::{ExitCode, ExitStatus};
use std::thread;
use std::time::Duration;

use kmod_test::wire::Event;

use crate::report::Report;
use crate::{run, system};
pub use dump::Dumps;
use tracer::Tracer;

/// The word that this program is started with, to trace another.
const WORD: &str = "faults";

/// What the lines begin with that tell of a fault, among those of the program.
const MARK: char = '\u{1}';

/// The exit code of who cannot trace, or whose program cannot be ended.
const FAILED: u8 = 70;

/// How often a program runs at most.
const ROUNDS: u32 = 40;

/// Runs a program so, and tells of each fault. Its exit is not judged: it may have asked for what then failed.
pub fn captured(
    program: &str,
    args: &[String],
    report: &mut Report,
) -> io::Result<Result<ExitStatus, String>> {
    let mut words = vec![WORD.to_owned(), program.to_owned()];
    words.extend_from_slice(args);
    let mut places = BTreeMap::<String, u32>::new();
    let ended = run::captured("/proc/self/exe", &words, |line| {
        report.kernel()?;
        let (said, place) = match line.split_once(MARK) {
            Some((said, place)) => (said, Some(place)),
            None => (&*line, None),
        };
        if let Some(place) = place {
            *places.entry(place.to_owned()).or_default() += 1;
        }
        match said {
            "" => Ok(()),
            said => report.send(&Event::Out(said.to_owned())),
        }
    })?;
    for (place, times) in places {
        report.send(&Event::Fault(place, times))?;
    }
    Ok(ended)
}

/// Whether it was this process that failed, not the program.
pub fn is_own_failure(status: ExitStatus) -> bool {
    status.code() == Some(i32::from(FAILED))
}

/// `kmod-init faults PROGRAM ARGUMENT...`, in a process that is not the first one; `None` for other words.
pub fn main(args: &[String]) -> Option<ExitCode> {
    let [word, program, args @ ..] = args else {
        return None;
    };
    if word != WORD {
        return None;
    }
    Some(rounds(program, args).unwrap_or_else(|error| {
        eprintln!("faults: {error}");
        ExitCode::from(FAILED)
    }))
}

fn rounds(program: &str, args: &[String]) -> io::Result<ExitCode> {
    kernel::prepare()?;
    let before = system::loaded_modules();
    let mut tracer = Tracer::new()?;
    let mut ended = Ok(0);
    for _ in 0..ROUNDS {
        tracer.memory.begin();
        ended = tracer.round(program, args)?;
        tidy(&before);
        if tracer.memory.went_well == 0 {
            break;
        }
    }
    if ended != Ok(0) {
        println!("\nafter its faults the program ends with {ended:?}");
    }
    tracer.memory.save()?;
    Ok(ptrace::code(ended))
}

/// Unloads what a program left that ended too early. What cannot be unloaded is told by who looks after the test.
fn tidy(before: &[String]) {
    for module in system::loaded_modules() {
        if !before.contains(&module) {
            let _ = unloaded(&module);
        }
    }
}

/// Unloads a module as soon as nobody uses it any more.
fn unloaded(module: &str) -> io::Result<()> {
    let mut result = Ok(());
    for _ in 0..100 {
        result = kmod_test::unload(module);
        if result.is_ok() {
            break;
        }
        thread::sleep(Duration::from_millis(20));
    }
    result
}
