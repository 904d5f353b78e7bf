// SPDX-License-Identifier: GPL-2.0-only
//! What arms what: pairs and all that arm each other until the module goes, open files with timers and works of
//! their own, and values that were swapped or forgotten.
#![no_std]
#![forbid(unsafe_code)]

mod moved;
mod pairs;
mod session;

use kmod_core::prelude::*;

use pairs::{Device, OfDelayed, OfHrtimer, OfKthread, OfTimer, OfWork};
use session::{Losing, Sessions};

/// Objects that arm each other
#[kernel_module(
    name = "vm_arming",
    license = "GPL",
    params(
        /// Those that arm each other, a bit for each: see `pairs`
        pair: u32 = 0,
    ),
)]
struct Arming {
    #[timer]
    timer: Timer<OfTimer>,
    #[hrtimer]
    hrtimer: Hrtimer<OfHrtimer>,
    #[work]
    work: Work<OfWork>,
    #[work]
    delayed: DelayedWork<OfDelayed>,
    #[kthread(name = "vm_arming")]
    kthread: Kthread<OfKthread>,
    #[misc(mode = 0o666)]
    vm_arming: Device,
    /// A write arms the other one.
    #[sysctl(path = "vm_arming/arm", on_change = Arming::written)]
    arm: AtomicU32,
    /// How often one has armed another.
    #[sysctl(path = "vm_arming/turns", mode = 0o444)]
    turns: AtomicU32,
    #[misc(mode = 0o666)]
    vm_session: Sessions,
    #[misc(mode = 0o666)]
    vm_lost: Losing,
    /// How many files have been released.
    released: AtomicU32,
    /// Who reads the device sleeps here.
    asleep: WaitQueue,
    /// Whether such a one is to wake up.
    is_armed: AtomicBool,
}

impl KernelModule for Arming {
    fn init(_params: &ArmingParams) -> Result<Self> {
        let mut made = Self {
            timer: Timer::default(),
            hrtimer: Hrtimer::default(),
            work: Work::default(),
            delayed: DelayedWork::default(),
            kthread: Kthread::default(),
            vm_arming: Device,
            arm: AtomicU32::new(0),
            turns: AtomicU32::new(0),
            vm_session: Sessions,
            vm_lost: Losing,
            released: AtomicU32::new(0),
            asleep: WaitQueue::new(),
            is_armed: AtomicBool::new(false),
        };
        made.move_all();
        Ok(made)
    }
}

impl Drop for Arming {
    fn drop(&mut self) {
        self.move_all();
    }
}
