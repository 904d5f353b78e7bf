// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

struct Tick;

#[file_operations]
impl TimerHandler for Tick {
    fn expired(&self, _timer: &TimerCall<'_, Self>) -> Again {
        Again::No
    }
}

fn main() {}
