// SPDX-License-Identifier: GPL-2.0-only
//! Handlers and locks: with a sleep in them, a call that cannot be followed or a lock that is not for
//! them, if their names say that they are bad, and without if good.
#![no_std]
#![forbid(unsafe_code)]

use core::fmt;
use core::hint::black_box;
use core::time::Duration;

use kmod_core::alloc::__GFP_ZERO;
use kmod_core::prelude::*;
use kmod_core::time::{fsleep, msleep, udelay, usleep_range};
use kmod_other::{Listener, calls_back, locked, rests, tells};

#[kernel_module(
    name = "planted",
    license = "GPL",
    params(
        /// It may be written
        #[param(perm = 0o644)]
        text: &str = "none",
    ),
)]
#[derive(Default)]
struct Planted {
    #[timer]
    t0: Timer<BadDelay>,
    #[timer]
    t1: Timer<BadHelper>,
    #[timer]
    t2: Timer<BadMutex>,
    #[timer]
    t3: Timer<BadBox>,
    #[timer]
    t4: Timer<BadVec>,
    #[timer]
    t5: Timer<BadWait>,
    #[timer]
    t6: Timer<BadDrop>,
    #[timer]
    t7: Timer<BadClosure>,
    #[timer]
    t8: Timer<BadGeneric>,
    #[timer]
    t9: Timer<BadCrate>,
    #[timer]
    t10: Timer<BadCrateAndBack>,
    #[timer]
    t11: Timer<BadDyn>,
    #[timer]
    t12: Timer<BadPointer>,
    #[timer]
    t13: Timer<BadDisplay>,
    #[timer]
    t14: Timer<BadTable>,
    #[timer]
    t15: Timer<BadBranch>,
    #[timer]
    t16: Timer<BadLock>,
    #[timer]
    t17: Timer<BadLockOfACrate>,
    #[timer]
    t18: Timer<BadLockInDrop>,
    #[hrtimer]
    t19: Hrtimer<BadFine>,
    #[timer]
    t20: Timer<BadRwLock>,
    #[timer]
    t21: Timer<BadTrace>,
    #[timer]
    t22: Timer<BadDebug>,
    #[timer]
    good: Timer<GoodTimer>,
    #[timer]
    locks: Timer<GoodLocks>,
    #[timer]
    param: Timer<GoodParam>,
    #[timer]
    vouched: Timer<GoodVouched>,
    #[tracepoint(name = "sched_switch")]
    p0: Tracepoint<BadShow>,
    #[tracepoint(name = "sched_switch")]
    p1: Tracepoint<GoodShow>,
    #[work]
    work: Work<GoodWork>,
    shared: Shared,
    #[misc]
    device: Device,
}

static RCU: OnceLock<Rcu<u32>> = OnceLock::new();
static SRCU: OnceLock<Srcu<u32>> = OnceLock::new();
static CARD: PciConfig = PciConfig::new();

struct Shared {
    mutex: Mutex<u32>,
    queue: WaitQueue,
    count: AtomicU32,
    plain: SpinLock<u32>,
    bh: SpinLockBh<u32>,
    irq: SpinLockIrq<u32>,
    many: RwLock<u32>,
    pair: SeqLock<[u32; 2]>,
    listener: &'static dyn Listener,
    function: fn(u32) -> u32,
}

impl Default for Shared {
    fn default() -> Self {
        Self {
            mutex: Mutex::new(0),
            queue: WaitQueue::new(),
            count: AtomicU32::new(0),
            plain: SpinLock::new(0),
            bh: SpinLockBh::new(0),
            irq: SpinLockIrq::new(0),
            many: RwLock::new(0),
            pair: SeqLock::new([0; 2]),
            listener: black_box(&Sleeper),
            function: black_box(rests),
        }
    }
}

#[trace_event]
struct Turn {
    number: u32,
}

