// SPDX-License-Identifier: GPL-2.0-only
//! What an operation costs on each side: in instructions, where the guest's clock counts them, or in
//! time.

use std::io;
use std::sync::OnceLock;

use rustix::time::{ClockId, clock_gettime};

/// Batches of each side where instructions are counted. One at the end of their lower third counts: a
/// timer tick falls into few of them, and moves a thread's clock forwards or backwards; in others the
/// kernel fetches memory.
const BATCHES: usize = 21;

/// Nanoseconds that a batch takes at least where time is measured.
const LONG: u64 = 2_000_000;

/// How many pairs of times are told; without it, instructions.
static PAIRS: OnceLock<u32> = OnceLock::new();

/// What each side costs per call: the module first, then the twin.
pub type Costs = Vec<[f64; 2]>;

/// How an operation is measured.
#[derive(Clone, Copy)]
pub struct Method {
    /// Calls in a batch. Where instructions are counted, a batch must stay well below the 1 ms
    /// (1,000,000 instructions) between two ticks.
    pub calls: u32,
    /// Calls before the first that counts: caches of the kernel's are filled by then.
    pub warm: u32,
}

impl Method {
    /// That of a system call.
    pub fn calls(calls: u32) -> Method {
        Method { calls, warm: 50 }
    }

    /// Never inlined: both sides must be measured by the same instructions.
    #[inline(never)]
    fn batch<T: ?Sized>(
        self,
        side: &T,
        once: &mut impl FnMut(&T) -> io::Result<()>,
    ) -> io::Result<u64> {
        let start = now();
        for _ in 0..self.calls {
            once(side)?;
        }
        Ok(now() - start)
    }
}

/// Of instructions, those of this thread alone: what others do meanwhile, and what it sleeps through,
/// does not count.
fn now() -> u64 {
    let time = clock_gettime(match PAIRS.get() {
        None => ClockId::ThreadCPUTime,
        Some(_) => ClockId::Monotonic,
    });
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

/// What looking at the clock costs.
fn of_nothing() -> u64 {
    let twice = || {
        let start = now();
        now() - start
    };
    let mut costs = [0; BATCHES];
    costs.fill_with(twice);
    usual(costs)
}

fn usual(mut batches: [u64; BATCHES]) -> u64 {
    batches.sort_unstable();
    batches[BATCHES / 3]
}

/// From now on, times are told in so many pairs.
pub fn tell_pairs(pairs: u32) {
    let _ = PAIRS.set(pairs);
}

/// Measures an operation of a system call and tells what it costs.
pub fn compare<T: ?Sized>(
    operation: &str,
    calls: u32,
    sides: [&T; 2],
    once: impl FnMut(&T) -> io::Result<()>,
) -> io::Result<()> {
    tell(operation, &costs(Method::calls(calls), sides, once)?);
    Ok(())
}

/// What `once` costs per call, with what the module gives and with what the twin gives: one pair of
/// instructions, or many of nanoseconds. The batches of both sides are run in turn.
pub fn costs<T: ?Sized>(
    method: Method,
    sides: [&T; 2],
    mut once: impl FnMut(&T) -> io::Result<()>,
) -> io::Result<Costs> {
    let warm = Method { calls: 1, ..method };
    for _ in 0..method.warm {
        for side in sides {
            warm.batch(side, &mut once)?;
        }
    }
    let Some(&pairs) = PAIRS.get() else {
        let mut batches = [[0; BATCHES]; 2];
        let nothing = of_nothing();
        for turn in 0..BATCHES {
            for (side, batches) in sides.iter().zip(&mut batches) {
                batches[turn] = method.batch(*side, &mut once)?;
            }
        }
        let each = |batch: u64| batch.saturating_sub(nothing) as f64 / f64::from(method.calls);
        return Ok(vec![batches.map(usual).map(each)]);
    };
    let first = method.batch(sides[0], &mut once)?.max(1);
    let longer = u32::try_from(LONG.div_ceil(first)).unwrap_or(u32::MAX);
    let method = Method {
        calls: method.calls.saturating_mul(longer),
        ..method
    };
    let mut pair = |_| -> io::Result<[f64; 2]> {
        let ours = method.batch(sides[0], &mut once)?;
        let twin = method.batch(sides[1], &mut once)?;
        Ok([ours, twin].map(|batch| batch as f64 / f64::from(method.calls)))
    };
    (0..pairs).map(&mut pair).collect()
}

/// The least of each side.
pub fn least(costs: &Costs) -> [f64; 2] {
    [0, 1].map(|side| costs.iter().map(|pair| pair[side]).fold(f64::MAX, f64::min))
}

/// What a turn of a loop inside the kernel costs, by the costs of all turns and of the call without any.
pub fn of_a_turn(costs: &Costs, empty: [f64; 2], turns: usize) -> Costs {
    let turn =
        |pair: &[f64; 2]| [0, 1].map(|side| (pair[side] - empty[side]).max(0.0) / turns as f64);
    costs.iter().map(turn).collect()
}

/// The lines of a result.
pub fn tell(operation: &str, costs: &[[f64; 2]]) {
    for [ours, twin] in costs {
        println!("{operation}\t{ours:.2}\t{twin:.2}");
    }
}

/// Something that could not be measured, and why.
pub fn leave_out(what: &str, why: &io::Error) {
    println!("{what}\t{why}");
}
