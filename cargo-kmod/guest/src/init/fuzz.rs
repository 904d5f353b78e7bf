// SPDX-License-Identifier: GPL-2.0-only
//! Uses a module by chance: in all ways that its declaration tells of, from several threads. Where there is KCOV, what
//! has made new code of the module run is what is changed next.
//!
//! A process of its own writes programs and has another one run them, some at a time: that one may be killed, or hang. It
//! says which program it begins before it does, so that the host knows the last one whatever comes of it.

use std::collections::HashSet;
use std::fs;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use kmod_test::fuzz::{AND, FRESH, HANGS, PROGRAM, TRY, Writer};
use kmod_test::replay::{self, Op, Step};
use kmod_test::wire::FUZZ;

use crate::checkers;

/// The words that this program is started with: to write programs, and to run some.
const WORD: &str = "fuzz";
const RUN: &str = "fuzz-run";

/// What the lines of who runs programs begin with that tell of what code one has run.
const RAN: &str = "= ";

/// So many programs are run by one process, so long each at most.
const EACH: usize = 32;
const SECONDS: Duration = Duration::from_secs(5);

/// How often it is asked whether the kernel has found a fault.
const ASKED: Duration = Duration::from_millis(200);

/// So long nothing is heard of a process before it is killed, and so long it may take to be gone then.
const SILENT: Duration = Duration::from_secs(30);
const KILLED: Duration = Duration::from_secs(20);

/// lockdep is asked so seldom: to answer, it counts all that it knows.
const LOCKDEP: Duration = Duration::from_secs(20);

/// The taint flags of a fault: a bad page, an Oops, a WARN, a soft lockup.
const TAINTS: u64 = 1 << 5 | 1 << 7 | 1 << 9 | 1 << 14;

/// `kmod-init fuzz MODULE SEED SECONDS THREADS`, and `kmod-init fuzz-run MODULE PROGRAM...`; `None` for other words.
pub fn main(args: &[String]) -> Option<ExitCode> {
    let ended = match args {
        [word, module, seed, seconds, threads] if word == WORD => numbers(seed, seconds, threads)
            .and_then(|(seed, seconds, threads)| {
                fuzz(module, seed, Duration::from_secs(seconds), threads)
            }),
        [word, module, programs @ ..] if word == RUN => run(module, programs),
        _ => return None,
    };
    Some(match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fuzz: {error}");
            ExitCode::FAILURE
        }
    })
}

fn numbers(seed: &str, seconds: &str, threads: &str) -> io::Result<(u64, u64, usize)> {
    let all = (seed.parse(), seconds.parse(), threads.parse());
    match all {
        (Ok(seed), Ok(seconds), Ok(threads)) => Ok((seed, seconds, threads)),
        _ => Err(io::Error::other("MODULE SEED SECONDS THREADS")),
    }
}

/// Runs programs for so long, or until the kernel reports something; those that the host has written, if it has.
fn fuzz(module: &str, seed: u64, time: Duration, threads: usize) -> io::Result<()> {
    fresh(module)?;
    let start = Instant::now();
    let declared = fs::read_to_string(FUZZ)?;
    let tried: Vec<&str> = declared
        .lines()
        .filter_map(|line| line.strip_prefix(TRY))
        .collect();
    if !tried.is_empty() {
        return try_all(module, &tried);
    }
    let mut writer = Writer::new(&declared, seed, threads)?;
    let mut known = HashSet::new();
    let mut count = 0;
    let mut asked = start;
    while start.elapsed() < time && !is_tainted() {
        if count > 0 {
            fresh(module)?;
            println!("{PROGRAM}{FRESH}");
        }
        if asked.elapsed() > LOCKDEP {
            asked = Instant::now();
            if checkers::lockdep_is_off() {
                break;
            }
        }
        let programs: Vec<Vec<Step>> = (0..EACH).map(|_| writer.program()).collect();
        let texts: Vec<String> = programs
            .iter()
            .map(|program| replay::text(program))
            .collect();
        let said = |line: &str| println!("{line}");
        let is_over = batch(module, &texts, said, |number, code| {
            count += 1;
            let before = known.len();
            known.extend(code);
            if known.len() > before {
                writer.keep(programs[number].clone());
            }
        })?;
        if is_over {
            break;
        }
    }
    println!(
        "{count} programs in {} s, {} places of the module's code, {} programs that came to a new one",
        start.elapsed().as_secs(),
        known.len(),
        writer.kept()
    );
    Ok(())
}

