// SPDX-License-Identifier: GPL-2.0-only
//! A module whose locks are held in each other: on a kernel with lockdep it shows of what classes they
//! are. A timer takes some of them. One handler sleeps with a lock held, which is a mistake.
#![no_std]
#![forbid(unsafe_code)]

mod mutexes;
mod rows;

use core::hint::black_box;
use core::time::Duration;

use kmod_core::prelude::*;
use kmod_core::time::udelay;

use mutexes::{MUTEXES, Mutexes};
use rows::Rows;

/// How many milliseconds a lock is held that a timer wants: some ticks of any kernel.
const LONG: u32 = 50;

/// How often a write of 9 uses each.
const TURNS: u32 = 2000;

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
    #[timer]
    tick: Timer<Tick>,
    bh: SpinLockBh<u32>,
    irq: SpinLockIrq<u32>,
    plain: SpinLock<u32>,
    many: RwLock<u64>,
    /// The second is three times the first.
    pair: SeqLock<(u64, u64)>,
    turns: OnceLock<PerCpuCounter>,
    rows: OnceLock<Rows>,
    /// How often it was not.
    torn: AtomicU32,
    /// How often the timer's handler began.
    begun: AtomicU32,
    done: WaitQueue,
}

/// Takes the locks that a timer may take.
#[derive(Default)]
struct Tick;

#[handlers]
impl TimerHandler for Tick {
    type Instance = Locks;

    fn expired(&self, timer: &TimerCall<'_, Self>) -> Again {
        let locks = timer.instance();
        locks.begun.fetch_add(1, Ordering::Relaxed);
        let length = Locks::params().text().len();
        locks.irq.with(|irq| *irq = irq.wrapping_add(length as u32));
        locks.bh.with(|bh| *bh = bh.wrapping_add(1));
        locks.look();
        if let Some(rows) = locks.rows.get() {
            rows.glance();
        }
        locks.done.wake_up();
        Again::No
    }
}

impl Locks {
    /// How often the timer's handler has begun.
    fn begun(&self) -> u32 {
        self.begun.load(Ordering::Relaxed)
    }

    /// Arms the timer on this CPU, and uses it up until long after that has expired. Says whether the
    /// timer's handler has begun meanwhile.
    fn hold(&self) -> bool {
        let before = self.begun();
        self.tick.arm(Duration::ZERO);
        // Without interrupts the clock may stand still.
        for _ in 0..LONG {
            udelay(1000);
        }
        self.begun() != before
    }

