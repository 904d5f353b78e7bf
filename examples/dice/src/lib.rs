// SPDX-License-Identifier: GPL-2.0-only
//! A die: `cat /proc/sys/dice/roll` rolls it.
//!
//! Whatever is written there shakes it first; `/proc/sys/dice/last` shows the last rolls, which a
//! die with another number of sides forgets.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::prelude::*;
use kmod_core::random::{add_randomness, getrandom};

/// Rolls a die
#[kernel_module(name = "dice", license = "GPL", authors = ["The kmod developers"])]
struct Dice {
    /// /proc/sys/dice/sides: how many sides the die has.
    #[sysctl(path = "dice/sides", range = 2..=100, on_change = Dice::forget)]
    sides: AtomicU32,
    #[sysctl(path = "dice/roll")]
    roll: Roll,
    /// /proc/sys/dice/last: the last rolls, the latest one first.
    #[sysctl(path = "dice/last", mode = 0o444)]
    last: [AtomicU32; 4],
}

impl KernelModule for Dice {
    fn init(_params: &DiceParams) -> Result<Self> {
        Ok(Self {
            sides: AtomicU32::new(6),
            roll: Roll,
            last: Default::default(),
        })
    }
}

impl Dice {
    /// Another die: what the old one has shown says nothing about it.
    fn forget(&self) {
        for last in &self.last {
            last.store(0, Ordering::Relaxed);
        }
    }

    fn remember(&self, roll: u32) {
        self.last
            .iter()
            .fold(roll, |roll, last| last.swap(roll, Ordering::Relaxed));
    }
}

struct Roll;

impl Sysctl for Roll {
    type Module = Dice;

    fn read(&self, dice: &Dice, to: &mut SysctlWriter<'_>) -> Result {
        if !to.is_at_start() {
            return Ok(());
        }
        let mut random = [0; 4];
        getrandom(&mut random)?;
        let sides = dice.sides.load(Ordering::Relaxed);
        let roll = 1 + u32::from_ne_bytes(random).checked_rem(sides).ok_or(EDOM)?;
        dice.remember(roll);
        writeln!(to, "{roll}")
    }

    fn write(&self, _dice: &Dice, data: &SysctlReader<'_>) -> Result {
        add_randomness(data);
        Ok(())
    }
}