macro_rules! tracepoints {
    ($($name:ident: |$call:ident| $print:expr;)*) => {$(
        #[derive(Default)]
        struct $name;

        #[handlers]
        impl TracepointHandler for $name {
            fn hit(&self, $call: &TracepointCall<'_, Self>) {
                $print
            }
        }
    )*};
}

tracepoints! {
    BadShow: |call| pr_info!("{:?}", call.arguments());
    GoodShow: |call| pr_info!(deferred; "{:?}", call.arguments());
}

macro_rules! timers {
    ($($name:ident: |$planted:ident| $body:expr;)*) => {$(
        #[derive(Default)]
        struct $name;

        #[handlers]
        impl TimerHandler for $name {
            type Instance = Planted;

            fn expired(&self, timer: &TimerCall<'_, Self>) -> Again {
                let $planted = timer.instance();
                let number: u32 = $body;
                $planted.shared.count.fetch_add(number, Ordering::Relaxed);
                Again::No
            }
        }
    )*};
}

timers! {
    BadDelay: |_planted| { msleep(21); 21 };
    BadHelper: |planted| outer(&planted.shared);
    BadMutex: |planted| *planted.shared.mutex.lock();
    BadBox: |planted| KBox::new(planted.shared.count.load(Ordering::Relaxed), GFP_KERNEL)
        .map_or(1, |number| *black_box(number));
    BadVec: |planted| {
        let mut row = KVec::new();
        let _ = row.push(planted.shared.count.load(Ordering::Relaxed), GFP_KERNEL);
        black_box(row).len() as u32
    };
    BadWait: |planted| {
        let _ = planted.shared.queue.wait(|| planted.shared.count.load(Ordering::Relaxed) == 3);
        3
    };
    BadDrop: |_planted| { drop(black_box(Dropped(4))); 4 };
    BadClosure: |planted| {
        let count = &planted.shared.count;
        apply(|number| { usleep_range(10, 20); number ^ count.load(Ordering::Relaxed) })
    };
    BadGeneric: |_planted| generic(&Sleeper);
    BadCrate: |_planted| rests(5);
    BadCrateAndBack: |planted| tells(&planted.shared, 6);
    BadDyn: |planted| planted.shared.listener.told(7);
    BadPointer: |planted| (planted.shared.function)(8);
    BadDisplay: |_planted| { pr_info!("{}", Shown(9)); 9 };
    BadTable: |planted| {
        let listener: &dyn Listener = match planted.shared.count.load(Ordering::Relaxed) {
            0 => &Quiet,
            _ => &Loud,
        };
        kept(black_box(listener))
    };
    BadBranch: |planted| match planted.shared.count.load(Ordering::Relaxed) {
        71 => { fsleep(Duration::from_millis(71)); 1 }
        number => number,
    };
    BadLock: |planted| planted.shared.plain.with(|value| *value);
    BadLockOfACrate: |planted| { locked(&planted.shared.plain, || 81); 81 };
    BadLockInDrop: |planted| { drop(black_box(Counted(&planted.shared))); 82 };
    BadRwLock: |planted| planted.shared.many.read(|value| *value);
    BadTrace: |planted| { Turn::trace(|| Turn { number: *planted.shared.mutex.lock() }); 91 };
    BadDebug: |planted| { pr_debug!("{}", *planted.shared.mutex.lock()); 92 };
    GoodLocks: |planted| planted.shared.bh.with(|value| {
        *value ^= planted.shared.irq.with(|value| *value);
        planted.shared.pair.write(|pair| pair[1] ^= *value);
        *value ^= SRCU.get().map_or(0, |srcu| srcu.read(|number| *number));
        *value ^= RCU.get().map_or(0, |rcu| rcu.read(|number| *number));
        planted.shared.pair.read()[0]
    });
    GoodParam: |_planted| Planted::params().text().len() as u32;
    GoodTimer: |planted| {
        udelay(3);
        planted.shared.queue.wake_up();
        planted.work.queue();
        planted.t0.arm(Duration::from_secs(1));
        pr_info!("{} of {:?}", planted.shared.count.load(Ordering::Relaxed), Some("many"));
        let boxed = KBox::new(planted.shared.count.load(Ordering::Relaxed), GFP_ATOMIC);
        drop(black_box(boxed));
        planted.shared.mutex.try_lock().map_or(0, |value| *value)
    };
    GoodVouched: |planted| kept(planted.shared.listener);
}

