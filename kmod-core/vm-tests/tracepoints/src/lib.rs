// SPDX-License-Identifier: GPL-2.0-only
//! Handlers on the kernel's tracepoints, of tasks and of interrupts; the twin has the same ones in C. What one of
//! them logs comes by its own tracepoint later, and what another one does comes by its own at once.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// The module
#[kernel_module(name = "vm_tracepoints", license = "GPL")]
#[derive(Default)]
struct Points {
    #[tracepoint(name = "signal_generate")]
    signals: Tracepoint<Signals>,
    /// The same one once more.
    #[tracepoint(name = "signal_generate", header = "trace/events/signal.h")]
    again: Tracepoint<Again>,
    #[tracepoint(name = "sys_enter")]
    calls: Tracepoint<Calls>,
    #[tracepoint(name = "task_rename")]
    renames: Tracepoint<Renames>,
    #[tracepoint(name = "hrtimer_expire_entry")]
    expired: Tracepoint<Expired>,
    /// What it logs comes by it, as often as it is to talk.
    #[tracepoint(name = "console")]
    log: Tracepoint<Log>,
    /// What it does comes by it, too.
    #[tracepoint(name = "module_get")]
    nested: Tracepoint<Nested>,
    #[proc(path = "vm_tracepoints/nest", mode = 0o200)]
    nest: Nest,
    #[proc(path = "vm_tracepoints/seen")]
    seen: Seen,
    #[proc(path = "vm_tracepoints/talks", mode = 0o644)]
    talks: AtomicU32,
    /// Which system call is counted, if not 0.
    #[proc(path = "vm_tracepoints/call", mode = 0o644)]
    call: AtomicU64,
}

/// A signal that is sent, as the twin sees it: (number, group, result).
#[derive(Default)]
struct Signals {
    hits: AtomicU32,
    count: AtomicUsize,
    number: AtomicI32,
    group: AtomicI32,
    result: AtomicI32,
    by: AtomicI32,
}

/// Of that signal, of which nobody else sends one.
const SIGNAL: i32 = 42;

#[handlers]
impl TracepointHandler for Signals {
    fn hit(&self, call: &TracepointCall<'_, Self>) {
        let [number, _info, _task, group, result] = call.arguments() else {
            return;
        };
        if *number as i32 != SIGNAL {
            return;
        }
        self.hits.fetch_add(1, Ordering::Relaxed);
        self.count.store(call.arguments().len(), Ordering::Relaxed);
        self.number.store(*number as i32, Ordering::Relaxed);
        self.group.store(*group as i32, Ordering::Relaxed);
        self.result.store(*result as i32, Ordering::Relaxed);
        self.by.store(call.tgid(), Ordering::Relaxed);
    }
}

#[derive(Default)]
struct Again(AtomicU32);

#[handlers]
impl TracepointHandler for Again {
    fn hit(&self, call: &TracepointCall<'_, Self>) {
        if call
            .arguments()
            .first()
            .is_some_and(|number| *number as i32 == SIGNAL)
        {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[derive(Default)]
struct Calls(AtomicU32);

#[handlers]
impl TracepointHandler for Calls {
    type Instance = Points;

    fn hit(&self, call: &TracepointCall<'_, Self>) {
        let watched = call.instance().call.load(Ordering::Relaxed);
        if let [_registers, number] = call.arguments()
            && *number == watched
            && watched != 0
        {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[derive(Default)]
struct Renames(AtomicU32);

#[handlers]
impl TracepointHandler for Renames {
    fn hit(&self, call: &TracepointCall<'_, Self>) {
        if call.comm().to_bytes() == b"before" {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[derive(Default)]
struct Expired(AtomicU32);

#[handlers]
impl TracepointHandler for Expired {
    fn hit(&self, _call: &TracepointCall<'_, Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[derive(Default)]
struct Log(AtomicU32);

#[handlers]
impl TracepointHandler for Log {
    type Instance = Points;

    fn hit(&self, call: &TracepointCall<'_, Self>) {
        // Who prints what is logged here comes by, too.
        let talks = &call.instance().talks;
        let less = |left: u32| left.checked_sub(1);
        if talks
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, less)
            .is_ok()
        {
            self.0.fetch_add(1, Ordering::Relaxed);
            pr_info!(deferred; "somebody logs\n");
        }
    }
}

/// What comes by from within, while this is asked for.
#[derive(Default)]
struct Nested {
    is_asked: AtomicBool,
    left: AtomicU32,
    hits: AtomicU32,
}

#[handlers]
impl TracepointHandler for Nested {
    fn hit(&self, _call: &TracepointCall<'_, Self>) {
        if self.is_asked.load(Ordering::Relaxed) {
            self.hits.fetch_add(1, Ordering::Relaxed);
            // Those from within find nothing left.
            for _ in 0..self.left.swap(0, Ordering::Relaxed) {
                vm_tracepoints_sys::come_by();
            }
        }
    }
}

/// Comes by once, and as often as was written from within.
#[derive(Default)]
struct Nest;

#[handlers]
impl TextFile for Nest {
    type Instance = Points;

    fn write(&self, file: &TextCall<'_, Self>, from: &mut UserReader<'_>) -> Result {
        let nested = file.instance().nested.handler();
        nested.left.store(from.parse()?, Ordering::Relaxed);
        nested.is_asked.store(true, Ordering::Relaxed);
        vm_tracepoints_sys::come_by();
        nested.is_asked.store(false, Ordering::Relaxed);
        Ok(())
    }
}

#[derive(Default)]
struct Seen;

#[handlers]
impl TextFile for Seen {
    type Instance = Points;

    fn show(&self, file: &TextCall<'_, Self>, to: &mut SeqFile<'_>) -> Result {
        let points = file.instance();
        let signals = points.signals.handler();
        writeln!(
            to,
            "signals {} of {} arguments: {} {} {} by {}",
            signals.hits.load(Ordering::Relaxed),
            signals.count.load(Ordering::Relaxed),
            signals.number.load(Ordering::Relaxed),
            signals.group.load(Ordering::Relaxed),
            signals.result.load(Ordering::Relaxed),
            signals.by.load(Ordering::Relaxed)
        )?;
        let count = |of: &AtomicU32| of.load(Ordering::Relaxed);
        writeln!(to, "again {}", count(&points.again.handler().0))?;
        writeln!(to, "calls {}", count(&points.calls.handler().0))?;
        writeln!(to, "renames {}", count(&points.renames.handler().0))?;
        writeln!(to, "heard {}", count(&points.log.handler().0))?;
        writeln!(to, "expired {}", count(&points.expired.handler().0))?;
        writeln!(to, "nested {}", count(&points.nested.handler().hits))?;
        writeln!(to, "missed {}", points.nested.missed())
    }
}
