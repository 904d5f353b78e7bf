// SPDX-License-Identifier: GPL-2.0-only
//! What CPUs have and tell, by commands to a node.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::cpuid::Cpuid;
use kmod_core::msr::Msr;
use kmod_core::prelude::*;

#[bits(u64)]
struct Features {
    /// System calls by SYSCALL.
    #[bit(0)]
    syscall: bool,
    /// It runs in 64 bits.
    #[bit(10)]
    long_mode_active: bool,
}

/// `MSR_EFER`
const FEATURES: Msr<Features> = Msr::new(0xc000_0080);

/// Reads registers of CPUs
#[kernel_module(name = "vm_msr", license = "Proprietary")]
#[derive(Default)]
struct Module {
    #[misc(name = "vm_msr", mode = 0o600)]
    node: Node,
    answer: Mutex<[u64; 4]>,
}

#[derive(Default)]
struct Node;

/// What a command gives.
fn run(command: &str, first: u32, second: u32) -> Result<[u64; 4]> {
    match command {
        "msr" => Ok([Msr::<u64>::new(second).read(first)?, 0, 0, 0]),
        "cpuid" => {
            let told = Cpuid::subleaf(first, second).ok_or(ENOENT)?;
            Ok([told.eax, told.ebx, told.ecx, told.edx].map(u64::from))
        }
        "leaf" => {
            let told = Cpuid::leaf(first).ok_or(ENOENT)?;
            Ok([told.eax, told.ebx, told.ecx, told.edx].map(u64::from))
        }
        "efer" => {
            let features = FEATURES.read(first)?;
            Ok([
                features.syscall(),
                features.long_mode_active(),
                false,
                false,
            ]
            .map(u64::from))
        }
        _ => Err(ENOTTY),
    }
}

#[file_operations]
impl FileOperations for Node {
    type Instance = Module;

    fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos > 0 {
            return Ok(());
        }
        let [a, b, c, d] = *file.instance().answer.lock();
        write!(to, "{a:x} {b:x} {c:x} {d:x}")
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let text = from.read_all(64, GFP_KERNEL)?;
        let text = core::str::from_utf8(&text).map_err(|_| EINVAL)?;
        let mut words = text.split(' ');
        let command = words.next().unwrap_or_default();
        let first = kmod_core::str::parse(words.next().unwrap_or("0"))?;
        let second = kmod_core::str::parse(words.next().unwrap_or("0"))?;
        let answer = run(command, first, second)?;
        *file.instance().answer.lock() = answer;
        Ok(())
    }
}
