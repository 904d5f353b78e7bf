// SPDX-License-Identifier: GPL-2.0-only
//! A file in `/proc`, one in sysfs, a notifier, probes of a call and of a return, a handler on a tracepoint, a trace
//! event, and a thread for each open file.
//! `twin/bench_objects_c.c` has the same ones in C.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::notifier::NetdeviceEvent;
use kmod_core::prelude::*;

/// A file in `/proc`, one in sysfs, a notifier, probes, a tracepoint, a trace event, and threads
#[kernel_module(name = "bench_objects", license = "GPL")]
#[derive(Default)]
struct Objects {
    #[proc(path = "bench_objects", mode = 0o644)]
    number: AtomicU32,
    #[sysfs(mode = 0o644)]
    level: AtomicU32,
    #[notifier(netdevice)]
    links: Notifier<Links>,
    #[kprobe(symbol = "security_file_fcntl")]
    calls: Kprobe<Calls>,
    #[kretprobe(symbol = "security_task_getpgid")]
    returns: Kretprobe<Returns>,
    #[tracepoint(name = "task_rename")]
    renames: Tracepoint<Renames>,
    #[misc]
    bench_objects: Threads,
}

/// Counts what it hears.
#[derive(Default)]
struct Links {
    heard: AtomicU32,
}

#[handlers]
impl NotifierHandler for Links {
    type Event = NetdeviceEvent;

    fn notify(&self, _call: &NotifierCall<'_, Self>) -> Result {
        self.heard.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

/// Counts calls.
#[derive(Default)]
struct Calls {
    seen: AtomicU32,
}

#[handlers]
impl KprobeHandler for Calls {
    fn entered(&self, _call: &KprobeCall<'_, Self>) {
        self.seen.fetch_add(1, Ordering::Relaxed);
    }
}

/// Counts calls that return 0, of those that have an argument.
#[derive(Default)]
struct Returns {
    seen: AtomicU32,
}

#[handlers]
impl KretprobeHandler for Returns {
    type Data = usize;

    fn entered(&self, call: &KretprobeCall<'_, Self>) -> Option<usize> {
        Some(call.argument::<0>())
    }

    fn returned(&self, call: &KretprobeReturn<'_, Self>) {
        if call.data() != 0 && call.value() as i32 == 0 {
            self.seen.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Counts tasks that get a name.
#[derive(Default)]
struct Renames {
    seen: AtomicU32,
}

#[handlers]
impl TracepointHandler for Renames {
    fn hit(&self, call: &TracepointCall<'_, Self>) {
        if let [task, ..] = call.arguments()
            && *task != 0
        {
            self.seen.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// A turn of a loop.
#[trace_event]
struct Turn {
    turn: u32,
    of: u32,
}

/// Each open file has a thread; a write of n bytes traces n turns.
#[derive(Default)]
struct Threads;

#[per_open]
#[derive(Default)]
struct Session {
    #[kthread(name = "bench")]
    thread: Kthread<Idle>,
}

#[file_operations]
impl FileOperations for Threads {
    type PerOpen = PerOpen<Session>;

    fn open(&self, _file: &OpenFile<'_, Self>) -> Result<PerOpen<Session>> {
        Ok(PerOpen::default())
    }

    fn write(&self, _file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let of = from.len();
        for turn in 0..of {
            Turn::trace(|| Turn {
                turn: turn as u32,
                of: of as u32,
            });
        }
        from.skip(of)
    }
}

/// Has nothing to do.
#[derive(Default)]
struct Idle;

#[handlers]
impl KthreadHandler for Idle {
    fn run(&self, _stop: &Stop<'_, Self>) -> Result {
        Ok(())
    }
}
