// SPDX-License-Identifier: GPL-2.0-only
//! What `ptrace(2)` does, with words for it.

use std::fs;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};

/// The numbers of `<linux/ptrace.h>` that not every C library has a name for.
const GETREGSET: libc::c_long = 0x4204;
const SETREGSET: libc::c_long = 0x4205;
const GET_SYSCALL_INFO: libc::c_long = 0x420e;
const TRACEME: libc::c_long = 0;
const SYSCALL: libc::c_long = 24;
const SETOPTIONS: libc::c_long = 0x4200;

/// The set of registers that the program counter is in.
const GENERAL: usize = 1;

/// Stops at system calls are told from signals; threads and children are followed; all end with who traces them.
const OPTIONS: usize = 0x01 | 0x02 | 0x04 | 0x08 | 0x10 | (1 << 20);

/// More registers than any processor has.
const WORDS: usize = 128;

/// Why a traced thread stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// At the beginning or the end of a system call.
    Call,
    /// It has followed a clone, a fork or an exec.
    Event,
    /// It would get this signal.
    Signal(i32),
    /// It is no more: its exit code, or the signal that killed it.
    Ended(Result<i32, i32>),
}

/// A system call at which a thread stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Before it is made: the processor's kind, the call's number, its arguments.
    Beginning(u32, i64, [u64; 6]),
    /// After it: what it gave, and whether that is an error's number.
    End(i64, bool),
    /// At none.
    None,
}

/// `struct ptrace_syscall_info`.
#[repr(C)]
#[derive(Default)]
struct Info {
    op: u8,
    pad: [u8; 3],
    arch: u32,
    pointers: [u64; 2],
    union: [u64; 8],
}

