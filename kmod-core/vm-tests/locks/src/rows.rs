// SPDX-License-Identifier: GPL-2.0-only
//! Values that are replaced while others read them, some of whom sleep then.

use core::hint::black_box;

use kmod_core::prelude::*;
use kmod_core::time::{udelay, usleep_range};

/// How often a write of 11 replaces both.
const TURNS: u64 = 10;

/// The second is three times the first, until it is dropped.
pub struct Row {
    one: u64,
    three: AtomicU64,
}

impl Row {
    fn new(one: u64) -> Self {
        let three = AtomicU64::new(one.wrapping_mul(3));
        Self { one, three }
    }

    fn is_whole(&self) -> bool {
        self.three.load(Ordering::Relaxed) == self.one.wrapping_mul(3)
    }
}

impl Drop for Row {
    fn drop(&mut self) {
        *self.three.get_mut() = u64::MAX;
    }
}

pub struct Rows {
    rcu: Rcu<Row>,
    srcu: Srcu<Row>,
    /// How often one was not whole.
    torn: AtomicU32,
}

impl Rows {
    pub fn new() -> Result<Self> {
        Ok(Self {
            rcu: Rcu::new(Row::new(0))?,
            srcu: Srcu::new(Row::new(0))?,
            torn: AtomicU32::new(0),
        })
    }

    /// Looks at a row while others may replace it: what it was, and has to be still after `pause`.
    fn look(&self, row: &Row, pause: impl FnOnce()) -> u64 {
        let before = row.is_whole();
        pause();
        if !before || !row.is_whole() {
            self.torn.fetch_add(1, Ordering::Relaxed);
        }
        row.one
    }

    /// As a handler that has interrupted whatever it was.
    pub fn glance(&self) {
        self.rcu.read(|row| self.look(row, || udelay(3)));
        self.srcu.read(|row| self.look(row, || udelay(3)));
    }

    /// Replaces both in many turns.
    pub fn replace(&self) -> Result {
        for _ in 0..TURNS {
            let next = |row: &Row| Ok(KBox::new(Row::new(row.one + 1), GFP_KERNEL)?);
            drop(self.rcu.update(next)?);
            drop(self.srcu.update(next)?);
        }
        Ok(())
    }

    /// Reads until others have replaced both so often.
    pub fn read_until(&self, one: u64) {
        let mut seen = 0;
        while seen < one {
            let outer = self.rcu.read(|row| {
                let inner = self.rcu.read(|row| self.look(row, || udelay(20)));
                inner.min(self.look(row, || udelay(20)))
            });
            let sleep = || usleep_range(50, 100);
            seen = outer.min(self.srcu.read(|row| self.look(row, sleep)));
        }
    }

    /// How often both were replaced, if none was seen that was not whole.
    pub fn turns(&self) -> u32 {
        let rows = [self.rcu.read(|row| row.one), self.srcu.read(|row| row.one)];
        match self.torn.load(Ordering::Relaxed) {
            0 if rows[0] == rows[1] => rows[0] as u32,
            _ => u32::MAX,
        }
    }

    /// Panics as a reader: of the one that does not sleep, or of the other. The compiler is not to know, or
    /// nothing follows the read, which the verifier cannot see.
    pub fn panic(&self, sleeps: bool) {
        let behind = |row: &Row| [row.one][black_box(1)];
        let row = match sleeps {
            false => self.rcu.read(behind),
            true => self.srcu.read(behind),
        };
        pr_info!("{row}");
    }

    /// Replaces what does not sleep.
    pub fn replace_one(&self) -> Result {
        let new = KBox::new(Row::new(TURNS), GFP_KERNEL)?;
        drop(self.rcu.replace(new));
        Ok(())
    }
}