/// Runs lists of programs, each in a module that is loaded for it, until the kernel reports something.
fn try_all(module: &str, lists: &[&str]) -> io::Result<()> {
    for line in lists {
        let (rounds, list) = line.split_once(' ').unwrap_or_default();
        let rounds: usize = rounds.parse().map_err(io::Error::other)?;
        fresh(module)?;
        println!("{PROGRAM}{list}");
        let count = list.split(AND).count();
        let programs = list.split(AND).cycle().take(count * rounds);
        let programs: Vec<String> = programs.map(str::to_owned).collect();
        let is_over = batch(module, &programs, |_| (), |_, _| ())?;
        if is_over || is_tainted() || checkers::lockdep_is_off() {
            break;
        }
    }
    Ok(())
}

/// Whether the kernel has found a fault, as far as its taint flags say.
fn is_tainted() -> bool {
    kmod_test::tainted() & TAINTS != 0
}

/// Loads the module anew. One that somebody uses stays.
fn fresh(module: &str) -> io::Result<()> {
    match kmod_test::unload(module) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Ok(()),
        _ => {
            std::mem::forget(kmod_test::load_named(module, &[])?);
            Ok(())
        }
    }
}

/// Has a process run some programs; hands over what it says of each before, and after it which code of the module ran,
/// by its place there. Gives whether that was the last one: after a fault, or when it hangs. Then nobody waits for it,
/// since a thread of it may sleep for ever, for a lock that one has held who is dead.
fn batch(
    module: &str,
    programs: &[String],
    said: impl Fn(&str),
    mut ran: impl FnMut(usize, HashSet<u64>),
) -> io::Result<bool> {
    let mut child = Command::new("/proc/self/exe")
        .args([RUN, module])
        .args(programs)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let stdout = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        let lines = BufReader::new(stdout).lines();
        lines
            .map_while(io::Result::ok)
            .try_for_each(|line| sender.send(line))
    });
    let mut number = 0;
    let mut heard = Instant::now();
    let mut is_killed = false;
    loop {
        match lines.recv_timeout(ASKED) {
            Ok(line) => {
                heard = Instant::now();
                if let Some(places) = line.strip_prefix(RAN) {
                    let places = places
                        .split(' ')
                        .map(|place| u64::from_str_radix(place, 16));
                    ran(number, places.flatten().collect());
                    number += 1;
                } else {
                    said(&line);
                }
            }
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) if is_tainted() => return Ok(true),
            Err(RecvTimeoutError::Timeout) if is_killed && heard.elapsed() > SILENT + KILLED => {
                return hangs(&child).map(|()| true);
            }
            Err(RecvTimeoutError::Timeout) if !is_killed && heard.elapsed() > SILENT => {
                child.kill()?;
                is_killed = true;
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
    child.wait()?;
    Ok(false)
}

/// Says that a process cannot be ended, and has the kernel log where those sleep that nothing wakes.
fn hangs(child: &Child) -> io::Result<()> {
    let seconds = (SILENT + KILLED).as_secs();
    println!(
        "{HANGS}process {} sleeps in the kernel for {seconds} s, and cannot be killed",
        child.id()
    );
    fs::write("/proc/sysrq-trigger", "w")
}

/// Runs programs one after the other.
fn run(module: &str, programs: &[String]) -> io::Result<()> {
    let rounds: &'static AtomicU64 = Box::leak(Box::default());
    thread::spawn(|| {
        // A thread that sleeps in the kernel for ever would keep the process.
        loop {
            let before = rounds.load(Ordering::Relaxed);
            thread::sleep(SECONDS);
            if rounds.load(Ordering::Relaxed) == before {
                std::process::exit(1);
            }
        }
    });
    let mut at = place(module);
    for text in programs {
        let program = replay::parse(text).ok_or(io::ErrorKind::InvalidInput)?;
        let mut out = io::stdout().lock();
        writeln!(out, "{PROGRAM}{text}")?;
        out.flush()?;
        drop(out);
        let may_move = program.iter().any(|step| matches!(step.op, Op::Reload(_)));
        let code: HashSet<u64> = replay::run(module, &program).into_iter().collect();
        rounds.fetch_add(1, Ordering::Relaxed);
        if may_move {
            // Its code is told by where it was before, or by where it is now: by which, nobody knows.
            at = place(module);
        }
        let places = code.into_iter().filter(|_| !may_move).filter_map(|code| {
            let (from, size) = at?;
            let offset = code.checked_sub(from).filter(|offset| *offset < size)?;
            Some(format!("{offset:x}"))
        });
        let places: Vec<String> = places.collect();
        println!("{RAN}{}", places.join(" "));
        if is_tainted() {
            break;
        }
    }
    Ok(())
}

/// Where the module's code lies, and how much there is at most.
fn place(module: &str) -> Option<(u64, u64)> {
    let folder = format!("/sys/module/{module}");
    let text = fs::read_to_string(format!("{folder}/sections/.text")).ok()?;
    let at = u64::from_str_radix(text.trim().strip_prefix("0x")?, 16).ok()?;
    let size = fs::read_to_string(format!("{folder}/coresize")).ok()?;
    Some((at, size.trim().parse().ok()?))
}