/// Counts when it goes.
struct Counted<'a>(&'a Shared);

impl Drop for Counted<'_> {
    #[inline(never)]
    fn drop(&mut self) {
        self.0.plain.with(|value| *value ^= 3);
    }
}

#[derive(Default)]
struct BadFine;

#[handlers]
impl HrtimerHandler for BadFine {
    type Instance = Planted;

    fn expired(&self, timer: &HrtimerCall<'_, Self>) -> Again {
        let shared = &timer.instance().shared;
        let number = shared.irq.with(|value| *value);
        shared.plain.with(|value| *value ^= number);
        Again::No
    }
}

#[derive(Default)]
struct GoodWork;

#[handlers]
impl WorkHandler for GoodWork {
    type Instance = Planted;

    fn run(&self, work: &WorkCall<'_, Self>) {
        msleep(1);
        *work.instance().shared.mutex.lock() += rests(2);
    }
}

#[inline(never)]
fn outer(shared: &Shared) -> u32 {
    inner(shared).wrapping_add(1)
}

#[inline(never)]
fn inner(shared: &Shared) -> u32 {
    let number = shared.count.load(Ordering::Relaxed);
    msleep(number);
    number
}

struct Dropped(u32);

impl Drop for Dropped {
    #[inline(never)]
    fn drop(&mut self) {
        msleep(self.0);
    }
}

#[inline(never)]
fn apply(f: impl Fn(u32) -> u32) -> u32 {
    f(1).wrapping_add(f(2))
}

#[inline(never)]
fn generic<L: Listener>(listener: &L) -> u32 {
    listener.told(11)
}

kmod_core::never_sleeps!(kept, "those whom it is given to count only");

#[inline(never)]
fn kept(listener: &dyn Listener) -> u32 {
    listener.told(12)
}

struct Sleeper;

impl Listener for Sleeper {
    #[inline(never)]
    fn told(&self, number: u32) -> u32 {
        msleep(number);
        number
    }
}

struct Quiet;

impl Listener for Quiet {
    fn told(&self, number: u32) -> u32 {
        number
    }
}

struct Loud;

impl Listener for Loud {
    fn told(&self, number: u32) -> u32 {
        msleep(number ^ 13);
        number
    }
}

impl Listener for Shared {
    #[inline(never)]
    fn told(&self, number: u32) -> u32 {
        self.mutex.lock().wrapping_add(number)
    }
}

struct Shown(u32);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        msleep(self.0);
        f.write_str("shown")
    }
}

#[derive(Default)]
struct Device {
    lock: SpinLock<u32>,
    other: SpinLock<u32>,
    shared: Shared,
}

#[file_operations]
impl FileOperations for Device {
    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
        bad_user(self, to)?;
        good_user(self, to)
    }

    fn write(&self, _file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        match from.parse::<u32>()? {
            1 => bad_delay(self),
            2 => bad_nested(self),
            3 => bad_helper(self),
            4 => bad_drop(self),
            5 => bad_vec(self),
            6 => bad_mutex(self),
            7 => bad_branch(self),
            8 => bad_loop(self),
            9 => bad_crate(self),
            10 => bad_closure(self),
            11 => bad_dyn(self),
            12 => bad_second(self),
            13 => good_after(self),
            14 => good_atomic(self),
            15 => good_between(self),
            16 => bad_flags(self),
            17 => good_flags(self),
            18 => bad_constant(self),
            19 => bad_plain_in_bh(self),
            20 => bad_bh_in_irq(self),
            21 => bad_behind(self),
            22 => good_order(self),
            23 => bad_per_cpu(self),
            24 => bad_reader(self),
            25 => bad_in_its_reader(),
            29 => bad_replace(self),
            30 => bad_reset(self),
            26 => good_readers(self),
            27 => drop(RCU.set(Rcu::new(1)?)),
            28 => drop(SRCU.set(Srcu::new(1)?)),
            _ => good_else(self),
        }
        Ok(())
    }
}

