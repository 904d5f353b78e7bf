// SPDX-License-Identifier: GPL-2.0-only
//! A die: `cat /proc/sys/dice/roll` rolls it.
//!
//! Whatever is written there shakes it first.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;
use kmod_core::random::{add_randomness, getrandom};

/// Rolls a die
#[kernel_module(name = "dice", license = "GPL", authors = ["The kmod developers"])]
struct Dice {
    /// /proc/sys/dice/sides: how many sides the die has.
    #[sysctl(path = "dice/sides", range = 2..=100)]
    sides: Arc<AtomicU32>,
    #[sysctl(path = "dice/roll")]
    roll: Roll,
}

impl KernelModule for Dice {
    fn init(_params: &DiceParams) -> Result<Self> {
        let sides = Arc::new(AtomicU32::new(6), GFP_KERNEL)?;
        let roll = Roll(sides.clone());
        Ok(Self { sides, roll })
    }
}

/// The die knows its sides.
struct Roll(Arc<AtomicU32>);

impl Sysctl for Roll {
    fn read(&self, to: &mut SysctlWriter<'_>) -> Result {
        let mut random = [0; 8];
        getrandom(&mut random)?;
        let sides = u64::from(self.0.load(Ordering::Relaxed));
        writeln!(to, "{}", 1 + u64::from_ne_bytes(random) % sides)
    }

    fn write(&self, data: &[u8]) -> Result {
        add_randomness(data);
        Ok(())
    }
}
