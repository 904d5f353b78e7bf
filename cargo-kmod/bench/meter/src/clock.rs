// SPDX-License-Identifier: GPL-2.0-only
//! The guest's clock as a counter of instructions.

use std::io;

use rustix::time::{ClockId, clock_gettime};

/// Calls before the first that counts: caches of the kernel's are filled by then.
const WARM: u32 = 50;

/// Batches of each side. The least one counts: it is the one that no timer tick fell into.
const BATCHES: u32 = 12;

/// Tells how many instructions the operation takes, per call: of the module and of the twin.
///
/// The batches of both sides are run in turn. A batch of `calls` must stay well below the 4 ms
/// (4,000,000 instructions) between two ticks.
pub fn compare(
    operation: &str,
    calls: u32,
    ours: impl FnMut() -> io::Result<()>,
    twin: impl FnMut() -> io::Result<()>,
) -> io::Result<()> {
    let [ours, twin] = costs(calls, ours, twin)?;
    tell(operation, ours, twin);
    Ok(())
}

/// The same, for who tells it otherwise.
pub fn costs(
    calls: u32,
    mut ours: impl FnMut() -> io::Result<()>,
    mut twin: impl FnMut() -> io::Result<()>,
) -> io::Result<[f64; 2]> {
    for _ in 0..WARM {
        ours()?;
        twin()?;
    }
    let mut least = [u64::MAX; 2];
    for _ in 0..BATCHES {
        least[0] = least[0].min(batch(calls, &mut ours)?);
        least[1] = least[1].min(batch(calls, &mut twin)?);
    }
    Ok(least.map(|batch| batch as f64 / f64::from(calls)))
}

/// The line of a result.
pub fn tell(operation: &str, ours: f64, twin: f64) {
    println!("{operation}\t{ours:.2}\t{twin:.2}");
}

fn batch(calls: u32, operation: &mut impl FnMut() -> io::Result<()>) -> io::Result<u64> {
    let start = now();
    for _ in 0..calls {
        operation()?;
    }
    Ok(now() - start)
}

/// Instructions since the guest's start.
pub fn now() -> u64 {
    read(ClockId::Monotonic)
}

/// Instructions of this thread alone: what it sleeps through does not count.
pub fn own() -> u64 {
    read(ClockId::ThreadCPUTime)
}

fn read(clock: ClockId) -> u64 {
    let time = clock_gettime(clock);
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}
