// SPDX-License-Identifier: GPL-2.0-only
//! Sysctls, read and written through files that stay open.

use std::fs::{File, OpenOptions};
use std::io;

use rustix::io::{pread, pwrite};

use crate::clock;

pub fn measure() -> io::Result<()> {
    let _ours = kmod_test::load_named("bench_sysctl", &[])?;
    let _twin = kmod_test::load_named("bench_sysctl_c", &[])?;
    let open = |module: &str, name: &str| -> io::Result<File> {
        OpenOptions::new()
            .read(true)
            .write(true)
            .open(format!("/proc/sys/{module}/{name}"))
    };
    for (name, value) in [
        ("int", "12345"),
        ("bool", "1"),
        ("string", "twelve bytes"),
        ("row", "1\t20\t300\t4000"),
        ("hex", "0x3039"),
        ("watched", "12345"),
        ("watched_row", "1\t20\t300\t4000"),
        ("own", "12345"),
    ] {
        let ours = open("bench_sysctl", name)?;
        let twin = open("bench_sysctl_c", name)?;
        let write =
            |file: &File| -> io::Result<()> { Ok(pwrite(file, value.as_bytes(), 0).map(drop)?) };
        clock::compare(&format!("sysctl write, {name}"), 200, [&ours, &twin], write)?;
        let read = |file: &File| -> io::Result<()> {
            let mut buffer = [0; 32];
            let n = pread(file, &mut buffer[..], 0)?;
            if buffer[..n].trim_ascii_end() != value.as_bytes() {
                return Err(io::Error::other(format!("{name} is not {value}")));
            }
            Ok(())
        };
        clock::compare(&format!("sysctl read, {name}"), 200, [&ours, &twin], read)?;
    }
    Ok(())
}
