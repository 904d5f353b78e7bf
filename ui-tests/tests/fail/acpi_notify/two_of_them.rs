// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
struct Keys {
    #[acpi_notify]
    pressed: AcpiNotify<Pressed>,
    #[acpi_notify]
    released: AcpiNotify<Pressed>,
}

struct Pressed;

#[handlers]
impl AcpiNotifyHandler for Pressed {
    fn notified(&self, _call: &AcpiNotifyCall<'_, Self>) {}
}

fn main() {}
