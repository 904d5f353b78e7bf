// SPDX-License-Identifier: GPL-2.0-only
//! Objects of which two arm each other, or one itself, or all arm all.

use core::time::Duration;

use kmod_core::prelude::*;

use crate::Arming;

const TIMER: u32 = 1;
const HRTIMER: u32 = 2;
const WORK: u32 = 4;
const DELAYED: u32 = 8;
const KTHREAD: u32 = 16;
const DEVICE: u32 = 32;
const SYSCTL: u32 = 64;

/// Soon enough that somebody who unloads the module mostly finds it running.
const SOON: Duration = Duration::from_micros(50);

impl Arming {
    /// Arms the other one of the pair, or the same, if it stands alone; of more than two all, itself, too. Who
    /// is none of them arms them.
    fn arm_other(&self, own: u32) {
        let pair = Self::params().pair();
        self.turns.fetch_add(1, Ordering::Relaxed);
        let mut others = if pair.count_ones() == 2 {
            pair & !own
        } else {
            pair
        };
        while others != 0 {
            let other = 1_u32.unbounded_shl(others.trailing_zeros());
            self.arm_one(other);
            others &= !other;
        }
    }

    fn arm_one(&self, other: u32) {
        match other {
            // Who arms it again and again for later never lets it expire.
            TIMER if !self.timer.is_armed() => {
                self.timer.arm(SOON);
            }
            HRTIMER if !self.hrtimer.is_armed() => {
                self.hrtimer.arm(SOON);
            }
            WORK => {
                self.work.queue();
            }
            DELAYED => {
                self.delayed.queue_after(SOON);
            }
            KTHREAD => {
                self.kthread.start();
            }
            DEVICE => {
                self.is_armed.store(true, Ordering::Relaxed);
                self.asleep.wake_up_all();
            }
            SYSCTL => self.arm.store(1, Ordering::Relaxed),
            _ => {}
        }
    }

    /// Somebody has written to the sysctl.
    pub(super) fn written(&self) {
        self.arm_other(SYSCTL);
    }
}

#[derive(Default)]
pub(super) struct OfTimer;

#[handlers]
impl TimerHandler for OfTimer {
    type Instance = Arming;

    fn expired(&self, timer: &TimerCall<'_, Self>) -> Again {
        timer.instance().arm_other(TIMER);
        Again::No
    }
}

#[derive(Default)]
pub(super) struct OfHrtimer;

#[handlers]
impl HrtimerHandler for OfHrtimer {
    type Instance = Arming;

    fn expired(&self, timer: &HrtimerCall<'_, Self>) -> Again {
        timer.instance().arm_other(HRTIMER);
        Again::No
    }
}

#[derive(Default)]
pub(super) struct OfWork;

#[handlers]
impl WorkHandler for OfWork {
    type Instance = Arming;

    fn run(&self, work: &WorkCall<'_, Self>) {
        work.instance().arm_other(WORK);
    }
}

#[derive(Default)]
pub(super) struct OfDelayed;

#[handlers]
impl WorkHandler for OfDelayed {
    type Instance = Arming;

    fn run(&self, work: &WorkCall<'_, Self>) {
        work.instance().arm_other(DELAYED);
    }
}

#[derive(Default)]
pub(super) struct OfKthread;

#[handlers]
impl KthreadHandler for OfKthread {
    type Instance = Arming;

    fn run(&self, stop: &Stop<'_, Self>) -> Result {
        stop.instance().arm_other(KTHREAD);
        Ok(())
    }
}

pub(super) struct Device;

#[file_operations]
impl FileOperations for Device {
    type Instance = Arming;

    /// Sleeps until another one of the pair arms it.
    fn read(&self, file: &File<'_, Self>, _to: &mut UserWriter<'_>, _pos: u64) -> Result {
        let module = file.instance();
        module
            .asleep
            .wait(|| module.is_armed.swap(false, Ordering::Relaxed))
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        file.instance().arm_other(DEVICE);
        from.skip(from.len())
    }
}
