// SPDX-License-Identifier: GPL-2.0-only
//! What the kernel's handlers take a field for is not for safe code to say.

use kmod_core::prelude::*;
use kmod_core::sysctl::{Call, Direct, How, SysctlCell};

struct Liar(AtomicU64);

impl SysctlCell for Liar {
    type Module = ();
    type Value = u64;

    const DIRECT: Option<Direct> = Some(Direct::Ulong(8192));

    fn handle(&self, _: &(), _: &mut Call<'_>, _: &How<u64>) -> Result {
        Err(EINVAL)
    }
}

fn main() {}
