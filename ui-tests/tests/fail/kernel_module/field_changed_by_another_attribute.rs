// SPDX-License-Identifier: GPL-2.0-only
use core::ops::Deref;

use kmod_core::prelude::*;
use ui_tests_swap::swap;

/// The kernel would write 8 bytes into one.
#[kernel_module(name = "ticket", license = "GPL")]
#[swap(AtomicU64 => Small)]
#[derive(Default)]
struct Ticket {
    #[sysctl(path = "ticket/step")]
    step: AtomicU64,
}

#[derive(Default)]
struct Small(AtomicU8);

impl Deref for Small {
    type Target = AtomicU64;

    fn deref(&self) -> &AtomicU64 {
        static ELSEWHERE: AtomicU64 = AtomicU64::new(0);
        &ELSEWHERE
    }
}

fn main() {}
