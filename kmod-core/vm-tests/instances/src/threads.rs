// SPDX-License-Identifier: GPL-2.0-only
//! Threads: one that returns by itself, one that sleeps in a queue, and one of each device that is busy.

use kmod_core::prelude::*;

use crate::card::Card;
use crate::{Instances, SOON};

/// Returns at once, with an error that nobody looks at.
#[derive(Default)]
pub(super) struct Brief {
    runs: AtomicU32,
    pub(super) ran: Completion,
}

#[handlers]
impl KthreadHandler for Brief {
    fn run(&self, stop: &Stop<'_, Self>) -> Result {
        self.runs.fetch_add(1, Ordering::Relaxed);
        self.ran.complete();
        if stop.is_requested() {
            Ok(())
        } else {
            Err(EINVAL)
        }
    }
}

impl Brief {
    pub(super) fn runs(&self) -> u32 {
        self.runs.load(Ordering::Relaxed)
    }
}

/// Sleeps until somebody asks it to return, or the module goes: then also in a queue and in a completion.
#[derive(Default)]
pub(super) struct Patient {
    is_asked: AtomicBool,
    begun: Completion,
    returned: Completion,
}

impl Patient {
    /// Has it return once it has begun, and waits until it does.
    pub(super) fn ask(&self, thread: &Kthread<Self>) -> Result {
        self.begun.wait()?;
        self.is_asked.store(true, Ordering::Relaxed);
        thread.request_stop();
        self.returned.wait()
    }
}

#[handlers]
impl KthreadHandler for Patient {
    type Instance = Instances;

    fn run(&self, stop: &Stop<'_, Self>) -> Result {
        let module = stop.instance();
        self.begun.complete();
        let slept = stop.sleep(core::time::Duration::MAX);
        if self.is_asked.swap(false, Ordering::Relaxed) {
            pr_info!("the thread was asked: {:?}, {}", slept, stop.is_requested());
            self.returned.complete();
            return slept;
        }
        let waited = module.never.wait(|| false);
        let done = module.undone.wait_timeout(SOON);
        let ends = [slept, waited, done];
        pr_info!("the thread ends with {:?}, {}", ends, stop.is_requested());
        slept
    }
}

/// Once it is told, arms all that its device has, until that goes.
#[derive(Default)]
pub(super) struct Busy;

#[handlers]
impl KthreadHandler for Busy {
    type Module = Instances;
    type Instance = Card;

    fn run(&self, stop: &Stop<'_, Self>) -> Result {
        if !stop.instance().go.load(Ordering::Relaxed) {
            return Ok(());
        }
        while !stop.is_requested() {
            stop.instance().arm_all();
            match stop.sleep(SOON) {
                Ok(()) => {}
                Err(ENODEV) => break,
                Err(other) => pr_err!("a thread's sleep ended with {:?}", other),
            }
        }
        if !stop.is_requested() {
            pr_err!("a thread's sleep ended before it was to stop");
        }
        Ok(())
    }
}
