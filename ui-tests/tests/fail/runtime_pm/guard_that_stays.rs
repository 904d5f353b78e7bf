// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Card {
    power: RuntimePm,
    guard: Mutex<Option<RuntimePmGuard<'static>>>,
}

impl Card {
    fn keep(&self) -> Result {
        *self.guard.lock() = Some(self.power.get()?);
        Ok(())
    }
}

fn main() {}