#[inline(never)]
fn bad_user(device: &Device, to: &mut UserWriter<'_>) -> Result {
    device.lock.with(|value| writeln!(to, "{}", *value))
}

#[inline(never)]
fn bad_delay(device: &Device) {
    device.lock.with(|value| {
        msleep(20);
        *value += 1;
    });
}

#[inline(never)]
fn bad_nested(device: &Device) {
    device.lock.with(|value| {
        device.other.with(|other| *value ^= *other);
        msleep(*value);
    });
}

#[inline(never)]
fn bad_helper(device: &Device) {
    device.lock.with(|value| *value ^= outer(&device.shared));
}

#[inline(never)]
fn bad_drop(device: &Device) {
    device.lock.with(|value| {
        let _dropped = black_box(Dropped(*value));
        *value += 1;
    });
}

#[inline(never)]
fn bad_vec(device: &Device) {
    device.lock.with(|value| {
        let row: Result<KVec<u64>, _> = KVec::with_capacity(*value as usize, GFP_KERNEL);
        *value = black_box(row).map_or(0, |row| row.capacity() as u32);
    });
}

#[inline(never)]
fn bad_mutex(device: &Device) {
    device.lock.with(|value| *value ^= *device.shared.mutex.lock());
}

#[inline(never)]
fn bad_branch(device: &Device) {
    device.lock.with(|value| {
        if *value == 77 {
            fsleep(Duration::from_millis(7));
        }
        *value += 3;
    });
}

#[inline(never)]
fn bad_loop(device: &Device) {
    for number in 0..9 {
        device.other.with(|value| *value += number);
        device.lock.with(|value| {
            while *value < number {
                usleep_range(1, 2);
                *value += 1;
            }
        });
    }
}

#[inline(never)]
fn bad_crate(device: &Device) {
    device.lock.with(|value| *value ^= rests(31));
}

#[inline(never)]
fn bad_reset(device: &Device) {
    device.lock.with(|value| {
        if black_box(&CARD).try_reset_function().is_err() {
            *value += 1;
        }
    });
}

#[inline(never)]
fn bad_closure(device: &Device) {
    locked(&device.lock, || calls_back(|number| inner(&device.shared) ^ number, 32));
}

/// The flags are known to the caller only.
#[inline(never)]
fn row_of(number: u32, flags: Flags) -> u32 {
    let row: Result<KVec<u32>, _> = KVec::with_capacity(number as usize, flags);
    black_box(row).map_or(0, |row| row.capacity() as u32)
}

#[inline(never)]
fn bad_flags(device: &Device) {
    row_of(3, GFP_KERNEL);
    device.lock.with(|value| *value ^= row_of(*value, GFP_ATOMIC));
}

kmod_core::never_sleeps!(good_flags, "it gives `GFP_ATOMIC`");

#[inline(never)]
fn good_flags(device: &Device) {
    device.lock.with(|value| *value ^= row_of(*value, GFP_ATOMIC));
}

/// Of a type that `kmalloc()` does not align enough by itself.
#[repr(align(64))]
struct Aligned(u32);

#[inline(never)]
fn bad_constant(device: &Device) {
    device.lock.with(|value| {
        let boxed = KBox::new(Aligned(*value), GFP_KERNEL | __GFP_ZERO);
        *value = black_box(boxed).map_or(0, |boxed| boxed.0);
    });
}

#[inline(never)]
fn bad_dyn(device: &Device) {
    device.lock.with(|value| *value ^= device.shared.listener.told(33));
}

#[inline(never)]
fn bad_second(device: &Device) {
    msleep(34);
    device.lock.with(|value| *value ^= 34);
    let _ = device.other.with(|value| {
        *value = value.checked_mul(3)?;
        msleep(*value);
        Some(())
    });
}

