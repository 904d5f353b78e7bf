// SPDX-License-Identifier: GPL-2.0-only
//! How much memory the machine has, `<linux/mm.h>`'s `si_meminfo()`, and who is told when it runs out,
//! `<linux/oom.h>`: what `kmod-core` has no wrapper for. All `unsafe` of the module is in this crate.
#![no_std]

use core::mem::MaybeUninit;

mod oom;

pub use oom::{OomNotifier, OutOfMemory};

mod bindings {
    #![allow(
        clippy::all,
        dead_code,
        missing_docs,
        non_camel_case_types,
        non_snake_case,
        non_upper_case_globals,
        unsafe_op_in_unsafe_fn,
        reason = "generated: the names and forms are C's"
    )]

    include!(concat!(env!("OUT_DIR"), "/bindings.rs"));
}

/// The machine's memory at one moment, in pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemInfo {
    /// What the kernel may use.
    pub total: u64,
    /// What nobody uses.
    pub free: u64,
    /// The size of a page in bytes.
    pub page_size: u32,
}

/// Asks the kernel. Any context.
#[must_use]
pub fn meminfo() -> MemInfo {
    let mut info = MaybeUninit::<bindings::sysinfo>::zeroed();
    // SAFETY: `si_meminfo()` writes to the structure that it is given, and to nothing else.
    unsafe { bindings::si_meminfo(info.as_mut_ptr()) };
    // SAFETY: Its fields are numbers, for which zeroes are values, too.
    let info = unsafe { info.assume_init() };
    MemInfo {
        total: info.totalram,
        free: info.freeram,
        page_size: info.mem_unit,
    }
}

/// How many pages hold what was read from files, or is to be written to them. Any context.
#[must_use]
pub fn file_pages() -> u64 {
    // SAFETY: It reads a counter, which is always there.
    unsafe { bindings::meminfo_sys_file_pages() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_numbers_are_handed_on() {
        let info = meminfo();
        assert_eq!((info.total, info.free, info.page_size), (1000, 250, 4096));
        assert_eq!(file_pages(), 500);
    }
}
