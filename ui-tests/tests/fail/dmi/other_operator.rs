// SPDX-License-Identifier: GPL-2.0-only
#![forbid(unsafe_code)]
use kmod_core::dmi::dmi_table;

dmi_table! {
    static MACHINES: u32 = [
        { SysVendor < "Acme" } => 1,
    ];
}

fn main() {
    let _ = MACHINES.first_match();
}
