// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[sysctl(path = "ticket/step")]
static STEP: AtomicU32 = AtomicU32::new(1);

fn main() {}
