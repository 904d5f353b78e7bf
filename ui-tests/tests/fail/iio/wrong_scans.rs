// SPDX-License-Identifier: GPL-2.0-only
use kmod_core::prelude::*;

#[device]
#[derive(Default)]
struct Board {
    #[iio(
        channels(
            voltage(index = 0, raw, scan = 16),
            voltage(index = 1, raw, scan = "16/16"),
            voltage(index = 2, raw, scan = "xe:u16/16"),
            voltage(index = 3, raw, scan = "u24/24"),
            voltage(index = 4, raw, scan = "s12/16>>5"),
            voltage(index = 5, raw, scan = "u0/8"),
            voltage(index = 6, raw, scan = "s300/16"),
            voltage(index = 7, raw, scan_type = "u16/16"),
            voltage(index = 8, raw, output, scan = "u16/16"),
            voltage(index = 9, raw, scan("u16/16")),
        ),
    )]
    meter: Iio<()>,
    #[iio(channels(timestamp, voltage(raw, scan = "u16/16"), timestamp))]
    order: Iio<()>,
    #[iio(channels(voltage(raw), timestamp))]
    no_scan: Iio<()>,
    #[iio(channels(voltage(scan = "u16/16"), voltage(scan = "u16/16")))]
    same: Iio<()>,
}

fn main() {}
