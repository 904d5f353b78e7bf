// SPDX-License-Identifier: GPL-2.0-only
//! Watches the kernel: how often files are opened and that fails, and which modules come and go.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::notifier::ModuleEvent;
use kmod_core::prelude::*;

/// Watches the kernel
#[kernel_module(
    name = "watch",
    license = "GPL",
    authors = ["The kmod developers"],
)]
#[derive(Default)]
struct Watch {
    /// What `open(2)` and its kind come to.
    #[kretprobe(symbol = "do_sys_openat2")]
    opens: Kretprobe<Opens>,
    /// Modules that come and go.
    #[notifier(module)]
    modules: Notifier<Modules>,
    /// /proc/watch: what was seen.
    #[proc(path = "watch")]
    report: Report,
}

/// A file is opened: it may be anywhere in the kernel, so that all is kept in atomics.
#[derive(Default)]
struct Opens {
    opened: AtomicU64,
    failed: AtomicU64,
}

/// A file could not be opened.
#[trace_event]
struct Failed {
    by: Comm,
    error: i32,
}

#[handlers]
impl KretprobeHandler for Opens {
    fn returned(&self, call: &KretprobeReturn<'_, Self>) {
        let descriptor = call.value() as i32;
        if descriptor < 0 {
            self.failed.fetch_add(1, Ordering::Relaxed);
            // Seen by who asks for it: echo 'module watch +p' > /proc/dynamic_debug/control
            pr_debug!(deferred; "{} gets {descriptor}\n", call.comm());
            // And with all tracers: echo 1 > /sys/kernel/tracing/events/watch/enable
            Failed::trace(|| Failed {
                by: call.comm(),
                error: descriptor,
            });
        } else {
            self.opened.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[derive(Default)]
struct Modules;

#[handlers]
impl NotifierHandler for Modules {
    type Event = ModuleEvent;

    fn notify(&self, call: &NotifierCall<'_, Self>) -> Result {
        match call.event() {
            ModuleEvent::Coming(name) => pr_info!("module {name} comes\n"),
            ModuleEvent::Live(name) => pr_info!("module {name} is there\n"),
            ModuleEvent::Going(name) => pr_info!("module {name} goes\n"),
        }
        Ok(())
    }
}

#[derive(Default)]
struct Report;

#[handlers]
impl TextFile for Report {
    type Instance = Watch;

    fn show(&self, file: &TextCall<'_, Self>, to: &mut SeqFile<'_>) -> Result {
        let opens = &file.instance().opens;
        let count = |of: &AtomicU64| of.load(Ordering::Relaxed);
        writeln!(to, "opened {}", count(&opens.handler().opened))?;
        writeln!(to, "failed {}", count(&opens.handler().failed))?;
        writeln!(to, "missed {}", opens.missed())
    }
}