/// Does what the kernel calls `request`. Its last argument is a number, or the address of what is there until then.
fn ptrace(request: libc::c_long, id: i32, addr: usize, data: usize) -> io::Result<()> {
    // SAFETY: the callers below give an address only of memory that is theirs, and as large as they say.
    let ret = unsafe { libc::syscall(libc::SYS_ptrace, request, id, addr, data) };
    match ret {
        -1 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}

/// Starts a program that stops at its first instruction, to be traced.
pub fn start(program: &str, args: &[String]) -> io::Result<i32> {
    let mut command = Command::new(program);
    // A group of its own, so that its children can be ended with it.
    command.args(args).process_group(0);
    // SAFETY: between fork and exec, the closure makes one system call and nothing else.
    unsafe { command.pre_exec(|| ptrace(TRACEME, 0, 0, 0)) };
    let child = command.spawn()?;
    let id = i32::try_from(child.id()).map_err(io::Error::other)?;
    match wait()? {
        Some((stopped, Stop::Signal(_))) if stopped == id => {}
        other => {
            return Err(io::Error::other(format!(
                "{program} did not stop: {other:?}"
            )));
        }
    }
    ptrace(SETOPTIONS, id, 0, OPTIONS)?;
    Ok(id)
}

/// Waits for the next thread that stops or ends; `None` when there is none left.
pub fn wait() -> io::Result<Option<(i32, Stop)>> {
    let mut status = 0;
    loop {
        // SAFETY: the number is ours.
        let id = unsafe { libc::waitpid(-1, &mut status, libc::__WALL) };
        if id > 0 {
            return Ok(Some((id, stop(status))));
        }
        match io::Error::last_os_error() {
            error if error.raw_os_error() == Some(libc::ECHILD) => return Ok(None),
            error if error.kind() == io::ErrorKind::Interrupted => {}
            error => return Err(error),
        }
    }
}

fn stop(status: i32) -> Stop {
    if libc::WIFEXITED(status) {
        return Stop::Ended(Ok(libc::WEXITSTATUS(status)));
    }
    if libc::WIFSIGNALED(status) {
        return Stop::Ended(Err(libc::WTERMSIG(status)));
    }
    match libc::WSTOPSIG(status) {
        signal if signal == libc::SIGTRAP | 0x80 => Stop::Call,
        _ if status >> 16 != 0 => Stop::Event,
        signal => Stop::Signal(signal),
    }
}

/// Lets a thread run to its next stop, and gives it a signal, unless that is 0. A thread that is gone is no error.
pub fn go_on(id: i32, signal: i32) {
    let _ = ptrace(SYSCALL, id, 0, signal as usize);
}

/// The system call at which a thread stopped.
pub fn at(id: i32) -> io::Result<At> {
    let mut info = Info::default();
    let to = &raw mut info;
    ptrace(GET_SYSCALL_INFO, id, size_of::<Info>(), to as usize)?;
    Ok(match info.op {
        1 => {
            let mut args = [0; 6];
            args.copy_from_slice(&info.union[1..7]);
            At::Beginning(info.arch, info.union[0] as i64, args)
        }
        2 => At::End(info.union[0] as i64, info.union[1] as u8 != 0),
        _ => At::None,
    })
}

/// A thread's registers.
#[derive(Clone)]
pub struct Registers {
    words: [u64; WORDS],
    bytes: usize,
}

impl Registers {
    /// Those of a thread that has stopped.
    pub fn of(id: i32) -> io::Result<Self> {
        let mut words = [0; WORDS];
        let mut vector = libc::iovec {
            iov_base: words.as_mut_ptr().cast(),
            iov_len: size_of_val(&words),
        };
        ptrace(GETREGSET, id, GENERAL, &raw mut vector as usize)?;
        let bytes = vector.iov_len;
        Ok(Self { words, bytes })
    }

    /// Gives them to a thread that has stopped.
    pub fn give(&self, id: i32) -> io::Result<()> {
        let mut vector = libc::iovec {
            iov_base: self.words.as_ptr().cast_mut().cast(),
            iov_len: self.bytes,
        };
        ptrace(SETREGSET, id, GENERAL, &raw mut vector as usize)
    }

    /// Those with which the thread makes the call that it was about to make, once more.
    pub fn again(mut self, again: &Again, number: i64) -> Self {
        self.words[again.counter] = self.words[again.counter].wrapping_sub(again.instruction);
        self.words[again.number] = number as u64;
        self
    }
}

/// How a system call is made once more.
pub struct Again {
    counter: usize,
    instruction: u64,
    number: usize,
}

impl Again {
    /// As the host says.
    pub fn told() -> Option<Self> {
        let told = std::env::var(kmod_test::wire::AGAIN).ok()?;
        let mut words = told.split(' ').map(|word| word.parse().ok());
        let again = Self {
            counter: words.next()??,
            instruction: words.next()?? as u64,
            number: words.next()??,
        };
        (again.counter.max(again.number) < WORDS).then_some(again)
    }
}

/// Memory of a stopped thread as a C string, cut off at a page's length.
pub fn text(id: i32, at: u64) -> String {
    use std::os::unix::fs::FileExt;
    let mut bytes = vec![0; 4096];
    let memory = fs::File::open(format!("/proc/{id}/mem"));
    let mut read = memory.and_then(|memory| {
        // To the end of the page first: the next one need not be there.
        let first = 4096 - (at % 4096) as usize;
        let mut have = memory.read_at(&mut bytes[..first], at)?;
        if have == first && !bytes[..have].contains(&0) {
            have += memory
                .read_at(&mut bytes[first..], at + first as u64)
                .unwrap_or(0);
        }
        Ok(have)
    });
    let have = *read.as_mut().unwrap_or(&mut 0);
    let end = bytes[..have].iter().position(|byte| *byte == 0);
    String::from_utf8_lossy(&bytes[..end.unwrap_or(have)]).into_owned()
}

/// An exit code as that of whom the code is.
pub fn code(ended: Result<i32, i32>) -> ExitCode {
    ExitCode::from(ended.map_or(101, |code| code as u8))
}
