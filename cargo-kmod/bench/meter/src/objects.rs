// SPDX-License-Identifier: GPL-2.0-only
//! Files in `/proc` and in sysfs, a notifier, probes of a call and of a return, a handler on a tracepoint, a trace event,
//! and a thread that is made and stopped.

use std::cell::Cell;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::thread;
use std::time::Duration;

use rustix::fs::{Mode, OFlags, fcntl_getfl, open};
use rustix::io::{pread, pwrite, write};
use rustix::process::{Pid, getpgid, getpid};

use crate::clock::{self, Costs, Method};

const NAMES: [&str; 2] = ["bench_objects", "bench_objects_c"];

/// A write of another number is an event of this network device.
const DEVICE: &str = "/sys/class/net/lo/tx_queue_len";

pub fn measure() -> io::Result<()> {
    event()?;
    call()?;
    call_and_return()?;
    tracepoint()?;
    let _ours = kmod_test::load_named(NAMES[0], &[])?;
    let _twin = kmod_test::load_named(NAMES[1], &[])?;
    file("proc", ["read", "write"], &|name| format!("/proc/{name}"))?;
    file("sysfs", ["show", "store"], &|name| {
        format!("/sys/module/{name}/level")
    })?;
    traced()?;
    let paths = NAMES.map(|name| format!("/dev/{name}"));
    let once = |path: &String| -> io::Result<()> {
        open(path.as_str(), OFlags::RDWR | OFlags::CLOEXEC, Mode::empty())?;
        Ok(())
    };
    // Other tasks have their turn meanwhile.
    let method = Method { calls: 4, warm: 20 };
    let costs = clock::costs(method, [&paths[0], &paths[1]], once)?;
    clock::tell("thread, made and stopped", &costs);
    Ok(())
}

/// A trace event that nobody traces, and one that goes into the kernel's buffer: a write of n bytes makes n.
fn traced() -> io::Result<()> {
    const TURNS: usize = 1000;
    let open = |name| both(&format!("/dev/{name}"));
    let (ours, twin) = (open(NAMES[0])?, open(NAMES[1])?);
    let turns = |turns: usize| {
        let bytes = &[0; TURNS][..turns];
        let once = |file: &File| -> io::Result<()> { Ok(write(file, bytes).map(drop)?) };
        clock::costs(Method::calls(1), [&ours, &twin], once)
    };
    let empty = clock::least(&turns(0)?);
    let tell = |what: &str| -> io::Result<()> {
        clock::tell(what, &clock::of_a_turn(&turns(TURNS)?, empty, TURNS));
        Ok(())
    };
    tell("trace event, off")?;
    let folder = kmod_test::mount("tracefs")?;
    for name in NAMES {
        fs::write(folder.join(&format!("events/{name}/enable")), "1")?;
    }
    tell("trace event, on")?;
    for name in NAMES {
        fs::write(folder.join(&format!("events/{name}/enable")), "0")?;
    }
    Ok(())
}

/// A number that is read and written as text, through a file that stays open.
fn file(what: &str, verbs: [&str; 2], path: &dyn Fn(&str) -> String) -> io::Result<()> {
    const TEXT: &[u8] = b"12345\n";
    let open = |name| both(&path(name));
    let (ours, twin) = (open(NAMES[0])?, open(NAMES[1])?);
    // Files that are made by `seq_file` have no `pwrite(2)`.
    let store = |file: &File| -> io::Result<()> { Ok(write(file, TEXT).map(drop)?) };
    clock::compare(&format!("{what} {}", verbs[1]), 100, [&ours, &twin], store)?;
    let read = |file: &File| -> io::Result<()> {
        let mut buffer = [0; 32];
        let n = pread(file, &mut buffer[..], 0)?;
        match buffer[..n] == *TEXT {
            true => Ok(()),
            false => Err(io::Error::other(format!("{what}: another number"))),
        }
    };
    clock::compare(&format!("{what} {}", verbs[0]), 100, [&ours, &twin], read)
}

fn both(path: &str) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).open(path)
}

/// A network device's event is told to all who listen: so only one of them does at a time.
fn event() -> io::Result<()> {
    let device = both(DEVICE)?;
    let is_other = Cell::new(false);
    let once = |device: &File| -> io::Result<()> {
        let length: &[u8] = if is_other.replace(!is_other.get()) {
            b"1001"
        } else {
            b"1000"
        };
        Ok(pwrite(device, length, 0).map(drop)?)
    };
    one_by_one("event of a network device, heard", 60, &device, once)
}

/// And a function's call to all who probe it.
fn call() -> io::Result<()> {
    let file = both("/dev/null")?;
    let once = |file: &File| -> io::Result<()> { Ok(fcntl_getfl(file).map(drop)?) };
    one_by_one("call that is probed", 200, &file, once)
}

/// Its return, too.
fn call_and_return() -> io::Result<()> {
    let itself = getpid();
    let once = |itself: &Pid| -> io::Result<()> { Ok(getpgid(Some(*itself)).map(drop)?) };
    one_by_one("call that is probed, and its return", 200, &itself, once)
}

/// A task that gets a name: its tracepoint calls all who hang on it.
fn tracepoint() -> io::Result<()> {
    let name = both("/proc/self/comm")?;
    let once = |name: &File| -> io::Result<()> { Ok(write(name, b"meter").map(drop)?) };
    one_by_one("tracepoint, handled", 200, &name, once)
}

/// Measures the module alone, then its twin.
fn one_by_one<T>(
    what: &str,
    calls: u32,
    side: &T,
    once: impl Fn(&T) -> io::Result<()>,
) -> io::Result<()> {
    let alone = |name: &str| -> io::Result<Costs> {
        let _loaded = kmod_test::load_named(name, &[])?;
        // A probe is made cheaper some moments after it was set.
        thread::sleep(Duration::from_millis(500));
        clock::costs(Method::calls(calls), [side, side], &once)
    };
    let (ours, twin) = (alone(NAMES[0])?, alone(NAMES[1])?);
    let costs: Costs = ours.iter().zip(&twin).map(|(o, t)| [o[0], t[0]]).collect();
    clock::tell(what, &costs);
    Ok(())
}
