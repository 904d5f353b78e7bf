// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::notifier::ModuleEvent;
use kmod_core::prelude::*;

#[kernel_module(name = "watch", license = "GPL")]
#[derive(Default)]
struct Watch {
    #[notifier]
    modules: Notifier<Modules>,
}

#[derive(Default)]
struct Modules;

#[handlers]
impl NotifierHandler for Modules {
    type Event = ModuleEvent;

    fn notify(&self, _call: &NotifierCall<'_, Self>) -> Result {
        Ok(())
    }
}

fn main() {}
