// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[kernel_module(name = "ticket", license = "GPL")]
#[derive(Default)]
struct Ticket {
    #[sysctl(path = "ticket/step")]
    step: Step,
}

#[derive(Default)]
struct Step;

impl Sysctl for Step {
    fn write(&self, _module: &(), _data: &SysctlReader<'_>) -> Result {
        Ok(())
    }
}

fn main() {}
