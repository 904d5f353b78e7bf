// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
#[derive(Default)]
struct Card {
    #[workqueue(flags(sysfs))]
    events: WorkQueue,
}

fn main() {}
