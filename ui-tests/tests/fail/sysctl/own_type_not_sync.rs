// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[sysctl(path = "ticket/step")]
    step: Step,
}

#[derive(Default)]
struct Step(core::cell::Cell<u32>);

impl Sysctl for Step {
    type Module = ();

    fn read(&self, (): &(), _to: &mut SysctlWriter<'_>) -> Result {
        Ok(())
    }
}

fn main() {}
