// SPDX-License-Identifier: GPL-2.0-only
//! Use of the last of many objects that a module declares.

use std::fs::{File, OpenOptions};
use std::io;

use rustix::io::{pread, pwrite};

use crate::clock::{self, Method};

const EBUSY: i32 = 16;

/// Of each pair `NAME`, `NAME_c`; a name is `bench_KIND_NUMBER`. What cannot be loaded is left out:
/// `load` has told why. One is loaded at a time, since both may have too many devices.
pub fn measure(modules: &[&str]) -> io::Result<()> {
    for module in modules {
        let costs = alone(module, module)
            .and_then(|ours| Ok([ours, alone(module, &format!("{module}_c"))?]));
        match costs {
            Ok(costs) => clock::tell(&format!("use, {module}"), &[costs]),
            Err(error) if error.raw_os_error() == Some(EBUSY) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// What using the last object of `name`, which is `module` or its twin, costs.
fn alone(module: &str, name: &str) -> io::Result<f64> {
    let _loaded = kmod_test::load_named(name, &[])?;
    let file = last(module, name)?;
    let costs = clock::costs(Method::calls(60), [&file, &file], |file| once(module, file))?;
    Ok(costs[0][0])
}

/// The last object of `name`, opened.
fn last(module: &str, name: &str) -> io::Result<File> {
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
            .open(format!("/sys/module/{name}/parameters/p{last}")),
        "sysctls" => options
            .write(true)
            .open(format!("/proc/sys/{name}/number{last}")),
        _ => options.read(true).open(format!("/dev/{name}_{last}")),
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
