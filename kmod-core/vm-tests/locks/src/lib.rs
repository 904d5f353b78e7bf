// SPDX-License-Identifier: GPL-2.0-only
//! A module whose locks are held in each other: on a kernel with lockdep it shows of what classes they
//! are. One handler sleeps with a lock held, which is a mistake.
#![no_std]
#![forbid(unsafe_code)]

use core::hint::black_box;

use kmod_core::prelude::*;

/// Holds locks
#[kernel_module(
    name = "vm_locks",
    license = "GPL",
    params(
        /// A text that may be written
        #[param(perm = 0o644)]
        text: &str = "none",
    ),
)]
#[derive(Default)]
struct Locks {
    #[misc]
    vm_locks: Device,
}

#[derive(Default)]
struct Device {
    outer: SpinLock<u32>,
    inner: SpinLock<u32>,
    rows: [SpinLock<u32>; 2],
    queue: WaitQueue,
    may_go: AtomicBool,
}

/// Two locks on the heap.
struct Pair {
    outer: SpinLock<u32>,
    inner: SpinLock<u32>,
}

static FIRST: SpinLock<u32> = SpinLock::new(1);
static SECOND: SpinLock<u32> = SpinLock::new(2);

/// What both hold, one held in the other.
fn nested(outer: &SpinLock<u32>, inner: &SpinLock<u32>) -> u32 {
    outer.with(|outer| {
        *outer = outer.wrapping_add(1);
        inner.with(|inner| outer.wrapping_add(*inner))
    })
}

kmod_core::never_sleeps!(
    sleep,
    "it does: what the kernel says then is what is tested"
);

/// Sleeps with a lock held, where the build cannot see it.
#[inline(never)]
fn sleep(device: &Device) -> Result {
    let wait: fn(&Device) -> Result = black_box(Device::wait);
    device.outer.with(|held| {
        *held = 1;
        let result = wait(device);
        *held = 0;
        result
    })
}

impl Device {
    /// Waits until another write lets it go.
    fn wait(&self) -> Result {
        self.queue.wait(|| self.may_go.load(Ordering::Relaxed))
    }

    /// Wakes the sleeper, with a lock held.
    fn wake(&self) {
        self.inner.with(|_| {
            self.may_go.store(true, Ordering::Relaxed);
            self.queue.wake_up();
        });
    }
}

#[file_operations]
impl FileOperations for Device {
    /// What is made while the file is open.
    type PerOpen = KBox<Pair>;

    fn open(&self, _file: &OpenFile<'_, Self>) -> Result<KBox<Pair>> {
        let pair = Pair {
            outer: SpinLock::new(10),
            inner: SpinLock::new(20),
        };
        Ok(KBox::new(pair, GFP_KERNEL)?)
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let number: u32 = from.parse()?;
        let sum = match number {
            1 => nested(&self.outer, &self.inner),
            2 => nested(&FIRST, &SECOND),
            3 => nested(&file.state().outer, &file.state().inner),
            4 => nested(&self.rows[0], &self.rows[1]),
            5 => return sleep(self),
            6 => self.outer.with(|held| *held),
            _ => {
                self.wake();
                0
            }
        };
        pr_info!("{number}: {sum}");
        Ok(())
    }
}
