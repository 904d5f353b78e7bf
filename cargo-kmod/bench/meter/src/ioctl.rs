// SPDX-License-Identifier: GPL-2.0-only
//! ioctls of every kind, an unknown one, `read_iter` and `poll`.

use std::fs::{File, OpenOptions};
use std::io;

use kmod_test::IoctlMemory;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::read;

use crate::clock;

/// The commands: `_IOR(0xb8, 1, u32)` and so on, and one that is none.
const COMMANDS: [(&str, u32); 5] = [
    ("ioctl, _IOR of 4 B", 0x8004_b801),
    ("ioctl, _IOW of 4 B", 0x4004_b802),
    ("ioctl, _IOWR of 4 B", 0xc004_b803),
    ("ioctl, _IO", 0x0000_b804),
    ("ioctl, unknown", 0x0000_b8ff),
];

const ENOTTY: i32 = 25;

pub fn measure() -> io::Result<()> {
    let _ours = kmod_test::load_named("bench_ioctl", &[])?;
    let _twin = kmod_test::load_named("bench_ioctl_c", &[])?;
    let file = |path: &str| OpenOptions::new().read(true).open(path);
    let (ours, twin) = (file("/dev/bench_ioctl")?, file("/dev/bench_ioctl_c")?);
    let memory = IoctlMemory::new(&[7, 0, 0, 0])?;
    let ioctl = |file: &File, command: u32| match memory.ioctl(file, command) {
        Err(error) if error.raw_os_error() == Some(ENOTTY) => Ok(()),
        other => other.map(drop),
    };
    for (name, command) in COMMANDS {
        clock::compare(name, 100, [&ours, &twin], |file| ioctl(file, command))?;
    }
    let read = |file: &File| match read(file, &mut [0_u8; 4][..])? {
        4 => Ok(()),
        n => Err(io::Error::other(format!("{n} of 4 bytes"))),
    };
    clock::compare("read_iter, 4 B", 100, [&ours, &twin], read)?;
    let poll = |file: &File| -> io::Result<()> {
        let mut fds = [PollFd::new(file, PollFlags::IN)];
        poll(&mut fds, Some(&Timespec::default()))?;
        Ok(())
    };
    clock::compare("poll", 100, [&ours, &twin], poll)
}
