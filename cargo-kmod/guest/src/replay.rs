// SPDX-License-Identifier: GPL-2.0-only
//! What `cargo kmod fuzz` does with a module, and a test that it has written does again.
//!
//! A program is a line: steps with semicolons between them, each of which begins with the number of the thread that
//! does it. Threads run at once, a thread's steps one after the other:
//!
//! `0 open 0 /dev/dice; 0 ioctl 0 40044401 08000000; 1 put /proc/sys/dice/sides 0a`

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::ioctl::{IoctlMemory, ioctl};
use crate::task::LATE;
use crate::{guest, kcov};

/// How many threads a program has at most, and how many files it has open.
pub const THREADS: usize = 4;
pub const SLOTS: usize = 4;

/// So many words of KCOV's are enough for a thread of a program: only the module's own code is watched.
const WORDS: usize = 1 << 12;

/// The flag of an Oops among those of `/proc/sys/kernel/tainted`, and how often it is asked for.
const OOPS: u64 = 1 << 7;
const ASKED: Duration = Duration::from_millis(200);

/// A step of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Who does it.
    pub thread: usize,
    /// What is done.
    pub op: Op,
}

/// What is done. Files are kept open by number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// Opens a file, for both reading and writing if that is allowed.
    Open(usize, String),
    /// Closes it.
    Close(usize),
    /// Reads so many bytes.
    Read(usize, usize),
    /// Writes these bytes.
    Write(usize, Vec<u8>),
    /// Goes to a place.
    Seek(usize, u64),
    /// An ioctl, with a number that is no address.
    Value(usize, u32, usize),
    /// An ioctl, with the address of these bytes.
    Memory(usize, u32, Vec<u8>),
    /// Opens a file, writes these bytes at once, closes it.
    Put(String, Vec<u8>),
    /// Reads a file.
    Get(String),
    /// Unloads the module, if nobody uses it, and loads it with these parameters; without, if it refuses them.
    Reload(Vec<String>),
}

impl Op {
    /// The number of the open file that is used, or closed.
    #[must_use]
    pub fn slot(&self) -> Option<usize> {
        match self {
            Self::Close(slot)
            | Self::Read(slot, _)
            | Self::Write(slot, _)
            | Self::Seek(slot, _)
            | Self::Value(slot, ..)
            | Self::Memory(slot, ..) => Some(*slot),
            Self::Open(..) | Self::Put(..) | Self::Get(_) | Self::Reload(_) => None,
        }
    }
}

/// A program's text.
#[must_use]
pub fn text(program: &[Step]) -> String {
    let steps: Vec<String> = program.iter().map(Step::text).collect();
    steps.join("; ")
}

/// The program of a text; `None` if it is none.
#[must_use]
pub fn parse(text: &str) -> Option<Vec<Step>> {
    text.split("; ").map(Step::parse).collect()
}

fn hex(bytes: &[u8]) -> String {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    // A word is never empty.
    format!("x{hex}")
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let hex = hex.strip_prefix('x')?.as_bytes();
    let pairs = hex.chunks(2).map(|pair| str::from_utf8(pair).ok());
    pairs
        .map(|pair| u8::from_str_radix(pair?, 16).ok())
        .collect()
}

impl Step {
    fn text(&self) -> String {
        let what = match &self.op {
            Op::Open(slot, path) => format!("open {slot} {path}"),
            Op::Close(slot) => format!("close {slot}"),
            Op::Read(slot, length) => format!("read {slot} {length}"),
            Op::Write(slot, data) => format!("write {slot} {}", hex(data)),
            Op::Seek(slot, to) => format!("seek {slot} {to}"),
            Op::Value(slot, number, value) => format!("value {slot} {number:x} {value}"),
            Op::Memory(slot, number, data) => format!("ioctl {slot} {number:x} {}", hex(data)),
            Op::Put(path, data) => format!("put {path} {}", hex(data)),
            Op::Get(path) => format!("get {path}"),
            Op::Reload(params) => {
                let params = params.iter().map(|param| hex(param.as_bytes()));
                let words: Vec<String> = ["reload".to_owned()].into_iter().chain(params).collect();
                words.join(" ")
            }
        };
        format!("{} {what}", self.thread)
    }

    fn parse(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.trim().split(' ').collect();
        let (thread, words) = words.split_first()?;
        let slot = |word: &str| word.parse().ok().filter(|slot| *slot < SLOTS);
        let op = match words {
            ["open", at, path] => Op::Open(slot(at)?, (*path).to_owned()),
            ["close", at] => Op::Close(slot(at)?),
            ["read", at, length] => Op::Read(slot(at)?, length.parse().ok()?),
            ["write", at, data] => Op::Write(slot(at)?, bytes(data)?),
            ["seek", at, to] => Op::Seek(slot(at)?, to.parse().ok()?),
            ["value", at, number, value] => Op::Value(
                slot(at)?,
                u32::from_str_radix(number, 16).ok()?,
                value.parse().ok()?,
            ),
            ["ioctl", at, number, data] => Op::Memory(
                slot(at)?,
                u32::from_str_radix(number, 16).ok()?,
                bytes(data)?,
            ),
            ["put", path, data] => Op::Put((*path).to_owned(), bytes(data)?),
            ["get", path] => Op::Get((*path).to_owned()),
            ["reload", params @ ..] => {
                let params = params
                    .iter()
                    .map(|word| String::from_utf8(bytes(word)?).ok());
                Op::Reload(params.collect::<Option<_>>()?)
            }
            _ => return None,
        };
        let thread = thread.parse().ok().filter(|thread| *thread < THREADS)?;
        Some(Self { thread, op })
    }
}

