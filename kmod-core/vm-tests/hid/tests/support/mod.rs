// SPDX-License-Identifier: GPL-2.0-only
//! Devices of user space, and what reads them.
#![allow(dead_code, reason = "each test program uses some of it")]

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::Path;

use kmod_test::uhid::Answers;
use kmod_test::{Kmsg, Uhid, errno, input_events, until};

pub const EIO: i32 = 5;
pub const ENODEV: i32 = 19;
pub const EINVAL: i32 = 22;

const O_NONBLOCK: i32 = 0o4000;

/// `BUS_VIRTUAL`
pub const VIRTUAL: u16 = 6;

/// A keyboard with eight keys (report 1) and two lamps (output report 1), settings of three bytes (feature
/// report 2), and four bytes that nobody knows (report 3).
pub const KEYBOARD: &[u8] = &[
    0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x85, 0x01, 0x05, 0x07, 0x19, 0x04, 0x29, 0x0b, 0x15, 0x00,
    0x25, 0x01, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x05, 0x08, 0x19, 0x01, 0x29, 0x02, 0x95, 0x02,
    0x91, 0x02, 0x95, 0x06, 0x91, 0x03, 0x85, 0x02, 0x06, 0x00, 0xff, 0x09, 0x01, 0x26, 0xff, 0x00,
    0x75, 0x08, 0x95, 0x03, 0xb1, 0x02, 0x85, 0x03, 0x09, 0x02, 0x95, 0x04, 0x81, 0x02, 0xc0,
];

/// A device with that descriptor, whose settings begin with 0xa5.
pub fn plug(bus: u16, vendor: u32, product: u32) -> Uhid {
    let answers = Answers {
        bytes: vec![0xa5, 1, 2],
        ..Answers::default()
    };
    Uhid::answering(answers, bus, vendor, product, KEYBOARD).unwrap()
}

/// The keyboard, whose driver has bound it and has seen its first report, which nobody else has.
pub fn keyboard(node: &str, product: u32) -> Uhid {
    let device = plug(VIRTUAL, 0x1234, product);
    until_heard(&device, node);
    device
}

/// Waits until the driver of a keyboard sees a report: while it is being bound, none comes through.
pub fn until_heard(device: &Uhid, node: &str) {
    until(|| {
        device.send(&[3, 0xee]).unwrap();
        ask(node, "counts").is_ok_and(|counts| !counts.starts_with("00000000"))
    });
}

/// Opens a node so that reading it does not wait.
pub fn open(path: impl AsRef<Path>) -> File {
    let mut options = OpenOptions::new();
    options.read(true).write(true).custom_flags(O_NONBLOCK);
    options.open(path).unwrap()
}

/// Type, code and value of what an input device has reported, without times.
pub fn events(file: &File) -> Vec<(u16, u16, i32)> {
    input_events(file).unwrap()
}

/// All raw reports that have come.
pub fn reports(file: &mut File) -> Vec<Vec<u8>> {
    let mut reports = Vec::new();
    let mut one = [0; 256];
    loop {
        match file.read(&mut one) {
            Ok(length) => reports.push(one[..length].to_vec()),
            Err(error) if error.kind() == ErrorKind::WouldBlock => return reports,
            other => panic!("{other:?}"),
        }
    }
}

/// Gives a command to a device's node, and reads what it gave.
pub fn ask(path: &str, command: &str) -> Result<String, i32> {
    let mut file = errno(OpenOptions::new().read(true).write(true).open(path))?;
    errno(file.write_all(command.as_bytes()))?;
    let mut text = [0; 128];
    let read = errno(file.read_at(&mut text, 0))?;
    Ok(String::from_utf8(text[..read].to_vec()).unwrap())
}

/// Binds or unbinds a device.
pub fn bind(driver: &str, what: &str, device: &str) -> Result<(), i32> {
    let file = Path::new("/sys/bus/hid/drivers").join(driver).join(what);
    errno(fs::write(file, device))
}

/// Waits until the kernel itself has tried to bind a device, and the log says that its driver refused it so.
pub fn until_refused(log: &mut Kmsg, device: &Uhid, errno: i32) {
    let (name, why) = (device.name(), format!("failed with error -{errno}"));
    log.until(|line| line.contains(&name) && line.contains(&why));
}
