// SPDX-License-Identifier: GPL-2.0-only
//! What a handler does often, in loops: a write of n bytes to minor k does operation k n times.
//! `twin/bench_primitives_c.c` is the same in C.
#![no_std]
#![forbid(unsafe_code)]

use core::time::Duration;

use kmod_core::prelude::*;

/// Long after the measurement.
const LONG: Duration = Duration::from_secs(100_000);

/// Loops around locks, memory, a parameter and a log line that is off
#[kernel_module(
    name = "bench_primitives",
    license = "GPL",
    params(
        /// Read in a loop
        #[param(perm = 0o644)]
        step: u32 = 1,
    ),
)]
#[derive(Default)]
struct Primitives {
    #[chrdev(minors = 19)]
    bench_primitives: Loops,
    #[work]
    ping: Work<Ping>,
    #[timer]
    soon: Timer<Ping>,
    #[timer]
    late: Timer<Ping>,
    #[kthread]
    thread: Kthread<Ping>,
}

#[derive(Default)]
struct Loops {
    mutex: Mutex<u64>,
    spinlock: SpinLock<u64>,
    sum: AtomicU64,
    bh: SpinLockBh<u64>,
    irq: SpinLockIrq<u64>,
    many: RwLock<u64>,
    pair: SeqLock<[u64; 2]>,
    turns: OnceLock<PerCpuCounter>,
    rcu: OnceLock<Rcu<u64>>,
    srcu: OnceLock<Srcu<u64>>,
}

/// Lets who waits for it through.
#[derive(Default)]
struct Ping {
    done: Completion,
}

#[handlers]
impl WorkHandler for Ping {
    fn run(&self, _work: &WorkCall<'_, Self>) {
        self.done.complete();
    }
}

#[handlers]
impl TimerHandler for Ping {
    fn expired(&self, _timer: &TimerCall<'_, Self>) -> Again {
        self.done.complete();
        Again::No
    }
}

#[handlers]
impl KthreadHandler for Ping {
    fn run(&self, _stop: &Stop<'_, Self>) -> Result {
        self.done.complete();
        Ok(())
    }
}

#[file_operations]
impl FileOperations for Loops {
    type Instance = Primitives;

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let n = from.len();
        match file.minor() {
            // The price of the loop's call.
            0 => {}
            1 => {
                for _ in 0..n {
                    let mut count = self.mutex.lock();
                    // As C's: it wraps on kernels that have Rust check sums, too.
                    *count = count.wrapping_add(1);
                }
            }
            2 => {
                for _ in 0..n {
                    self.spinlock.with(|count| *count = count.wrapping_add(1));
                }
            }
            3 => {
                for _ in 0..n {
                    let value = KBox::new(self.sum.load(Ordering::Relaxed), GFP_KERNEL)?;
                    self.sum.store(*value, Ordering::Relaxed);
                }
            }
            4 => {
                for _ in 0..n {
                    let step = Primitives::params().step();
                    let sum = self.sum.load(Ordering::Relaxed);
                    let sum = sum.wrapping_add(step.into());
                    self.sum.store(sum, Ordering::Relaxed);
                }
            }
            5 => {
                for i in 0..n {
                    pr_debug!("turn {i}");
                }
            }
            6 => {
                for _ in 0..n {
                    self.bh.with(|count| *count = count.wrapping_add(1));
                }
            }
            7 => {
                for _ in 0..n {
                    self.irq.with(|count| *count = count.wrapping_add(1));
                }
            }
            8 => {
                for _ in 0..n {
                    let count = self.many.read(|count| *count);
                    self.sum.store(count, Ordering::Relaxed);
                }
            }
            9 => {
                for _ in 0..n {
                    self.many.write(|count| *count = count.wrapping_add(1));
                }
            }
            10 => {
                for _ in 0..n {
                    let [one, two] = self.pair.read();
                    self.sum.store(one ^ two, Ordering::Relaxed);
                }
            }
            12 => {
                let rcu = self.rcu.get_or_try_init(|| Ok(Rcu::new(1)?))?;
                for _ in 0..n {
                    self.sum.store(rcu.read(|count| *count), Ordering::Relaxed);
                }
            }
            13 => {
                let srcu = self.srcu.get_or_try_init(|| Ok(Srcu::new(1)?))?;
                for _ in 0..n {
                    self.sum.store(srcu.read(|count| *count), Ordering::Relaxed);
                }
            }
            14 => {
                let ping = &file.instance().ping;
                for _ in 0..n {
                    ping.queue();
                    ping.flush()?;
                    ping.handler().done.reinit();
                }
            }
            15 => {
                let ping = &file.instance().ping;
                for _ in 0..n {
                    ping.queue();
                    ping.handler().done.wait_uninterruptible()?;
                }
            }
            16 => {
                for _ in 0..n {
                    file.instance().late.arm(LONG);
                }
            }
            17 => {
                let soon = &file.instance().soon;
                for _ in 0..n {
                    soon.arm(Duration::ZERO);
                    soon.handler().done.wait_uninterruptible()?;
                }
            }
            18 => {
                let thread = &file.instance().thread;
                // It was completed when the thread was registered.
                thread.handler().done.reinit();
                for _ in 0..n {
                    thread.start();
                    thread.handler().done.wait_uninterruptible()?;
                }
            }
            _ => {
                let turns = self.turns.get_or_try_init(|| Ok(PerCpuCounter::new()?))?;
                for _ in 0..n {
                    turns.inc();
                }
            }
        }
        from.skip(n)
    }
}