/// Does what `cargo kmod fuzz` did: a program that it has written down. What its calls give is not asked; what the
/// kernel reports fails the test.
///
/// # Panics
/// If the text is no program; if the kernel ends a thread of it, or it does not end.
pub fn replay(program: &str) {
    guest::require();
    let program = parse(program).expect("the text is a program of cargo kmod fuzz");
    let had_oopsed = has_oopsed();
    let (sender, ended) = mpsc::channel();
    // Nobody could wait for a thread by which the kernel has had to stop.
    thread::spawn(move || {
        run(&guest::module_name(), &program);
        sender.send(())
    });
    let start = Instant::now();
    while ended.recv_timeout(ASKED) == Err(RecvTimeoutError::Timeout) {
        assert!(had_oopsed || !has_oopsed(), "the program makes an Oops");
        assert!(start.elapsed() < LATE, "the program does not end");
    }
}

/// Whether the taint flags say that there was an Oops.
fn has_oopsed() -> bool {
    guest::tainted() & OOPS != 0
}

/// Runs a program, and gives the addresses of the code that the kernel ran for it, where there is KCOV.
pub fn run(module: &str, program: &[Step]) -> Vec<u64> {
    let slots: [Mutex<Option<Arc<File>>>; SLOTS] = Default::default();
    let of = |thread: usize| -> Vec<&Step> {
        let steps = program.iter();
        steps.filter(|step| step.thread == thread).collect()
    };
    let slots = &slots;
    let one = |mut own: Vec<&Step>| {
        let mut all = || {
            own.drain(..)
                .for_each(|step| drop(done(module, &step.op, slots)));
        };
        match kcov::coverage_up_to(WORDS, &mut all) {
            Ok(((), code)) => code,
            Err(_) => {
                // There is none; then nothing has been done yet.
                all();
                Vec::new()
            }
        }
    };
    thread::scope(|scope| {
        let own = (0..THREADS).map(of).filter(|own| !own.is_empty());
        let mut own = own.collect::<Vec<_>>().into_iter();
        let first = own.next();
        let others: Vec<_> = own.map(|own| scope.spawn(move || one(own))).collect();
        let mut code = first.map(one).unwrap_or_default();
        let others = others.into_iter().filter_map(|thread| thread.join().ok());
        code.extend(others.flatten());
        code
    })
}

/// Opens a file so that nothing waits for it.
fn open(path: &str, read: bool, write: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(read).write(write);
    options.custom_flags(libc::O_NONBLOCK).open(path)
}

fn opened(path: &str) -> io::Result<File> {
    open(path, true, true)
        .or_else(|_| open(path, true, false))
        .or_else(|_| open(path, false, true))
}

fn done(module: &str, op: &Op, slots: &[Mutex<Option<Arc<File>>>; SLOTS]) -> io::Result<()> {
    let lock = |slot: &usize| slots[*slot].lock().unwrap_or_else(PoisonError::into_inner);
    let file = |slot: &usize| lock(slot).clone().ok_or(io::ErrorKind::NotFound);
    match op {
        Op::Open(slot, path) => {
            let file = opened(path)?;
            *lock(slot) = Some(Arc::new(file));
        }
        Op::Close(slot) => drop(lock(slot).take()),
        Op::Read(slot, length) => {
            let mut to = vec![0; *length];
            let _ = (&*file(slot)?).read(&mut to)?;
        }
        Op::Write(slot, data) => {
            let _ = (&*file(slot)?).write(data)?;
        }
        Op::Seek(slot, to) => {
            (&*file(slot)?).seek(SeekFrom::Start(*to))?;
        }
        Op::Value(slot, number, value) => {
            ioctl(&*file(slot)?, *number, *value)?;
        }
        Op::Memory(slot, number, data) => {
            let memory = IoctlMemory::new(data)?;
            memory.ioctl(&*file(slot)?, *number)?;
        }
        Op::Put(path, data) => {
            let _ = open(path, false, true)?.write(data)?;
        }
        Op::Get(path) => {
            let mut to = vec![0; 1 << 13];
            let _ = opened(path)?.read(&mut to)?;
        }
        Op::Reload(params) => {
            let _ = crate::unload(module);
            let params: Vec<&str> = params.iter().map(String::as_str).collect();
            // It stays loaded, whoever had loaded it.
            for params in [&params[..], &[]] {
                match crate::load_named(module, params) {
                    Ok(loaded) => {
                        std::mem::forget(loaded);
                        break;
                    }
                    Err(error) if error.raw_os_error() == Some(libc::EEXIST) => break,
                    Err(_) => {}
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_there_and_back() {
        let ops = [
            Op::Open(0, "/dev/a".into()),
            Op::Read(1, 5),
            Op::Write(1, Vec::new()),
            Op::Write(2, vec![0, 0xff]),
            Op::Seek(0, u64::MAX),
            Op::Value(0, 0xc004_4401, 7),
            Op::Memory(3, 1, vec![1, 2]),
            Op::Put("/proc/sys/a".into(), b"1\n".to_vec()),
            Op::Get("/proc/a".into()),
            Op::Reload(Vec::new()),
            Op::Reload(vec!["a=b c".into(), "d=;".into()]),
            Op::Close(0),
        ];
        let steps = (0..).zip(ops).map(|(number, op)| Step {
            thread: number % THREADS,
            op,
        });
        let program: Vec<Step> = steps.collect();
        assert_eq!(parse(&text(&program)), Some(program));
        for wrong in ["", "0", "0 open 9 /a", "9 close 0", "0 write 0 zz", "0 fly"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
