// SPDX-License-Identifier: GPL-2.0-only
//! Counts the instructions of operations on a module and on its C twin, in turn.
//!
//! `kmod-meter SUBJECT` runs as root in a VM whose clock counts instructions (QEMU's `-icount`).
//! For each operation it prints `OPERATION<tab>OURS<tab>TWIN`, in instructions.
#![forbid(unsafe_code)]

mod clock;
mod device;
mod ioctl;
mod load;
mod primitives;
mod sysctl;

use std::io;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let measured = match args.as_slice() {
        ["device"] => device::measure(),
        ["ioctl"] => ioctl::measure(),
        ["load", modules @ ..] => load::measure(modules),
        ["primitives"] => primitives::measure(),
        ["sysctl"] => sysctl::measure(),
        _ => Err(io::Error::other(
            "kmod-meter device | ioctl | load MODULE... | primitives | sysctl",
        )),
    };
    match measured {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kmod-meter: {error}");
            ExitCode::FAILURE
        }
    }
}