    /// Looks whether the pair is whole.
    fn look(&self) {
        let (one, three) = self.pair.read();
        if three != one.wrapping_mul(3) {
            self.torn.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Uses what others use, too, in many turns.
    fn turn(&self) -> Result {
        let turns = self.turns.get_or_try_init(|| Ok(PerCpuCounter::new()?))?;
        for turn in 0..TURNS {
            if turn % 64 == 0 {
                self.tick.arm(Duration::ZERO);
            }
            self.many.write(|many| *many = many.wrapping_add(2));
            self.many
                .write_killable(|many| *many = many.wrapping_sub(1))?;
            let odd = self.many.read(|many| *many) == self.many.read_killable(|many| *many)?;
            self.pair.write(|pair| {
                pair.0 = pair.0.wrapping_add(1);
                pair.1 = pair.1.wrapping_add(3);
            });
            self.look();
            turns.inc();
            turns.add(i64::from(odd));
            turns.add(-i64::from(odd));
        }
        Ok(())
    }

    /// The rows that are read while others replace them.
    fn rows(&self) -> Result<&Rows> {
        self.rows.get_or_try_init(Rows::new)
    }

    /// Replaces rows, while the timer expires.
    fn replace(&self) -> Result {
        self.tick.arm(Duration::ZERO);
        self.rows()?.replace()
    }

    /// What all turns have come to.
    fn turns(&self) -> u32 {
        let many = self.many.read(|many| *many);
        let (one, _) = self.pair.read();
        let turns = self.turns.get().map_or(0, PerCpuCounter::sum);
        let torn = self.torn.load(Ordering::Relaxed);
        let taken = [
            self.many.read(|_| self.many.try_write(|_| ())),
            self.many.write(|_| self.many.try_read(|_| ())),
            self.many.write(|_| self.many.try_write(|_| ())),
        ];
        match many == one && turns.cast_unsigned() == one && torn == 0 && taken == [None; 3] {
            true => one as u32,
            false => {
                pr_info!(
                    "{many} {one} {turns} {torn} {}",
                    taken.iter().flatten().count()
                );
                u32::MAX
            }
        }
    }

    /// Waits until the timer's handler has had all its locks so many times.
    fn ticked(&self, times: u32) -> Result {
        self.done.wait(|| self.bh.with(|bh| *bh) >= times)
    }

    /// Holds each lock while the timer wants to run, and says where its handler has begun: 1 for softirqs
    /// off, 2 for interrupts off, 4 for both, one in the other.
    fn timed(&self) -> Result<u32> {
        let times = self.bh.with(|bh| *bh);
        let mut begun = u32::from(self.bh.with(|_| self.hold()));
        self.ticked(times + 1)?;
        begun |= u32::from(self.irq.with(|_| self.hold())) << 1;
        self.ticked(times + 2)?;
        let both = in_each_other(self);
        self.ticked(times + 3)?;
        // A lock of tasks does not keep it out, unless softirqs are left to a task just then.
        let mut tries = times + 4;
        while !self.plain.with(|_| self.hold()) {
            self.ticked(tries)?;
            tries += 1;
        }
        Ok(begun | u32::from(both) << 2)
    }
}

kmod_core::never_sleeps!(in_each_other, "the lock that it takes there spins");

/// Holds one lock in the other, which is a mistake, where the build cannot see it: without interrupts
/// there are no softirqs, before and after the inner one, either.
#[inline(never)]
fn in_each_other(locks: &Locks) -> bool {
    let within: fn(&Locks) -> bool = black_box(|locks| locks.bh.with(|_| locks.hold()));
    locks.irq.with(|_| within(locks) || locks.hold())
}

#[derive(Default)]
struct Device {
    outer: SpinLock<u32>,
    inner: SpinLock<u32>,
    rows: [SpinLock<u32>; 2],
    mutexes: Mutexes,
    queue: WaitQueue,
    may_go: AtomicBool,
}

/// Two locks on the heap, and rows.
struct Pair {
    outer: SpinLock<u32>,
    inner: SpinLock<u32>,
    mutexes: Mutexes,
    rows: OnceLock<Rows>,
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
    type Instance = Locks;

    /// What is made while the file is open.
    type PerOpen = KBox<Pair>;

    fn open(&self, _file: &OpenFile<'_, Self>) -> Result<KBox<Pair>> {
        let pair = Pair {
            outer: SpinLock::new(10),
            inner: SpinLock::new(20),
            mutexes: Mutexes::new(),
            rows: OnceLock::new(),
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
            8 => file.instance().timed()?,
            9 => {
                file.instance().turn()?;
                0
            }
            10 => file.instance().turns(),
            11 => {
                file.instance().replace()?;
                0
            }
            12 => {
                file.instance().rows()?.read_until(20);
                0
            }
            13 => file.instance().rows()?.turns(),
            14 => {
                file.instance().rows()?.panic(false);
                0
            }
            15 => {
                file.instance().rows()?.replace_one()?;
                0
            }
            16 => {
                let rows = file.state().rows.get_or_try_init(Rows::new)?;
                rows.panic(true);
                0
            }
            17 => self.mutexes.nested()?,
            18 => MUTEXES.nested()?,
            19 => file.state().mutexes.nested()?,
            _ => {
                self.wake();
                0
            }
        };
        pr_info!("{number}: {sum}");
        Ok(())
    }
}
