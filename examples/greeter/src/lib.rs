// SPDX-License-Identifier: GPL-2.0-only
//! Says hello in the terminal of who loads it, not in the kernel's log, and goodbye in that of who unloads it.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::kernel_file::KernelFile;
use kmod_core::prelude::*;

/// Says hello in a terminal
#[kernel_module(name = "greeter", license = "GPL", authors = ["The kmod developers"])]
struct Greeter;

/// Into the terminal of who calls, if there is one. A terminal wants a return before each new line.
fn say(text: &[u8]) -> Result {
    KernelFile::update(c"/dev/tty")?.write_all(text, 0)
}

impl KernelModule for Greeter {
    fn init(_params: &GreeterParams) -> Result<Self> {
        say(b"greeter: hello\r\n")?;
        Ok(Self)
    }
}

impl Drop for Greeter {
    fn drop(&mut self) {
        if let Err(error) = say(b"greeter: goodbye\r\n") {
            pr_info!("nobody to say goodbye to: {error}\n");
        }
    }
}
