// SPDX-License-Identifier: GPL-2.0-only
//! Measures operations on a module and on its C twin, in turn.
//!
//! `kmod-meter SUBJECT` runs as root in a VM whose clock counts instructions (QEMU's `-icount`).
//! For each operation it prints `OPERATION<tab>OURS<tab>TWIN`, in instructions; what it had to leave
//! out is `OPERATION<tab>WHY`. `kmod-meter pairs N SUBJECT` is for a VM with a clock of its own: it
//! prints N such lines for each operation, in nanoseconds.
#![forbid(unsafe_code)]

mod clock;
mod device;
mod ioctl;
mod last;
mod load;
mod objects;
mod pci;
mod primitives;
mod sysctl;

use std::io;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kmod-meter: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[&str]) -> io::Result<()> {
    match args {
        ["pairs", pairs, subject @ ..] => {
            clock::tell_pairs(pairs.parse().map_err(io::Error::other)?);
            run(subject)
        }
        ["device"] => device::measure(),
        ["ioctl"] => ioctl::measure(),
        ["last", modules @ ..] => last::measure(modules),
        ["load", modules @ ..] => load::measure(modules),
        ["objects"] => objects::measure(),
        ["pci"] => pci::measure(),
        ["primitives"] => primitives::measure(),
        ["sysctl"] => sysctl::measure(),
        _ => Err(io::Error::other(
            "kmod-meter [pairs N] device | ioctl | last MODULE... | load MODULE... | objects | \
             pci | primitives | sysctl",
        )),
    }
}
