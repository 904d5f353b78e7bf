// SPDX-License-Identifier: GPL-2.0-only
//! Devices of user space, and what is asked of their drivers.
#![allow(dead_code, reason = "each test program uses some of it")]

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::FileExt;
use std::path::Path;

use kmod_test::usb::{Answer, Control, UsbFunction};
use kmod_test::{UsbGadget, errno, until};

pub const EIO: i32 = 5;
pub const ENXIO: i32 = 6;
pub const ENODEV: i32 = 19;
pub const EINVAL: i32 = 22;
pub const EPIPE: i32 = 32;
pub const EOVERFLOW: i32 = 75;
pub const ETIMEDOUT: i32 = 110;

pub const BULK_IN: u8 = 0x81;
pub const BULK_OUT: u8 = 0x02;
pub const INTERRUPT_IN: u8 = 0x85;

/// A device of these numbers, of one interface with an endpoint of each kind.
pub fn function(vendor: u16, product: u16) -> UsbFunction {
    let endpoints = vec![
        (BULK_IN, 2, 64, 0),
        (BULK_OUT, 2, 64, 0),
        (INTERRUPT_IN, 3, 8, 1),
    ];
    UsbFunction {
        ids: (vendor, product),
        interfaces: vec![([0xff, 1, 2], endpoints)],
        strings: vec!["Maker".to_owned(), "Thing \u{e4}\u{20ac}".to_owned()],
    }
}

/// Request 0x10 gives 0xa5 and the request's numbers, 0x11 nothing, 0x12 much; 0x20 takes anything; 0x30 is never
/// answered; others are refused.
pub fn answers(control: &Control, _bytes: &[u8]) -> Answer {
    match control.request {
        0x10 => {
            let [v1, v0] = control.value.to_be_bytes();
            let [i1, i0] = control.index.to_be_bytes();
            let mut bytes = vec![0xa5, v1, v0, i1, i0];
            bytes.truncate(control.length.into());
            Answer::Bytes(bytes)
        }
        0x11 | 0x20 => Answer::Bytes(Vec::new()),
        0x12 => Answer::Bytes(vec![9; usize::from(control.length).min(200)]),
        0x30 => Answer::Never,
        _ => Answer::Stall,
    }
}

/// The device, whose driver has bound it.
pub fn plugged(node: &str) -> UsbGadget {
    let gadget = UsbGadget::plug(function(0x1209, 1), answers).unwrap();
    until_open(node);
    gadget
}

/// Waits until a device's node can be opened: it is there before the rest of the device, and lets nobody in until then.
pub fn until_open(node: &str) {
    until(|| File::open(node).is_ok());
}

/// Gives a command to a device's node, and reads what it gave.
pub fn ask(path: &str, command: &str) -> Result<String, i32> {
    let mut file = errno(OpenOptions::new().read(true).write(true).open(path))?;
    errno(file.write_all(command.as_bytes()))?;
    let mut text = [0; 128];
    let read = errno(file.read_at(&mut text, 0))?;
    Ok(String::from_utf8(text[..read].to_vec()).unwrap())
}

/// Binds or unbinds an interface.
pub fn bind(driver: &str, what: &str, interface: &str) -> Result<(), i32> {
    let file = Path::new("/sys/bus/usb/drivers").join(driver).join(what);
    errno(fs::write(file, interface))
}
