// SPDX-License-Identifier: GPL-2.0-only
use core::time::Duration;
use kmod_core::prelude::*;

fn send(usb: &UsbInterface, endpoint: &UsbEndpoint<Bulk, In>) -> Result<usize> {
    usb.write(endpoint, &[1], Duration::from_secs(1))
}

fn main() {}
