// SPDX-License-Identifier: GPL-2.0-only
//! Use of the last of many objects that a module declares.

use std::fs::{File, OpenOptions};
use std::io;

use rustix::io::{pread, pwrite};

use crate::clock;

/// Of each pair `NAME`, `NAME_c`; a name is `bench_KIND_NUMBER`. What cannot be loaded is left out:
/// `load` has told why.
pub fn measure(modules: &[&str]) -> io::Result<()> {
    for module in modules {
        let twin = format!("{module}_c");
        let Ok(_ours) = kmod_test::load_named(module, &[]) else {
            continue;
        };
        let _twin = kmod_test::load_named(&twin, &[])?;
        let (ours, twin) = (last(module)?, last(&twin)?);
        clock::compare(&format!("use, {module}"), 200, [&ours, &twin], |file| {
            once(module, file)
        })?;
    }
    Ok(())
}

/// A module's last object, opened.
fn last(module: &str) -> io::Result<File> {
    let words: Vec<&str> = module.split('_').collect();
    let number = words.get(2).and_then(|word| word.parse::<u32>().ok());
    let (Some(kind), Some(number)) = (words.get(1), number) else {
        return Err(io::Error::other(format!(
            "{module} is no bench_KIND_NUMBER"
        )));
    };
    let last = number - 1;
    let mut options = OpenOptions::new();
    match *kind {
        "params" => options
            .read(true)
            .open(format!("/sys/module/{module}/parameters/p{last}")),
        "sysctls" => options
            .write(true)
            .open(format!("/proc/sys/{module}/number{last}")),
        _ => options.read(true).open(format!("/dev/{module}_{last}")),
    }
}

fn once(module: &str, file: &File) -> io::Result<()> {
    if module.contains("sysctls") {
        pwrite(file, b"12345", 0)?;
    } else {
        pread(file, &mut [0_u8; 16][..], 0)?;
    }
    Ok(())
}