#[inline(never)]
fn bad_plain_in_bh(device: &Device) {
    device.shared.bh.with(|value| *value ^= device.lock.with(|value| *value));
}

#[inline(never)]
fn bad_bh_in_irq(device: &Device) {
    let shared = &device.shared;
    shared.irq.with(|value| *value ^= shared.bh.with(|value| *value));
}

#[inline(never)]
fn bad_behind(device: &Device) {
    device.shared.bh.with(|value| *value ^= 91);
    device.lock.with(|value| *value ^= 92);
    device.shared.irq.with(|value| *value ^= takes(&device.lock));
}

#[inline(never)]
fn bad_reader(device: &Device) {
    if let Some(rcu) = RCU.get() {
        msleep(rcu.read(|number| inner(&device.shared) ^ *number));
    }
}

#[inline(never)]
fn bad_replace(device: &Device) {
    let boxed = KBox::new(3, GFP_KERNEL);
    if let (Some(srcu), Ok(new)) = (SRCU.get(), boxed) {
        device.lock.with(|value| *value ^= *srcu.replace(new));
    }
}

#[inline(never)]
fn bad_in_its_reader() {
    let boxed = KBox::new(3, GFP_KERNEL);
    if let (Some(rcu), Ok(new)) = (RCU.get(), boxed) {
        rcu.read(|_| drop(rcu.replace(new)));
    }
}

#[inline(never)]
fn good_readers(device: &Device) {
    if let (Some(rcu), Some(srcu)) = (RCU.get(), SRCU.get()) {
        let number = rcu.read(|outer| device.lock.with(|value| *value ^ rcu.read(|inner| outer ^ inner)));
        msleep(number);
        srcu.read(|number| msleep(*device.shared.mutex.lock() ^ *number));
        if let Ok(new) = KBox::new(number, GFP_KERNEL) {
            drop(rcu.replace(new));
        }
    }
}

#[inline(never)]
fn bad_per_cpu(device: &Device) {
    device.lock.with(|value| {
        let of_each = PerCpu::new(|cpu| cpu);
        *value = of_each.map_or(0, |of_each| *of_each.this_cpu());
    });
}

#[inline(never)]
fn takes(lock: &SpinLock<u32>) -> u32 {
    lock.with(|value| *value)
}

#[inline(never)]
fn good_order(device: &Device) {
    let shared = &device.shared;
    shared.irq.with(|value| *value ^= 93);
    device.lock.with(|value| {
        *value ^= shared.bh.with(|value| *value ^ shared.irq.with(|value| *value));
        *value ^= device.other.with(|value| *value);
    });
    shared.bh.with(|value| *value ^= 94);
    device.other.with(|value| *value ^= 95);
}

#[inline(never)]
fn good_user(device: &Device, to: &mut UserWriter<'_>) -> Result {
    let value = device.lock.with(|value| *value);
    writeln!(to, "{value}")
}

#[inline(never)]
fn good_after(device: &Device) {
    msleep(41);
    device.lock.with(|value| *value ^= 41);
    msleep(42);
}

#[inline(never)]
fn good_atomic(device: &Device) {
    device.lock.with(|value| {
        let boxed = KBox::new([*value; 16], GFP_ATOMIC);
        *value = black_box(boxed).map_or(0, |row| row[3]);
        pr_info!("{value:?}: {}", Some(*value).is_some());
        device.shared.queue.wake_up();
        udelay(2);
    });
}

#[inline(never)]
fn good_between(device: &Device) {
    for number in 0..5 {
        device.lock.with(|value| *value += number);
        *device.shared.mutex.lock() += number;
        device.other.with(|value| *value += number);
    }
}

#[inline(never)]
fn good_else(device: &Device) {
    if device.shared.count.load(Ordering::Relaxed) == 7 {
        device.lock.with(|value| *value += 71);
    } else {
        msleep(71);
    }
}
