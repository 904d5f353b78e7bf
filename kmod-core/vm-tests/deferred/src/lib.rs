// SPDX-License-Identifier: GPL-2.0-only
//! Messages from where the kernel holds what printing waits for: under the lock of the console's driver, and those
//! of the scheduler.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;

/// The module
#[kernel_module(
    name = "vm_deferred",
    license = "GPL",
    params(
        /// How often something is said of the console
        #[param(perm = 0o644, validate = is_little)]
        sends: u32 = 0,
        /// How much is said each time
        #[param(perm = 0o644)]
        burst: u32 = 1,
        /// It is not to be loaded
        fails: bool = false,
        /// How much is said of tasks that are woken, and of switches to others
        #[param(perm = 0o644)]
        wakes: u32 = 0,
    ),
)]
struct Deferred {
    #[kprobe(symbol = "serial8250_tx_chars")]
    sent: Kprobe<Sent>,
    #[tracepoint(name = "sched_waking")]
    waking: Tracepoint<Waking>,
    #[tracepoint(name = "sched_switch")]
    switched: Tracepoint<Switched>,
}

/// More than a message takes.
const LONG: &str = "a long text, of which there is more than a message that is deferred has room for, \
    although it is not yet as long as a message that is printed at once may be, which is cut by the kernel \
    and not by what keeps it: this one ends before these words come, and nobody reads them, not even you";

impl KernelModule for Deferred {
    fn init(params: &DeferredParams) -> Result<Self> {
        pr_info!(deferred; "{LONG}");
        match params.fails() {
            true => Err(EINVAL),
            false => Ok(Self {
                sent: Kprobe::default(),
                waking: Tracepoint::default(),
                switched: Tracepoint::default(),
            }),
        }
    }
}

impl Drop for Deferred {
    fn drop(&mut self) {
        pr_info!(deferred; "goes\n");
    }
}

#[derive(Default)]
struct Sent(AtomicU32);

/// The next number, if it is not too large.
fn next(of: &AtomicU32, limit: u32) -> Option<u32> {
    let more = |said: u32| (said < limit).then_some(said + 1);
    of.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more)
        .ok()
}

#[handlers]
impl KprobeHandler for Sent {
    fn entered(&self, call: &KprobeCall<'_, Self>) {
        if let Some(number) = next(&self.0, Deferred::params().sends()) {
            for _ in 0..Deferred::params().burst() {
                pr_err!(deferred; "{number}: {} sends\n", call.comm());
            }
        }
    }
}

#[derive(Default)]
struct Waking(AtomicU32);

#[handlers]
impl TracepointHandler for Waking {
    fn hit(&self, call: &TracepointCall<'_, Self>) {
        if let Some(number) = next(&self.0, Deferred::params().wakes()) {
            pr_err!(deferred; "{number}: {} wakes\n", call.comm());
        }
    }
}

#[derive(Default)]
struct Switched(AtomicU32);

#[handlers]
impl TracepointHandler for Switched {
    fn hit(&self, call: &TracepointCall<'_, Self>) {
        if let Some(number) = next(&self.0, Deferred::params().wakes()) {
            pr_err!(deferred; "{number}: {} gives way\n", call.comm());
        }
    }
}

/// Said where no message can be deferred, too: before and after the module is there.
fn is_little(sends: u32) -> Result {
    pr_info!(deferred; "asked for {sends}\n");
    match sends {
        0..=1000 => Ok(()),
        _ => Err(EINVAL),
    }
}
