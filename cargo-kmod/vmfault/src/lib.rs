// SPDX-License-Identifier: GPL-2.0-only
//! A module that does in Rust what no Rust should, to prove that it is seen: by any kernel, or by one that checks
//! itself.
#![no_std]

use core::cell::UnsafeCell;
use core::hint::black_box;

use kmod_core::prelude::*;

/// Does wrong on purpose, in Rust
#[kernel_module(
    name = "vmfault_rust",
    license = "GPL",
    params(
        /// none, oops, locks, mutexes, freed, beyond, stack, global, copied, race or calm
        what: &str = "none",
    ),
)]
struct Fault {
    way: Way,
    counters: Counters,
    #[kthread]
    one: Kthread<Counter>,
    #[kthread]
    other: Kthread<Counter>,
}

static GLOBAL: [u8; 24] = [1; 24];

/// What its two threads do.
#[derive(Clone, Copy)]
enum Way {
    /// Nothing.
    Idle,
    /// They count without a word to each other.
    Race,
    /// They count as threads should.
    Calm,
}

/// How often each of them counts.
const ROUNDS: u32 = 1_000_000;

#[derive(Default)]
struct Counters {
    plain: UnsafeCell<u32>,
    atomic: AtomicU32,
    spinning: SpinLock<u32>,
    sleeping: Mutex<u32>,
}

// SAFETY: it is not: two threads count in `plain`. The kernel is one that sees it.
unsafe impl Sync for Counters {}

#[derive(Default)]
struct Counter;

impl KernelModule for Fault {
    fn init(params: &FaultParams) -> Result<Self> {
        let memory = KBox::new([7u8; 64], GFP_KERNEL)?;
        let at = black_box((&raw const *memory).cast::<u8>());
        match params.what() {
            "oops" => wrong(black_box(core::ptr::null()), 8),
            "locks" => {
                let (one, other) = (RwLock::new(1), RwLock::new(2));
                forwards(&one, &other);
                backwards(&one, &other);
            }
            "mutexes" => {
                let (one, other) = (Mutex::new(1), Mutex::new(2));
                add(&one, &other);
                add(&other, &one);
            }
            "freed" => {
                drop(memory);
                wrong(at, 8);
            }
            "beyond" => wrong(at, 64),
            "stack" => wrong(black_box([1; 24]).as_ptr(), 25),
            "global" => wrong(black_box(&GLOBAL).as_ptr(), 25),
            "copied" => {
                drop(memory);
                let mut to = [0; 40];
                // SAFETY: it is not: that memory is freed. The kernel is one that sees it.
                unsafe { to.as_mut_ptr().copy_from(at, black_box(33)) };
                black_box(to);
            }
            "none" | "race" | "calm" => {}
            _ => return Err(EINVAL),
        }
        let way = match params.what() {
            "race" => Way::Race,
            "calm" => Way::Calm,
            _ => Way::Idle,
        };
        Ok(Self {
            way,
            counters: Counters::default(),
            one: Kthread::default(),
            other: Kthread::default(),
        })
    }
}

#[handlers]
impl KthreadHandler for Counter {
    type Module = Fault;

    fn run(&self, stop: &Stop<'_, Self>) -> Result {
        let Fault { way, counters, .. } = stop.module();
        match way {
            Way::Idle => {}
            // Whoever unloads the module waits for the last round.
            Way::Race => (0..ROUNDS).for_each(|_| race(counters)),
            Way::Calm => (0..ROUNDS / 10).for_each(|_| calm(counters)),
        }
        Ok(())
    }
}

/// Counts, and so does the other thread.
#[inline(never)]
fn race(counters: &Counters) {
    let plain = black_box(counters.plain.get());
    // SAFETY: it is not: the other thread does it, too.
    unsafe { *plain += 1 };
}

/// Counts in each way in which threads may.
#[inline(never)]
fn calm(counters: &Counters) {
    counters.atomic.fetch_add(1, Ordering::Relaxed);
    counters.spinning.with(|count| *count += 1);
    *counters.sleeping.lock() += 1;
}

/// Takes one lock, then the other.
#[inline(never)]
fn forwards(one: &RwLock<u8>, other: &RwLock<u8>) {
    one.write(|one| other.write(|other| *other += *one));
}

/// The other way round: two tasks that come from both ends wait for each other for ever.
#[inline(never)]
fn backwards(one: &RwLock<u8>, other: &RwLock<u8>) {
    other.write(|other| one.write(|one| *one += *other));
}

/// Takes one mutex, then the other.
#[inline(never)]
fn add(one: &Mutex<u8>, other: &Mutex<u8>) {
    let mut one = one.lock();
    *one += *other.lock();
}

/// Reads one byte that is nobody's.
fn wrong(at: *const u8, beyond: usize) {
    // SAFETY: it is not: that is what this module is for. It reads what is next to memory of its own
    // or was its own, and drops it.
    let byte = unsafe { at.wrapping_add(beyond).read_volatile() };
    black_box(byte);
}
