// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[sysctl(path = "ticket/step", range = 1..=100)]
    step: Step,
}

#[derive(Default)]
struct Step;

impl Sysctl for Step {
    type Module = ();

    fn read(&self, _module: &(), _to: &mut SysctlWriter<'_>) -> Result {
        Ok(())
    }

    fn write(&self, _module: &(), _data: &SysctlReader<'_>) -> Result {
        Err(EINVAL)
    }
}

fn main() {}
