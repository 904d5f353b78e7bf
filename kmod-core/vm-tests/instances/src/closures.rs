// SPDX-License-Identifier: GPL-2.0-only
//! Closures on queues of the module's own.

use kmod_core::prelude::*;

use crate::Instances;

/// How many have run.
static RUN: AtomicU32 = AtomicU32::new(0);

/// Puts itself on the queue again.
pub(super) fn for_ever(module: &Instances) {
    let _ = module.busy.run(GFP_KERNEL, for_ever);
}

/// Says when it goes whether it was used.
struct Token {
    number: u32,
    is_used: bool,
}

impl Token {
    fn is_used(&mut self) {
        self.is_used = true;
    }
}

impl Drop for Token {
    fn drop(&mut self) {
        pr_info!("closure {} goes, used: {}", self.number, self.is_used);
    }
}

/// Puts one on the queue whose works run one by one.
pub(super) fn queue(module: &Instances, number: u32) -> Result {
    let mut token = Token {
        number,
        is_used: false,
    };
    module.one_by_one.run(GFP_KERNEL, move |module| {
        token.is_used();
        let before = RUN.fetch_add(1, Ordering::Relaxed);
        // One that runs puts the next one behind those that are there.
        if before == 0 && module.one_by_one.run(GFP_KERNEL, |_| count()).is_err() {
            pr_err!("the second one is refused");
        }
    })
}

fn count() {
    RUN.fetch_add(1, Ordering::Relaxed);
}

/// How many have run.
pub(super) fn run() -> i32 {
    RUN.load(Ordering::Relaxed).cast_signed()
}
